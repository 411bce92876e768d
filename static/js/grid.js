// The grid of ratings and closing dates: keyboard, saving cell by cell, paste, undo. Without it the
// page is one plain form with a Save button.
"use strict";

(() => {
const form = document.querySelector("[data-grid]");
if (!form) return;
const table = form.querySelector("table");
const said = document.getElementById("grid-said");
const line = document.getElementById("grid-line"); // outside the form, so a request sends only its own values
const path = form.dataset.grid;
const PAGE = 10; // rows that Page Up and Page Down go
const UNSAVED = ["saving", "unsent", "refused", "conflict"];
document.body.dataset.gridLive = "";

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

// ── Saving: one request at a time, in the order in which things were typed ──
const queue = [];
const here = { show: form.elements.show.value, page: form.elements.page.value };
let busy = false;

function mark(cell, state) {
  cell.dataset.state = state;
}

function say(words) {
  said.textContent = words;
}

function enqueue(job) {
  queue.push(job);
  if (!busy) drain();
}

async function drain() {
  busy = true;
  table.setAttribute("aria-busy", "true");
  while (queue.length) {
    await send(queue[0]);
    queue.shift();
  }
  table.removeAttribute("aria-busy");
  busy = false;
}

async function send(job) {
  let answer = null;
  try {
    await htmx.ajax("POST", job.path, {
      source: line, target: line, values: { ...here, ...job.values() }, handler: (_line, info) => { answer = info.xhr; },
    });
  } catch { /* no connection: said below, at the cell */ }
  // A page that says something else, such as the one to sign in on, is no answer.
  const page = new DOMParser().parseFromString(answer?.responseText ?? "", "text/html");
  if (!page.querySelector("[data-place=grid-said]")) return job.failed();
  const event = page.querySelector("[data-undo]")?.dataset.undo;
  place(page, job);
  job.done?.(event, answer.status < 400);
}

function place(page, job) {
  for (const cell of page.querySelectorAll("td[data-column]")) placeCell(cell, job);
  for (const part of page.querySelectorAll("[data-place]")) {
    document.getElementById(part.dataset.place)?.replaceChildren(...part.childNodes);
  }
}

function placeCell(fresh, job) {
  const cell = document.getElementById(fresh.id);
  if (!cell) return;
  const waits = queue.some((other) => other !== job && other.cell === fresh.id);
  const isOther = job.cell && job.cell !== fresh.id; // merely looks different because of the saved one
  if (waits || (isEditing(cell) && valueOf(cell) !== cell.kept) || (isOther && UNSAVED.includes(cell.dataset.state))) {
    cell.dataset.was = fresh.dataset.was; // typed into meanwhile: only where that starts from is new
    return;
  }
  const control = isEditing(cell);
  const focused = cell.contains(document.activeElement);
  cell.replaceWith(fresh);
  enliven(fresh);
  if (current === cell) makeCurrent(fresh);
  if (focused) (control ? controlOf(fresh) : fresh).focus();
}

// ── Undo: the events of the audit trail that this page brought about, also after a reload ──
const done = { undo: [], redo: [] };
const memory = `grid-undo:${form.dataset.memory}`;
try { Object.assign(done, JSON.parse(sessionStorage.getItem(memory) ?? "{}")); } catch { /* none kept */ }

function remember(kind, event) {
  if (event && !done[kind].includes(event)) done[kind].push(event);
  sessionStorage.setItem(memory, JSON.stringify({ undo: done.undo.slice(-200), redo: done.redo.slice(-200) }));
}

function changed(event) {
  if (event) done.redo.length = 0;
  remember("undo", event);
}

function takeBack(kind, event = done[kind].at(-1)) {
  const at = done[kind].indexOf(event);
  if (at < 0) return; // clicked twice
  done[kind].splice(at, 1);
  enqueue({
    path: `${path}undo/`,
    values: () => ({ event, row: rows().map((row) => row.dataset.row) }),
    failed: () => { remember(kind, event); say(form.dataset.notUndone); },
    done: (undone, ok) => remember(kind === "undo" ? "redo" : "undo", ok ? undone : null),
  });
}
for (const open of said.querySelectorAll("[data-undo]")) remember("undo", open.dataset.undo);
said.addEventListener("submit", (event) => {
  event.preventDefault();
  event.stopPropagation();
  const id = event.target.dataset.undo;
  takeBack(done.redo.includes(id) ? "redo" : "undo", id);
});

// ── One cell ──
function commit(cell, { again = false } = {}) {
  const value = valueOf(cell);
  if (value === cell.kept && !again && cell.dataset.state !== "unsent") return;
  cell.kept = value;
  mark(cell, "saving");
  enqueue({
    cell: cell.id,
    path: `${path}${cell.parentElement.dataset.row}/${cell.dataset.column}/`,
    values: () => ({ value, was: document.getElementById(cell.id).dataset.was }),
    failed: () => unsent(document.getElementById(cell.id)),
    done: changed,
  });
}

function unsent(cell) {
  mark(cell, "unsent");
  const note = document.createElement("p");
  note.id = `note-${cell.id}`;
  note.className = "sheet-note sheet-wrong";
  note.textContent = form.dataset.unsent;
  cell.querySelector(".sheet-note")?.remove();
  cell.append(note);
  controlOf(cell).setAttribute("aria-describedby", note.id);
  say(form.dataset.unsent);
}

function put(cell, text) {
  setValue(cell, text);
  commit(cell);
}

function edit(cell, text) {
  const control = controlOf(cell);
  if (text !== undefined && control.tagName === "INPUT") control.value = text;
  control.focus();
  if (text === undefined) control.select?.();
}

function toggle(cell) {
  put(cell, valueOf(cell) === "yes" ? "no" : "yes");
}

function confirmGuess(cell) {
  if (!cell.dataset.guess) return;
  put(cell, cell.dataset.guess);
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
  else if (event.key === "Escape") takeStored(cell);
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
    confirmGuess(cell);
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
  takeBack(key === "y" || event.shiftKey ? "redo" : "undo");
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
    if (button.name === "confirm") confirmGuess(cell);
    if (button.dataset.keep === "theirs") takeStored(cell);
    if (button.dataset.keep === "mine") commit(cell, { again: true });
    go(cell);
  } else if (cell && !event.target.closest("a, label, input, select")) go(cell);
});

