// Says how much room is left in a field that has a limit, once it is nearly used up, and when more is
// written than fits. Nothing is cut.
// Hooks: [data-most], [data-counter] with data-text and data-text-over.
(() => {
  "use strict";

  const words = document.querySelector("[data-counter]");
  if (!words) return;
  const number = new Intl.NumberFormat(document.documentElement.lang || undefined);

  const counterOf = (field) => {
    const id = `${field.id}-count`;
    let counter = document.getElementById(id);
    if (!counter) {
      counter = Object.assign(document.createElement("p"), { id, className: "count muted" });
      counter.setAttribute("role", "status");
      field.after(counter);
      field.setAttribute("aria-describedby", [field.getAttribute("aria-describedby"), id].filter(Boolean).join(" "));
    }
    return counter;
  };

  const count = (field) => {
    // As the server counts: characters, not the halves of an emoji.
    const length = [...field.value.replaceAll("\r\n", "\n")].length;
    const most = Number(field.dataset.most);
    if (length < most * 0.8 && !document.getElementById(`${field.id}-count`)) return;
    const text = length > most ? words.dataset.textOver : words.dataset.text;
    const shown = text.replace("%s", number.format(length)).replace("%s", number.format(most));
    const counter = counterOf(field);
    counter.textContent = length < most * 0.8 ? "" : shown;
    field.classList.toggle("is-long", length > most);
  };

  document.addEventListener("input", (event) => {
    if (event.target instanceof Element && event.target.matches("[data-most]")) count(event.target);
  });
  const all = () => document.querySelectorAll("[data-most]").forEach((field) => field.value && count(field));
  document.addEventListener("htmx:afterSettle", all);
  all();
})();
