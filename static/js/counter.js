// Says beside a field that has a limit how much of it is used, and when more is written than fits. Nothing
// is cut. Only once it is nearly used up is it read out.
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
      counter = Object.assign(document.createElement("p"), { id, className: "room-left muted" });
      field.after(counter);
      field.setAttribute("aria-describedby", [field.getAttribute("aria-describedby"), id].filter(Boolean).join(" "));
    }
    return counter;
  };

  const count = (field) => {
    // As the server counts: characters, not the halves of an emoji.
    const length = [...field.value.replaceAll("\r\n", "\n")].length;
    const most = Number(field.dataset.most);
    const text = length > most ? words.dataset.textOver : words.dataset.text;
    const shown = text.replace("%s", number.format(length)).replace("%s", number.format(most));
    const counter = counterOf(field);
    counter.textContent = length ? shown : "";
    counter.setAttribute("aria-live", length < most * 0.8 ? "off" : "polite");
    field.classList.toggle("is-long", length > most);
  };

  document.addEventListener("input", (event) => {
    if (event.target instanceof Element && event.target.matches("[data-most]")) count(event.target);
  });
  const all = () => document.querySelectorAll("[data-most]").forEach((field) => field.value && count(field));
  document.addEventListener("htmx:afterSettle", all);
  all();
})();
