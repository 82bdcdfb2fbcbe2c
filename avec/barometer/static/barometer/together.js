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
})();
