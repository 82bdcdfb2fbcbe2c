/* A beginning of a sentence goes into the field when it is pressed. Without this file it is read as an example. */
(() => {
  "use strict";
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-opener]").forEach((item) => {
      const field = document.getElementById(`id_${item.dataset.opener}`);
      if (!field) return;
      const words = item.textContent;
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = words;
      button.addEventListener("click", () => {
        const before = field.value.trim();
        field.value = before ? `${before}\n${words}` : words;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.focus();
        const gap = field.value.indexOf("…", before.length);
        if (gap >= 0) field.setSelectionRange(gap, gap + 1);
      });
      item.replaceChildren(button);
    });
  });
})();
