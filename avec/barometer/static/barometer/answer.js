/* One question at a time, or all on the wheel. The page is a whole form without this file.
   The steps and the wheel set the same radio buttons; what is chosen is kept on this device only, under a name
   that opens nothing, and erased once sent. Sending is tried again until it goes through: a card answers once,
   so that sending twice changes nothing. */
(() => {
  "use strict";

  const root = document.documentElement;
  const larger = document.querySelector("[data-larger]");
  const SIZES = ["", "large", "larger"];
  if (larger) {
    larger.hidden = false;
    larger.addEventListener("click", () => {
      const next = SIZES[(SIZES.indexOf(root.dataset.size || "") + 1) % SIZES.length];
      if (next) root.dataset.size = next; else delete root.dataset.size;
    });
  }

  const form = document.querySelector("form.ask");
  if (!form) return;
  const all = (what, within = form) => [...within.querySelectorAll(what)];
  const one = (what, within = form) => within.querySelector(what);

  /* ── What is kept on this device ── */

  const KEY = `avec-b-${form.dataset.key}`;
  let store = null;
  try { store = window.localStorage; } catch (blocked) { store = null; }
  const kept = () => {
    try { return JSON.parse(store.getItem(KEY)); } catch (none) { return null; }
  };
  const read = () => Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ""));
  const keep = (sending = false) => {
    const values = read();
    try {
      if (Object.keys(values).length) store.setItem(KEY, JSON.stringify({ values, sending, mode, easy: easy.checked }));
      else store.removeItem(KEY);
    } catch (full) { /* Nothing is kept: the page still works. */ }
    one("[data-erase]").hidden = !kept();
  };
  const forget = () => { try { store.removeItem(KEY); } catch (none) { /* nothing was kept */ } };

  /* ── Radios, rows of the review, sectors of the wheel: three views of one answer ── */

  const ratings = all(".rating");
  const easy = document.getElementById("faciles");
  let mode = "steps";

  const chosen = (rating) => one("input:checked", rating);
  const words = (input) => input ? (input.value === "na" ? form.dataset.sayNa : `${input.value} · ${input.parentElement.querySelector("span").firstChild.data.trim()}`) : form.dataset.sayNone;
  const draw = (rating) => {
    const input = chosen(rating);
    const code = rating.dataset.criterion;
    const row = one(`[data-row="${code}"] [data-chosen]`);
    row.textContent = words(input);
    row.classList.toggle("is-empty", !input);
    one("[data-clear]", rating).hidden = !input;
    one("[data-next]", rating).textContent = form.dataset[input ? "sayNext" : "saySkip"];
    const sector = one(`[data-sector="${code}"]`);
    sector.classList.toggle("is-answered", Boolean(input));
    sector.classList.toggle("is-na", Boolean(input) && input.value === "na");
    all(".ring", sector).forEach((ring) => {
      ring.classList.toggle("is-on", Boolean(input) && input.value !== "na" && Number(ring.dataset.level) <= Number(input.value));
    });
  };
  const count = () => {
    one("[data-done]").textContent = form.dataset.sayCount.replace("{n}", ratings.filter(chosen).length).replace("{all}", ratings.length);
  };
  const drawAll = () => { ratings.forEach(draw); count(); };

  /* ── Where one is ── */

  const steps = all("[data-step]");
  const ids = steps.map((step) => step.id);
  const now = (rating) => {
    ratings.forEach((each) => each.classList.toggle("is-now", each === rating));
    ratings.forEach((each) => one(`[data-sector="${each.dataset.criterion}"]`).classList.toggle("is-now", each === rating));
  };
  const at = () => location.hash.slice(1);
  const show = (focus) => {
    const id = at() === "roue" || ids.includes(at()) ? at() : ids[0];
    form.dataset.at = id;
    one("[data-title]").classList.toggle("vh", id !== ids[0]);
    if (id === "roue") {
      mode = "wheel";
      steps.forEach((step) => step.classList.remove("is-now"));
      now(ratings.find((rating) => !chosen(rating)) || ratings[0]);
    } else {
      steps.forEach((step) => step.classList.toggle("is-now", step.id === id));
      if (id.startsWith("q-")) mode = "steps";
    }
    if (!focus) return;
    const place = id === ids[0] ? form : document.getElementById(id);
    window.scrollTo(0, 0);
    one("h1, h2", place).focus({ preventScroll: true });
  };
  const go = (id) => { if (at() === id) show(true); else location.hash = id; };
  window.addEventListener("hashchange", () => show(true));

  const first = document.getElementById("vous") ? "vous" : "q-1";
  const after = (id) => {
    if (id === "vous") return mode === "wheel" ? "roue" : "q-1";
    return ids[ids.indexOf(id) + 1];
  };
  const before = (id) => {
    if (id === "relire" && mode === "wheel") return "roue";
    return ids[Math.max(0, ids.indexOf(id) - 1)];
  };
  let returning = false;   /* « Changer » comes back to the review */

  /* ── Sending ── */

  const say = (text) => {
    const line = one("[data-say]");
    line.hidden = !text;
    line.textContent = text;
  };
  let underway = false;
  let timer = 0;
  let wait = 4000;
  const send = async () => {
    if (underway) return;
    underway = true;
    clearTimeout(timer);
    keep(true);
    say(form.dataset.sayBusy);
    const stop = new AbortController();
    const tooLong = setTimeout(() => stop.abort(), 30000);
    let answer = null;
    try {
      answer = await fetch(location.pathname, { method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin", signal: stop.signal });
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const main = page.querySelector("main");
        if (main && main.querySelector("[data-fate]")) {
          /* Too early or too late: what was written stays on this device. */
          if (!["closed", "waiting"].includes(main.querySelector("[data-fate]").dataset.fate)) forget();
          clearTimeout(tooLong);
          document.title = page.title;
          document.querySelector("main").replaceWith(document.adoptNode(main));
          history.replaceState(null, "", location.pathname);
          window.scrollTo(0, 0);
          const title = main.querySelector("h1");
          title.tabIndex = -1;
          title.focus();
          return;
        }
        answer = null;
      }
    } catch (lost) { answer = null; }
    clearTimeout(tooLong);
    underway = false;
    if (answer && answer.status < 500 && answer.status !== 429) {
      /* Refused with words: the page the server makes says them. */
      keep(false);
      form.submit();
      return;
    }
    say(navigator.onLine === false || !answer ? form.dataset.sayOffline : form.dataset.sayAgain);
    timer = setTimeout(send, wait);
    wait = Math.min(wait * 2, 60000);
  };
  window.addEventListener("online", () => { if ((kept() || {}).sending) send(); });

  /* ── What is touched and typed ── */

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!ratings.some(chosen)) { say(form.dataset.sayEmpty); return; }
    send();
  });
  form.addEventListener("change", (event) => {
    const rating = event.target.closest(".rating");
    if (rating) { draw(rating); count(); }
    if ((kept() || {}).sending) return;
    keep();
  });
  form.addEventListener("input", (event) => { if (event.target.matches("textarea, [type=text]")) keep(); });
  /* In the wheel, the question that has the focus is the one that is shown. */
  form.addEventListener("focusin", (event) => {
    const rating = event.target.closest(".rating");
    if (rating && form.dataset.at === "roue") now(rating);
  });
  form.addEventListener("keydown", (event) => {
    /* « Entrée » on a choice goes on; it never sends by surprise. */
    if (event.key !== "Enter" || !event.target.matches("input")) return;
    event.preventDefault();
    const button = one(".is-now [data-next]");
    if (button && form.dataset.at !== "roue") button.click();
  });
  form.addEventListener("click", (event) => {
    const target = (what) => event.target.closest(what);
    const start = target("[data-start]");
    if (start) {
      mode = start.dataset.start;
      go(first === "vous" ? "vous" : mode === "wheel" ? "roue" : "q-1");
    }
    if (target("[data-next]")) {
      if (returning) { returning = false; go("relire"); } else go(after(form.dataset.at));
    }
    if (target("[data-back]")) { returning = false; go(before(form.dataset.at)); }
    if (target("[data-review]")) go("relire");
    if (target("[data-go]")) { returning = true; mode = "steps"; go(target("[data-go]").dataset.go); }
    if (target("[data-clear]")) {
      const rating = target(".rating");
      chosen(rating).checked = false;
      draw(rating);
      count();
      keep();
      one("input", rating).focus();
    }
    if (target("[data-take]")) {
      const code = document.getElementById("code");
      code.value = target("[data-take]").dataset.take;
      code.focus();
      keep();
    }
    if (target("[data-erase]")) {
      forget();
      form.reset();
      all("[name='part'], .rating input").forEach((input) => { input.checked = false; });
      all("textarea, #code").forEach((field) => { field.value = ""; });
      drawAll();
      one("[data-erase]").hidden = true;
      one("[data-resume-note]").hidden = true;
      one("[data-erased]").textContent = form.dataset.sayErased;
      clearTimeout(timer);
    }
    const sector = target(".sector");
    if (sector) {
      const rating = ratings.find((each) => each.dataset.criterion === sector.dataset.sector);
      const ring = target(".ring");
      if (ring) {
        const input = one(`input[value="${ring.dataset.level}"]`, rating);
        input.checked = true;
        input.dispatchEvent(new Event("change", { bubbles: true }));
      }
      now(rating);
    }
  });

  /* ── Beginning, or beginning again ── */

  const state = kept();
  if (state && state.values) {
    Object.entries(state.values).forEach(([name, value]) => {
      all(`[name="${CSS.escape(name)}"]`).forEach((field) => {
        if (field.type === "radio") field.checked = field.value === value;
        else field.value = value;
      });
    });
    all(".own-words").forEach((more) => { more.open = Boolean(one("textarea", more).value); });
    easy.checked = Boolean(state.easy);
    mode = state.mode || mode;
    one("[data-resume-note]").hidden = false;
    one("[data-erase]").hidden = false;
  }
  all("[data-with-script]").forEach((part) => { part.hidden = false; });
  form.noValidate = true;
  form.classList.add("is-stepping");
  drawAll();
  if (state && state.sending) { location.hash = "relire"; show(false); send(); } else show(false);
})();
