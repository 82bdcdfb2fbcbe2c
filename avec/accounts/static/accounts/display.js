/* « Affichage »: the page itself shows a choice before it is kept. Without this file, the examples beside each choice do. */
(() => {
  "use strict";
  const root = document.documentElement;
  const NAMES = { theme: "theme", text_size: "size", contrast: "contrast", spacing: "spacing", speech: "speech" };
  document.addEventListener("change", (event) => {
    const name = event.target.closest("form[data-looks]") && NAMES[event.target.name];
    if (!name) return;
    if (event.target.value) root.dataset[name] = event.target.value;
    else delete root.dataset[name];
    document.dispatchEvent(new Event("avec:display"));
  });
})();
