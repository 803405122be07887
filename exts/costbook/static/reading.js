// Progress, glossary terms and keys, on every page: see sphinx_ext/reading.py. What is kept stays on the device.
(function () {
  "use strict";

  const READ = "costbook-read"; // {chapter: day}
  const KEYS = "costbook-keys"; // "off"
  const QUIZ = "costbook-quiz/"; // written by quiz.js
  const KINDS = { chapter: /\/book\/\d\d-([\w-]+?)(\.html|\/)$/, quiz: /\/assessments\/quizzes\/([\w-]+?)(\.html|\/)$/ };
  const book = (globalThis.costbook ??= {});
  const root = document.documentElement.dataset.content_root || "./";
  const article = document.querySelector("article");
  const footer = document.querySelector("footer .icons");

  function make(tag, name, text = "") {
    const element = document.createElement(tag);
    element.className = name;
    element.textContent = text;
    return element;
  }

  // What is kept under a key; "{}" where nothing is, or nothing may be.
  function kept(key) {
    try {
      return localStorage.getItem(key) || "{}";
    } catch {
      return "{}";
    }
  }

  function keep(key, text) {
    try {
      localStorage.setItem(key, text);
      return true;
    } catch {
      return false;
    }
  }

  function understood(key) {
    try {
      return Object(JSON.parse(kept(key)));
    } catch {
      return {};
    }
  }

  // ---- Progress.

  // What the navigation leads to that can be read or done.
  const pages = [...document.querySelectorAll(".sidebar-tree a[href]")].flatMap((link) =>
    Object.entries(KINDS).flatMap(([kind, pattern]) => {
      const found = pattern.exec(new URL(link.href).pathname);
      return found ? [{ kind, id: found[1], link, title: link.textContent.trim(), href: link.href }] : [];
    }),
  );
  const here = pages.find(({ link }) => new URL(link.href).pathname === location.pathname);

  // A quiz is done when each of its questions was checked, or committed.
  function answered(id) {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(`${QUIZ}${id}/`));
    return keys.some((key) => {
      const questions = Object.values(understood(key));
      return questions.length > 0 && questions.every((one) => one && (one.score || one.committed));
    });
  }

  // In words, or "".
  function done({ kind, id }) {
    try {
      return kind === "quiz" ? answered(id) && "done" : Object.hasOwn(understood(READ), id) && "read";
    } catch {
      return "";
    }
  }

  function count(kind, verb) {
    const all = pages.filter((page) => page.kind === kind);
    const some = all.filter(done).length;
    return some || kind === "chapter" ? `${some} of ${all.length} ${kind === "quiz" ? "quizzes" : "chapters"} ${verb}` : "";
  }

  const summary = () => [count("chapter", "read"), count("quiz", "done")].filter(Boolean).join(", ");

  function show() {
    pages.forEach((page) => {
      const word = done(page);
      page.link.querySelector(".cb-done")?.remove();
      if (word) {
        const mark = make("span", "cb-done", " ");
        const sign = make("span", "", "✓");
        sign.setAttribute("aria-hidden", "true");
        mark.append(sign, make("span", "visually-hidden", `, ${word}`));
        page.link.append(mark);
      }
    });
    const line = document.querySelector(".cb-summary");
    if (line) {
      line.hidden = !pages.some(done);
      line.firstChild.textContent = `On this device: ${summary()}. `;
    }
  }

  function offerMark() {
    const row = make("p", "cb-mark");
    const button = make("button", "cb-mark-button");
    const says = make("span", "cb-mark-says");
    button.type = "button";
    says.setAttribute("role", "status");
    const label = () => {
      button.textContent = done(here) ? "Mark as unread" : "Mark as read";
    };
    button.addEventListener("click", () => {
      const { [here.id]: before, ...rest } = understood(READ);
      const day = new Date().toLocaleDateString("sv");
      const fits = keep(READ, JSON.stringify(before ? rest : { ...rest, [here.id]: day }));
      says.textContent = !fits ? "This browser keeps nothing." : before ? "Unread." : "Read. Kept on this device alone.";
      label();
      show();
    });
    label();
    row.append(button, says);
    // Before the working, where the text ends.
    const working = document.querySelector("section.cb-computed[id$=-working]");
    working ? working.before(row) : article.append(row);
  }

  if (here && here.kind === "chapter") {
    offerMark();
  }
  const paths = document.querySelector("dl.cb-paths");
  const more = document.querySelector("a.cb-progress-link");
  if (paths && more) {
    const line = make("p", "cb-summary", " ");
    const link = make("a", "reference", "Your progress");
    link.href = more.href;
    line.append(link);
    paths.after(line);
  }
  if (here && here.kind === "quiz") {
    addEventListener("click", () => setTimeout(show));
  }
  addEventListener("storage", show);
  addEventListener("pageshow", show);
  show();

  // ---- Terms, keys and workings: their scripts come when they are first needed.

  // Whether it could be loaded.
  function load(name) {
    const script = make("script", "");
    script.src = `${root}_static/${name}.js`;
    return new Promise((loaded) => {
      script.addEventListener("load", () => loaded(true));
      script.addEventListener("error", () => loaded(false));
      document.head.append(script);
    });
  }

  // The first click on a figure; those after it are for working.js itself. Where it cannot be had, the link is one.
  async function showWorking(event) {
    const figure = event.target.closest("a.cb-figure");
    if (figure && !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) {
      event.preventDefault();
      document.removeEventListener("click", showWorking);
      if (await load("working")) {
        book.working.open(figure);
      } else {
        location.assign(figure.href);
      }
    }
  }

  if (document.querySelector("ol.cb-working") && HTMLElement.prototype.showPopover) {
    document.querySelectorAll("a.cb-figure").forEach((figure) => figure.setAttribute("aria-haspopup", "dialog"));
    document.addEventListener("click", showWorking);
  }

  const term = (event) => event.target.closest?.("a:has(> .std-term)");
  let terms = null;
  book.reading = { pages, done, summary, understood, show, make, kept, keep, term };

  async function meet(event) {
    const link = term(event);
    if (link && event.pointerType !== "touch") {
      terms ??= Promise.all([load("costbook-terms"), load("terms")]);
      await terms;
      book.openTerm(link);
    }
  }

  addEventListener("pointerover", meet);
  addEventListener("focusin", meet);

  async function help() {
    book.openKeys || (await load("keys"));
    book.openKeys();
  }

  // Before Sphinx's own listener, so that a key that is switched off does nothing.
  addEventListener(
    "keydown",
    (event) => {
      const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
      if (typing || event.ctrlKey || event.altKey || event.metaKey || !["/", "?"].includes(event.key)) {
        return;
      }
      if (kept(KEYS) === "off") {
        event.stopPropagation();
      } else if (event.key === "?") {
        event.preventDefault();
        help();
      }
    },
    true,
  );
  if (footer) {
    const button = make("button", "cb-keys-button", "Keyboard");
    button.type = "button";
    button.addEventListener("click", help);
    footer.append(button);
  }

  // ---- A mistake in a question: the report names it.

  const report = document.querySelector("a.cb-report-link[href*='/issues/new?']");
  document.addEventListener(
    "toggle",
    ({ target }) => {
      if (report && target.matches(".cb-report") && !target.querySelector("a")) {
        const found = make("a", "reference", "Report it");
        found.href = report.href + encodeURIComponent(`Question: ${target.querySelector(".cb-name").textContent}\n`);
        target.append(found);
      }
    },
    true,
  );
})();
