// Light or dark: as the device says, or as this reader chose in this browser.
// Hook: [data-theme-choice] with a select, shown only where this runs.
(() => {
  const KEY = "theme";
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let chosen = "";
  try {
    chosen = localStorage.getItem(KEY) || "";
  } catch {
    // Storage may be switched off; the choice then lasts for the page.
  }
  const set = () => {
    const theme = chosen || (dark.matches ? "dark" : "light");
    document.documentElement.setAttribute("data-bs-theme", theme);
  };
  set();
  dark.addEventListener("change", set);

  document.addEventListener("DOMContentLoaded", () => {
    const place = document.querySelector("[data-theme-choice]");
    if (!place) return;
    const select = place.querySelector("select");
    select.value = chosen;
    place.hidden = false;
    select.addEventListener("change", () => {
      chosen = select.value;
      try {
        localStorage.setItem(KEY, chosen);
      } catch {
        // As above.
      }
      set();
    });
  });
})();
