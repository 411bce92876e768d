// The composer: Ctrl+Enter goes on, an earlier answer is taken up, the letter is saved and copied.
"use strict";

(() => {
  const form = document.getElementById("letter-form");
  let isTyped = false; // and not sent yet
  let copiedAt = 0;

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const button = document.querySelector("[data-ctrl-enter]");
    if (!button) return;
    event.preventDefault();
    button.click();
  });
  if (!form) return;

  form.addEventListener("input", () => { isTyped = true; });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target === form) isTyped = false;
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.target === form && !event.detail.successful) isTyped = true; // the server has it not
  });

  const isInConflict = () => Boolean(document.querySelector("#letter-conflict [role=alert]"));

  const isOpen = () => isTyped || form.classList.contains("htmx-request");

  // What was typed a moment ago is in the letter too; false where the server did not take it.
  function saved() {
    if (!isOpen()) return Promise.resolve(!isInConflict());
    return new Promise((done) => {
      document.addEventListener("htmx:afterRequest", function wait(event) {
        if (event.target !== form || (isTyped && event.detail.successful)) return;
        document.removeEventListener("htmx:afterRequest", wait);
        done(event.detail.successful && !isInConflict());
      });
      if (isTyped) htmx.trigger(form, "save");
    });
  }

  // The answer may have replaced the form meanwhile, as it does with “I have sent it”.
  function again(sent, submitter) {
    if (sent.isConnected) sent.requestSubmit(submitter);
    else [...document.forms].find((each) => each.action === sent.action)?.requestSubmit();
  }

  // What leads away from the page takes along what was typed a moment ago.
  document.addEventListener("submit", async (event) => {
    const isOfPost = event.target.closest("main");
    if (event.target === form || !(isOpen() || (isOfPost && isInConflict()))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    // One that is refused stays on the page, with what is wrong: the text would be lost.
    if (await saved()) again(event.target, event.submitter);
    else document.querySelector("#letter-conflict, #messages").scrollIntoView({ block: "center" });
  }, { capture: true });
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const { target, fragment } = event.detail;
    const plain = (node) => node.textContent.replace(/\s+/g, " ").trim();
    // A button is not replaced under somebody's finger by one that says the same.
    if (target.id === "letter-conflict" && plain(target) === plain(fragment)) event.detail.shouldSwap = false;
    // The save that comes after the copied one says the same: the button keeps its word and the focus.
    if (target.id === "letter-panel" && Date.now() - copiedAt < 2000
      && fragment.querySelector("#letter")?.textContent === target.querySelector("#letter").textContent) event.detail.shouldSwap = false;
    // What was typed while new places to fill were on their way stays in them.
    if (target.id !== "fill") return;
    for (const old of target.querySelectorAll("[name]")) {
      const fresh = fragment.querySelector(`[name="${old.name}"]`);
      if (fresh) fresh.value = old.value;
    }
  });
  // Come back to with the Back button: what it was saved with since is not what this page saw.
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  window.addEventListener("pagehide", () => {
    if (isTyped) navigator.sendBeacon(form.action, new FormData(form));
  });

  document.addEventListener("click", async (event) => {
    const use = event.target.closest("[data-use]");
    if (use) {
      const field = document.querySelector(use.dataset.in);
      field.value = document.querySelector(use.dataset.use).textContent;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
      return;
    }
    if (!event.target.closest("[data-copy-letter]")) return;
    if (!await saved()) return; // the answer says why
    const button = document.querySelector("[data-copy-letter]"); // the answer has replaced it
    const letter = document.getElementById("letter");
    try {
      await navigator.clipboard.writeText(letter.textContent);
    } catch { // refused, or not there without https: marked, so that Ctrl+C copies it
      getSelection().selectAllChildren(letter);
      announce(button.dataset.byHand);
      button.textContent = button.dataset.byHand;
      return;
    }
    copiedAt = Date.now();
    announce(button.dataset.copied);
    button.textContent = button.dataset.copied;
    button.focus();
    htmx.ajax("POST", button.dataset.copyLetter, { source: button, swap: "none" });
  });
})();
