// What a page needs of Sphinx's search: see extras.py. The key "/" leads to the field, and what was searched for is marked
// on the page that a result leads to.
(function () {
  "use strict";

  const here = document.currentScript.src;

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

  function load(name) {
    const script = document.createElement("script");
    script.src = new URL(`${name}.js`, here);
    script.async = false; // in this order
    document.head.append(script);
  }

  if (typeof SphinxHighlight === "undefined" && searched()) {
    if (typeof Documentation === "undefined") {
      load("documentation_options");
      load("doctools");
    }
    load("sphinx_highlight");
  }
})();
