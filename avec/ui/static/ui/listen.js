/* Reading a page aloud, sentence by sentence, with a voice of this device only.
   data-listen       on a button: read what <main> says; data-pause and data-resume are its words meanwhile
   data-listen-stop  on a button: stop
   data-listen-try   on a button: read only the part of the page whose id it gives
   data-no-voice     on a sentence: shown where the device has no French voice
   data-speech       on <html>: "slow", "fast", or "off" for no button at all
   The sentence being read is marked and kept in sight. Nothing starts by itself, nothing leaves the device. */
(() => {
  "use strict";

  const speech = window.speechSynthesis;
  const root = document.documentElement;
  const RATES = { slow: 0.7, fast: 1.25 };
  const BLOCKS = "h1, h2, h3, h4, p, li, dt, dd, blockquote, figcaption, legend, label, th, td, summary";
  const SILENT = "[hidden], [aria-hidden=true], .vh, svg, script, style, textarea, select, details:not([open]) > :not(summary)";

  /* A voice that is not on this device could send the words elsewhere: never used. */
  const localVoice = () => speech && speech.getVoices().find(
    (voice) => voice.localService === true && voice.lang.toLowerCase().startsWith("fr"));

  /* ── What is read: each sentence, with its place in the page ── */

  const segmenter = window.Intl && Intl.Segmenter ? new Intl.Segmenter("fr", { granularity: "sentence" }) : null;
  const cut = (text) => segmenter
    ? [...segmenter.segment(text)].map((part) => [part.index, part.segment])
    : [...text.matchAll(/[^.!?…]+[.!?…]*\s*/g)].map((part) => [part.index, part[0]]);

  /* Where the character `at` of these text nodes stands. */
  const place = (nodes, at) => {
    for (const node of nodes) {
      if (at <= node.length) return [node, at];
      at -= node.length;
    }
    return [nodes[nodes.length - 1], nodes[nodes.length - 1].length];
  };
  const sentencesOf = (nodes) => cut(nodes.map((node) => node.data).join("")).filter(([, words]) => /[\p{L}\p{N}]/u.test(words)).map(([start, words]) => {
    const lead = words.length - words.trimStart().length;
    const range = document.createRange();
    range.setStart(...place(nodes, start + lead));
    range.setEnd(...place(nodes, start + words.trimEnd().length));
    return { words: words.replace(/\s+/g, " ").trim(), range };
  });
  const sentences = (part) => {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    const found = [];
    let block = null;
    let nodes = [];
    const close = () => { if (nodes.length) found.push(...sentencesOf(nodes)); nodes = []; };
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const holder = node.parentElement;
      const its = holder.closest(BLOCKS);
      if (!its || !part.contains(its) || holder.closest(SILENT) || !holder.getClientRects().length) continue;
      if (its !== block) { close(); block = its; }
      nodes.push(node);
    }
    close();
    return found;
  };

  /* ── What shows it ── */

  const highlights = window.CSS && CSS.highlights && window.Highlight ? CSS.highlights : null;
  let marked = null;
  const unmark = () => {
    if (highlights) highlights.delete("reading");
    if (marked) marked.classList.remove("reading");
    marked = null;
  };
  const mark = (range) => {
    unmark();
    if (highlights) highlights.set("reading", new Highlight(range));
    else {
      marked = range.startContainer.parentElement;
      marked.classList.add("reading");
    }
    const box = range.getBoundingClientRect();
    if (box.top < 80 || box.bottom > window.innerHeight - 120) window.scrollBy({ top: box.top - window.innerHeight / 3 });
  };
  const say = (button, words) => {
    const at = button.querySelector("[data-listen-word]");
    if (at && words) at.textContent = words;
  };
  const stops = () => document.querySelectorAll("[data-listen-stop]");

  /* ── Reading ── */

  let reader = null;   /* the button that reads, until the end */
  let turn = 0;        /* what is late from an earlier reading is not heard */
  let paused = false;

  const stop = () => {
    turn += 1;
    if (speech) { speech.cancel(); speech.resume(); }  /* cancelled in a pause, some stay in it */
    unmark();
    if (reader) say(reader, reader.dataset.word);
    stops().forEach((button) => { button.hidden = true; });
    reader = null;
    paused = false;
  };
  const utter = (queue, mine) => {
    const next = queue.shift();
    const voice = localVoice();
    if (!next || !voice) { stop(); return; }
    const utterance = new SpeechSynthesisUtterance(next.words);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.rate = RATES[root.dataset.speech] || 0.95;
    utterance.onend = () => { if (mine === turn) utter(queue, mine); };
    utterance.onerror = () => { if (mine === turn) stop(); };
    mark(next.range);
    speech.speak(utterance);
  };
  const read = (button, part) => {
    const asked = reader !== button;
    if (reader && asked) stop();
    if (reader) {
      paused = !paused;
      if (paused) speech.pause(); else speech.resume();
      say(button, paused ? button.dataset.resume : button.dataset.pause);
      return;
    }
    const queue = part && localVoice() ? sentences(part) : [];
    if (!queue.length) return;
    stop();
    reader = button;
    const at = button.querySelector("[data-listen-word]");
    button.dataset.word = at ? at.textContent : "";
    say(button, button.dataset.pause);
    stops().forEach((each) => { each.hidden = false; });
    utter(queue, turn);
  };

  const offer = () => {
    const voice = Boolean(localVoice());
    document.querySelectorAll("[data-listen], [data-listen-try]").forEach((button) => {
      button.hidden = !voice || root.dataset.speech === "off";
    });
    return voice;
  };

  document.addEventListener("DOMContentLoaded", () => {
    offer();
    /* The list of voices may come late: what it says is believed after a moment. */
    setTimeout(() => document.querySelectorAll("[data-no-voice]").forEach((words) => { words.hidden = offer(); }), 600);
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-listen-stop]")) stop();
    const whole = event.target.closest("[data-listen]");
    if (whole) read(whole, document.querySelector("main"));
    const some = event.target.closest("[data-listen-try]");
    if (some) read(some, document.getElementById(some.dataset.listenTry));
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && reader) stop(); });
  document.addEventListener("avec:display", () => { if (root.dataset.speech === "off") stop(); offer(); });
  if (speech) {
    speech.addEventListener("voiceschanged", () => {
      const voice = offer();
      document.querySelectorAll("[data-no-voice]").forEach((words) => { if (voice) words.hidden = true; });
    });
    window.addEventListener("pagehide", stop);
  }
})();
