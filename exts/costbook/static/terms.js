// The definition of a term, in a panel that the pointer can rest on and that Escape closes. Loaded by reading.js.
(function () {
  "use strict";

  const DELAY = 200; // milliseconds: a pointer that only passes opens nothing, and reaches the panel
  const link = costbook.reading.term;
  const panel = costbook.reading.make("div", "cb-term");
  panel.id = "cb-term";
  panel.setAttribute("role", "tooltip");
  let term = null;
  let timer = 0;

  function hide() {
    clearTimeout(timer);
    term?.removeAttribute("aria-describedby");
    term = null;
    panel.remove();
  }

  function open(found) {
    hide();
    const text = costbook.terms[decodeURIComponent(found.hash.slice(1))];
    if (!text) {
      return;
    }
    term = found;
    panel.textContent = text;
    panel.style.left = panel.style.top = "0";
    document.body.append(panel);
    term.setAttribute("aria-describedby", panel.id);
    const [box, own] = [term.getBoundingClientRect(), panel.getBoundingClientRect()];
    const above = box.bottom + own.height + 8 > innerHeight && box.top > own.height + 8;
    const left = Math.min(box.left, document.documentElement.clientWidth - own.width - 8);
    panel.style.left = `${Math.max(8, left) + scrollX}px`;
    panel.style.top = `${(above ? box.top - own.height - 4 : box.bottom + 4) + scrollY}px`;
  }

  function later(act) {
    clearTimeout(timer);
    timer = setTimeout(act, DELAY);
  }

  const inside = (event) => term && (event.target === panel || link(event) === term);

  addEventListener("pointerover", (event) => inside(event) && clearTimeout(timer));
  addEventListener("pointerout", (event) => {
    if (inside(event)) {
      later(hide);
    } else if (link(event)) {
      clearTimeout(timer);
    }
  });
  addEventListener("focusout", hide);
  addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Escape" && term) {
        hide();
        event.stopPropagation();
      }
    },
    true,
  );

  // For a link that the pointer or the focus has come to.
  costbook.openTerm = (found) => {
    if (found === term) {
      return;
    }
    if (found.matches(":focus-visible")) {
      open(found);
    } else if (found.matches(":hover")) {
      later(() => open(found));
    }
  };
})();
