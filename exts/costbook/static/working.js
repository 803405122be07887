// The working of a figure, in a panel beside it: on click, tap or Enter. reading.js loads this with the first of them.
// Without it, or in a browser that knows no popover, the link leads to the same words at the foot of the page.
(function () {
  "use strict";

  const list = document.querySelector("ol.cb-working");
  if (!list || !HTMLElement.prototype.showPopover) {
    return;
  }
  const GAP = 8; // CSS pixels to the figure and to the edges of the window
  const entries = new Map(); // the id of a figure -> its entry, and the entry's number
  Array.from(list.children).forEach((entry, index) => {
    entry.querySelectorAll("a.cb-back").forEach((back) => {
      entries.set(back.hash.slice(1), { entry, number: index + 1 });
    });
  });
  const rates = Array.from(list.parentElement.querySelectorAll(":scope > p.cb-source > a"), (link) => ({
    via: link.textContent,
    url: link.href,
    checked: /\d{4}-\d\d-\d\d/.exec(link.nextSibling.textContent)[0],
  }));
  let figure = null; // whose working is open
  let pressed = null; // whose working was open when the pointer went down
  let leaving = false;

  function make(tag, className, ...content) {
    const made = document.createElement(tag);
    made.className = className;
    made.append(...content);
    return made;
  }

  const panel = make("div", "cb-beside");
  panel.popover = "auto";
  panel.tabIndex = -1;
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-labelledby", "cb-beside-title");

  const own = ({ entry }) => ({
    answer: entry.querySelector("strong").textContent,
    words: Array.from(entry.querySelector("strong").parentElement.childNodes)
      .filter((node) => node.nodeType === Node.TEXT_NODE)
      .map((node) => node.textContent)
      .join("")
      .replace(/^: /, "")
      .trim(),
    symbols: (entry.querySelector(".cb-symbols") || { textContent: "" }).textContent,
    day: list.dataset.day || "",
    rates: (entry.dataset.rates || "").split(" ").filter(Boolean).map((place) => rates[place]),
    about: "",
  });

  function link(text, url) {
    const made = make("a", "reference", text);
    made.href = url;
    return made;
  }

  function fill(found) {
    const said = (costbook.instead && costbook.instead(found.number, figure)) || own(found);
    const title = make("p", "cb-beside-title", make("strong", "", said.answer));
    title.id = "cb-beside-title";
    if (said.about) {
      title.append(make("span", "cb-beside-about", ` what if: ${said.about}`));
    }
    const parts = [title, make("p", "", said.words)];
    if (said.symbols) {
      parts.push(make("p", "cb-beside-symbols", said.symbols));
    }
    const source = make("p", "cb-source");
    if (said.day && said.rates.length && !said.words.includes("(prices of")) {
      source.append(`Prices of ${said.day}. `);
    }
    said.rates.forEach((rate, index) => {
      source.append(index ? "; " : "Rate: ", link(rate.via, rate.url), `, checked ${rate.checked}`);
    });
    if (source.childNodes.length) {
      source.append(".");
      parts.push(source);
    }
    const all = link(said.about ? "All workings, without the what-if" : "All workings", figure.getAttribute("href"));
    all.addEventListener("click", () => {
      leaving = true;
      panel.hidePopover();
    });
    const close = make("button", "cb-button", "Close");
    close.type = "button";
    close.addEventListener("click", () => panel.hidePopover());
    parts.push(make("p", "cb-beside-foot", all, close));
    panel.replaceChildren(...parts);
  }

  // Below the figure, or above it where only that fits; never beyond the window.
  function place() {
    const { left, top, bottom } = figure.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = panel;
    const { clientWidth, clientHeight } = document.documentElement;
    const above = bottom + GAP + height > clientHeight && top - GAP - height > 0;
    const at = Math.max(GAP, Math.min(left, clientWidth - width - GAP));
    panel.style.left = `${at + scrollX}px`;
    panel.style.top = `${(above ? top - GAP - height : bottom + GAP) + scrollY}px`;
  }

  function open(chosen) {
    if (panel.matches(":popover-open")) {
      panel.hidePopover();
    }
    figure = chosen;
    leaving = false;
    fill(entries.get(figure.id));
    panel.showPopover();
    place();
    panel.focus({ preventScroll: true });
    panel.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  function close() {
    if (panel.matches(":popover-open")) {
      panel.hidePopover();
    }
  }

  panel.addEventListener("beforetoggle", (event) => {
    if (event.newState === "closed" && !leaving && panel.contains(document.activeElement)) {
      figure.focus({ preventScroll: true });
    }
  });

  // Tab goes on from the figure: the panel lies elsewhere in the page.
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Tab") {
      return;
    }
    const stops = [...panel.querySelectorAll("a, button")];
    const at = stops.indexOf(document.activeElement);
    if (event.shiftKey ? at <= 0 : at === stops.length - 1) {
      panel.hidePopover();
      if (event.shiftKey) {
        event.preventDefault();
      }
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      close();
    }
  });
  document.addEventListener("pointerdown", () => {
    pressed = panel.matches(":popover-open") ? figure : null;
  });
  document.addEventListener("click", (event) => {
    const chosen = event.target.closest("a.cb-figure");
    const plain = !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (chosen && plain && entries.has(chosen.id)) {
      event.preventDefault();
      // A press on the figure whose panel was open has closed it.
      if (event.detail === 0 || pressed !== chosen) {
        open(chosen);
      }
      pressed = null;
    }
  });
  addEventListener("resize", () => panel.matches(":popover-open") && place());

  list.closest("article, body").append(panel);
  costbook.working = { open: (one) => entries.has(one.id) && open(one), close };
})();
