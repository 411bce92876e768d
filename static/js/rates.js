// The rates: fields that are not understood are marked, and an answer that changed is told.
"use strict";

(() => {
  const form = document.getElementById("rates");
  if (!form) return;

  const headlines = () => new Map([...form.querySelectorAll("[data-answer]")].map(
    (answer) => [answer.id, answer.querySelector("[data-headline]")?.textContent ?? ""]));
  let told = headlines();

  form.addEventListener("htmx:afterRequest", () => {
    for (const field of form.querySelectorAll("[aria-describedby$='_error']")) {
      const problem = document.getElementById(`${field.id}_error`);
      if (problem?.textContent.trim()) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
    const now = headlines();
    const changed = [...now].filter(([id, text]) => text && told.get(id) !== text);
    if (changed.length) window.announce(changed.map(([, text]) => text).join(". "));
    told = now;
  });
})();
