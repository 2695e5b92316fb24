// The files of a story: sent as soon as they are chosen (htmx does that), with how far it is; and a voice
// recorded in the page, which is sent like a chosen file.
// Hooks: #files with input[data-most-bytes], [data-files-fault], [data-files-sending] progress,
// [data-recorder] with [data-record], [data-record-end], [data-recording].
(() => {
  "use strict";

  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const find = (name) => form.querySelector(`#files ${name}`);
  let recorder = null;

  const say = (name, file = "") => {
    const fault = find("[data-files-fault]");
    fault.textContent = fault.getAttribute(`data-text${name}`).replace("%s", file);
    fault.hidden = false;
  };

  // Before htmx hears of it.
  form.addEventListener("change", (event) => {
    if (!(event.target instanceof HTMLInputElement) || event.target.type !== "file") return;
    find("[data-files-fault]").hidden = true;
    const large = [...event.target.files].find((file) => file.size > Number(event.target.dataset.mostBytes));
    if (!large) return;
    event.stopImmediatePropagation();
    event.target.value = "";
    say("", large.name);
  }, true);

  const isOurs = (event) => event.target instanceof Element && event.target.matches("#files [name=files]");
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (isOurs(event)) find("[data-files-sending]").hidden = false;
  });
  document.addEventListener("htmx:xhr:progress", (event) => {
    const bar = find("progress");
    if (isOurs(event) && bar && event.detail.lengthComputable) bar.value = (100 * event.detail.loaded) / event.detail.total;
  });
  for (const name of ["htmx:sendError", "htmx:responseError"]) {
    document.addEventListener(name, (event) => {
      if (!isOurs(event)) return;
      find("[data-files-sending]").hidden = true;
      event.target.value = "";
      say("-offline");
    });
  }

  const offer = () => {
    const part = find("[data-recorder]");
    if (part && navigator.mediaDevices && globalThis.MediaRecorder) part.hidden = false;
  };

  // "Recording…" is said once; the seconds beside it are for the eye.
  const clock = (since) => {
    const seconds = Math.floor((Date.now() - since) / 1000);
    find("[data-elapsed]").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  };

  const show = (isOn, name = "") => {
    find("[data-record]").hidden = isOn;
    find("[data-record-end]").hidden = !isOn;
    const status = find("[data-recording]");
    status.textContent = name === null ? "" : status.getAttribute(`data-text${name}`);
    find(isOn ? "[data-record-end]" : "[data-record]").focus();
  };

  const hand = (chunks) => {
    const time = new Date().toLocaleString(document.documentElement.lang || undefined, { dateStyle: "short", timeStyle: "short" });
    const name = find("[data-recorder]").dataset.name.replace("%s", time).replaceAll("/", "-");
    const chosen = new DataTransfer();
    chosen.items.add(new File(chunks, name, { type: chunks[0].type }));
    const input = find("[name=files]");
    input.files = chosen.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const begin = async () => {
    let voice;
    try {
      voice = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      show(false, "-refused");
      return;
    }
    const chunks = [];
    recorder = new MediaRecorder(voice, { audioBitsPerSecond: 32000 });
    recorder.addEventListener("dataavailable", (event) => { if (event.data.size) chunks.push(event.data); });
    const since = Date.now();
    const ticks = setInterval(() => clock(since), 500);
    recorder.addEventListener("stop", () => {
      clearInterval(ticks);
      find("[data-elapsed]").textContent = "";
      for (const track of voice.getTracks()) track.stop();
      show(false, null);
      if (chunks.length) hand(chunks);
    });
    recorder.start(1000);
    show(true);
  };

  form.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    if (event.target.matches("[data-record]")) begin();
    if (event.target.matches("[data-record-end]")) recorder.stop();
  });
  document.addEventListener("htmx:afterSettle", offer);
  offer();
})();