// What was typed and not saved gives way to what is stored.
function takeStored(cell) {
  if (!["refused", "conflict", "unsent"].includes(cell.dataset.state)) return;
  const isText = controlOf(cell).tagName === "INPUT" && !isBox(controlOf(cell));
  setValue(cell, isText ? cell.dataset.text : cell.dataset.was);
  cell.kept = valueOf(cell);
  mark(cell, "");
  for (const note of cell.querySelectorAll(".sheet-note")) note.remove();
  controlOf(cell).removeAttribute("aria-invalid");
}

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
  if (!cell.dataset.column) return say(form.dataset.notHere);
  if (isEditing(cell)) leaveAsItWas(cell);
  const below = rows().slice(rows().indexOf(cell.parentElement)).map((row) => row.dataset.row);
  mark(cell, "saving");
  enqueue({
    path: `${path}paste/`,
    values: () => ({ block, column: cell.dataset.column, row: below }),
    failed: () => unsent(document.getElementById(cell.id)),
    done: (event) => {
      const now = document.getElementById(cell.id);
      if (now.dataset.state === "saving") mark(now, ""); // nothing of the block was taken
      changed(event);
    },
  });
});

// ── Leaving ──
form.addEventListener("submit", (event) => event.preventDefault());
window.addEventListener("beforeunload", (event) => {
  const editing = current && isEditing(current) && valueOf(current) !== current.kept;
  const waiting = UNSAVED.some((state) => table.querySelector(`[data-state="${state}"]`));
  if (queue.length || editing || waiting) event.preventDefault();
});
})();
