// Keeps what is typed while it is typed: a moment after the last key, when a field is left, and when
// the page is put away. It never changes the story, only what its writer finds again.
// Tells the form "typed:saved" when all of it is kept.
// Hooks: form[data-autosave="ADDRESS"] (data-restored) with [name=sketch], [data-saved], [data-overtaken].
(() => {
  "use strict";

  const PAUSE = 1500;
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const shown = form.querySelector("[data-saved]");
  const overtaken = form.querySelector("[data-overtaken]");
  const tab = crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2) + Date.now();
  let turn = 0;
  let timer = 0;
  let isChanged = false;
  let isSent = false;
  let isStopped = false;

  const say = (name, time = "") => {
    const text = shown.getAttribute(`data-text-${name}`).replace("%s", time);
    if (shown.textContent !== text) shown.textContent = text;
  };

  // Whether copies.js keeps a copy in this browser.
  const copied = () => (form.dataset.copied ? "-copied" : "");

  const hidden = (name, value) => {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
    form.append(field);
    return field;
  };
  hidden("tab", tab);
  const turns = hidden("turn", "0");

  const typed = () => {
    turn += 1;
    turns.value = String(turn);
    return new URLSearchParams(new FormData(form));
  };

  const stop = (time) => {
    isStopped = true;
    const words = overtaken.querySelector("[data-text]");
    words.textContent = words.dataset.text.replace("%s", time);
    overtaken.hidden = false;
    shown.textContent = "";
  };

  const keep = async () => {
    clearTimeout(timer);
    if (!isChanged || isSent || isStopped) return;
    isChanged = false;
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: typed(), redirect: "manual" });
      if (answer.ok) {
        const kept = await answer.json();
        form.elements.sketch.value = kept.version;
        say("saved", kept.saved);
        if (!isChanged) form.dispatchEvent(new Event("typed:saved"));
      } else if (answer.status === 409) {
        stop((await answer.json()).saved);
      } else {
        isChanged = true;
        say(answer.type === "opaqueredirect" || [403, 404].includes(answer.status) ? `out${copied()}` : "refused");
      }
    } catch {
      isChanged = true;
      say(`offline${copied()}`);
    }
  };

  const change = () => {
    isChanged = true;
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  };

  // Whoever goes on typing was not taken away by what they sent.
  form.addEventListener("input", () => { isSent = false; change(); });
  form.addEventListener("change", change);
  form.addEventListener("focusout", keep);
  form.addEventListener("submit", () => { isSent = true; });
  // Back from the cache of pages: it can be typed in again.
  addEventListener("pageshow", () => { isSent = false; });
  addEventListener("online", keep);
  // Put back from a copy in the browser: the server does not have it yet.
  if (form.dataset.restored) change();
  // A file that was added or taken out; a step, by its own "change".
  document.addEventListener("htmx:afterSettle", (event) => { if (event.target.id === "files") change(); });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden || !isChanged || isSent || isStopped) return;
    isChanged = !navigator.sendBeacon(form.dataset.autosave, typed());
  });
})();
