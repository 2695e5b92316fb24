// The drawn matrix: hover or focus lifts one thread or ribbon, or those of a box, and dims the rest; arrows move by place.
// Everything is a link without this file. Events are delegated, so a drawing may be replaced at any time.
//
// Hooks: svg[data-picture], a[data-thread][data-boxes], [data-ribbon="1-4"], [data-box], g[data-above];
// elsewhere in the page [data-lift="8"] lifts thread 8 (a row of the key), button[data-my-story] (shown here) toggles
// one's own stories. svg[data-lifted="8"]: thread 8 was asked for in the address, so it is lifted while nothing else
// is; the thread that a finger holds is put into the address, by the link [data-lifting] in its row of the key.
// A swap by live.js ("live:before", "live:after") keeps what is lifted and where Tab stops.
(() => {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  const DRAWING = "svg[data-picture]";
  const drawings = () => document.querySelectorAll(DRAWING);
  const threadsOf = (svg) => [...svg.querySelectorAll("a[data-thread]")];
  const ribbonsOf = (svg) => [...svg.querySelectorAll("[data-ribbon]")];
  const endsOf = (ribbon) => ribbon.dataset.ribbon.match(/^(-?\d+)-(-?\d+)$/).slice(1);
  const boxesOf = (svg) => [...svg.querySelectorAll("a[data-box]")];
  const trailOf = (thread) => thread.querySelector(".trail");

  // -- lifting --------------------------------------------------------------------------------------------------

  let lifted = null; // what is lifted now: the element under the pointer or with the focus
  let where = null; // the point at which that began, if it was by a pointer
  let held = null; // what a first tap lifted: a second one follows the link

  function lower() {
    for (const svg of drawings()) {
      svg.classList.remove("lifting");
      for (const one of svg.querySelectorAll(".lifted, .lit")) one.classList.remove("lifted", "lit");
      for (const copy of svg.querySelectorAll("[data-copy]")) copy.remove();
    }
    hideCard();
  }

  // Back to what the address asks for.
  function release() {
    if (!lifted) return;
    if (held) keepInAddress(null);
    lifted = held = null;
    lower();
    for (const svg of drawings()) if (svg.dataset.lifted) raiseThread(svg, svg.dataset.lifted);
  }

  // A copy on top is painted last; the thread itself stays where it is, with its focus.
  function raise(svg, trail) {
    const above = svg.querySelector("[data-above]");
    if (!above || !trail.id) return;
    const copy = document.createElementNS(SVG, "use");
    copy.setAttribute("href", `#${trail.id}`);
    copy.dataset.copy = "";
    above.append(copy);
  }

  function raiseThread(svg, number) {
    const thread = svg.querySelector(`a[data-thread="${CSS.escape(number)}"]`);
    if (!thread) return null;
    svg.classList.add("lifting");
    trailOf(thread).classList.add("lifted");
    raise(svg, trailOf(thread));
    return thread;
  }

  function liftThread(number, source, point) {
    release();
    lower();
    lifted = source;
    for (const svg of drawings()) {
      const thread = raiseThread(svg, number);
      if (thread && svg.contains(source)) showCard(thread, point);
    }
  }

  // A ribbon is copied without its link and without what a pointer hits; bare lines get width and colour from their group.
  function raiseRibbon(svg, ribbon) {
    const above = svg.querySelector("[data-above]");
    if (!above) return;
    const copy = document.createElementNS(SVG, "g");
    copy.setAttribute("class", ribbon.getAttribute("class"));
    copy.append(...[...ribbon.querySelectorAll(":scope > :not(.hit)")].map((part) => part.cloneNode(true)));
    const group = ribbon.parentElement.matches(".bare") ? ribbon.parentElement.cloneNode(false) : copy;
    if (group !== copy) group.append(copy);
    group.dataset.copy = "";
    above.append(group);
  }

  function liftRibbon(ribbon, point) {
    release();
    lower();
    lifted = ribbon;
    const svg = ribbon.closest(DRAWING);
    svg.classList.add("lifting");
    ribbon.classList.add("lifted");
    raiseRibbon(svg, ribbon);
    showCard(ribbon, point);
  }

  function liftBox(box) {
    release();
    lifted = box;
    const svg = box.closest(DRAWING);
    const through = threadsOf(svg).filter((t) => t.dataset.boxes.split(" ").includes(box.dataset.box));
    const ribbons = ribbonsOf(svg).filter((r) => endsOf(r).includes(box.dataset.box));
    if (through.length || ribbons.length) {
      lower();
      svg.classList.add("lifting");
    }
    box.classList.add("lifted");
    for (const thread of through) {
      trailOf(thread).classList.add("lit");
      raise(svg, trailOf(thread));
    }
    for (const ribbon of ribbons) {
      ribbon.classList.add("lit");
      raiseRibbon(svg, ribbon);
    }
  }

  const liftable = (target) =>
    target instanceof Element
      ? target.closest("a[data-thread], [data-ribbon], [data-box], [data-lift]")
      : null;

  function lift(element, point) {
    if (!element || element === lifted) return;
    where = point && { clientX: point.clientX, clientY: point.clientY };
    if (element.dataset.ribbon) liftRibbon(element, point);
    else if (element.dataset.thread) liftThread(element.dataset.thread, element, point);
    else if (element.dataset.lift) liftThread(element.dataset.lift, element, point);
    else if (element.closest(DRAWING)) liftBox(element);
  }

  document.addEventListener("pointerover", (event) => {
    const element = liftable(event.target);
    if (element) lift(element, event);
    // leaving gives way to what has the focus, if anything has
    else if (lifted && lifted !== document.activeElement) release();
  });
  document.addEventListener("focusin", (event) => {
    const element = liftable(event.target);
    if (element && element.closest(DRAWING)) makeStop(element);
    if (element && event.target.matches(":focus-visible")) lift(element, null);
  });
  document.addEventListener("focusout", (event) => {
    if (lifted && lifted === liftable(event.target)) release();
  });

  // A finger has no hover: its first tap on a thread or ribbon lifts it, as a pointer does by being there.
  let pointer = "";
  document.addEventListener("pointerdown", (event) => (pointer = event.pointerType), true);
  document.addEventListener("click", (event) => {
    const isTap = event.detail > 0 && (event.pointerType || pointer) === "touch";
    const element = event.target instanceof Element ? event.target.closest("a[data-thread], a[data-ribbon]") : null;
    if (!isTap || !element || !element.closest(DRAWING) || element === held) return;
    event.preventDefault();
    lift(element, event);
    held = element;
    keepInAddress(element.dataset.thread);
  });

  // -- the address ----------------------------------------------------------------------------------------------------

  const served = new URLSearchParams(location.search).get("story");

  // The story of this thread, or the one that the page was asked for: so that the address can be passed on.
  function keepInAddress(number) {
    const link = number && document.querySelector(`[data-lift="${CSS.escape(number)}"] [data-lifting]`);
    const story = link ? new URL(link.href).searchParams.get("story") : served;
    const url = new URL(location.href);
    if (story) url.searchParams.set("story", story);
    else url.searchParams.delete("story");
    if (url.href !== location.href) history.replaceState(history.state, "", url);
  }

  // -- the card beside what is lifted; its words are in its label too -------------------------------------------------

  function labelOf(ribbon) {
    const named = (ribbon.getAttribute("aria-labelledby") || "").split(" ");
    return (
      ribbon.getAttribute("aria-label") ||
      named.map((id) => document.getElementById(id)?.textContent ?? "").join(" ")
    );
  }

  let card = null;

  function showCard(thread, point) {
    if (!card || !card.isConnected) {
      card = document.createElement("div");
      card.className = "thread-card";
      card.setAttribute("aria-hidden", "true");
      document.body.append(card);
    }
    const { title = "", told = "", note = "" } = thread.dataset;
    const strong = document.createElement("strong");
    strong.textContent = title;
    if (thread.dataset.ribbon) card.replaceChildren(labelOf(thread));
    else card.replaceChildren(strong, told);
    if (note) card.append(document.createElement("br"), note);
    card.hidden = false;
    const place = thread.getBoundingClientRect();
    const x = point ? point.clientX + 16 : place.right - card.offsetWidth;
    const y = point ? point.clientY + 16 : Math.min(place.bottom + 8, window.innerHeight - card.offsetHeight - 8);
    const room = document.documentElement.clientWidth - card.offsetWidth - 8;
    card.style.left = `${Math.max(8, Math.min(x, room)) + window.scrollX}px`;
    card.style.top = `${Math.max(8, y) + window.scrollY}px`;
  }

  function hideCard() {
    if (card) card.hidden = true;
  }

  // -- one tab stop for the boxes and one for the threads or ribbons --------------------------------------------------

  const linksOf = (elements) => elements.filter((one) => one.hasAttribute("href"));

  function groupOf(element) {
    const svg = element.closest(DRAWING);
    if (element.dataset.ribbon) return linksOf(ribbonsOf(svg));
    return element.dataset.thread ? threadsOf(svg) : boxesOf(svg);
  }

  // What Tab stops at, by drawing and group, so that a drawing in the place of another has it too.
  const stops = {};
  const nameOf = (element) => {
    const { box, thread, ribbon } = element.dataset;
    return [ribbon ? "ribbon" : thread ? "thread" : "box", ribbon || thread || box];
  };

  function makeStop(element) {
    const [kind, name] = nameOf(element);
    stops[`${element.closest(DRAWING).dataset.picture} ${kind}`] = name;
    for (const one of groupOf(element)) one.setAttribute("tabindex", one === element ? "0" : "-1");
  }

  function prepare() {
    for (const svg of drawings()) {
      if (svg.dataset.roving !== undefined) continue;
      svg.dataset.roving = "";
      svg.classList.toggle("mine-off", !showsMine);
      for (const group of [boxesOf(svg), threadsOf(svg), linksOf(ribbonsOf(svg))]) {
        if (!group.length) continue;
        const [kind] = nameOf(group[0]);
        const stop = stops[`${svg.dataset.picture} ${kind}`];
        makeStop(group.find((one) => nameOf(one)[1] === stop) || group[0]);
      }
    }
    for (const button of document.querySelectorAll("button[data-my-story][hidden]")) {
      button.hidden = false;
      button.setAttribute("aria-pressed", String(showsMine));
    }
  }

  const AWAY = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

  // The nearest box in the direction of the arrow; what lies straight ahead counts as nearer.
  function neighbour(element, group, [dx, dy]) {
    const centre = (one) => {
      const { left, top, width, height } = one.getBoundingClientRect();
      return [left + width / 2, top + height / 2];
    };
    const [x, y] = centre(element);
    let best = null;
    let least = Infinity;
    for (const one of group) {
      const [a, b] = centre(one);
      const ahead = (a - x) * dx + (b - y) * dy;
      const aside = Math.abs((a - x) * dy) + Math.abs((b - y) * dx);
      if (one === element || ahead < 1) continue;
      const far = ahead + 2 * aside;
      if (far < least) [best, least] = [one, far];
    }
    return best;
  }

  function goal(element, key) {
    const group = groupOf(element);
    if (key === "Home") return group[0];
    if (key === "End") return group[group.length - 1];
    if (!AWAY[key]) return null;
    if (element.dataset.box) return neighbour(element, group, AWAY[key]);
    const step = key === "ArrowDown" || key === "ArrowRight" ? 1 : -1;
    return group[group.indexOf(element) + step];
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      release();
      return;
    }
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const element = event.target instanceof Element ? event.target.closest("a[data-thread], a[data-ribbon], a[data-box]") : null;
    if (!element || !element.closest(DRAWING)) return;
    const next = goal(element, event.key);
    if (next === null || next === undefined) return;
    event.preventDefault();
    makeStop(next);
    next.focus();
    if (next !== lifted) lift(next, null);
  });

  // -- one's own stories ---------------------------------------------------------------------------------------------

  let showsMine = true;
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button[data-my-story]") : null;
    if (!button) return;
    showsMine = !showsMine;
    button.setAttribute("aria-pressed", String(showsMine));
    for (const svg of drawings()) svg.classList.toggle("mine-off", !showsMine);
  });

  // -- a swap ----------------------------------------------------------------------------------------------------------

  let again = null;
  document.addEventListener("live:before", () => {
    again = lifted ? { find: window.kept.again(document, lifted), where, isHeld: lifted === held } : null;
  });
  document.addEventListener("live:after", () => {
    prepare();
    if (!again) return;
    const next = again.find();
    if (next === lifted) return;
    release();
    lift(next, again.where);
    if (!again.isHeld) return;
    held = next;
    keepInAddress(next.dataset.thread);
  });

  prepare();
  new MutationObserver(() => {
    if (lifted && !lifted.isConnected) release();
    prepare();
  }).observe(document.body, { childList: true, subtree: true });
})();
