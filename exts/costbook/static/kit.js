// What all simulations share: see CONTRIBUTING, "How to write a simulation". It needs costbook-prices.js and models.js before it.
(() => {
  "use strict";

  const { book, models } = costbook;

  // ---------------------------------------------------------------- money: money.py, in whole numbers
  // An amount is a BigInt of picodollars (a million millions of them are a dollar). Other values are two whole numbers
  // n and d, for n/d. Rounded half up, once, when shown.

  const DOLLAR = 10n ** 12n;
  const MTOK = 10n ** 6n;
  const power = (places) => 10n ** BigInt(places);
  const grouped = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ",");

  // In units of the last of so many decimals.
  const rounded = (n, d, places) => (2n * n * power(places) + d) / (2n * d);

  function decimal(units, places) {
    const digits = String(units).padStart(places + 1, "0");
    const point = digits.length - places;
    return grouped(digits.slice(0, point)) + (places ? `.${digits.slice(point)}` : "");
  }

  // The place of the first digit: 0 for 1 to 9.99, -1 for 0.1 to 0.99.
  function adjusted(n, d) {
    const place = String(n).length - String(d).length;
    const below = place < 0 ? n * power(-place) < d : n < d * power(place);
    return below ? place - 1 : place;
  }

  function toDigits(n, d, least, digits) {
    if (!n) {
      return decimal(0n, least);
    }
    const from = (place) => Math.max(least, digits - 1 - place);
    const first = from(adjusted(n, d));
    const places = from(adjusted(rounded(n, d, first), power(first)));
    return decimal(rounded(n, d, places), places);
  }

  const signed = (n, show) => (n < 0n ? `\u2212${show(-n)}` : show(n));
  const trimmed = (text, least) => {
    const [whole, part = ""] = text.split(".");
    const kept = part.replace(/0+$/, "").padEnd(least, "0");
    return kept ? `${whole}.${kept}` : whole;
  };

  const amount = (pico) => signed(BigInt(pico), (n) => `$${toDigits(n, DOLLAR, 2, 3)}`);

  // A listed price, in picodollars per token, as dollars per million tokens.
  const rate = (pico) => signed(BigInt(pico), (n) => `$${trimmed(decimal(n, 6), 2)}`);

  const percentage = (n, d = 1n) =>
    signed(BigInt(n) * 100n, (part) =>
      part % BigInt(d) ? `${toDigits(part, BigInt(d), 1, 2)}%` : `${grouped(String(part / BigInt(d)))}%`,
    );

  const multiple = (n, d = 1n) => `${trimmed(decimal(rounded(BigInt(n), BigInt(d), 2), 2), 0)}×`;

  const count = (n, d = 1n) =>
    BigInt(n) % BigInt(d)
      ? decimal(rounded(BigInt(n), BigInt(d), 1), 1)
      : grouped(String(BigInt(n) / BigInt(d)));

  // `1 token`, `1,500 tokens`.
  const some = (n, noun) => `${count(n)} ${noun}${n === 1 ? "" : "s"}`;

  const PARTS = { cached: "cached input", write: "cache write", write1h: "one-hour cache write" };

  // The prices that a request with a prompt of so many tokens pays for all of its tokens.
  const tierOf = (model, prompt) => model.tiers.findLast(({ above }) => !above || prompt > above);

  // What one request costs; `why` instead, where the provider does not sell it. Batch of a model M is the model M:batch.
  function bill(model, usage) {
    const { input = 0, cached = 0, write = 0, write1h = 0, output = 0 } = usage;
    const prompt = input + cached + write + write1h;
    if (model.context !== null && prompt + output > model.context) {
      const context = `the context of ${model.name}, ${count(model.context)} tokens`;
      return { why: `${count(prompt + output)} tokens do not fit into ${context}` };
    }
    const prices = tierOf(model, prompt);
    const found = { prices };
    for (const [part, tokens] of Object.entries({ input, cached, write, write1h, output })) {
      if (tokens && prices[part] === null) {
        return { why: `${model.name} has no price for ${PARTS[part] || part} tokens` };
      }
      found[part] = BigInt(prices[part] ?? 0) * BigInt(tokens);
    }
    found.read = found.input + found.cached + found.write + found.write1h;
    found.total = found.read + found.output;
    return found;
  }

  // ---------------------------------------------------------------- elements

  function filled(node, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name.startsWith("on")) {
        node.addEventListener(name.slice(2), value);
      } else if (value !== false && value !== null && value !== undefined) {
        node.setAttribute(name, value === true ? "" : value);
      }
    }
    node.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return node;
  }

  // el("p", { class: "x", onclick: f }, "text", node): an element; svg(…) the same in SVG.
  const el = (tag, attributes, ...children) => filled(document.createElement(tag), attributes, children);
  const svg = (tag, attributes, ...children) =>
    filled(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);

  const button = (text, onclick, attributes) => el("button", { type: "button", onclick, ...attributes }, text);

  // A control inside its label, whose `.control` it is.
  const labelled = (text, control, after) =>
    el("label", { class: "cb-control" }, el("span", {}, text), control, after);

  // options: { value: text }
  function select(text, options, value, change) {
    const control = el("select", { onchange: () => change(control.value) });
    Object.entries(options).forEach(([key, said]) => control.append(new Option(said, key, false, key === value)));
    return labelled(text, control);
  }

  // `say` writes the value beside the slider and for screen readers.
  function range(text, { min, max, step = 1, value, say = String }, change) {
    const said = el("output", {});
    const tell = () => {
      said.value = say(Number(control.value));
      control.setAttribute("aria-valuetext", said.value);
    };
    const control = el("input", { type: "range", min, max, step, value, oninput: () => { tell(); change(Number(control.value)); } });
    const label = labelled(text, control, said);
    label.set = (to) => { control.value = to; tell(); };
    tell();
    return label;
  }

  // A whole number from min to max, or null while there is none.
  function number(text, { min = 0, max, value = "" }, change) {
    const control = el("input", { type: "number", inputmode: "numeric", min, max, step: 1, value, oninput: () => change(read()) });
    const read = () => (control.value && control.checkValidity() ? Number(control.value) : null);
    return labelled(text, control);
  }

  // Tokens of one side, "input" or "output": spaces and line breaks by a mark, a badge on the chips of output.
  const marked = (token) => token.replaceAll(" ", "␣").replaceAll("\n", "↵");
  const chip = (token, side) =>
    el("li", { class: `cb-chip cb-${side}` }, marked(token), side === "output" ? el("sup", { title: "billed as output" }, "$") : null);

  // columns: ["text", ["text", "input"], …]; the first cell of a row is its head.
  function table(caption, columns, rows) {
    const cell = (tag, text, column, first) => {
      const side = Array.isArray(column) ? column[1] : "";
      const classes = `${first ? "stub" : "cb-number"}${side ? ` cb-${side}` : ""}`;
      return el(tag, { class: classes, scope: tag === "td" ? null : first && tag === "th" ? "row" : "col" }, el("p", {}, text));
    };
    const head = columns.map((column, i) => {
      const made = cell("th", Array.isArray(column) ? column[0] : column, column, i === 0);
      made.scope = "col";
      return made;
    });
    const body = rows.map((row) => el("tr", {}, row.map((text, i) => cell(i ? "td" : "th", text, columns[i], i === 0))));
    return el(
      "div",
      { class: "table-wrapper cb-scrolls", tabindex: 0, role: "group", "aria-label": caption },
      el("table", { class: "cb-table docutils" }, el("caption", {}, el("span", { class: "caption-text" }, caption)), el("thead", {}, el("tr", {}, head)), el("tbody", {}, body)),
    );
  }

  // Bars of one scale: [{ label, value, text, side }]; values are BigInts or numbers.
  function bars(rows, most) {
    const top = most ?? rows.reduce((high, { value }) => (value > high ? value : high), 0);
    return el("dl", { class: "cb-bars" }, rows.map(({ label, value, text, side }) => {
      const share = top > 0 ? Number((BigInt(value) * 10000n) / BigInt(top)) / 100 : 0;
      const drawn = svg("svg", { "aria-hidden": true, width: "100%", height: 16 }, svg("rect", { class: `cb-${side}`, x: 0, y: 1, width: `${share}%`, height: 14 }));
      return el("div", { class: `cb-${side}` }, el("dt", {}, label), el("dd", {}, el("span", {}, text), drawn));
    }));
  }

  // A chart with two axes: { title, about, x, y }, each axis { from, to, log, label, ticks: [[value, text], …] }. Gives
  // { node, x(value), y(value), draw(tag, attributes), line(points, attributes) } in SVG units.
  function chart({ title, about, x, y, width = 420, height = 260 }) {
    const [left, right, top, bottom] = [56, 14, 12, 44];
    const place = ({ from, to, log }, value) =>
      log ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from);
    const at = {
      x: (value) => left + place(x, value) * (width - left - right),
      y: (value) => height - bottom - place(y, value) * (height - top - bottom),
    };
    const node = svg("svg", { class: "cb-chart", viewBox: `0 0 ${width} ${height}`, role: "img" }, svg("title", {}, title), svg("desc", {}, about));
    const draw = (tag, attributes, ...children) => {
      const made = svg(tag, attributes, ...children);
      node.append(made);
      return made;
    };
    const line = (points, attributes) =>
      draw("polyline", { class: "cb-line", points: points.map(([a, b]) => `${at.x(a).toFixed(1)},${at.y(b).toFixed(1)}`).join(" "), ...attributes });
    for (const [value, text] of x.ticks) {
      draw("line", { class: "cb-grid", x1: at.x(value), x2: at.x(value), y1: top, y2: height - bottom });
      draw("text", { x: at.x(value), y: height - bottom + 16, "text-anchor": "middle" }, text);
    }
    for (const [value, text] of y.ticks) {
      draw("line", { class: "cb-grid", x1: left, x2: width - right, y1: at.y(value), y2: at.y(value) });
      draw("text", { x: left - 6, y: at.y(value) + 4, "text-anchor": "end" }, text);
    }
    draw("path", { class: "cb-axis", fill: "none", d: `M${left} ${top}V${height - bottom}H${width - right}` });
    draw("text", { x: (left + width - right) / 2, y: height - 8, "text-anchor": "middle" }, x.label);
    draw("text", { x: -(top + height - bottom) / 2, y: 12, transform: "rotate(-90)", "text-anchor": "middle" }, y.label);
    return { node, draw, line, ...at };
  }

  // ---------------------------------------------------------------- time, chance, address, device

  // A test puts its own clock in its place. Nothing else of a simulation knows of time.
  const clock = {
    // Calls back after so many milliseconds; gives what calls that off.
    wait(ms, call) {
      const timer = setTimeout(call, ms);
      return () => clearTimeout(timer);
    },
  };
  const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  // mulberry32: numbers from 0 to 1, always the same for a seed.
  function random(seed) {
    let a = seed >>> 0;
    return () => {
      a = (a + 0x6d2b79f5) | 0;
      let t = Math.imul(a ^ (a >>> 15), 1 | a);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
  }

  const own = () => document.body.classList.contains("cb-sim-page");

  // The part of the address that belongs to a simulation: `in=long` on its own page, `token-lifecycle.in=long` in a chapter.
  function address(name) {
    const key = (word) => (own() ? word : `${name}.${word}`);
    return {
      get: (word) => new URLSearchParams(location.search).get(key(word)),
      // One of some values, else the first of them.
      oneOf: (word, values) => {
        const found = new URLSearchParams(location.search).get(key(word));
        return values.includes(found) ? found : values[0];
      },
      // A whole number within bounds, else what stands in its place.
      whole: (word, low, high, otherwise) => {
        const found = new URLSearchParams(location.search).get(key(word));
        const value = /^\d{1,15}$/.test(found) ? Number(found) : NaN;
        return value >= low && value <= high ? value : otherwise;
      },
      // null takes a word out again.
      put: (values) => {
        const url = new URL(location.href);
        for (const [word, value] of Object.entries(values)) {
          if (value === null) {
            url.searchParams.delete(key(word));
          } else {
            url.searchParams.set(key(word), value);
          }
        }
        if (url.href !== location.href) {
          history.replaceState(history.state, "", url);
        }
      },
    };
  }

  // Kept on the device under `costbook-<name>`, where the device keeps anything; nothing leaves it.
  const device = {
    get(name) {
      try {
        return JSON.parse(localStorage.getItem(`costbook-${name}`));
      } catch {
        return null;
      }
    },
    put(name, value) {
      try {
        if (value === null) {
          localStorage.removeItem(`costbook-${name}`);
        } else {
          localStorage.setItem(`costbook-${name}`, JSON.stringify(value));
        }
      } catch {
        // A private window: it lasts as long as the page.
      }
    },
  };

  // A live region that speaks at most once a second, and then says the latest.
  function speaker() {
    const node = el("p", { class: "cb-sim-status", role: "status" });
    let waiting = false;
    let latest = null;
    function say(text) {
      if (waiting) {
        latest = text;
        return;
      }
      node.textContent = text;
      waiting = true;
      kit.clock.wait(1000, () => {
        waiting = false;
        if (latest !== null) {
          const next = latest;
          latest = null;
          say(next);
        }
      });
    }
    return { node, say };
  }

  // ---------------------------------------------------------------- the element

  // A simulation in which nothing has a price: `build()` returns what it shows, once; `render()` brings that up to date.
  class Unpriced extends HTMLElement {
    connectedCallback() {
      if (this.facts) {
        return;
      }
      this.facts = JSON.parse(this.dataset.facts);
      this.name = this.localName.slice(3);
      this.state = address(this.name);
      const { node, say } = speaker();
      this.say = say;
      this.append(el("div", { class: "cb-sim-live" }, this.build(), node, this.foot()));
      this.refresh();
      this.dataset.live = "";
      // A reader who comes by keyboard is at the links below by now, which this has moved.
      this.closest(".cb-sim-box")?.querySelector(":focus-visible")?.scrollIntoView({ block: "nearest" });
    }

    // What stands below everything else.
    foot() {
      return null;
    }

    refresh() {
      this.render();
    }

    // What it shows, as data attributes: what tests read. null takes one away.
    result(values) {
      for (const [name, value] of Object.entries(values)) {
        if (value === null) {
          delete this.dataset[name];
        } else {
          this.dataset[name] = String(value);
        }
      }
    }
  }

  // One that computes with the prices of a model: `render()` is called for each model that a reader chooses, too.
  class Simulation extends Unpriced {
    connectedCallback() {
      const first = !this.facts;
      super.connectedCallback();
      if (first) {
        models.onChange(() => this.refresh());
      }
    }

    foot() {
      this.priceLine = el("p", { class: "cb-sim-prices" });
      return this.priceLine;
    }

    // The reader's model, else the page's.
    get model() {
      return models.byId(models.chosen()) || models.byId(this.facts.model);
    }

    // A select of all models, which is that of the page.
    modelSelect(text = "Model") {
      this.modelControl = el("select", {
        onchange: () => models.choose(this.modelControl.value === this.facts.model ? null : this.modelControl.value),
      });
      models.fill(this.modelControl);
      return labelled(text, this.modelControl);
    }

    refresh() {
      const { model } = this;
      if (this.modelControl) {
        this.modelControl.value = model.id;
      }
      const [prices] = model.tiers;
      this.priceLine.replaceChildren(
        `Prices of ${book.asOf} for ${model.name}: input ${rate(prices.input)}, output ${rate(prices.output)} per million tokens (`,
        el("a", { class: "reference external", href: model.source.url }, model.source.via),
        `, checked ${model.source.checked}).`,
      );
      this.result({ model: model.id });
      super.refresh();
    }
  }

  const define = (name, type) => customElements.define(`cb-${name}`, type);

  // ---------------------------------------------------------------- a page of its own

  if (own() && parent !== globalThis) {
    // Framed: it tells its height, and its links lead out of the frame.
    const tell = () => parent.postMessage({ type: "sim-height", h: Math.ceil(document.documentElement.getBoundingClientRect().height) }, "*");
    new ResizeObserver(tell).observe(document.documentElement);
    document.querySelectorAll("a[href]").forEach((link) => { link.target = "_blank"; link.rel = "noopener"; });
  }

  // The address of this site is known where the page is: the code to embed gets it.
  if (location.protocol.startsWith("http")) {
    document.querySelectorAll(".cb-sim-embed").forEach((details) => {
      const page = own() ? location.origin + location.pathname : details.closest(".cb-sim-box").querySelector(".cb-sim-own").href;
      const code = details.querySelector("textarea");
      code.textContent = code.textContent.replace(/src="[^"]*"/, `src="${page}"`);
    });
  }

  const money = { DOLLAR, MTOK, amount, rate, percentage, multiple, count, some, bill, tierOf };
  const kit = { money, el, svg, button, labelled, select, range, number, chip, marked, table, bars, chart, clock, still, random, address, device, speaker, Unpriced, Simulation, define };
  costbook.kit = kit;
})();
