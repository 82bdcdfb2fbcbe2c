// Copying a paper by keyboard: in a row, a digit chooses and goes to the next row; N: « non concerné »; space: empty.
"use strict";
document.addEventListener("keydown", (event) => {
  const row = event.target.closest?.("[data-copy] [data-row]");
  if (!row || event.ctrlKey || event.altKey || event.metaKey) return;
  const value = { n: "na", " ": "" }[event.key.toLowerCase()] ?? event.key;
  const wanted = [...row.querySelectorAll("input[type=radio]")].find((input) => input.value === value);
  if (!wanted) return;
  event.preventDefault();
  wanted.checked = true;
  const rows = [...document.querySelectorAll("[data-copy] [data-row]")];
  const next = rows[rows.indexOf(row) + 1];
  const target = next
    ? next.querySelector("input:checked") || next.querySelector("input")
    : document.querySelector("[data-copy] [name=part]");
  target.focus();
});
