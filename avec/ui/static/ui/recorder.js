/* Records a voice in the page, and puts it in the file input of its form: the form then
   sends it like any file. Without a microphone, the input stays alone. Nothing is kept in
   the browser, nothing leaves before the form is sent. See cotton/ui/recorder.html. */
(() => {
  "use strict";
  if (window.avecRecorder) return;
  window.avecRecorder = true;

  const KINDS = ["audio/webm;codecs=opus", "audio/mp4;codecs=mp4a.40.2", "audio/mp4", "audio/ogg;codecs=opus", "audio/webm"];
  const ENDINGS = { webm: "weba", mp4: "m4a", ogg: "ogg" };
  const able = Boolean(window.isSecureContext && navigator.mediaDevices && navigator.mediaDevices.getUserMedia
    && window.MediaRecorder && window.DataTransfer);
  const BUTTONS = {
    idle: ["start"], asked: [], recording: ["stop", "pause"], paused: ["resume", "stop"],
    recorded: ["play", "erase"], playing: ["rest", "erase"],
  };
  const NEXT = { recording: "stop", paused: "resume", recorded: "play", playing: "rest", idle: "start" };

  const start = (box) => {
    const part = (name) => box.querySelector(`[data-recorder-${name}]`);
    const button = (name) => box.querySelector(`[data-recorder-do="${name}"]`);
    const input = box.querySelector('input[type="file"]');
    const line = part("level").querySelector("path");
    const most = Number(box.dataset.mostMinutes || 10) * 60;
    let state = "idle", recorder = null, stream = null, context = null, analyser = null, pieces = [], ticking = 0;
    let before = 0, since = 0, heardAt = 0, warned = false, sound = null, address = "", afterwards = null, ours = false;

    const say = (word) => { part("state").textContent = word ? box.dataset[`say${word}`] : ""; };
    const lasted = () => before + (state === "recording" ? (performance.now() - since) / 1000 : 0);
    const clock = (seconds) => {
      const whole = Math.floor(seconds), minutes = Math.floor(whole / 60), rest = whole % 60;
      part("time").textContent = `${minutes}:${String(rest).padStart(2, "0")}`;
    };
    const go = (next, word, focus) => {
      state = next;
      box.dataset.state = next;
      box.querySelectorAll("[data-recorder-do]").forEach((each) => { each.hidden = !BUTTONS[next].includes(each.dataset.recorderDo); });
      if (word !== undefined) say(word);
      if (focus && NEXT[next]) button(NEXT[next]).focus();
    };

    const still = () => line.setAttribute("d", "M0 12h240");
    const draw = () => {
      const values = new Uint8Array(analyser.fftSize);
      analyser.getByteTimeDomainData(values);
      const steps = 24, wide = Math.floor(values.length / steps);
      let path = "", loudest = 0;
      for (let at = 0; at < steps; at += 1) {
        let high = 0;
        for (let each = at * wide; each < (at + 1) * wide; each += 1) high = Math.max(high, Math.abs(values[each] - 128));
        loudest = Math.max(loudest, high);
        const tall = Math.max(1, Math.min(11, high / 5));
        path += `M${at * 10 + 5} ${12 - tall}v${tall * 2}`;
      }
      line.setAttribute("d", path);
      return loudest;
    };
    const tick = () => {
      const seconds = lasted();
      clock(seconds);
      if (state !== "recording") return;
      if (draw() > 4) {
        heardAt = seconds;
        if (part("state").textContent === box.dataset.sayQuiet) say("Recording");
      } else if (seconds - heardAt > 4 && part("state").textContent !== box.dataset.sayQuiet) say("Quiet");
      if (!warned && most - seconds <= 30) { warned = true; say("Soon"); }
      if (seconds >= most) stop("Full");
    };

    const release = () => {
      clearInterval(ticking);
      if (stream) stream.getTracks().forEach((track) => track.stop());
      if (context) context.close();
      stream = context = analyser = null;
      still();
    };

    const begin = async () => {
      go("asked", "Asked");
      try {
        stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true } });
      } catch (fault) {
        release();
        const refused = fault.name === "NotAllowedError" || fault.name === "SecurityError";
        go("idle", refused ? "Refused" : fault.name === "NotFoundError" ? "Absent" : "Failed", true);
        return;
      }
      const kind = KINDS.find((each) => MediaRecorder.isTypeSupported(each));
      try {
        recorder = new MediaRecorder(stream, { ...(kind && { mimeType: kind }), audioBitsPerSecond: 48000 });
        context = new AudioContext();
        analyser = context.createAnalyser();
        analyser.fftSize = 1024;
        context.createMediaStreamSource(stream).connect(analyser);
        pieces = []; before = 0; heardAt = 0; warned = false;
        recorder.ondataavailable = (event) => { if (event.data.size) pieces.push(event.data); };
        recorder.onstop = keep;
        stream.getAudioTracks()[0].onended = () => stop("Failed");
        recorder.start(1000);
      } catch {
        release();
        go("idle", "Failed", true);
        return;
      }
      since = performance.now();
      go("recording", "Recording", true);
      ticking = setInterval(tick, 200);
    };

    const pause = () => { before = lasted(); recorder.pause(); still(); go("paused", "Paused", true); };
    const resume = () => { recorder.resume(); since = performance.now(); heardAt = before; go("recording", "Recording", true); };
    const stop = (word) => {
      if (!recorder || recorder.state === "inactive") return;
      before = lasted();
      box.dataset.why = word || "Recorded";
      recorder.stop();
    };
    const keep = () => {
      release();
      const kind = (recorder.mimeType || "audio/webm").split(";")[0];
      const ending = ENDINGS[kind.split("/")[1]] || "weba";
      const file = new File(pieces, `${box.querySelector("label").firstChild.textContent.trim() || "voix"}.${ending}`, { type: kind });
      pieces = [];
      ours = true;
      fill([file]);
      ours = false;
      forget();
      address = URL.createObjectURL(file);
      sound = new Audio(address);
      sound.onended = () => { clock(before); go("recorded", "Recorded", document.activeElement === button("rest")); };
      sound.ontimeupdate = () => { if (state === "playing") clock(sound.currentTime); };
      clock(before);
      go("recorded", box.dataset.why, !afterwards);
      if (afterwards) { const send = afterwards; afterwards = null; send(); }
    };
    const fill = (files) => {
      const carrier = new DataTransfer();
      files.forEach((file) => carrier.items.add(file));
      input.files = carrier.files;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.dispatchEvent(new Event("change", { bubbles: true }));
    };
    const forget = () => {
      if (sound) { sound.onended = null; sound.pause(); }
      if (address) URL.revokeObjectURL(address);
      sound = null; address = "";
    };
    const erase = (word) => {
      forget();
      before = 0;
      clock(0);
      go("idle", word, word === "Erased");
    };

    const does = {
      start: begin, pause, resume, stop: () => stop("Recorded"),
      play: () => { sound.currentTime = 0; sound.play(); go("playing", "Playing", true); },
      rest: () => { sound.pause(); clock(before); go("recorded", "Recorded", true); },
      erase: () => { ours = true; fill([]); ours = false; erase("Erased"); },
    };
    box.addEventListener("click", (event) => {
      const pressed = event.target.closest("[data-recorder-do]");
      if (pressed) does[pressed.dataset.recorderDo]();
    });
    input.addEventListener("change", () => {
      if (ours || state === "idle") return;
      if (recorder && recorder.state !== "inactive") { recorder.onstop = null; recorder.stop(); release(); }
      erase(input.files.length ? "Chosen" : "Erased");
    });
    /* Sent while it records: what is recorded is kept first, then the form goes. */
    const form = input.form;
    if (form) form.addEventListener("submit", (event) => {
      if (!recorder || recorder.state === "inactive") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const presser = event.submitter;
      afterwards = () => form.requestSubmit(presser);
      stop("Recorded");
    }, true);
    window.addEventListener("pagehide", release);

    input.removeAttribute("capture"); // the recorder above does it: here, a file may be chosen
    part("box").hidden = false;
    part("or").hidden = false;
    go("idle");
  };

  const each = (root) => root.querySelectorAll("[data-recorder]:not([data-state])").forEach(start);
  if (able) {
    each(document);
    document.addEventListener("htmx:load", (event) => each(event.target));
  }
})();
