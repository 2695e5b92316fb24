// An open page takes in a change by itself: it asks whether its living part is still the same (304),
// swaps it when it is not, asks less and less often while nothing happens, and not in a hidden tab.
// Hooks: [data-live="ADDRESS"][data-etag], [data-live-news][data-text].
(() => {
  const SOONEST = 2000;
  const LATEST = 30000;
  const host = document.querySelector("[data-live]");
  if (!host) return;
  let etag = host.dataset.etag;
  let wait = SOONEST;
  let timer;

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
        swap(await answer.text());
        wait = SOONEST;
      } else if ([403, 404].includes(answer.status) || answer.type === "opaqueredirect") {
        // Signed out, or no longer a member: what is shown may not be theirs any more.
        return location.reload();
      } else {
        wait = Math.min(wait * 1.5, LATEST);
      }
    } catch {
      wait = Math.min(wait * 2, LATEST);
    }
    plan();
  };

  const swap = (html) => {
    const before = document.activeElement;
    const again = host.contains(before) ? finder(before) : null;
    const open = [...host.querySelectorAll("details")].map((one) => one.open);
    const scrolled = [...host.querySelectorAll("[role=region]")].map((one) => one.scrollLeft);
    host.innerHTML = html;
    host.querySelectorAll("details").forEach((one, index) => (one.open = Boolean(open[index])));
    host.querySelectorAll("[role=region]").forEach((one, index) => (one.scrollLeft = scrolled[index] || 0));
    if (again) host.querySelector(again)?.focus({ preventScroll: true });
    const news = document.querySelector("[data-live-news]");
    if (news) news.textContent = news.dataset.text;
  };

  const finder = (element) => {
    for (const name of ["data-box", "data-thread", "href", "id"]) {
      const value = element.getAttribute(name);
      if (value) return `${element.tagName.toLowerCase()}[${name}="${CSS.escape(value)}"]`;
    }
    return element.tagName.toLowerCase();
  };

  document.addEventListener("visibilitychange", () => {
    wait = SOONEST;
    if (document.hidden) clearTimeout(timer);
    else ask();
  });
  plan();
})();
