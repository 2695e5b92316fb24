// What a box, a ribbon or a row of the table leads to is shown beside the picture, in a panel docked under it; its
// address is a part of the page's address (open=…), so back closes it and a link to it can be sent. Two boxes: P,
// Shift + press or [data-paths-from] remember where it begins, the next press says where it leads to.
// Everything is a link without this file, and with any other key or button of the mouse.
// Hooks: [data-dock] with [data-panel="PATH OF THE MATRIX"], [data-panel-body], a[data-panel-page],
// button[data-panel-close], [data-panel-says][data-choose][data-wait], button[data-panel-stop]. Needs keep.js, live.js.
(() => {
  "use strict";

  const dock = document.querySelector("[data-dock]");
  const host = document.querySelector("[data-live]");
  if (!dock || !host) return;
  const panel = dock.querySelector("[data-panel]");
  const body = dock.querySelector("[data-panel-body]");
  const says = dock.querySelector("[data-panel-says]");
  const stopping = dock.querySelector("[data-panel-stop]");
  const base = panel.dataset.panel;
  // The pages below the matrix that can be a panel: those of matrix/urls.py that use `show`.
  const PANELS = /^(indicators\/[^/]+|cycles\/[^/]+\/no-indicator|pairs\/[^/]+\/[^/]+|paths)\/$/;
  const PATIENCE = 200; // ms

  let shown = null; // {address, html}
  let opener = null; // what was pressed to open it
  let first = null; // code of the indicator from which ways are looked for
  let turns = 0; // only the last that was asked for is shown
  let asking = null;
  let isLate = false;
  let leaving = null;

  // -- addresses --------------------------------------------------------------------------------------------------

  // The address as a path, if it can be shown as a panel; else null.
  function addressOf(text) {
    let url;
    try {
      url = new URL(text, location.href);
    } catch {
      return null;
    }
    if (url.origin !== location.origin || !url.pathname.startsWith(base)) return null;
    return PANELS.test(url.pathname.slice(base.length)) ? url.pathname + url.search + url.hash : null;
  }

  const pathOf = (address) => address.split(/[?#]/)[0];

  function codeOf(address) {
    const path = address ? pathOf(address) : "";
    const found = path.startsWith(base) ? path.slice(base.length).match(/^indicators\/([^/]+)\/$/) : null;
    return found && decodeURIComponent(found[1]);
  }

  const waysFrom = (from, to) => `${base}paths/?${new URLSearchParams({ from, to })}`;
  const wanted = () => addressOf(new URLSearchParams(location.search).get("open") ?? "/");

  function pageWith(address) {
    const asked = new URLSearchParams(location.search);
    asked.delete("open");
    const open = address ? [`open=${encodeURIComponent(address).replaceAll("%2F", "/")}`] : [];
    const query = [asked.toString(), ...open].filter(Boolean).join("&");
    return location.pathname + (query ? `?${query}` : "");
  }

  // -- what is said -------------------------------------------------------------------------------------------------

  function tell() {
    const words = isLate ? says.dataset.wait : first ? says.dataset.choose : "";
    if (says.textContent !== words) says.textContent = words;
    stopping.hidden = !first;
    dock.classList.toggle("choosing", Boolean(first));
  }

  // -- marks in the picture and the table ----------------------------------------------------------------------------

  const links = () => host.querySelectorAll("[data-picture] a[href], .matrix-table a[href]");

  function letter(box, text) {
    const edge = box.querySelector(".edge");
    if (!edge || !box.closest("svg")) return;
    const make = (name, values) => {
      const one = document.createElementNS("http://www.w3.org/2000/svg", name);
      for (const [key, value] of Object.entries(values)) one.setAttribute(key, value);
      return one;
    };
    const right = Number(edge.getAttribute("x") || 0) + Number(edge.getAttribute("width"));
    const down = box.closest("[data-picture=loom]") ? 13 : 3;
    const group = make("g", { "data-letter": "", class: "letter", "aria-hidden": "true", transform: `translate(${right - 13} ${down})` });
    const words = make("text", { "text-anchor": "middle", y: "4" });
    words.textContent = text;
    group.append(make("rect", { x: "-9", y: "-9", width: "18", height: "18", rx: "4" }), words);
    box.append(group);
  }

  function mark() {
    for (const one of host.querySelectorAll("[data-letter]")) one.remove();
    const query = new URLSearchParams(shown?.address.match(/\?([^#]*)/)?.[1]);
    const isWays = shown && pathOf(shown.address) === `${base}paths/`;
    const begins = first ? [first] : isWays ? query.getAll("from") : [];
    const ends = !first && isWays ? query.getAll("to") : [];
    const path = shown && !isWays ? pathOf(shown.address) : "";
    for (const link of links()) {
      const own = pathOf(link.getAttribute("href"));
      const code = codeOf(own);
      const sign = !code ? "" : begins.includes(code) ? "A" : ends.includes(code) ? "B" : "";
      const isChosen = Boolean(sign) || own === path;
      if (isChosen !== link.classList.contains("chosen")) link.classList.toggle("chosen", isChosen);
      if (isChosen) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
      if (sign) letter(link, sign);
    }
  }

  // -- the panel ----------------------------------------------------------------------------------------------------

  async function ask(address, signal) {
    const answer = await fetch(pathOf(address) + new URL(address, location.href).search, {
      headers: { "HX-Request": "true" },
      cache: "no-store",
      redirect: "manual",
      signal,
    });
    const isPart = answer.ok && (answer.headers.get("Content-Type") || "").startsWith("text/html");
    if (!isPart) throw new Error(`no panel: ${answer.status}`);
    return answer.text();
  }

  const REFERRING = ["for", "headers", "aria-labelledby", "aria-describedby", "aria-controls"];

  // What stands on a page of its own stands beside another one here: its ids, and what is relative to its address.
  function settle(address) {
    const here = new URL(address, location.href);
    const ids = new Set([...body.querySelectorAll("[id]")].map((one) => one.id));
    const own = (id) => (ids.has(id) ? `panel-${id}` : id);
    for (const one of body.querySelectorAll("*")) {
      if (one.id) one.id = own(one.id);
      for (const name of REFERRING) {
        const value = one.getAttribute(name);
        if (value) one.setAttribute(name, value.split(/\s+/).map(own).join(" "));
      }
      const href = one.getAttribute("href");
      if (href?.startsWith("#") && ids.has(href.slice(1))) one.setAttribute("href", `#${own(href.slice(1))}`);
      else if (href && one.matches("a")) one.setAttribute("href", relative(new URL(href, here)));
      if (one.matches("form")) one.setAttribute("action", relative(new URL(one.getAttribute("action") || "", here)));
    }
    const heading = body.querySelector("h2");
    if (heading) {
      heading.id = "panel-heading";
      heading.tabIndex = -1;
    }
  }

  const relative = (url) => (url.origin === location.origin ? url.pathname + url.search + url.hash : url.href);

  function fill(address, html) {
    shown = { address, html };
    body.innerHTML = html;
    settle(address);
    dock.querySelector("[data-panel-page]").setAttribute("href", address);
  }

  function landing(address) {
    const hash = new URL(address, location.href).hash.slice(1);
    const target = hash && document.getElementById(`panel-${hash}`);
    if (!target) return body.querySelector("h2");
    target.tabIndex = -1;
    return target;
  }

  async function open(address, { pushes = false, focuses = false, follows = false } = {}) {
    cancel();
    const turn = ++turns;
    asking = new AbortController();
    const late = setTimeout(() => {
      isLate = true;
      tell();
    }, PATIENCE);
    let html = null;
    try {
      html = await ask(address, asking.signal);
    } catch {
      if (turn === turns && follows) location.assign(address);
    }
    clearTimeout(late);
    if (turn !== turns) return;
    isLate = false;
    tell();
    if (html === null) return;
    await leaving;
    if (turn !== turns) return;
    // How many entries of the history the panel has by now; 0 where that can't be known.
    const before = panel.hidden ? 0 : history.state?.panels;
    if (pushes) history.pushState({ panels: before === undefined ? 0 : before + (before || panel.hidden ? 1 : 0) }, "", pageWith(address));
    fill(address, html);
    panel.hidden = false;
    body.scrollTop = 0;
    mark();
    if (!focuses) return;
    landing(address)?.focus();
    if (pushes && isSeen(opener)) uncover(opener);
  }

  function cancel() {
    turns += 1;
    asking?.abort();
    isLate = false;
  }

  const isSeen = (one) => Boolean(one?.isConnected && one.getClientRects().length);

  function shut(returns) {
    const back = [opener, ...host.querySelectorAll("a.chosen"), ...host.querySelectorAll(".drawing")].find((one) => isSeen(one) && !dock.contains(one));
    cancel();
    shown = opener = null;
    panel.hidden = true;
    body.replaceChildren();
    tell();
    mark();
    if (returns) back?.focus();
  }

  function close() {
    const entries = history.state?.panels;
    shut(true);
    if (entries) leave(entries);
    else history.pushState(null, "", pageWith(null));
  }

  // Until the history is back where it was, nothing is added to it.
  function leave(entries) {
    leaving = new Promise((resolve) => {
      window.addEventListener("popstate", resolve, { once: true });
      setTimeout(resolve, 1000);
    });
    history.go(-entries);
  }

  // -- two boxes ------------------------------------------------------------------------------------------------------

  function begin(code) {
    first = code;
    tell();
    mark();
    const box = drawnBox();
    if (dock.contains(document.activeElement)) box?.focus();
    if (box) uncover(box);
  }

  const drawnBox = () => [...host.querySelectorAll("[data-picture] a.chosen")].find((one) => isSeen(one) && !dock.contains(one));

  function stop() {
    first = null;
    tell();
    mark();
  }

  function choose(code, link) {
    if (!first) return begin(code);
    const from = first;
    stop();
    if (from !== code) press(waysFrom(from, code), link);
  }

  // -- pressing -------------------------------------------------------------------------------------------------------

  function press(address, link) {
    if (!dock.contains(link)) opener = link;
    open(address, { pushes: true, focuses: true, follows: true });
  }

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (!link || !host.contains(link) || !link.closest("[data-picture], .matrix-table, [data-panel-body]")) return;
    const address = addressOf(link.getAttribute("href"));
    if (!address) return;
    const isBox = link.matches("[data-picture] a[data-box], .matrix-table [data-row] > th a");
    const code = isBox ? codeOf(address) : null;
    if (link.dataset.pathsFrom) begin(link.dataset.pathsFrom);
    else if (code && (first || event.shiftKey)) choose(code, link);
    else if (event.shiftKey) return;
    else press(address, link);
    event.preventDefault();
  });

  // The form for other ends of the ways.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!body.contains(form) || form.method !== "get") return;
    const address = addressOf(`${pathOf(form.getAttribute("action"))}?${new URLSearchParams(new FormData(form))}`);
    if (!address) return;
    event.preventDefault();
    press(address, form);
  });

  const isTyping = (target) => target instanceof Element && Boolean(target.closest("input, select, textarea"));

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
    if (event.key === "Escape") {
      if (first) stop();
      else if (!panel.hidden) close();
      else {
        cancel();
        tell();
      }
    }
    if (event.key !== "p" && event.key !== "P") return;
    const box = event.target instanceof Element ? event.target.closest("[data-picture] a[data-box]") : null;
    const code = box && host.contains(box) ? codeOf(addressOf(box.getAttribute("href"))) : null;
    if (!code) return;
    event.preventDefault();
    choose(code, box);
  });

  dock.querySelector("[data-panel-close]").addEventListener("click", close);
  stopping.addEventListener("click", () => {
    const box = drawnBox();
    stop();
    box?.focus();
  });

  window.addEventListener("popstate", () => {
    const address = wanted();
    if (address === (shown ? shown.address : null)) return;
    const isLost = dock.contains(document.activeElement) || document.activeElement === document.body;
    if (address) open(address, { focuses: isLost });
    else shut(isLost);
  });

  // -- what has the focus or was pressed is not left under the panel ------------------------------------------------------------------

  document.addEventListener("focusin", (event) => {
    if ((panel.hidden && !first) || dock.contains(event.target)) return;
    requestAnimationFrame(() => {
      if (document.activeElement === event.target && event.target.matches(":focus-visible")) uncover(event.target);
    });
  });

  function uncover(element) {
    const { top, bottom, height } = element.getBoundingClientRect();
    const roof = dock.getBoundingClientRect().top;
    const covered = bottom + 8 - roof;
    if (covered > 0 && top < window.innerHeight && height < roof) window.scrollBy({ top: covered, behavior: "instant" });
  }

  // -- a change ---------------------------------------------------------------------------------------------------------

  let openerAgain = null;
  document.addEventListener("live:before", () => {
    openerAgain = opener?.isConnected ? kept.again(host, opener) : null;
  });
  document.addEventListener("live:after", () => {
    if (openerAgain) opener = openerAgain();
    mark();
    refresh();
  });

  // What the panel shows may have changed as well; it is left alone while somebody chooses or copies in it.
  async function refresh() {
    if (!shown) return;
    const turn = turns;
    const { address } = shown;
    let html;
    try {
      html = await ask(address);
    } catch {
      return;
    }
    const isUsed = kept.isMarked(body) || (body.contains(document.activeElement) && isTyping(document.activeElement));
    if (turn !== turns || !shown || html === shown.html || isUsed) return;
    kept.over(body, () => fill(address, html));
    mark();
  }

  const asked = wanted();
  if (asked) open(asked);
})();
