// The drawing larger and smaller, from as it was drawn to four times that: by buttons, by + − 0 while it has the focus,
// by the wheel with ctrl, by two fingers. What is larger than its region is moved by scrolling, by the arrows
// while the region has the focus, and by dragging its ground. Only the drawing's width changes, so its text stays sharp.
// Hooks: [data-zoom] (shown here) with button[data-zoom-by="larger|smaller|fit"] and [data-zoom-level]; the region
// .drawing of the living part.
(() => {
  "use strict";

  const MOST = 4;
  const STEP = 1.25;
  const bar = document.querySelector("[data-zoom]");
  const host = document.querySelector("[data-live]");
  if (!bar || !host) return;
  const percent = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" });
  let zoom = 1;
  let fitted = 0; // px: the width as it was drawn

  const region = () => host.querySelector(":scope > * > .drawing");
  const picture = () => region()?.querySelector("svg[data-picture]");

  function draw() {
    const svg = picture();
    if (!svg) return;
    region().classList.toggle("zoomed", zoom > 1);
    svg.style.width = zoom > 1 ? `${fitted * zoom}px` : "";
    bar.querySelector("[data-zoom-level]").textContent = percent.format(zoom);
    const off = { larger: zoom >= MOST, smaller: zoom <= 1, fit: zoom <= 1 };
    for (const button of bar.querySelectorAll("[data-zoom-by]")) {
      button.setAttribute("aria-disabled", String(off[button.dataset.zoomBy]));
    }
  }

  // Where a point of the window lies within the drawing, as parts of its width and height.
  function within([x, y]) {
    const { left, top, width, height } = picture().getBoundingClientRect();
    return [(x - left) / width, (y - top) / height];
  }

  // `place` of the drawing stays at `point`, as far as there is anything to scroll.
  function set(to, point, place = within(point)) {
    const next = Math.min(MOST, Math.max(1, Math.abs(to - 1) < 0.02 ? 1 : to));
    if (zoom === 1) fitted = picture().getBoundingClientRect().width;
    zoom = next;
    draw();
    const [x, y] = within(point);
    const { width, height } = picture().getBoundingClientRect();
    region().scrollBy({ left: (place[0] - x) * width, top: (place[1] - y) * height, behavior: "instant" });
  }

  // By a pointer, the window may have to move too: the region is lower than the drawing was.
  function setUnder(to, point, place = within(point)) {
    set(to, point, place);
    const above = region().getBoundingClientRect().top;
    if (zoom > 1 && above < 0) window.scrollBy({ top: above, behavior: "instant" });
    set(zoom, point, place);
    const { height } = picture().getBoundingClientRect();
    window.scrollBy({ top: (place[1] - within(point)[1]) * height, behavior: "instant" });
  }

  // What has the focus in the drawing, or the middle of what is seen of it.
  function middle() {
    const focused = document.activeElement;
    const isInside = focused !== region() && region().contains(focused);
    const { left, top, right, bottom } = (isInside ? focused : region()).getBoundingClientRect();
    const roof = document.querySelector("[data-dock]")?.getBoundingClientRect().top ?? bottom;
    const [high, low] = [Math.max(0, top), Math.min(window.innerHeight, bottom, roof)];
    return [(left + right) / 2, (high + low) / 2];
  }

  function by(name) {
    const to = { larger: zoom * STEP, smaller: zoom / STEP, fit: 1 }[name];
    set(to, middle());
    const focused = document.activeElement;
    if (region().contains(focused) && focused !== region()) {
      focused.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
    }
  }

  bar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom-by]");
    if (button && button.getAttribute("aria-disabled") === "false") by(button.dataset.zoomBy);
  });

  const KEYS = { "+": "larger", "=": "larger", "-": "smaller", "−": "smaller", 0: "fit" };
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !KEYS[event.key]) return;
    if (!region()?.contains(event.target)) return;
    event.preventDefault();
    by(KEYS[event.key]);
  });

  // -- pointers; a region that was swapped needs its own listeners, because they may keep the browser from acting -------

  const middleOf = ([a, b]) => [(a.clientX + b.clientX) / 2, (a.clientY + b.clientY) / 2];
  const apart = ([a, b]) => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
  const prepared = new WeakSet();
  let pinch = null;
  let drag = null;

  function wheel(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 16 : 1;
    const turned = Math.max(-50, Math.min(50, event.deltaY * lines));
    setUnder(zoom * Math.exp(-turned / 150), [event.clientX, event.clientY]);
  }

  function touchstart(event) {
    const fingers = [...event.touches];
    pinch = fingers.length === 2 ? { from: zoom, apart: apart(fingers) || 1, place: within(middleOf(fingers)) } : null;
    if (pinch) event.preventDefault();
  }

  function touchmove(event) {
    if (!pinch || event.touches.length !== 2) return;
    event.preventDefault();
    const fingers = [...event.touches];
    setUnder((pinch.from * apart(fingers)) / pinch.apart, middleOf(fingers), pinch.place);
  }

  function pointerdown(event) {
    const one = event.currentTarget;
    const hasRoom = one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight;
    const isGround = event.target.closest("svg[data-picture]") && !event.target.closest("a");
    if (event.pointerType !== "mouse" || event.button || !hasRoom || !isGround) return;
    drag = { x: event.clientX, y: event.clientY, left: one.scrollLeft, top: one.scrollTop };
    one.setPointerCapture(event.pointerId);
    one.classList.add("dragged");
  }

  function pointermove(event) {
    if (!drag) return;
    const left = drag.left - (event.clientX - drag.x);
    const top = drag.top - (event.clientY - drag.y);
    event.currentTarget.scrollTo({ left, top, behavior: "instant" });
  }

  function pointerup(event) {
    drag = null;
    event.currentTarget.classList.remove("dragged");
  }

  function prepare() {
    const one = region();
    if (!one || prepared.has(one)) return;
    prepared.add(one);
    one.addEventListener("wheel", wheel, { passive: false });
    one.addEventListener("touchstart", touchstart, { passive: false });
    one.addEventListener("touchmove", touchmove, { passive: false });
    for (const [name, act] of Object.entries({ pointerdown, pointermove, pointerup, pointercancel: pointerup })) {
      one.addEventListener(name, act);
    }
  }

  document.addEventListener("live:after", () => {
    pinch = drag = null;
    prepare();
    draw();
  });

  // The page became wider or narrower: what is drawn is so many times what would fit now.
  window.addEventListener("resize", () => {
    const one = region();
    if (zoom === 1 || !one) return;
    const place = [one.scrollLeft / one.scrollWidth, one.scrollTop / one.scrollHeight];
    one.classList.remove("zoomed");
    picture().style.width = "";
    fitted = picture().getBoundingClientRect().width || fitted;
    draw();
    one.scrollTo({ left: place[0] * one.scrollWidth, top: place[1] * one.scrollHeight, behavior: "instant" });
  });

  bar.hidden = false;
  prepare();
  draw();
})();
