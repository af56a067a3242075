// Small comforts. Every page works without this file.
(() => {
  "use strict";
  const popups = () => document.querySelectorAll("details[data-popup][open]");

  document.addEventListener("click", (event) => {
    for (const popup of popups()) {
      if (!popup.contains(event.target)) popup.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const popup of popups()) {
      popup.open = false;
      popup.querySelector("summary").focus();
    }
  });
  document.querySelector("[data-focus]")?.focus();

  // Filters a list by the text of its items: <input data-filter="#list"> and [data-filter-text] inside it.
  for (const input of document.querySelectorAll("input[data-filter]")) {
    const items = document.querySelectorAll(`${input.dataset.filter} [data-filter-text]`);
    input.closest("[hidden]")?.removeAttribute("hidden");
    input.addEventListener("input", () => {
      const words = input.value.trim().toLowerCase();
      for (const item of items) {
        item.hidden = !item.dataset.filterText.toLowerCase().includes(words);
      }
    });
  }

  // An update of a live part closes nothing that the reader opened.
  if (window.Idiomorph) {
    window.Idiomorph.defaults.callbacks.beforeAttributeUpdated = (name, node) =>
      !(name === "open" && node instanceof HTMLDetailsElement);
  }

  // Says when the live part of a page has lost its connection.
  const live = (online) => {
    for (const note of document.querySelectorAll("[data-live-note]")) note.hidden = online;
  };
  document.addEventListener("htmx:sseOpen", () => live(true));
  document.addEventListener("htmx:sseError", () => live(false));
})();
