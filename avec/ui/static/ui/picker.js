/* Pictograms chosen one after the other make a sentence, shown above them in that order.
   Without this file the boxes work alone, in the order of the page. See cotton/ui/picto_picker.html. */
(() => {
  "use strict";
  if (window.avecPicker) return;
  window.avecPicker = true;

  const plain = (text) => text.toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae")
    .normalize("NFD").replace(/[\u0300-\u036f]/g, "").split(/[^a-z0-9]+/).filter(Boolean);

  const start = (box) => {
    const part = (name) => box.querySelector(`[data-picker-${name}]`);
    const strip = part("chosen");
    const boxes = [...box.querySelectorAll('.tile input[type="checkbox"]')];
    const byKey = new Map(boxes.map((each) => [each.value, each]));
    const name = boxes[0].name;
    const most = Number(box.dataset.most);
    let keys = strip.dataset.keys.split(" ").filter((key) => byKey.has(key));
    const word = (key) => byKey.get(key).closest("label").querySelector("span").textContent;
    const put = (text, values) => text.replace(/\{(\w+)\}/g, (_, one) => values[one]);
    const say = (text) => { part("state").textContent = text; };
    const sentence = () => (keys.length ? ` ${put(box.dataset.saySentence, { sentence: keys.map(word).join(", ") })}` : "");

    /* The order is sent by these hidden fields: the boxes are no longer sent. */
    boxes.forEach((each) => { each.removeAttribute("name"); });
    const draw = () => {
      strip.replaceChildren(...keys.map((key) => {
        const line = document.createElement("li");
        line.className = "pictos__one";
        const sent = document.createElement("input");
        sent.type = "hidden"; sent.name = name; sent.value = key;
        const words = document.createElement("span");
        words.textContent = word(key);
        const remove = document.createElement("button");
        remove.type = "button"; remove.className = "button button--quiet pictos__remove"; remove.dataset.key = key;
        remove.setAttribute("aria-label", put(box.dataset.wordRemove, { word: word(key) }));
        remove.textContent = box.dataset.wordTake;
        line.append(sent, byKey.get(key).closest("label").querySelector("svg").cloneNode(true), words, remove);
        return line;
      }));
      boxes.forEach((each) => { each.checked = keys.includes(each.value); });
      part("empty").hidden = keys.length > 0;
    };

    box.addEventListener("change", (event) => {
      const each = event.target.closest('.tile input[type="checkbox"]');
      if (!each) return;
      if (each.checked && most === 1) keys = []; // only one: the new one takes its place
      if (each.checked && keys.length >= most) {
        each.checked = false;
        say(box.dataset.sayFull);
        return;
      }
      keys = keys.filter((key) => key !== each.value);
      if (each.checked) keys.push(each.value);
      draw();
      say(put(each.checked ? box.dataset.sayAdded : box.dataset.sayRemoved, { word: word(each.value) }) + sentence());
    });
    strip.addEventListener("click", (event) => {
      const pressed = event.target.closest("[data-key]");
      if (!pressed) return;
      const place = keys.indexOf(pressed.dataset.key);
      keys.splice(place, 1);
      draw();
      say(put(box.dataset.sayRemoved, { word: word(pressed.dataset.key) }) + sentence());
      strip.dispatchEvent(new Event("input", { bubbles: true }));
      const next = strip.querySelectorAll("[data-key]")[Math.min(place, keys.length - 1)];
      (next || box.querySelector("summary")).focus();
    });

    const search = part("find").querySelector("input");
    const themes = [...box.querySelectorAll("details")];
    const tiles = boxes.map((each) => each.closest("label"));
    const answers = new Map(tiles.map((tile) => [tile, plain(`${tile.textContent} ${tile.dataset.also || ""}`)]));
    let opened = null, waiting = 0;
    const find = () => {
      const wanted = plain(search.value);
      if (!opened) opened = themes.map((theme) => theme.open);
      tiles.forEach((tile) => { tile.hidden = !wanted.every((one) => answers.get(tile).some((each) => each.startsWith(one))); });
      themes.forEach((theme, at) => {
        const any = Boolean(theme.querySelector(".tile:not([hidden])"));
        theme.hidden = !any;
        theme.open = wanted.length ? any : opened[at];
      });
      if (!wanted.length) { opened = null; say(""); return; }
      const count = tiles.filter((tile) => !tile.hidden).length;
      say(count ? put(box.dataset.sayFound, { count }) : box.dataset.sayNone);
    };
    search.addEventListener("input", (event) => {
      event.stopPropagation(); // what is looked for is no part of what is said
      clearTimeout(waiting);
      waiting = setTimeout(find, 200);
    });
    search.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });

    part("find").hidden = false;
    box.dataset.ready = "";
    draw();
  };

  const each = (root) => root.querySelectorAll("[data-picker]:not([data-ready])").forEach(start);
  each(document);
  document.addEventListener("htmx:load", (event) => each(event.target));
})();
