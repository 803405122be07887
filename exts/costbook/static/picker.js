// The model picker: what of a page follows its model shows the answers for another, worked out when the book was built.
// They lie in whatif/PAGE/MODEL.js, a classic script that calls `costbook.whatif`: see sphinx_ext/whatif.py. It needs
// costbook-prices.js and models.js before it.
(function () {
  "use strict";

  const box = document.querySelector(".cb-picker");
  if (!box) {
    return;
  }
  const { book, models } = costbook;
  const { page, model: own, name: ownName } = box.dataset;
  const root = document.documentElement.dataset.content_root || "";
  const SIDES = ["cb-input", "cb-output", "cb-equal"];
  const answers = new Map(); // model -> { figures, tables }
  let shown = null; // the model of the what-if, or null
  let wanted = null; // the same, with one that is being loaded

  function make(tag, className, ...content) {
    const made = document.createElement(tag);
    made.className = className;
    made.append(...content);
    return made;
  }

  // --- what follows, and what it says of the page's own model

  const numbers = new Map(); // the id of a figure -> the number of its entry in the working
  document.querySelectorAll("ol.cb-working > li").forEach((entry, index) => {
    entry.querySelectorAll("a.cb-back").forEach((back) => numbers.set(back.hash.slice(1), index + 1));
  });
  const figures = Array.from(document.querySelectorAll(".cb-figure.cb-follows"), (node) => ({
    node,
    number: numbers.get(node.id),
    text: node.textContent,
    classes: node.className,
  }));
  const tables = Array.from(document.querySelectorAll("table.cb-follows"), (node) => ({
    node,
    frame: node.closest(".table-wrapper") || node,
    caption: node.querySelector("caption .caption-text"),
    text: node.querySelector("caption .caption-text").textContent,
    cells: Array.from(node.tBodies[0].rows, (row) =>
      Array.from(row.cells, (cell) => {
        const place = cell.querySelector("p") || cell;
        return cell.querySelector(".cb-figure") ? null : { place, text: place.textContent };
      }),
    ),
    note: null,
  }));
  const claims = Array.from(document.querySelectorAll(".cb-claim.cb-of-page-model"), (claim) => {
    const last = claim.lastElementChild;
    return { place: last && last.matches("p") ? last : claim, note: null };
  });
  const working = document.querySelector("ol.cb-working");
  let workingNote = null;

  function restore() {
    figures.forEach(({ node, text, classes }) => {
      node.textContent = text;
      node.className = classes;
    });
    tables.forEach((table) => {
      table.caption.textContent = table.text;
      table.cells.flat().forEach((cell) => cell && put(cell.place, cell.text));
      table.node.classList.remove("cb-whatif");
      table.frame.hidden = false;
    });
    [...tables, ...claims].forEach((one) => {
      if (one.note) {
        one.note.remove();
        one.note = null;
      }
    });
    if (workingNote) {
      workingNote.remove();
      workingNote = null;
    }
  }

  function put(place, text) {
    if (place.textContent !== text) {
      place.textContent = text;
    }
  }

  const complete = (said) =>
    figures.every(({ number }) => said.figures[number]) &&
    tables.every(({ node, cells }) => {
      const table = said.tables[node.id];
      return table && (table[2] || table[1].length === cells.length);
    });

  function show(said) {
    figures.forEach(({ node, number }) => {
      const [text, side] = said.figures[number];
      node.textContent = text;
      node.classList.remove(...SIDES);
      node.classList.add("cb-whatif", ...(side ? [`cb-${side}`] : []));
    });
    tables.forEach((table) => {
      const [caption, rows, why] = said.tables[table.node.id];
      if (why) {
        table.note = make("p", "cb-whatif cb-not-offered", why);
        table.frame.before(table.note);
        table.frame.hidden = true;
        return;
      }
      table.caption.textContent = `What if: ${caption}`;
      table.node.classList.add("cb-whatif");
      rows.forEach((row, r) =>
        row.forEach((text, c) => {
          if (text && table.cells[r][c]) {
            put(table.cells[r][c].place, text);
          }
        }),
      );
    });
    claims.forEach((claim) => {
      claim.note = make("span", "", " ", make("span", "cb-about", `about ${ownName}`));
      claim.place.append(claim.note);
    });
    workingNote = make(
      "p",
      "cb-whatif-note",
      `The list is for ${ownName} and does not change. Each amount in a dashed box opens its own working.`,
    );
    working.before(workingNote);
  }

  // --- the bar

  const select = make("select", "cb-picker-select");
  select.id = "cb-picker-select";
  const label = make("label", "cb-picker-label", "Show amounts for");
  label.htmlFor = select.id;
  const says = make("p", "cb-picker-says");
  says.setAttribute("role", "status");
  const strip = make("div", "cb-whatif-strip");
  const stripName = make("strong", "");
  const back = make("button", "cb-button", `Back to ${ownName}`);
  back.type = "button";
  strip.append(make("span", "cb-whatif-word", "What if: ", stripName), back);
  strip.hidden = true;

  models.fill(select);
  select.querySelectorAll("option").forEach((option) => {
    if (option.value === own) {
      const group = option.parentElement;
      option.remove();
      if (!group.children.length) {
        group.remove();
      }
    }
  });
  select.prepend(new Option(`${ownName}, this page’s model`, ""));
  box.append(label, select, says);
  box.after(strip);

  function tell(model, failed) {
    select.value = model ? model.id : "";
    strip.hidden = !model;
    document.documentElement.classList.toggle("cb-whatif-on", Boolean(model));
    stripName.textContent = model ? model.name : "";
    put(
      says,
      model
        ? `What if: amounts in a dashed box are for ${model.name} at its prices of ${book.asOf}. Sentences and quizzes ` +
            `stay with ${ownName}; quotations and amounts about a named model or date stay as they are.`
        : failed
          ? `The amounts for ${failed.name} could not be loaded. This page shows those for ${ownName}.`
          : "",
    );
  }

  // --- choosing

  costbook.whatif = (of, model, figuresSaid, tablesSaid) => {
    if (of === page) {
      answers.set(model, { figures: figuresSaid, tables: tablesSaid });
    }
  };

  const fileName = (model) =>
    `${model.replace(/[^A-Za-z0-9._-]/gu, (found) => `~${found.codePointAt(0).toString(16)}`)}.js`;

  function load(model, then) {
    if (answers.has(model)) {
      then();
      return;
    }
    const script = document.createElement("script");
    const folder = page.split("/").map(encodeURIComponent).join("/");
    // The edition, so that no copy of an earlier one is taken for it.
    script.src = `${root}whatif/${folder}/${fileName(model)}?edition=${book.edition}`;
    script.addEventListener("load", then);
    script.addEventListener("error", then);
    document.head.append(script);
  }

  function follow(id) {
    wanted = id && id !== own ? models.byId(id) && id : null;
    if (!wanted) {
      change(null);
      return;
    }
    load(id, () => {
      if (wanted === id) {
        change(id);
      }
    });
  }

  function change(id) {
    const said = id && answers.get(id);
    const fits = said && complete(said);
    costbook.working?.close();
    if (shown) {
      restore();
    }
    if (fits) {
      show(said);
    }
    shown = fits ? id : null;
    tell(fits ? models.byId(id) : null, id && !fits ? models.byId(id) : null);
  }

  select.addEventListener("change", () => {
    const id = select.value || null;
    models.choose(id);
    if (wanted !== id || shown !== id) {
      follow(id);
    }
  });
  back.addEventListener("click", () => {
    select.focus({ preventScroll: true });
    models.choose(null);
    follow(null);
  });
  models.onChange(follow);

  // What working.js says in place of the page's own working, or null.
  costbook.instead = (number, figure) => {
    if (!shown || !figure.classList.contains("cb-follows")) {
      return null;
    }
    const [answer, , words, symbols] = answers.get(shown).figures[number];
    const { name, source } = models.byId(shown);
    return { answer, words, symbols, day: book.asOf, rates: symbols ? [source] : [], about: name };
  };
  follow(models.chosen());
})();
