// What a reader has of a part of the page stays theirs when the part is replaced: where the focus is, what is
// unfolded, how far it is scrolled, what is marked to be copied.
// Gives the other scripts `kept`: again(root, element), over(root, change), isMarked(root).
(() => {
  "use strict";

  const NAMES = ["data-box", "data-thread", "data-ribbon", "data-lift", "href", "id", "name", "aria-label", "aria-labelledby"];

  // A function that finds the same thing in what stands in its place by then; null when it is gone.
  function again(root, element) {
    const name = NAMES.find((one) => element.getAttribute(one));
    const tag = CSS.escape(element.tagName.toLowerCase());
    const selector = name ? `${tag}[${name}="${CSS.escape(element.getAttribute(name))}"]` : tag;
    const all = () => [...root.querySelectorAll(selector)];
    const place = all().indexOf(element);
    return () => all()[place] || all()[0] || null;
  }

  function over(root, change) {
    const before = document.activeElement;
    const focused = root.contains(before) ? again(root, before) : null;
    const details = () => [...root.querySelectorAll("details")];
    const regions = () => [root, ...root.querySelectorAll("[role=region]")];
    const open = details().map((one) => one.open);
    const scrolled = regions().map((one) => [one.scrollLeft, one.scrollTop]);
    change();
    details().forEach((one, index) => (one.open = open[index] ?? one.open));
    regions().forEach((one, index) => one.scrollTo({ left: scrolled[index]?.[0], top: scrolled[index]?.[1], behavior: "instant" }));
    // what is still where it was never lost the focus
    if (focused && document.activeElement !== before) focused()?.focus({ preventScroll: true });
  }

  function isMarked(root, except = null) {
    const marked = getSelection();
    if (!marked || marked.isCollapsed) return false;
    return [marked.anchorNode, marked.focusNode].some((node) => root.contains(node) && !except?.contains(node));
  }

  window.kept = { again, over, isMarked };
})();
