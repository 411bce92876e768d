// The board of the funnel: cards are moved by mouse and by keyboard. Without this each card leads to
// a page with the same move as a form.
"use strict";

(() => {
  const stages = () => [...document.querySelectorAll("#board[data-board] [data-stage]")];
  const stageOf = (card) => card.closest("[data-stage]");
  const titleOf = (card) => card.querySelector(".board-link").textContent.trim();
  const words = (name, card, stage) => document.getElementById("board").dataset[name]
    .replace("{title}", titleOf(card)).replace("{stage}", stage.dataset.name);

  let lifted = null; // the card that is dragged
  let chosen = null; // { card, stage } by the arrow keys

  function mark(stage) {
    for (const other of stages()) other.classList.toggle("board-over", other === stage);
  }

  // Ask the server; it answers with the board as it then is.
  function move(card, stage) {
    mark(null);
    const from = stageOf(card);
    if (!stage || stage === from) return;
    const said = words("moved", card, stage);
    const { id } = card;
    htmx.ajax("POST", card.dataset.card, {
      source: "#board",
      target: "#board",
      swap: "outerHTML",
      values: { to: stage.dataset.stage, seen_stage: from.dataset.stage },
    }).then(() => {
      const moved = document.getElementById(id);
      if (!moved) return;
      moved.querySelector(".board-link").focus();
      if (stageOf(moved)?.dataset.stage === stage.dataset.stage) window.announce(said);
    });
  }

  // ── By mouse ────────────────────────────────────────────────────────────────────────────────
  function ready() {
    for (const card of document.querySelectorAll("#board[data-board] [data-card]")) {
      card.draggable = true;
      // Links are dragged by themselves otherwise, and the card stays behind.
      for (const link of card.querySelectorAll("a")) link.draggable = false;
    }
  }

  document.addEventListener("dragstart", (event) => {
    lifted = event.target.closest?.("[data-card][draggable=true]") ?? null;
    if (!lifted) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", titleOf(lifted));
    lifted.classList.add("board-lifted");
  });
  document.addEventListener("dragover", (event) => {
    const stage = lifted && event.target.closest?.("[data-stage]");
    if (lifted) mark(stage);
    if (stage) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const stage = lifted && event.target.closest?.("[data-stage]");
    if (!stage) return;
    event.preventDefault();
    move(lifted, stage);
  });
  document.addEventListener("dragend", () => {
    lifted?.classList.remove("board-lifted");
    lifted = null;
    mark(null);
  });

  // ── By keyboard ─────────────────────────────────────────────────────────────────────────────
  function leave() {
    chosen = null;
    mark(null);
  }

  function choose(card, step) {
    const all = stages();
    const at = all.indexOf(chosen?.card === card ? chosen.stage : stageOf(card));
    const stage = all[Math.min(all.length - 1, Math.max(0, at + step))];
    chosen = { card, stage };
    mark(stage);
    stage.scrollIntoView({ block: "nearest", inline: "nearest" });
    window.announce(words("chosen", card, stage));
  }

  function neighbour(card, step) {
    const all = [...stageOf(card).querySelectorAll("[data-card]")];
    all[all.indexOf(card) + step]?.querySelector(".board-link").focus();
  }

  document.addEventListener("keydown", (event) => {
    const link = event.target.closest?.("#board[data-board] .board-link");
    if (!link || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const card = link.closest("[data-card]");
    if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      choose(card, event.key === "ArrowRight" ? 1 : -1);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      neighbour(card, event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && chosen?.card === card && chosen.stage !== stageOf(card)) {
      const { stage } = chosen;
      leave();
      move(card, stage);
    } else if (event.key === "Escape" && chosen) {
      leave();
      window.announce(document.getElementById("board").dataset.left);
    } else {
      return;
    }
    event.preventDefault();
  });
  document.addEventListener("focusout", () => { if (chosen) leave(); });

  document.addEventListener("htmx:afterSettle", ready);
  ready();
})();
