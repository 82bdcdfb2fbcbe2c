/* The end of the session: a warning two minutes before, one key to stay (R11).
   Whoever is writing is there: their session is renewed without a word.
   When it is over, unsent words are sent to the server, which keeps them for
   their author until sign-in; then the page leaves the screen. */
(() => {
  "use strict";
  const box = document.getElementById("session-end");
  if (!box) return;
  const warning = Number(box.dataset.warning);
  const button = box.querySelector("[data-session-stay]");
  let end = 0, alive = Date.now(), before = null, warned = false;
  const now = () => Date.now();
  const left = () => (end - now()) / 1000;
  const set = (seconds) => { end = now() + seconds * 1000; };
  set(Number(box.dataset.left));

  const hide = () => {
    if (box.hidden) return;
    box.hidden = true;
    if (before && before.isConnected) before.focus();
  };
  const show = () => {
    if (!box.hidden) return;
    before = document.activeElement;
    box.hidden = false;
    button.focus();
  };
  const ask = async (method) => {
    const headers = { Accept: "application/json" };
    if (method === "POST") headers["X-CSRFToken"] = box.dataset.csrf;
    const answer = await fetch(box.dataset.stay, { method, headers, credentials: "same-origin", cache: "no-store" });
    if (answer.ok) set((await answer.json()).left);
    if (left() > warning + 5) { warned = false; hide(); }
    return answer.ok;
  };
  const leave = () => {
    const written = document.querySelector("form[data-dirty]");
    if (written) { written.noValidate = true; written.requestSubmit(); } else { window.location.reload(); }
  };
  const look = async () => {
    try {
      if (left() <= 0) {
        if (await ask("GET") && left() <= 0) { clearInterval(watch); leave(); }
      } else if (left() <= warning + 5 && !warned) {
        warned = true;
        /* Another tab may have renewed the session, or somebody is writing here. */
        const writing = now() - alive < 120000 && document.querySelector("form[data-dirty]");
        await ask(writing && "mayStay" in box.dataset ? "POST" : "GET");
        if (left() <= warning + 5) show();
      }
    } catch { warned = false; /* offline: asked again at the next look */ }
  };
  const watch = setInterval(look, 1000);

  const stay = () => { if ("mayStay" in box.dataset) ask("POST").catch(() => {}); else hide(); };
  button.addEventListener("click", stay);
  box.addEventListener("keydown", (event) => { if (event.key === "Escape") stay(); });
  document.addEventListener("input", () => { alive = now(); });
  document.addEventListener("htmx:afterRequest", (event) => {
    const seconds = event.detail.xhr && event.detail.xhr.getResponseHeader("Avec-Session");
    if (seconds) set(Number(seconds));
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
})();
