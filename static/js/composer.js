// The composer: Ctrl+Enter goes on, an earlier answer is taken up, the letter is saved and copied.
"use strict";

(() => {
  const form = document.getElementById("letter-form");
  let isTyped = false; // and not sent yet

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

  // What was typed a moment ago is in the letter too.
  function saved() {
    if (!isTyped && !form.classList.contains("htmx-request")) return Promise.resolve();
    return new Promise((done) => {
      document.addEventListener("htmx:afterRequest", function wait(event) {
        if (event.target !== form || isTyped) return;
        document.removeEventListener("htmx:afterRequest", wait);
        done();
      });
      if (isTyped) htmx.trigger(form, "save");
    });
  }

  // What leads away from the page takes along what was typed a moment ago.
  document.addEventListener("submit", async (event) => {
    if (event.target === form || !isTyped) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    await saved();
    event.target.requestSubmit(event.submitter);
  }, { capture: true });
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
    await saved();
    const button = document.querySelector("[data-copy-letter]"); // the answer has replaced it
    await navigator.clipboard.writeText(document.getElementById("letter").textContent);
    announce(button.dataset.copied);
    button.textContent = button.dataset.copied;
    button.focus();
    htmx.ajax("POST", button.dataset.copyLetter, { source: button, swap: "none" });
  });
})();
