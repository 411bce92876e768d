// The page of a draft: passages marked while typing, what is not saved kept in this browser.
"use strict";

(() => {
  const place = document.querySelector("[data-drafts]");
  if (!place) return;
  const forms = () => [...document.querySelectorAll("form[data-draft]")];
  const isText = (control) => control.matches("textarea, input:not([type=hidden]):not([type=date])");
  const typedIn = (form) => [...form.elements].filter((control) => control.name && !control.name.startsWith("seen_")
    && control.matches("textarea, select, input:not([type=hidden])"));

  // ── Marks ──
  // The server counts code points; a string here counts UTF-16 units.
  let marks = {};
  let checked = {};

  function readMarks() {
    const source = document.getElementById("marks");
    marks = source ? JSON.parse(source.textContent) : {};
  }

  // Where a passage lies by now, while the words around it change: found from its nearer end.
  function moved(before, after, at) {
    let start = 0;
    const most = Math.min(before.length, after.length);
    while (start < most && before[start] === after[start]) start += 1;
    let end = 0;
    while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
    if (at <= start) return at;
    if (at >= before.length - end) return at + after.length - before.length;
    return -1;
  }

  function draw(control) {
    const box = control.parentElement;
    if (!box?.classList.contains("marked") || !isText(control)) return;
    let back = box.querySelector(".marked-back");
    // What is not saved was not checked: marks would lie on other words.
    const isRefused = document.getElementById(`said-${control.name.split("-")[0]}`)?.textContent.trim();
    const found = (isRefused ? [] : marks[control.id]) ?? [];
    if (!back && !found.length) return;
    if (!back) {
      back = Object.assign(document.createElement("div"), { className: "marked-back", ariaHidden: "true" });
      control.before(back);
    }
    const now = [...control.value];
    const then = [...(checked[control.id] ?? control.value)];
    back.replaceChildren();
    let at = 0;
    for (const [from, to, weight] of found) {
      const start = moved(then, now, from);
      const end = moved(then, now, to);
      if (start < at || end <= start) continue; // edited since, or within another one
      back.append(now.slice(at, start).join(""));
      const mark = document.createElement("mark");
      if (weight === "must") mark.className = "marked-must";
      mark.textContent = now.slice(start, end).join("");
      back.append(mark);
      at = end;
    }
    back.append(now.slice(at).join("") + "\u200b"); // a last empty line has its height
  }

  function drawAll() {
    for (const form of forms()) for (const control of typedIn(form)) draw(control);
  }

  // ── What is not saved yet ──
  const keyOf = (form) => `draft:${form.dataset.draft}`;
  function kept(form) {
    try { return JSON.parse(localStorage.getItem(keyOf(form)) ?? "{}"); } catch { return {}; }
  }
  function keep(form, texts) {
    try {
      if (Object.keys(texts).length) localStorage.setItem(keyOf(form), JSON.stringify(texts));
      else localStorage.removeItem(keyOf(form));
    } catch { /* a full or forbidden store: the page itself still holds the text */ }
  }

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form?.dataset.draft || !event.target.name) return;
    const texts = kept(form);
    texts[event.target.name] = event.target.value;
    keep(form, texts);
    draw(event.target);
  });

  function say(form, words) {
    const said = document.getElementById("draft-said");
    if (said) said.textContent = words;
    return words;
  }

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.dataset?.draft) say(event.target, event.target.dataset.saves);
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target;
    if (!form.dataset?.draft) return;
    // A page that says something else, such as the one to sign in on, is no answer.
    const answer = event.detail.xhr?.responseText ?? "";
    if (!event.detail.successful || !answer.includes("data-saved")) {
      window.announce(say(form, form.dataset.unsent));
      return;
    }
    const sent = event.detail.requestConfig.formData;
    const problems = new DOMParser().parseFromString(answer, "text/html");
    const texts = kept(form);
    for (const [name, text] of Object.entries(texts)) {
      const field = name.split("-")[0];
      const stays = problems.getElementById(`said-${field}`)?.textContent.trim();
      if (!stays && sent.get(name) === text) delete texts[name];
    }
    keep(form, texts);
    for (const control of typedIn(form)) {
      if (sent.has(control.name)) checked[control.id] = sent.get(control.name).replaceAll("\r\n", "\n");
    }
  });

  document.addEventListener("htmx:afterSettle", () => {
    readMarks();
    for (const form of forms()) {
      for (const control of typedIn(form)) {
        const error = document.getElementById(`${control.id}_error`);
        if (error) control.setAttribute("aria-invalid", "true");
        else control.removeAttribute("aria-invalid");
        const described = (control.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== `${control.id}_error`);
        if (error) described.push(error.id);
        if (described.length) control.setAttribute("aria-describedby", described.join(" "));
      }
    }
    drawAll();
  });

  // ── Buttons among what is saved by itself ──
  // Leaving a field saves it, and the answer may replace the button that is being pressed. So the
  // field keeps the focus, what is said anew in the same words stays, and what was pressed is sent
  // with the next request, whichever comes first.
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest("form[data-draft] button[name]")) event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("form[data-draft] button[name]");
    if (!button) return;
    const pressed = Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value });
    pressed.dataset.pressed = "";
    button.form.append(pressed);
  }, true);

  document.addEventListener("htmx:configRequest", (event) => {
    for (const pressed of event.target.querySelectorAll?.("[data-pressed]") ?? []) pressed.remove();
  });

  let focused = "";
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const { target, fragment } = event.detail;
    if (!target.id.startsWith("said-")) return;
    const plain = (node) => node.textContent.replace(/\s+/g, " ").trim();
    if (plain(target) === plain(fragment)) event.detail.shouldSwap = false;
    else if (target.contains(document.activeElement)) focused = `#${target.id} [name="${document.activeElement.name}"]`;
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (focused && document.activeElement === document.body) document.querySelector(focused)?.focus();
    focused = "";
  });

  // ── Offering it again ──
  const box = document.getElementById("kept");
  const labelOf = (control, name) => control?.labels?.[0]?.textContent ?? name;
  function offer(form, name, text) {
    const control = form.elements[name];
    const item = document.createElement("li");
    const head = Object.assign(document.createElement("p"), { className: "font-medium", textContent: `${labelOf(control, name)} · ${box.dataset.offer}` });
    const words = Object.assign(document.createElement("p"), { className: "mt-1 max-h-40 overflow-y-auto wrap-anywhere whitespace-pre-wrap", textContent: text, tabIndex: 0 });
    const row = Object.assign(document.createElement("div"), { className: "mt-2 flex gap-2" });
    const done = () => {
      const texts = kept(form);
      delete texts[name];
      keep(form, texts);
      item.remove();
      box.hidden = !box.querySelector("li");
    };
    const button = (label, act, className) => {
      const made = Object.assign(document.createElement("button"), { type: "button", className, textContent: label });
      made.addEventListener("click", () => { done(); act(); });
      row.append(made);
    };
    if (control) {
      button(box.dataset.putBack, () => {
        control.closest("details")?.setAttribute("open", "");
        control.value = text;
        control.dispatchEvent(new Event("input", { bubbles: true }));
        control.focus();
      }, "btn");
    }
    button(box.dataset.throwAway, () => {}, "btn btn-quiet");
    item.append(head, words, row);
    box.querySelector("ul").append(item);
    box.hidden = false;
  }

  for (const form of forms()) {
    const texts = kept(form);
    for (const [name, text] of Object.entries(texts)) {
      if (form.elements[name]?.value === text) delete texts[name];
      else offer(form, name, text);
    }
    keep(form, texts);
  }

  // ── From a finding to its words ──
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-show]");
    const control = link && document.getElementById(link.dataset.show);
    if (!control || !isText(control)) return;
    event.preventDefault();
    control.closest("details")?.setAttribute("open", "");
    const now = [...control.value];
    const then = [...(checked[control.id] ?? control.value)];
    const units = (at) => now.slice(0, Math.max(0, moved(then, now, at))).join("").length;
    control.focus();
    control.setSelectionRange(units(+link.dataset.start), units(+link.dataset.end));
    control.scrollIntoView({ block: "center" });
  });

  for (const form of forms()) for (const control of typedIn(form)) checked[control.id] = control.value;
  readMarks();
  drawAll();
})();
