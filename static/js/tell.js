// The page in which a story is written. It works without this file; with it, what was added gets the
// focus, and a step shows the shape and the question of the cycle that is chosen for it.
// Hooks: button[name=add], button[name=arrange][data-lands], [data-step] with [data-shape] and [data-question], [data-link],
// [data-cycles] > [data-cycle="KEY"].
(() => {
  "use strict";

  let added = null;

  document.addEventListener("htmx:beforeRequest", (event) => {
    const button = event.detail.elt;
    if (button.name === "add") added = button.value;
    if (button.name === "arrange") added = button.dataset.lands;
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "writing") return;
    // For what is kept and drawn of the form: it holds something else now.
    event.target.dispatchEvent(new Event("change", { bubbles: true }));
    const kind = added;
    added = null;
    if (!kind) return;
    const landed = document.querySelector(`[data-step="${CSS.escape(kind)}"]`) || [...document.querySelectorAll("[data-step]")].at(-1);
    if (kind !== "step" && kind !== "link" && landed) {
      landed.querySelector("textarea").focus({ preventScroll: true });
      landed.scrollIntoView({ block: "start" });
      return;
    }
    const fields = document.querySelectorAll(kind === "step" ? "[data-step] textarea[name$='-text']" : "[data-link] select");
    const field = kind === "step" ? fields[fields.length - 1] : fields[fields.length - 2];
    if (!field) return;
    field.focus({ preventScroll: true });
    field.closest("fieldset").scrollIntoView({ block: "start" });
  });

  document.addEventListener("change", (event) => {
    const select = event.target instanceof Element ? event.target.closest("[data-step] select[name$='-cycle']") : null;
    if (!select) return;
    const cycle = document.querySelector(`[data-cycles] > [data-cycle="${CSS.escape(select.value)}"]`);
    const step = select.closest("[data-step]");
    for (const hook of ["[data-shape]", "[data-question]"]) {
      const shown = cycle ? [...cycle.querySelector(hook).cloneNode(true).childNodes] : [];
      step.querySelector(hook).replaceChildren(...shown);
    }
  });
})();
