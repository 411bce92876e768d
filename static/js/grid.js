// The grid of ratings and closing dates: keyboard, saving cell by cell, paste, undo. Without it the
// page is one plain form with a Save button.
"use strict";

(() => {
const form = document.querySelector("[data-grid]");
if (!form) return;
const table = form.querySelector("table");
const PAGE = 10; // rows that Page Up and Page Down go

// ── Cells ──
const rows = () => [...table.tBodies[0].rows];
const cellsOf = (row) => [...row.cells].filter((cell) => cell.offsetParent !== null);
const handleOf = (cell) => cell.querySelector("[data-handle]") ?? cell;
const controlOf = (cell) => cell.querySelector(".sheet-input, .checkbox");
const cellOf = (node) => node?.closest?.("td, tbody th");
const isBox = (control) => control?.type === "checkbox";
const isEditing = (cell) => !!cell && document.activeElement === controlOf(cell) && !isBox(controlOf(cell));
const valueOf = (cell) => {
  const control = controlOf(cell);
  return isBox(control) ? (control.checked ? "yes" : "no") : control.value;
};

function setValue(cell, text) {
  const control = controlOf(cell);
  if (isBox(control)) control.checked = text === "yes";
  else control.value = text;
}

// What the grid's roles promise holds only with this script, so it is the script that gives them.
function enliven(cell) {
  cell.setAttribute("role", cell.tagName === "TH" ? "rowheader" : "gridcell");
  if (cell.dataset.column) {
    for (const part of cell.querySelectorAll("input, select, button")) part.tabIndex = -1;
    cell.kept = valueOf(cell);
  } else {
    cell.setAttribute("aria-readonly", "true");
    handleOf(cell).tabIndex = -1;
  }
}
table.setAttribute("role", "grid");
for (const part of [table.tHead, table.tBodies[0]]) part.setAttribute("role", "rowgroup");
for (const row of table.rows) row.setAttribute("role", "row");
for (const head of table.tHead.rows[0].cells) head.setAttribute("role", "columnheader");
for (const row of rows()) [...row.cells].forEach(enliven);

// ── Where the keyboard is: one tab stop ──
let current = null;

function makeCurrent(cell) {
  if (current) handleOf(current).tabIndex = -1;
  current = cell;
  handleOf(cell).tabIndex = 0;
}

function go(cell) {
  if (!cell) return;
  makeCurrent(cell);
  handleOf(cell).focus();
}

function move(down, right) {
  const all = rows();
  const row = all.indexOf(current.parentElement);
  const column = cellsOf(current.parentElement).indexOf(current);
  const cells = cellsOf(all[Math.min(Math.max(row + down, 0), all.length - 1)]);
  go(cells[Math.min(Math.max(column + right, 0), cells.length - 1)]);
}

// Tab in a cell goes on like reading: after a row's last cell comes the next row's first editable one.
function goBeside(cell, step) {
  const all = [...table.querySelectorAll("td[data-column]")];
  go(all[all.indexOf(cell) + step] ?? cell);
}
makeCurrent(table.querySelector("td[data-column]"));

// ── Editing ──
const saving = window.gridSaving(form, table, {
  valueOf, setValue, controlOf, isEditing, enliven,
  replaced: (old, fresh) => { if (current === old) makeCurrent(fresh); },
});
const { commit, put } = saving;

function edit(cell, text) {
  const control = controlOf(cell);
  if (text !== undefined && control.tagName === "INPUT") control.value = text;
  control.focus();
  if (text === undefined) control.select?.();
}

function toggle(cell) {
  put(cell, valueOf(cell) === "yes" ? "no" : "yes");
}

function leaveAsItWas(cell) {
  setValue(cell, cell.kept);
  go(cell);
}

// ── Keys while on a cell ──
const MOVES = {
  ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1],
  PageUp: [-PAGE, 0], PageDown: [PAGE, 0], Home: [0, -Infinity], End: [0, Infinity],
};
const WORDS = { c: "client", f: "freelancer", m: "freelancer", "-": "" };

function onCell(event, cell) {
  const withCtrl = event.ctrlKey || event.metaKey;
  const step = MOVES[event.key];
  if (step && !event.altKey && !event.shiftKey) {
    move(...(withCtrl ? edgeOf(event.key, step) : step));
  } else if (withCtrl || event.altKey) {
    return;
  } else if (!onEditable(event, cell)) {
    return;
  }
  event.preventDefault();
}

function edgeOf(key, step) {
  if (key === "Home" || key === "End") return [step[1], step[1]];
  return step.map((part) => part * Infinity || 0);
}

function onEditable(event, cell) {
  const column = cell.dataset.column;
  if (!column || event.target.matches("button")) return false;
  if (event.key === "Delete" || event.key === "Backspace") put(cell, column === "under_agency" ? "no" : "");
  else if (event.key === "F2") column === "under_agency" ? toggle(cell) : edit(cell);
  else if (event.key === "Enter") enter(cell);
  else if (event.key === "Escape") saving.takeStored(cell);
  else if (column === "under_agency") {
    if (event.key !== " ") return false;
    toggle(cell);
  } else if (column === "ended_by") {
    const word = WORDS[event.key.toLowerCase()];
    if (event.key === " ") edit(cell);
    else if (word === undefined) return false;
    else put(cell, word);
  } else if (event.key.length === 1 || event.key === "Process" || event.key === "Dead") {
    edit(cell, ""); // and the key itself goes into the field
    return false;
  } else return false;
  return true;
}

function enter(cell) {
  if (cell.dataset.state === "conflict") cell.querySelector("[data-keep]").focus();
  else if (cell.dataset.state === "unsent") commit(cell);
  else if (cell.dataset.column === "under_agency") toggle(cell);
  else if (cell.dataset.guess && !valueOf(cell)) {
    put(cell, cell.dataset.guess);
    move(1, 0);
  } else edit(cell);
}

// ── Keys while editing ──
function onControl(event, cell) {
  if (event.isComposing) return;
  if (event.key === "Enter") {
    commit(cell);
    go(cell);
    move(event.shiftKey ? -1 : 1, 0);
  } else if (event.key === "Tab") {
    commit(cell);
    goBeside(cell, event.shiftKey ? -1 : 1);
  } else if (event.key === "Escape") {
    leaveAsItWas(cell);
  } else return;
  event.preventDefault();
}

// ── Buttons in a cell ──
function onButton(event, cell) {
  const buttons = [...cell.querySelectorAll("button")].filter((button) => button.offsetParent !== null);
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (step) buttons[buttons.indexOf(event.target) + step]?.focus();
  else if (event.key === "Escape") go(cell);
  else return;
  event.preventDefault();
}

table.addEventListener("keydown", (event) => {
  const cell = cellOf(event.target);
  if (!cell || !table.tBodies[0].contains(cell)) return;
  if (isEditing(cell)) onControl(event, cell);
  else if (event.target.matches("button")) onButton(event, cell);
  else onCell(event, cell);
});

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const key = event.key.toLowerCase();
  if (key !== "z" && key !== "y") return;
  if (event.target.matches?.("input:not([type=checkbox]), select, textarea")) return;
  event.preventDefault();
  saving.takeBack(key === "y" || event.shiftKey ? "redo" : "undo");
});

