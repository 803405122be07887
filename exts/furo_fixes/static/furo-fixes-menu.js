// Drawers that the keyboard opens and closes: see menu.py. A classic script: it also runs on a page opened from a folder.
(function () {
  "use strict";

  const DRAWERS = [
    {
      toggle: "__navigation",
      openers: ".nav-overlay-icon",
      drawer: ".sidebar-drawer",
      inside: ".sidebar-sticky",
      label: "Site navigation",
    },
    {
      toggle: "__toc",
      openers: ".toc-overlay-icon",
      drawer: ".toc-drawer",
      inside: ".toc-sticky",
      label: "On this page",
    },
  ];

  function makeButton(label, name, controls) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = label.className;
    button.setAttribute("aria-label", name);
    button.setAttribute("aria-controls", controls);
    button.append(...label.childNodes);
    label.replaceWith(button);
    return button;
  }

  // All that a reader cannot see behind an open drawer. The overlay stays: a click on it closes the drawer.
  function behind(drawer) {
    const elements = [];
    for (let inner = drawer; inner !== document.body; inner = inner.parentElement) {
      for (const other of inner.parentElement.children) {
        if (other !== inner && !other.matches("input, label.overlay, script, style")) {
          elements.push(other);
        }
      }
    }
    return elements;
  }

  function setUp({ toggle, openers, drawer, inside, label }) {
    const box = document.getElementById(toggle);
    const panel = document.querySelector(drawer);
    const holder = panel && panel.querySelector(inside);
    if (!box || !holder) {
      return;
    }
    panel.id = panel.id || toggle + "-drawer";
    panel.setAttribute("aria-label", label);
    const name = box.getAttribute("aria-label");
    const buttons = Array.from(document.querySelectorAll(openers), (label) => makeButton(label, name, panel.id));
    const close = document.createElement("button");
    close.type = "button";
    close.className = "furo-fixes-close";
    close.textContent = "Close";
    close.setAttribute("aria-controls", panel.id);
    close.setAttribute("aria-expanded", "true");
    holder.prepend(close);
    let opener = null;
    let shown = false;

    function show(open, focus) {
      box.checked = open;
      buttons.forEach((button) => button.setAttribute("aria-expanded", String(open)));
      if (open === shown) {
        return;
      }
      shown = open;
      behind(panel).forEach((element) => {
        element.inert = open;
      });
      if (focus) {
        const back = opener || buttons.find((button) => button.offsetParent !== null);
        (open ? close : back)?.focus();
      }
    }

    buttons.forEach((button) =>
      button.addEventListener("click", () => {
        opener = button;
        show(!box.checked, true);
      }),
    );
    close.addEventListener("click", () => show(false, true));
    box.addEventListener("change", () => show(box.checked, true)); // a click on the overlay
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && shown) {
        event.preventDefault();
        show(false, true);
      }
    });
    // A link to a part of this page: the reader wants to see that part.
    panel.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      if (shown && link && link.getAttribute("href").startsWith("#")) {
        show(false, false);
      }
    });
    // The window was made wider, and the drawer is a sidebar again.
    window.addEventListener("resize", () => {
      if (shown && getComputedStyle(panel).position !== "fixed") {
        show(false, false);
      }
    });
    // A page that comes back from the browser's memory comes with its boxes as they were.
    window.addEventListener("pageshow", () => show(false, false));
    show(false, false);
  }

  DRAWERS.forEach(setUp);

  // A switch of the tree answers to Enter as a button does.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches(".toctree-checkbox")) {
      event.preventDefault();
      event.target.click();
    }
  });
})();
