// Takes the button away when its time is over; the server refuses it then too.
// Hooks: [data-seconds].
(() => {
  "use strict";
  for (const one of document.querySelectorAll("[data-seconds]")) {
    setTimeout(() => one.remove(), Number(one.dataset.seconds) * 1000);
  }
})();