// ── Mouse and touch ──
table.addEventListener("focusin", (event) => {
  const cell = cellOf(event.target);
  if (cell && cell !== current && table.tBodies[0].contains(cell)) makeCurrent(cell);
});
table.addEventListener("focusout", (event) => {
  const cell = cellOf(event.target);
  // A cell that was just replaced by its saved self is not left, it is gone.
  if (cell?.isConnected && event.target === controlOf(cell) && !isBox(event.target)) commit(cell);
});
table.addEventListener("change", (event) => {
  const cell = cellOf(event.target);
  // A choice made by arrow keys is not final before Enter or Tab: Escape takes it back.
  if (cell?.dataset.column && (isBox(event.target) || (event.target.tagName === "SELECT" && !byKeys))) commit(cell);
});
let byKeys = false;
table.addEventListener("keydown", () => { byKeys = true; }, true);
table.addEventListener("pointerdown", () => { byKeys = false; }, true);
table.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const cell = cellOf(event.target);
  if (button) {
    event.preventDefault();
    if (button.name === "confirm") put(cell, cell.dataset.guess);
    if (button.dataset.keep === "theirs") saving.takeStored(cell);
    if (button.dataset.keep === "mine") commit(cell, { again: true });
    go(cell);
  } else if (cell && !event.target.closest("a, label, input, select")) go(cell);
});

// ── Copy and paste ──
const textOf = (cell) => {
  const control = controlOf(cell);
  if (!cell.dataset.column) return cell.innerText.trim();
  return (isBox(control) ? valueOf(cell) : control.value) || (cell.dataset.guess ? "" : control.placeholder);
};

for (const kind of ["copy", "cut"]) {
  form.addEventListener(kind, (event) => {
    const cell = cellOf(document.activeElement);
    if (!cell || isEditing(cell) || String(getSelection())) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", textOf(cell));
    if (kind === "cut" && cell.dataset.column) put(cell, cell.dataset.column === "under_agency" ? "no" : "");
  });
}

form.addEventListener("paste", (event) => {
  const cell = cellOf(document.activeElement);
  const block = event.clipboardData.getData("text/plain");
  if (!cell || !block || (isEditing(cell) && !/[\t\n\r]/.test(block.trimEnd()))) return;
  event.preventDefault();
  if (!cell.dataset.column) return saving.say(form.dataset.notHere);
  if (isEditing(cell)) leaveAsItWas(cell);
  saving.paste(cell, block);
});

// ── Leaving ──
form.addEventListener("submit", (event) => {
  if (event.submitter?.value !== "all") event.preventDefault(); // confirming all guesses sends the page
});
window.addEventListener("beforeunload", (event) => {
  const editing = current && isEditing(current) && valueOf(current) !== current.kept;
  if (editing || saving.waits()) event.preventDefault();
});
document.body.dataset.gridLive = ""; // last: should anything above fail, the Save button is still there
})();
