// One question at a time: of the page in which a story is written it shows one part, and the way on.
// Everything stays one form; "All on one page" shows it as it is, and so does a form with faults.
// Hooks: form[data-guide], [data-screen], [data-step], [data-guide-head], [data-guide-nav] with
// [data-guide-back|next|more|end|all], [data-guide-place].
(() => {
  "use strict";

  const form = document.querySelector("form[data-guide]");
  if (!form || form.querySelector(".is-invalid, .alert-danger:not([hidden])")) return;
  const head = form.querySelector("[data-guide-head]");
  const nav = form.querySelector("[data-guide-nav]");
  const button = (name) => form.querySelector(`[data-guide-${name}]`);
  let here = 0;

  // The steps first, in their order; the title is easier once the story is told.
  const screens = () => {
    const all = [...form.querySelectorAll("[data-screen]")];
    const last = ["title", "files", "consent"];
    return [
      ...all.filter((one) => !last.includes(one.dataset.screen)),
      ...last.map((name) => all.find((one) => one.dataset.screen === name)),
    ];
  };
  const stepOf = (screen) => Number(screen.closest("[data-step]")?.dataset.step || 0);
  const isLastOfStep = (list, index) => stepOf(list[index]) > 0 && stepOf(list[index]) !== stepOf(list[index + 1]);
  const isLastStep = (list, index) => stepOf(list[index]) > 0 && !list.slice(index + 1).some((one) => stepOf(one) > 0);

  const show = (index, focus = true) => {
    const list = screens();
    here = Math.max(0, Math.min(index, list.length - 1));
    const current = list[here];
    for (const one of list) one.classList.toggle("is-here", one === current);
    for (const one of form.querySelectorAll("[data-step]")) one.classList.toggle("is-away", !one.contains(current));
    const asksForMore = isLastStep(list, here) && isLastOfStep(list, here);
    button("back").hidden = here === 0;
    button("next").hidden = asksForMore || here === list.length - 1;
    button("more").hidden = !asksForMore;
    button("end").hidden = !asksForMore;
    const place = button("place");
    // A step says its number itself.
    const text = place.getAttribute(`data-text-${current.dataset.screen}`) || "";
    if (place.textContent !== text) place.textContent = text;
    if (!focus) return;
    const field = current.querySelector("textarea, input:not([type=hidden]), select");
    if (field) field.focus({ preventScroll: true });
    form.scrollIntoView({ block: "start" });
  };

  const textOf = (step) => screens().findIndex((one) => stepOf(one) === step && one.dataset.screen === "text");

  form.classList.add("guided");
  head.hidden = nav.hidden = false;
  show(0, false);

  button("back").addEventListener("click", () => show(here - 1));
  button("next").addEventListener("click", () => show(here + 1));
  button("end").addEventListener("click", () => show(screens().findIndex((one) => one.dataset.screen === "title")));
  button("all").addEventListener("click", () => {
    form.classList.remove("guided");
    head.hidden = nav.hidden = true;
    form.querySelector("textarea").focus();
  });

  // Enter in a line of text goes on; the story is sent by its own button.
  form.addEventListener("keydown", (event) => {
    const isLine = event.target instanceof HTMLInputElement && ["text", "search"].includes(event.target.type);
    if (event.key !== "Enter" || !isLine || !form.classList.contains("guided")) return;
    event.preventDefault();
    show(here + 1);
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "writing" || !form.classList.contains("guided")) return;
    show(textOf(Math.max(...screens().map(stepOf))));
  });
})();
