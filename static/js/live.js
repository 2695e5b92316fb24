// An open page takes in a change by itself: it asks whether its living part is still the same (304),
// swaps it when it is not, asks less and less often while nothing happens, and not in a hidden tab.
// A swap waits while something in the part is marked to be copied. What other scripts keep among the things
// that are swapped has [data-before="SELECTOR"]: it is put there once, and is never touched again.
// They are told "live:before" and "live:after".
// Hooks: [data-live="ADDRESS"][data-etag], [data-before], [data-live-news][data-text]. Needs keep.js.
(() => {
  "use strict";

  const SOONEST = 2000;
  const LATEST = 30000;
  const host = document.querySelector("[data-live]");
  if (!host) return;
  let etag = host.dataset.etag;
  let wait = SOONEST;
  let timer;
  let held = null; // what came while something was marked

  const guests = [...document.querySelectorAll("[data-before]")];
  for (const one of guests) host.firstElementChild.querySelector(`:scope > ${one.dataset.before}`)?.before(one);

  const plan = () => {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(ask, wait);
  };

  const ask = async () => {
    try {
      const answer = await fetch(host.dataset.live, {
        headers: { "HX-Request": "true", "If-None-Match": etag },
        cache: "no-store",
        redirect: "manual",
      });
      if (answer.status === 200) {
        etag = answer.headers.get("ETag");
        take(await answer.text());
        wait = SOONEST;
      } else if ([400, 403, 404].includes(answer.status) || answer.type === "opaqueredirect") {
        // Signed out, no longer a member, or what was asked for is gone: what is shown may not be theirs any more.
        return location.reload();
      } else {
        wait = Math.min(wait * 1.5, LATEST);
      }
    } catch {
      wait = Math.min(wait * 2, LATEST);
    }
    plan();
  };

  const isMarked = () => kept.isMarked(host, host.querySelector("[data-dock]"));

  const take = (html) => {
    held = html;
    if (isMarked()) return;
    held = null;
    document.dispatchEvent(new Event("live:before"));
    kept.over(host, () => {
      put(html);
      document.dispatchEvent(new Event("live:after"));
    });
    const news = document.querySelector("[data-live-news]");
    if (news) news.textContent = news.dataset.text;
  };

  // All but the guests is replaced around them: what is taken out and put back loses its focus and its scroll.
  const put = (html) => {
    const template = document.createElement("template");
    template.innerHTML = html;
    const old = host.firstElementChild;
    const parts = [...template.content.firstElementChild.children];
    const staying = guests.filter((one) => one.parentElement === old);
    const places = staying.map((one) => parts.findIndex((part) => part.matches(one.dataset.before)));
    for (const node of [...old.childNodes]) if (!staying.includes(node)) node.remove();
    let next = 0;
    staying.forEach((one, index) => {
      const end = places[index] < 0 ? parts.length : places[index];
      one.before(...parts.slice(next, end));
      next = Math.max(next, end);
    });
    old.append(...parts.slice(next));
  };

  document.addEventListener("selectionchange", () => {
    if (held !== null && !isMarked()) take(held);
  });
  document.addEventListener("visibilitychange", () => {
    wait = SOONEST;
    if (document.hidden) clearTimeout(timer);
    else ask();
  });
  plan();
})();
