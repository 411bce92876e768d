// The what-if page: a slider and its number are one; what changed is told and marked.
"use strict";

(() => {
  const form = document.getElementById("what-if");
  if (!form) return;

  // Before the form's own listener asks the server: on the way down, not up.
  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-line]")) {
      event.stopPropagation(); // which lines are drawn is nothing to ask the server
      return;
    }
    const number = document.getElementById(event.target.dataset?.slides ?? "");
    if (number) {
      number.value = event.target.value;
      return;
    }
    const slider = event.target.id && form.querySelector(`[data-slides="${CSS.escape(event.target.id)}"]`);
    if (slider && event.target.value !== "") slider.value = event.target.value;
  }, true);

  let open = [];
  document.addEventListener("htmx:beforeSwap", () => {
    open = [...form.querySelectorAll("details[open]")].map((details) => details.id);
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "what-if-answer") return;
    for (const field of form.querySelectorAll("[aria-describedby^='problem-']")) {
      const problem = document.getElementById(field.getAttribute("aria-describedby"));
      field.toggleAttribute("aria-invalid", Boolean(problem?.textContent.trim()));
      if (field.hasAttribute("aria-invalid")) field.setAttribute("aria-invalid", "true");
    }
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    const answer = document.querySelector("[data-what-if-answer]");
    if (answer) window.announce(answer.dataset.whatIfAnswer);
  });
})();
