// Loads the scripts of a simulation when a reader comes near it: see sphinx_ext/sims.py. Until then, and where they cannot
// be had, its first state stands there.
(function () {
  "use strict";

  const asked = new Set();

  function load({ dataset }) {
    dataset.scripts.split(" ").forEach((address) => {
      if (!asked.has(address)) {
        asked.add(address);
        const script = document.createElement("script");
        script.src = address;
        script.async = false; // in this order
        document.head.append(script);
      }
    });
  }

  const near = new IntersectionObserver(
    (entries) =>
      entries.forEach(({ isIntersecting, target }) => {
        if (isIntersecting) {
          near.unobserve(target);
          load(target);
        }
      }),
    { rootMargin: "100%" }, // a window's height before it is seen
  );
  document.querySelectorAll("[data-scripts]").forEach((box) => near.observe(box));
})();
