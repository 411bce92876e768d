// An answer that is none, such as the page for signing in once the session has ended, replaces
// nothing: it is said that it did not go through, and what was typed stays.
"use strict";

document.addEventListener("htmx:beforeSwap", (event) => {
  const wanted = event.detail.requestConfig?.elt?.dataset?.expects;
  if (!wanted || event.detail.serverResponse.includes(`id="${wanted}"`)) return;
  event.detail.shouldSwap = false;
  event.detail.isError = true;
});
