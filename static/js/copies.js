// A copy in this browser of what is typed, until the server has it: for a lost connection and an
// ended session. Encrypted with a key that only the signed-in person's pages hold, and bound to one
// community, one story and one page. Offered again when that person comes back.
// Hooks: form[data-autosave] with [name=key] and perhaps [data-restored]; [data-copies] with
// data-owner, data-key, data-community, data-address, and a <template> of an entry.
(() => {
  "use strict";

  const PAUSE = 400;
  const DAYS = 30;
  const form = document.querySelector("form[data-autosave]");
  const part = document.querySelector("[data-copies]");
  // Without https there is no encryption: then nothing is kept.
  if (!form || !part || !globalThis.isSecureContext || !crypto.subtle) return;
  const { owner, community, address } = part.dataset;
  const prefix = `vc-copy:${owner}:${community}:`;
  const toText = (bytes) => btoa(String.fromCharCode(...bytes));
  const toBytes = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  const encoder = new TextEncoder();
  const key = crypto.subtle.importKey("raw", toBytes(part.dataset.key), "AES-GCM", false, ["encrypt", "decrypt"]);
  form.dataset.copied = "yes";

  const tabOf = (name) => name.split(":").at(-1);
  const names = () => Object.keys(localStorage).filter((name) => name.startsWith(prefix));
  const drop = (tab) => names().filter((name) => tabOf(name) === tab).forEach((name) => localStorage.removeItem(name));

  // In pieces: a long story has more bytes than a call has arguments.
  const inText = (bytes) => {
    let text = "";
    for (let at = 0; at < bytes.length; at += 3000) text += toText(bytes.subarray(at, at + 3000));
    return text;
  };

  let turn = 0;
  let timer = 0;

  const write = async () => {
    const mine = (turn += 1);
    const typed = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
    const name = `${prefix}${form.elements.key.value}:${form.elements.tab.value}`;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = encoder.encode(JSON.stringify(typed));
    const hidden = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: encoder.encode(name) }, await key, plain);
    // The server had it meanwhile, or more was typed.
    if (mine !== turn) return;
    try {
      localStorage.setItem(name, JSON.stringify({ at: Date.now(), iv: toText(iv), text: inText(new Uint8Array(hidden)) }));
    } catch {
      // Full: what is typed stays on the page.
      delete form.dataset.copied;
    }
  };

  const soon = () => {
    turn += 1;
    clearTimeout(timer);
    timer = setTimeout(write, PAUSE);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("typed:saved", () => {
    turn += 1;
    clearTimeout(timer);
    drop(form.elements.tab.value);
    if (form.dataset.restored) drop(form.dataset.restored);
  });

  const read = async (name) => {
    try {
      const entry = JSON.parse(localStorage.getItem(name));
      if (Date.now() - entry.at > DAYS * 86400000) throw new Error("too old");
      const algorithm = { name: "AES-GCM", iv: toBytes(entry.iv), additionalData: encoder.encode(name) };
      const plain = await crypto.subtle.decrypt(algorithm, await key, toBytes(entry.text));
      return { name, at: entry.at, typed: JSON.parse(new TextDecoder().decode(plain)) };
    } catch {
      localStorage.removeItem(name);
      return null;
    }
  };

  const restore = (entry) => {
    const again = Object.assign(document.createElement("form"), { method: "post", action: address, hidden: true });
    const fields = [...entry.typed, ["csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value], ["restore", "1"]];
    for (const [name, value] of fields) {
      const field = document.createElement("textarea");
      Object.assign(field, { name, value });
      again.append(field);
    }
    document.body.append(again);
    again.submit();
  };

  const offer = (entry) => {
    const row = part.querySelector("template").content.cloneNode(true).firstElementChild;
    const title = new Map(entry.typed).get("title");
    if (title) row.querySelector("[data-title]").textContent = title;
    const written = new Intl.DateTimeFormat(document.documentElement.lang || undefined, { dateStyle: "medium", timeStyle: "short" });
    row.querySelector("[data-at]").textContent = written.format(entry.at);
    row.querySelector("[data-restore]").addEventListener("click", () => restore(entry));
    row.querySelector("[data-drop]").addEventListener("click", () => {
      localStorage.removeItem(entry.name);
      row.remove();
      part.hidden = !part.querySelector("li");
    });
    part.querySelector("ul").append(row);
    part.hidden = false;
  };

  const saved = document.cookie.split("; ").find((one) => one.startsWith("saved_pages="));
  for (const tab of saved ? saved.split("=")[1].split(".") : []) drop(tab);
  const waiting = names().filter((name) => tabOf(name) !== form.dataset.restored);
  Promise.all(waiting.map(read)).then((entries) => {
    entries.filter(Boolean).sort((one, other) => other.at - one.at).forEach(offer);
  });
})();
