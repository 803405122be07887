// What a page needs of scripts that others bring, when it needs them: see extras.py. The key "/" leads to the search field;
// what was searched for is marked on the page that a result leads to; code gets its buttons when a reader comes near it.
(function () {
  "use strict";

  const { src: here, dataset: told } = document.currentScript;
  const asked = new Set(typeof Documentation === "undefined" ? [] : ["documentation_options", "doctools"]);

  function load(...names) {
    for (const name of names.filter((one) => !asked.has(one))) {
      asked.add(name);
      const script = document.createElement("script");
      script.src = new URL(`${name}.js`, here);
      script.async = false; // in this order
      document.head.append(script);
    }
  }

  document.addEventListener("keydown", (event) => {
    const field = document.querySelector("input[name=q]");
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "/" && field && !typing && !(event.altKey || event.ctrlKey || event.metaKey)) {
      field.focus();
      event.preventDefault();
    }
  });

  function searched() {
    try {
      return new URLSearchParams(location.search).has("highlight") || localStorage.getItem("sphinx_highlight_terms");
    } catch {
      return false; // a private window
    }
  }

  if (typeof SphinxHighlight === "undefined" && searched()) {
    load("documentation_options", "doctools", "sphinx_highlight");
  }

  if (told.copied) {
    const near = new IntersectionObserver(
      (seen) => {
        if (seen.some(({ isIntersecting }) => isIntersecting)) {
          near.disconnect();
          const sheet = document.createElement("link");
          sheet.rel = "stylesheet";
          sheet.href = new URL("copybutton.css", here);
          document.head.prepend(sheet); // what the theme says of its buttons counts
          load("documentation_options", "clipboard.min", "copybutton");
        }
      },
      { rootMargin: "100%" }, // a window's height before it is seen
    );
    addEventListener("DOMContentLoaded", () => document.querySelectorAll(told.copied).forEach((code) => near.observe(code)));
  }
})();
