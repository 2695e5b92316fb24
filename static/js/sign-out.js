// Whoever signs out leaves nothing of theirs in this browser: the copies that copies.js keeps go.
// Hooks: form[data-signs-out], and the script's own data-owner.
(() => {
  "use strict";

  const prefix = `vc-copy:${document.currentScript.dataset.owner}:`;
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-signs-out]")) return;
    for (const name of Object.keys(localStorage)) if (name.startsWith(prefix)) localStorage.removeItem(name);
  });
})();
