/* What HTML cannot do alone. Every page works without this file.
   data-keep      on a form: warn before leaving with unsaved words
   data-print     on a button: print the page
   data-most      on a file input: bytes at most, said before anything is sent (words: data-say-heavy on <body>)
   Nothing is written in the browser's storage: drafts belong to the server. */
(() => {
  "use strict";

  /* One press, one sending: the pressed button rests until the page comes back. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter || form.querySelector("button:not([type]), [type=submit]");
    form.removeAttribute("data-dirty");
    if (event.defaultPrevented || form.method.toLowerCase() !== "post" || !button) return;
    /* After the browser has read the form: a disabled button sends no value. */
    setTimeout(() => { button.disabled = true; button.setAttribute("data-sent", ""); });
  });
  const wake = () => document.querySelectorAll("[data-sent]").forEach((button) => {
    button.disabled = false;
    button.removeAttribute("data-sent");
  });
  window.addEventListener("pageshow", wake);
  document.addEventListener("htmx:afterRequest", wake);

  /* The summary of errors is the first thing read after a refused form. */
  const summary = (root) => {
    const found = root.querySelector("[data-errors]");
    if (found) found.focus();
  };
  document.addEventListener("DOMContentLoaded", () => summary(document));
  document.addEventListener("htmx:afterSettle", (event) => summary(event.target));

  /* A message that came with the page is no news to a screen reader: written again, it is said. */
  document.addEventListener("DOMContentLoaded", () => setTimeout(() => {
    document.querySelectorAll("#messages p").forEach((message) => { message.textContent = message.textContent; });
  }, 400));

  /* What was just done is said beside what it is about, not at the top of a long page. */
  window.addEventListener("load", () => {
    const messages = document.getElementById("messages");
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (!target || !messages || !messages.children.length) return;
    const row = target.closest("li, tr");
    (row ? row.closest("ul, ol, table") : target).before(messages);
    messages.scrollIntoView();
  });

  /* Words not saved yet. */
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-keep]");
    if (form) form.setAttribute("data-dirty", "");
  });
  window.addEventListener("beforeunload", (event) => {
    if (document.querySelector("form[data-dirty]")) event.preventDefault();
  });

  /* A file too heavy is said at once: sending it for minutes to be refused would be worse. */
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (!input.matches('input[type="file"][data-most]')) return;
    const heavy = [...input.files].some((file) => file.size > Number(input.dataset.most));
    document.querySelectorAll(`[data-heavy="${input.id}"]`).forEach((old) => old.remove());
    if (!heavy) return;
    const words = document.createElement("p");
    words.className = "field__error";
    words.dataset.heavy = input.id;
    words.setAttribute("role", "alert");
    const most = Math.floor(Number(input.dataset.most) / (1024 * 1024));
    words.textContent = (document.body.dataset.sayHeavy || "").replace("{most}", most);
    input.before(words);
    input.value = "";
  });

  /* What is kept while somebody writes is their words: a file goes with the form, once. */
  document.addEventListener("htmx:configRequest", (event) => {
    const cause = event.detail.triggeringEvent;
    if (cause && cause.type === "submit") return;
    const form = event.detail.formData;
    if (form) [...form.entries()].forEach(([name, value]) => { if (value instanceof File) form.delete(name); });
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-print]").forEach((button) => { button.hidden = false; });
  });
})();
