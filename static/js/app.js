// The frame's few lines: menus, command palette, shortcuts, announcements. Every page works without.
"use strict";

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

// Tell screen readers what changed where nothing visible takes the focus.
function announce(words) {
  const place = $("#announcer");
  if (place) place.textContent = words;
}
window.announce = announce;

// Menus close on Escape, on a click elsewhere and when the focus leaves them.
document.addEventListener("click", (event) => {
  for (const menu of $$("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("focusin", (event) => {
  for (const menu of $$("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// Sign-up: the browser knows the time zone; without this it is UTC until changed.
const zone = $("input[name=time_zone][type=hidden]");
if (zone && !zone.value) zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "";

// Where the system is dark already, "switch to dark" would change nothing: offer light instead.
if (!document.documentElement.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches) {
  for (const button of $$("button[name=theme][value=dark]")) {
    button.value = "light";
    if (button.dataset.whenDark) button.title = button.dataset.whenDark;
    const words = $("[data-theme-words]", button);
    if (words) words.textContent = words.dataset.themeWords;
  }
}

// Choosing in such a field sends its form at once.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
});

// Filling a field that belongs to a radio button chooses that one.
document.addEventListener("input", (event) => {
  const radio = document.getElementById(event.target.dataset?.chooses ?? "");
  if (radio) radio.checked = true;
});

// A form is sent once, however often its button is clicked.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  window.addEventListener("pageshow", () => delete form.dataset.sent, { once: true });
});

// Copy buttons: data-copy names the element whose text is copied.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = $(button.dataset.copy);
  await navigator.clipboard.writeText(source.value ?? source.textContent);
  announce(button.dataset.copied);
  button.textContent = button.dataset.copied;
});

// Drop a file anywhere on its zone.
for (const place of $$("[data-drop]")) {
  const input = $("input[type=file]", place);
  const mark = (on) => place.toggleAttribute("data-over", on);
  place.addEventListener("dragover", (event) => { event.preventDefault(); mark(true); });
  place.addEventListener("dragleave", () => mark(false));
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    mark(false);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

// The command palette.
const palette = $("#palette");
const words = $("#palette-words");
const options = () => $$("[role=option]", palette);

function choose(option) {
  for (const other of options()) other.setAttribute("aria-selected", String(other === option));
  if (option) {
    words.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else {
    words.removeAttribute("aria-activedescendant");
  }
}

function openPalette() {
  palette.showModal();
  words.select();
  words.dispatchEvent(new Event("palette-open"));
}

if (palette) {
  for (const opener of $$("[data-palette-open]")) {
    opener.addEventListener("click", (event) => { event.preventDefault(); openPalette(); });
  }
  palette.addEventListener("click", (event) => { if (event.target === palette) palette.close(); });
  palette.addEventListener("htmx:afterSwap", () => choose(options()[0]));
  words.addEventListener("keydown", (event) => {
    const all = options();
    const at = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (all.length) choose(all[(at + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length]);
    } else if (event.key === "Enter" && all[at]) {
      event.preventDefault();
      all[at].click();
    }
  });
}

const keys = $("#keys");
for (const opener of keys ? $$("[data-keys-open]") : []) {
  opener.addEventListener("click", (event) => { event.preventDefault(); keys.showModal(); });
}

// Shortcuts: never while typing.
const GO = {
  t: "/", c: "/contracts/", j: "/jss/", i: "/contracts/import/", p: "/profiles/", o: "/proposals/",
};
let pending = "";
document.addEventListener("keydown", (event) => {
  if (palette && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    if (palette.open) palette.close(); else openPalette();
    return;
  }
  if (event.key === "Escape") {
    for (const menu of $$("details[data-menu][open]")) {
      menu.open = false;
      $("summary", menu).focus();
    }
  }
  const typing = event.target.closest?.("input, textarea, select, [contenteditable], [role=grid], dialog");
  if (!palette || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "?") { event.preventDefault(); keys.showModal(); return; }
  if (pending === "g" && GO[event.key]) location.assign(GO[event.key]);
  pending = event.key === "g" ? "g" : "";
});

// A request that fails is said, not swallowed.
for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, () => {
    const place = $("#messages");
    const text = document.body.dataset.failed;
    if (!place || !text) return;
    const notice = document.createElement("div");
    notice.className = "notice notice-bad mb-4";
    notice.setAttribute("role", "alert");
    notice.textContent = text;
    place.replaceChildren(notice);
  });
}
