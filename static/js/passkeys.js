// What allauth's passkey scripts leave to the page: saying what went wrong, and Enter in a form.
"use strict";

{
  const problem = document.getElementById("passkey-problem");
  const KINDS = {
    NotAllowedError: "cancelled", // closed, timed out, or no passkey here: browsers don't tell which
    AbortError: "cancelled",
    InvalidStateError: "known",
    SecurityError: "place",
  };

  document.addEventListener("allauth.error", (event) => {
    if (!problem) return;
    event.preventDefault();
    const kind = window.PublicKeyCredential ? KINDS[event.detail.exception.name] : "place";
    problem.textContent = problem.dataset[kind ?? "failed"];
    problem.hidden = false;
  });

  // The buttons do nothing without these scripts, so they can be pressed once the scripts are here.
  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-passkey-button]")) button.disabled = false;
  });

  // A form whose credential is still missing is not sent: Enter does what the button does.
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      document.getElementById(form.dataset.passkey).click();
    });
  }
}
