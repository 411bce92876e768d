// The hover of the weekly figures: a box that names the week under the pointer and its numbers.
"use strict";

(() => {
  // Without this script the browser shows the same words by itself, only later.
  function wordsOf(strip) {
    const title = strip.querySelector("title");
    if (title) {
      strip.dataset.week = title.textContent.trim();
      title.remove();
    }
    return strip.dataset.week;
  }

  document.addEventListener("pointermove", (event) => {
    const strip = event.target.closest?.("[data-figures] [data-week]");
    if (!strip) return;
    const tip = strip.closest("[data-figures]").querySelector("[data-figures-tip]");
    tip.textContent = wordsOf(strip);
    tip.classList.remove("hidden");
    const box = tip.parentElement.getBoundingClientRect();
    const at = event.clientX - box.left;
    tip.style.transform = `translateX(${at > box.width / 2 ? at - tip.offsetWidth - 16 : at + 16}px)`;
  });

  document.addEventListener("pointerout", (event) => {
    const figures = event.target.closest?.("[data-figures]");
    if (!figures || event.relatedTarget?.closest?.("[data-week]")) return;
    figures.querySelector("[data-figures-tip]").classList.add("hidden");
  });
})();
