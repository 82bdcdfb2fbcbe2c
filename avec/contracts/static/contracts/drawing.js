/* A signature drawn by hand, kept as strokes of points in a frame of 1,000 by 400. Without this script, or with the
   keyboard alone, one signs without a drawing. */
(() => {
  "use strict";
  const WIDTH = 1000, HEIGHT = 400, MOST_STROKES = 60, MOST_POINTS = 4000, STEP = 5;
  const zone = document.querySelector("[data-draw]"), value = document.querySelector("[data-draw-value]");
  if (!zone || !value || !window.PointerEvent) return;
  const frame = zone.querySelector(".draw"), ink = zone.querySelector(".draw__ink");
  const state = zone.querySelector(".draw__state");
  let strokes = [], current = null;
  try { strokes = JSON.parse(value.value || "[]"); } catch { strokes = []; }
  const points = () => strokes.reduce((all, stroke) => all + stroke.length, 0);
  const full = () => strokes.length >= MOST_STROKES || points() >= MOST_POINTS;
  const draw = () => {
    ink.setAttribute("d", strokes.map((stroke) =>
      "M" + (stroke.length > 1 ? stroke : [stroke[0], stroke[0]]).map((point) => point.join(" ")).join("L")).join(""));
  };
  const keep = () => {
    value.value = strokes.length ? JSON.stringify(strokes) : "";
    state.textContent = full() ? state.dataset.full : strokes.length ? state.dataset.drawn : state.dataset.empty;
  };
  const place = (event) => {
    const box = frame.getBoundingClientRect();
    const inside = (part, whole) => Math.max(0, Math.min(whole, Math.round(part * whole)));
    return [inside((event.clientX - box.left) / box.width, WIDTH), inside((event.clientY - box.top) / box.height, HEIGHT)];
  };
  frame.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || full()) return;
    event.preventDefault();
    frame.setPointerCapture(event.pointerId);
    current = { id: event.pointerId, stroke: [place(event)] };
    strokes.push(current.stroke);
    draw();
  });
  frame.addEventListener("pointermove", (event) => {
    if (!current || event.pointerId !== current.id || points() >= MOST_POINTS) return;
    const [x, y] = place(event), [lastX, lastY] = current.stroke[current.stroke.length - 1];
    if (Math.hypot(x - lastX, y - lastY) < STEP) return;
    current.stroke.push([x, y]);
    draw();
  });
  const end = (event) => {
    if (!current || event.pointerId !== current.id) return;
    current = null;
    keep();
  };
  frame.addEventListener("pointerup", end);
  frame.addEventListener("pointercancel", end);
  zone.querySelector("[data-draw-erase]").addEventListener("click", () => {
    strokes = [];
    draw();
    keep();
  });
  zone.hidden = false;
  draw();
  keep();
})();
