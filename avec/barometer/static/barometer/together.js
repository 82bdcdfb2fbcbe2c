/* The screen of the joint session, driven with the keyboard. Nothing here is the only way: every key has its link or its button. */
(() => {
  "use strict";
  const writing = (target) => target.closest("input, textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (writing(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const end = document.getElementById("session-end");
    if (end && !end.hidden) return;
    if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      const link = document.querySelector(event.key === "ArrowRight" ? "a[rel=next]" : "a[rel=prev]");
      if (!link) return;
      link.click();
    } else if (/^[0-4]$/.test(event.key)) {
      const form = document.getElementById("noter");
      const level = document.getElementById("id_level_" + event.key);
      if (!form || !level) return;
      form.open = true;
      level.checked = true;
      level.focus();
      level.dispatchEvent(new Event("input", { bubbles: true }));
    } else return;
    event.preventDefault();
  });
  /* Names touched one after the other: a yes given while the one before is on its way waits for its turn. Twice the same name is once. */
  let underway = "";
  let waiting = [];
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".accord__yes button");
    if (!button) return;
    if (!button.form.classList.contains("htmx-request")) {
      underway = button.id;
      return;
    }
    event.preventDefault();
    if (button.id === underway || waiting.some((each) => each.id === button.id)) return;
    waiting.push({ id: button.id, name: button.name });
  });
  document.addEventListener("htmx:afterSettle", () => {
    underway = "";
    while (waiting.length) {
      const next = waiting.shift();
      const button = document.getElementById(next.id);
      if (!button || button.name !== next.name) continue;
      button.click();
      return;
    }
  });
  for (const lost of ["htmx:responseError", "htmx:sendError"]) document.addEventListener(lost, () => { waiting = []; });
})();
