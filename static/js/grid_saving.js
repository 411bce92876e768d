// The grid's way to the server: cells saved one by one in the order in which they were typed, blocks
// pasted, changes taken back. What grid.js does with keys and mouse ends here.
"use strict";

const GRID_LOST = ["refused", "conflict", "unsent"]; // what was typed is not what is stored

/* `cells` says how cells are read and written: valueOf, setValue, controlOf, isEditing, enliven, and
   replaced(old, fresh) for the one that the keyboard is on. */
window.gridSaving = (form, table, cells) => {
const said = document.getElementById("grid-said");
const line = document.getElementById("grid-line"); // outside the form, so a request sends only its own values
const path = form.dataset.grid;
const here = { show: form.elements.show.value, page: form.elements.page.value };
const now = (cell) => document.getElementById(cell.id); // an answer replaces the cell by its saved self
const wasOf = (cell) => cell.querySelector("[name$='-was']"); // the stored value that an edit starts from
const rowIds = () => [...table.tBodies[0].rows].map((row) => row.dataset.row);

// ── One request at a time ──
const queue = [];
let busy = false;

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
  for (const cell of page.querySelectorAll("td[data-column]")) place(cell, job);
  for (const part of page.querySelectorAll("[data-place]")) {
    document.getElementById(part.dataset.place)?.replaceChildren(...part.childNodes);
  }
  job.done(event, answer.status < 400);
}

function place(fresh, job) {
  const cell = now(fresh);
  if (!cell) return;
  const waits = queue.some((other) => other !== job && other.cell === fresh.id);
  const isOther = job.cell && job.cell !== fresh.id; // merely looks different because of the saved one
  const isTyped = cells.isEditing(cell) && cells.valueOf(cell) !== cell.kept;
  if (waits || isTyped || (isOther && [...GRID_LOST, "saving"].includes(cell.dataset.state))) {
    wasOf(cell).value = wasOf(fresh).value; // typed into meanwhile: only where that starts from is new
    return;
  }
  const focused = cell.contains(document.activeElement);
  const editing = cells.isEditing(cell);
  cell.replaceWith(fresh);
  cells.enliven(fresh);
  cells.replaced(cell, fresh);
  if (focused) (editing ? cells.controlOf(fresh) : fresh).focus();
}

// ── One cell ──
function commit(cell, { again = false } = {}) {
  const value = cells.valueOf(cell);
  if (value === cell.kept && !again && cell.dataset.state !== "unsent") return;
  cell.kept = value;
  cell.dataset.state = "saving";
  enqueue({
    cell: cell.id,
    path: `${path}${cell.parentElement.dataset.row}/${cell.dataset.column}/`,
    values: () => ({ value, was: wasOf(now(cell)).value }),
    failed: () => markUnsent(now(cell)),
    done: remember,
  });
}

function put(cell, text) {
  cells.setValue(cell, text);
  commit(cell);
}

function markUnsent(cell) {
  cell.dataset.state = "unsent";
  const note = document.createElement("p");
  note.id = `note-${cell.id}`;
  note.className = "sheet-note sheet-wrong";
  note.textContent = form.dataset.unsent;
  cell.querySelector(".sheet-note")?.remove();
  cell.append(note);
  cells.controlOf(cell).setAttribute("aria-describedby", note.id);
  say(form.dataset.unsent);
}

// What was typed and not saved gives way to what is stored.
function takeStored(cell) {
  if (!GRID_LOST.includes(cell.dataset.state)) return;
  const control = cells.controlOf(cell);
  const isText = control.matches("input.sheet-input");
  cells.setValue(cell, isText ? cell.dataset.text ?? control.defaultValue : wasOf(cell).value);
  cell.kept = cells.valueOf(cell);
  cell.dataset.state = "";
  for (const note of cell.querySelectorAll(".sheet-note")) note.remove();
  cells.controlOf(cell).removeAttribute("aria-invalid");
}

// ── A block from a spreadsheet ──
function paste(cell, block) {
  const ids = rowIds();
  const below = ids.slice(ids.indexOf(cell.parentElement.dataset.row));
  cell.dataset.state = "saving";
  enqueue({
    path: `${path}paste/`,
    values: () => ({ block, column: cell.dataset.column, row: below }),
    failed: () => markUnsent(now(cell)),
    done: (event) => {
      if (now(cell).dataset.state === "saving") now(cell).dataset.state = ""; // nothing of it was taken
      remember(event);
    },
  });
}

// ── Undo: the events of the audit trail that this tab brought about, also after a reload ──
const events = { undo: [], redo: [] };
const memory = `grid:${form.dataset.memory}`;
try { Object.assign(events, JSON.parse(sessionStorage.getItem(memory) ?? "{}")); } catch { /* none kept */ }
for (const offered of said.querySelectorAll("[data-undo]")) push("undo", offered.dataset.undo);

function push(kind, event) {
  if (event && !events.undo.includes(event) && !events.redo.includes(event)) events[kind].push(event);
  try { sessionStorage.setItem(memory, JSON.stringify(events)); } catch { /* then only until the reload */ }
}

function remember(event) {
  if (event) events.redo.length = 0;
  push("undo", event);
}

function takeBack(kind, event = events[kind].at(-1)) {
  const at = events[kind].indexOf(event);
  if (at < 0) return; // nothing left, or clicked twice
  events[kind].splice(at, 1);
  enqueue({
    path: `${path}undo/`,
    values: () => ({ event, row: rowIds() }),
    failed: () => { push(kind, event); say(form.dataset.notUndone); },
    done: (undone, ok) => push(kind === "undo" ? "redo" : "undo", ok ? undone : null),
  });
}

said.addEventListener("submit", (submitted) => {
  submitted.preventDefault();
  submitted.stopPropagation();
  const event = submitted.target.dataset.undo;
  takeBack(events.redo.includes(event) ? "redo" : "undo", event);
});

function say(words) {
  const sentence = document.createElement("span");
  sentence.className = "sheet-said";
  sentence.textContent = words;
  said.replaceChildren(sentence);
}

const waits = () => queue.length > 0 || GRID_LOST.some((state) => table.querySelector(`[data-state="${state}"]`));

return { commit, put, takeStored, paste, takeBack, say, waits };
};
