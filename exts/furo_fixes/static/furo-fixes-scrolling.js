// What scrolls sideways takes the focus, so that the arrow keys scroll it: see scrolling.py.
(function () {
  "use strict";

  const KINDS = [
    [".table-wrapper", "Table"],
    [".math-wrapper", "Formula"],
    [".highlight pre", "Code"],
  ];

  function name(element, kind) {
    const caption = element.querySelector("caption .caption-text, caption");
    const what = caption ? kind + " “" + caption.textContent.trim() + "”" : kind;
    return what + ", scrolls sideways";
  }

  function update(element, kind) {
    if (element.scrollWidth > element.clientWidth) {
      element.tabIndex = 0;
      element.setAttribute("role", "group");
      element.setAttribute("aria-label", name(element, kind));
    } else {
      ["tabindex", "role", "aria-label"].forEach((attribute) => element.removeAttribute(attribute));
    }
  }

  const kinds = new Map();
  const observer = new ResizeObserver((entries) =>
    entries.forEach(({ target }) => update(target, kinds.get(target))),
  );
  KINDS.forEach(([selector, kind]) =>
    document.querySelectorAll(selector).forEach((element) => {
      kinds.set(element, kind);
      observer.observe(element);
    }),
  );
})();
