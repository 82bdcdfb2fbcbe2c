/* The screen of the room, driven with the keyboard. Nothing here is the only way: every key has its link. */
(() => {
  "use strict";
  const writing = (target) => target.closest("input, textarea, select, [contenteditable]");
  const links = () => [...document.querySelectorAll(".points a")];
  const go = (link) => { if (link) link.click(); };
  const step = (by) => {
    const all = links(), here = all.findIndex((link) => link.hasAttribute("aria-current"));
    if (all.length) go(all[(here + by + all.length) % all.length]);
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (writing(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const end = document.getElementById("session-end");
    if (end && !end.hidden) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === "ArrowRight" || key === "n") step(1);
    else if (key === "ArrowLeft" || key === "p") step(-1);
    else if (/^[1-9]$/.test(key)) go(document.getElementById("lien-" + key));
    else if (key === "h") window.scrollTo({ top: 0 });
    else if (key === "o") {
      const way = document.querySelector("details[id^='proposer-']");
      if (!way) return;
      way.open = true;
      const first = way.querySelector("input:not([type=hidden]), textarea");
      if (first) first.focus();
    } else return;
    event.preventDefault();
  });
})();
