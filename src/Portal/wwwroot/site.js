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

  // Keys of one letter at the checkers' desk. A key only leads to a button: one that slips approves nothing.
  const review = document.querySelector("[data-review]");
  const keys = review?.querySelector("[data-review-keys]");
  if (keys) {
    const stored = "review-keys";
    const on = keys.querySelector("[data-review-keys-on]");
    keys.hidden = false;
    on.checked = localStorage.getItem(stored) !== "off";
    on.addEventListener("change", () => localStorage.setItem(stored, on.checked ? "on" : "off"));
    const files = [...review.querySelectorAll(".viewer-files a")];
    const go = (step) => files[files.findIndex((file) => file.hasAttribute("aria-current")) + step]?.click();
    const focus = (selector) => {
      const target = review.querySelector(selector);
      target?.focus();
      return Boolean(target);
    };
    const acts = {
      j: () => go(1),
      k: () => go(-1),
      a: () => focus(".review-decide [name=approve][value=true]"),
      r: () => focus("#Reason"),
      c: () => focus("#Comment"),
      "?": () => {
        keys.open = !keys.open;
        if (keys.open) keys.querySelector("summary").focus();
      },
    };
    document.addEventListener("keydown", (event) => {
      const writes = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
      if (!on.checked || writes || event.ctrlKey || event.metaKey || event.altKey || !acts[event.key]) return;
      event.preventDefault();
      acts[event.key]();
    });
  }

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

  // A log that grows: follows its end while the reader is there, and lets go when the reader scrolls up.
  const log = document.querySelector("[data-log]");
  const follow = log?.querySelector("[data-log-follow]");
  if (follow) {
    const longest = 500;
    let following = true;
    let before = null;
    const box = () => log.querySelector(".job-log-box");
    const toEnd = () => {
      const shown = box();
      if (shown) shown.scrollTop = shown.scrollHeight;
    };
    const set = (on) => {
      following = on;
      follow.setAttribute("aria-pressed", String(on));
    };
    follow.hidden = false;
    toEnd();
    follow.addEventListener("click", () => {
      set(!following);
      if (following) toEnd();
    });
    // A scroll does not bubble, but it can be caught on its way down.
    log.addEventListener("scroll", ({ target }) => {
      if (target === box()) set(target.scrollHeight - target.scrollTop - target.clientHeight < 8);
    }, true);
    log.addEventListener("htmx:sseBeforeMessage", () => {
      const shown = box();
      before = shown && { top: shown.scrollTop, focused: shown.contains(document.activeElement) };
    });
    log.addEventListener("htmx:sseMessage", () => {
      const shown = box();
      if (!shown) return;
      const text = shown.querySelector("code");
      // The page must not grow without end; the whole log can be downloaded.
      while (text.childElementCount > (following ? longest : 4 * longest)) text.firstElementChild.remove();
      if (before?.focused && !shown.contains(document.activeElement)) shown.focus({ preventScroll: true });
      if (following) toEnd();
      else if (before) shown.scrollTop = before.top;
    });
    log.addEventListener("htmx:sseClose", () => { follow.hidden = true; });
  }
})();
