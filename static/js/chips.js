// The indicators that a step may say something about: those that fit its words first, and searched by
// name. Without it all of them stand there, by cycle.
// Hooks: [data-chips] in [data-step], [data-chip-search] with [data-chips-found], [data-chips-best],
// [data-chips-words] with [data-indicator].
(() => {
  "use strict";

  const words = document.querySelector("[data-chips-words]");
  if (!words) return;
  const BEST = 5;
  // Below this share of common threes of letters two texts are about different things.
  const ENOUGH = 0.35;

  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  // The runs of three letters of a text's words, as the search on the server compares them.
  const threes = (text) => {
    const all = new Set();
    for (const word of folded(text).match(/[\p{L}\p{N}]+/gu) || []) {
      // Small words say nothing of what it is about.
      if (word.length < 4 && /\p{Script=Latin}/u.test(word)) continue;
      const letters = [...`  ${word} `];
      for (let i = 0; i + 2 < letters.length; i += 1) all.add(letters.slice(i, i + 3).join(""));
    }
    return all;
  };
  const share = (few, many) => (few.size ? [...few].filter((one) => many.has(one)).length / few.size : 0);

  const indicators = new Map();
  for (const one of words.querySelectorAll("[data-indicator]")) {
    indicators.set(one.dataset.indicator, { text: threes(one.textContent) });
  }
  const nameOf = (chip) => chip.querySelector("label span").textContent;
  const chipsOf = (part) => [...part.querySelectorAll("li")].filter((one) => one.querySelector("input[type=checkbox]"));

  const fit = (chip, told) => {
    const own = indicators.get(chip.querySelector("input").value) || { text: new Set() };
    own.name ||= threes(nameOf(chip));
    return share(own.name, told) + 0.4 * share(own.text, told);
  };

  // A chip that moves up goes back to its cycle when it fits no more.
  const homes = new WeakMap();

  const rank = (part) => {
    const best = part.querySelector("[data-chips-best]");
    if (!best) return;
    const list = best.querySelector("ul");
    for (const chip of [...list.children]) homes.get(chip).append(chip);
    const step = part.closest("[data-step]");
    const told = threes([...step.querySelectorAll("textarea")].map((one) => one.value).join(" "));
    const fitting = chipsOf(part)
      .map((chip) => ({ chip, value: fit(chip, told) }))
      .filter((one) => one.value >= ENOUGH)
      .sort((one, other) => other.value - one.value)
      .slice(0, BEST);
    for (const { chip } of fitting) {
      if (!homes.has(chip)) homes.set(chip, chip.parentElement);
      list.append(chip);
    }
    best.hidden = fitting.length === 0;
  };

  const search = (part) => {
    const field = part.querySelector("[data-chip-search] input");
    const asked = folded(field.value).trim().split(/\s+/).filter(Boolean);
    let found = 0;
    for (const chip of chipsOf(part)) {
      const name = folded(nameOf(chip));
      const isFound = asked.every((word) => name.includes(word));
      chip.hidden = !isFound && !chip.querySelector("input").checked;
      found += Number(isFound);
    }
    for (const group of part.querySelectorAll("fieldset")) {
      const isBest = "chipsBest" in group.dataset;
      group.hidden = chipsOf(group).every((chip) => chip.hidden) || (isBest && !chipsOf(group).length);
    }
    const said = part.querySelector("[data-chips-found]");
    said.textContent = !asked.length ? "" : found ? words.dataset.textFound.replace("%s", found) : words.dataset.textNone;
  };

  const prepare = () => {
    for (const part of document.querySelectorAll("[data-chips]")) {
      const field = part.querySelector("[data-chip-search]");
      if (!field || !field.hidden) continue;
      field.hidden = false;
      if (part.open) rank(part);
    }
  };

  document.addEventListener("toggle", (event) => {
    if (event.target.matches?.("[data-chips]") && event.target.open) rank(event.target);
  }, true);
  document.addEventListener("change", (event) => {
    const part = event.target.matches("textarea") && event.target.closest("[data-step]")?.querySelector("[data-chips][open]");
    if (part) rank(part);
  });
  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-chip-search] input")) search(event.target.closest("[data-chips]"));
  });
  // Enter in the search sends nothing and leads nowhere.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("[data-chip-search] input")) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
  document.addEventListener("htmx:afterSettle", prepare);
  prepare();
})();
