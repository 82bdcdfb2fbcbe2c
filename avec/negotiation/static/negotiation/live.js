/* A page that follows the table. Every two seconds it asks whether something moved (204: nothing); then it
   reads itself again and puts in what changed, inside #table-live. Nothing that somebody is writing is touched:
   the form stays, with its words, its focus and its caret. Forms of the table go the same way, so that sending
   one never loses another. Without a script, or without this page, everything works with reloads. */
(() => {
  "use strict";
  const EVERY = 2000, RESTING = 15000, LONGEST = 15000, TAKES = 8000;
  const follow = document.getElementById("table-follow");
  const live = document.getElementById("table-live");
  if (!follow || !live || !window.fetch) return;
  const find = (root, selector) => root.querySelector(selector);
  const lost = find(follow, "[data-lost]"), closed = find(follow, "[data-closed]");
  let wait = EVERY, timer = null, busy = false, sending = false, over = false, again = true;

  const text = (control) => control.tagName === "TEXTAREA" || (control.tagName === "INPUT" &&
    !/^(hidden|radio|checkbox|submit|button)$/.test(control.type));
  const changed = (control) => {
    if (control.tagName === "SELECT") return [...control.options].some((one) => one.selected !== one.defaultSelected) && control.selectedIndex > 0;
    if (/^(radio|checkbox)$/.test(control.type)) return control.checked !== control.defaultChecked;
    return text(control) && control.value !== control.defaultValue;
  };
  const isWritten = (form) => [...form.elements].some(changed);
  const isKept = (form) => isWritten(form) || (form.contains(document.activeElement) && text(document.activeElement));

  /* What says that two elements are the same one: an id, or for a form what it does and for whom. */
  const keyOf = (node) => {
    if (node.nodeType !== 1) return "";
    if (node.id) return "#" + node.id;
    if (node.tagName !== "FORM") return "";
    return "form " + node.getAttribute("action") + ["partie", "party", "pas", "point", "to", "about"]
      .map((name) => { const found = find(node, `input[type="hidden"][name="${name}"]`); return found ? found.value : ""; }).join(" ");
  };

  const attributes = (old, fresh) => {
    const holds = old.tagName === "DETAILS" ? ["open"] : [];
    [...old.attributes].forEach(({ name }) => { if (!fresh.hasAttribute(name) && !holds.includes(name)) old.removeAttribute(name); });
    [...fresh.attributes].forEach(({ name, value }) => { if (old.getAttribute(name) !== value && !holds.includes(name)) old.setAttribute(name, value); });
  };

  const rescued = [];
  const rescue = (node) => {
    if (node.nodeType !== 1) return;
    const forms = node.tagName === "FORM" ? [node] : [...node.querySelectorAll("form")];
    forms.filter(isWritten).forEach((form) => [...form.elements].forEach((control) => {
      if (text(control) && changed(control)) rescued.push(control.value);
    }));
  };

  const morph = (old, fresh) => {
    if (old.nodeType !== 1) { if (old.data !== fresh.data) old.data = fresh.data; return; }
    if (old.tagName === "FORM" && isKept(old)) return;
    if (old.isEqualNode(fresh)) return;
    attributes(old, fresh);
    if (old.tagName === "TEXTAREA") { if (old.defaultValue !== fresh.defaultValue) { old.defaultValue = fresh.defaultValue; old.value = fresh.defaultValue; } return; }
    if (old.tagName === "INPUT") { old.value = fresh.value; old.checked = fresh.checked; return; }
    children(old, fresh);
  };

  const children = (old, fresh) => {
    const wanted = [...fresh.childNodes];
    const keys = new Set(wanted.map(keyOf).filter(Boolean));
    const keyed = new Map([...old.childNodes].filter((node) => keyOf(node)).map((node) => [keyOf(node), node]));
    let at = old.firstChild;
    wanted.forEach((node) => {
      const key = keyOf(node);
      /* What is gone leaves first, so that what stays is not moved: moving it would take the focus away. */
      while (at && keyOf(at) && !keys.has(keyOf(at))) { const gone = at; at = at.nextSibling; rescue(gone); gone.remove(); }
      let same = null;
      if (key) same = keyed.get(key);
      else if (at && !keyOf(at) && at.nodeType === node.nodeType && at.nodeName === node.nodeName) same = at;
      if (!same || same.nodeName !== node.nodeName) { old.insertBefore(document.importNode(node, true), at); return; }
      if (same === at) at = at.nextSibling; else old.insertBefore(same, at);
      morph(same, node);
    });
    while (at) { const gone = at; at = at.nextSibling; rescue(gone); gone.remove(); }
  };

  /* The words of a form whose point is settled, or gone: shown, to be copied. */
  const showRescued = () => {
    rescued.splice(0).forEach((words) => {
      const box = document.createElement("div"), said = document.createElement("p");
      const area = document.createElement("textarea"), button = document.createElement("button");
      box.className = "notice table-kept";
      said.textContent = follow.dataset.sayKept;
      area.value = words; area.readOnly = true; area.rows = 3; area.setAttribute("aria-label", follow.dataset.sayKept);
      button.type = "button"; button.className = "button button--quiet"; button.textContent = follow.dataset.sayForget;
      button.addEventListener("click", () => box.remove());
      const inside = document.createElement("div");
      inside.append(said, area, button);
      box.append(inside);
      follow.append(box);
    });
  };

  const say = (place, words) => { if (words && place.textContent !== words) place.textContent = words; };

  const show = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const fresh = page.getElementById("table-live"), next = page.getElementById("table-follow");
    if (!fresh || !next) return false;
    /* An answer that was overtaken by a newer one. */
    if (Number(next.dataset.version) < Number(follow.dataset.version)) return page;
    const before = document.activeElement, id = before && before.id;
    children(live, fresh);
    showRescued();
    follow.dataset.follow = next.dataset.follow;
    follow.dataset.token = next.dataset.token;
    follow.dataset.version = next.dataset.version;
    say(find(follow, "#table-news span"), find(next, "#table-news span").textContent.trim());
    if (before && !before.isConnected) {
      const again = id && document.getElementById(id);
      if (again) again.focus({ preventScroll: true });
    }
    if (window.htmx) window.htmx.process(live);
    document.dispatchEvent(new CustomEvent("table:changed"));
    return page;
  };

  const headers = () => ({ "Avec-Live": follow.dataset.token, "Avec-Seen": follow.dataset.version });
  const asking = (url, options) => {
    const stop = new AbortController(), late = setTimeout(() => stop.abort(), TAKES);
    return fetch(url, { credentials: "same-origin", cache: "no-store", signal: stop.signal, ...options })
      .finally(() => clearTimeout(late));
  };

  const close = () => { over = true; clearTimeout(timer); lost.hidden = true; closed.hidden = false; };

  /* The page as it is now. The token may be of another session by now: a new page brings a new one. */
  const read = async () => {
    const answer = await asking(location.href.split("#")[0], { headers: headers() });
    if (answer.status === 403 || answer.status === 404) { close(); return; }
    if (!answer.ok) throw new Error(String(answer.status));
    if (!sending && !show(await answer.text())) close();
  };

  const ask = async () => {
    if (over || busy || sending) { later(); return; }
    busy = true;
    try {
      const answer = await asking(`${follow.dataset.follow}?v=${follow.dataset.version}`, { headers: { Accept: "application/json" } });
      if (answer.status === 404) { close(); return; }
      if (answer.status === 403) {
        /* Once only: a page that opens again has a good token. */
        if (!again) { close(); return; }
        again = false;
        await read();
      } else if (answer.status === 200) { again = true; await read(); }
      else if (answer.status === 204) again = true;
      else throw new Error(String(answer.status));
      wait = EVERY;
      lost.hidden = true;
    } catch {
      wait = Math.min(wait * 2, LONGEST);
      if (!sending) lost.hidden = false;
    } finally {
      busy = false;
      later();
    }
  };
  const later = () => {
    clearTimeout(timer);
    if (!over) timer = setTimeout(ask, document.hidden ? Math.max(wait, RESTING) : wait);
  };
  const now = () => { if (over) return; wait = EVERY; clearTimeout(timer); ask(); };

  /* A form of the table: sent without leaving, so that what is written elsewhere on the page stays. */
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!live.contains(form) || form.method.toLowerCase() !== "post" || form.enctype !== "application/x-www-form-urlencoded") return;
    if (sending) { event.preventDefault(); return; }
    event.preventDefault();
    sending = true;
    const button = event.submitter;
    const body = new URLSearchParams(new FormData(form));
    if (button && button.name) body.append(button.name, button.value);
    const action = (button && button.getAttribute("formaction")) || form.getAttribute("action") || location.href;
    if (button) button.setAttribute("aria-disabled", "true");
    try {
      const answer = await asking(action, { method: "POST", body, headers: headers() });
      const html = await answer.text();
      /* Refused, or a fault of ours: the words stay where they are. */
      if (answer.status === 403 || answer.status === 404) { form.setAttribute("data-dirty", ""); close(); return; }
      if (!(answer.ok || answer.status === 409 || answer.status === 422)) throw new Error(String(answer.status));
      const here = new URL(answer.url);
      /* The words went: the form is no longer being written, and comes back as the server gives it. */
      if (form.contains(document.activeElement)) document.activeElement.blur();
      const parent = form.parentNode, mark = form.id;
      const typed = answer.ok ? [] : [...form.elements].filter((one) => text(one) && changed(one)).map((one) => one.value);
      form.reset();
      [...form.elements].forEach((control) => { if (text(control)) control.value = control.defaultValue; });
      const details = form.closest("details");
      if (answer.ok && details) details.open = false;
      const page = show(html);
      if (!page) { location.assign(here.href); return; }
      /* Refused, and its form is no longer there: the words are shown, to be copied. */
      const there = [...live.querySelectorAll("textarea, input")].map((one) => one.value);
      rescued.push(...typed.filter((words) => !there.includes(words)));
      showRescued();
      if (answer.ok && here.pathname === location.pathname) history.replaceState(null, "", here.href.split("#")[0]);
      /* An error came back: its form opens, and its summary takes the focus. */
      if (!answer.ok) page.querySelectorAll("#table-live details[open][id]").forEach((one) => {
        const mine = document.getElementById(one.id);
        if (mine) mine.open = true;
      });
      const said = page.getElementById("messages"), messages = document.getElementById("messages");
      if (said && messages) {
        messages.innerHTML = said.innerHTML;
        const alert = find(messages, "[role=alert]") || find(live, "[data-errors]");
        const target = find(live, "[data-errors]") || (alert && messages);
        if (find(live, "[data-errors]")) find(live, "[data-errors]").focus();
        else if (target) target.scrollIntoView({ block: "center" });
        else if (mark && parent) focusBack(mark, parent);
      }
      lost.hidden = true;
    } catch {
      /* Not sent: the words are still in the form. */
      form.setAttribute("data-dirty", "");
      lost.hidden = false;
      wait = Math.min(wait * 2, LONGEST);
    } finally {
      sending = false;
      if (button) button.removeAttribute("aria-disabled");
      later();
    }
  }, true);

  const focusBack = (mark, parent) => {
    const form = document.getElementById(mark);
    /* A form that is written many times in a row: ready for the next one. */
    const again = form && find(form, "[data-focus-again]");
    if (again) { again.focus(); return; }
    const place = form ? form.closest("details, .move, .outcome, section") : parent.isConnected ? parent : live;
    const target = place && (find(place, "summary, h2, h3, p") || place);
    if (!target) return;
    if (!target.matches("summary, a, button")) target.setAttribute("tabindex", "-1");
    target.focus({ preventScroll: true });
  };

  window.addEventListener("online", now);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) now(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) now(); });
  later();
})();
