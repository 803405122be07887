// Who dominates the bill? Predict for five requests, then move one of your own. See sims/who_dominates.py for its data.
(() => {
  "use strict";

  const { kit, workload } = costbook;
  const { el, money, svg } = kit;

  // ---------------------------------------------------------------- what follows from what

  const sideOf = ({ input, output }) => (input === output ? "equal" : input > output ? "input" : "output");

  // Both sides of one request, of whose input a share is cached; `why` where it is not sold. `tie` is that number of
  // output tokens, n/d, at which both cost the same: O = I (1 - c + c m) / r.
  function split(model, { input, output, cached }) {
    const held = workload.held(input, cached);
    const bill = money.bill(model, { input: input - held, cached: held, output });
    if (bill.why) {
      return bill;
    }
    const both = { input: bill.read, output: bill.output };
    const tie = bill.prices.output ? [bill.read, BigInt(bill.prices.output)] : null;
    return { ...both, total: bill.total, side: sideOf(both), held, tie };
  }

  // ---------------------------------------------------------------- what is shown

  const LETTERS = { i: "input", o: "output", e: "equal" };
  const SAID = { input: "input", output: "output", equal: "both the same" };
  const HIGH = { input: 1_000_000, output: 100_000 };
  const FIRST = { input: 1000, output: 200, requests: 1000, cached: 0 };
  const HEADS = ["Request", ["Input tokens", "input"], ["Output tokens", "output"], ["Input cost", "input"], ["Output cost", "output"], "Costs more", ["Output tokens at the tie", "output"]];
  const some = (number, noun) => money.some(number, `${noun} token`);
  const said = (side) => (side === "equal" ? "both sides cost the same" : `the ${side} side costs more`);
  const first = (text) => text[0].toUpperCase() + text.slice(1);

  // The values of a slider: so many steps to each power of ten.
  const marks = (high) => {
    const steps = [10, 12, 15, 20, 25, 30, 40, 50, 60, 80];
    const found = [];
    for (let power = 1; power <= high; power *= 10) {
      found.push(...steps.map((step) => (step * power) / 10).filter((value) => Number.isInteger(value) && value <= high));
    }
    return found;
  };
  const nearest = (values, value) =>
    values.reduce((best, mark, i) => (Math.abs(Math.log(mark / value)) < Math.abs(Math.log(values[best] / value)) ? i : best), 0);

  class WhoDominates extends kit.Simulation {
    build() {
      const { state } = this;
      const answers = state.get("said") || "";
      this.said = /^[ioe]*$/.test(answers) ? answers.slice(0, this.facts.cases.length) : "";
      this.now = {
        input: state.whole("in", 1, HIGH.input, FIRST.input),
        output: state.whole("out", 1, HIGH.output, FIRST.output),
        requests: state.whole("calls", 1, workload.MOST.requests, FIRST.requests),
        cached: state.whole("cached", 0, 100, FIRST.cached),
      };
      this.question = el("p", {});
      this.legend = el("legend", {});
      this.answers = Object.values(LETTERS).map((side) => kit.button(first(SAID[side]), () => this.answer(side)));
      this.again = kit.button("Start again", () => this.restart());
      this.score = el("p", { class: "cb-counter" });
      this.found = el("ol", { class: "cb-found" });
      this.taken = kit.select("Take the numbers of", { "": "none of them" }, "", (id) => this.take(id));
      this.sides = Object.keys(HIGH).map((side) => this.side(side));
      this.share = kit.range("Cached share of the input", { min: 0, max: 100, value: this.now.cached, say: (value) => `${value}%` }, (value) => this.move({ cached: value }));
      this.requests = kit.number("Requests a day", { min: 1, max: workload.MOST.requests, value: this.now.requests }, (value) => value !== null && this.move({ requests: value }));
      this.verdict = el("p", { class: "cb-counter" });
      this.meter = el("div", {});
      this.plane = el("div", { class: "cb-plane" });
      this.points = el("div", {});
      this.own = workload.panel(this, {
        read: () => ({ ...this.now }),
        use: (one) => this.set({ ...one, output: Math.min(one.output, HIGH.output) }),
        words: () => ({ in: this.now.input, out: this.now.output, calls: this.now.requests, cached: this.now.cached }),
        more: this.requests,
      });
      return [
        el("div", { class: "cb-controls" }, this.modelSelect()),
        el("fieldset", { class: "cb-predict" }, this.legend, this.question, el("div", { class: "cb-controls" }, this.answers, this.again)),
        this.score,
        this.found,
        el("fieldset", { class: "cb-predict" }, el("legend", {}, "Move a request of your own"),
          el("div", { class: "cb-controls" }, this.sides.flatMap(({ nodes }) => nodes)),
          el("div", { class: "cb-controls" }, this.share, this.taken)),
        this.verdict,
        this.meter,
        this.plane,
        el("details", {}, el("summary", {}, "The points as a table"), this.points),
        this.own.node,
      ];
    }

    // A slider of powers of ten, and a field for what lies between its steps.
    side(side) {
      const values = marks(HIGH[side]);
      const at = () => nearest(values, this.now[side]);
      const title = `${first(side)} tokens`;
      const slider = kit.range(`${title}, slider`, {
        min: 0, max: values.length - 1, value: at(),
        say: (i) => money.count(i === at() ? this.now[side] : values[i]),
      }, (i) => this.move({ [side]: values[i] }));
      const field = kit.number(title, { min: 1, max: HIGH[side], value: this.now[side] }, (value) => value !== null && this.move({ [side]: value }));
      return { side, slider, field, at, nodes: [field, slider] };
    }

    get cases() {
      return this.facts.cases;
    }

    // The scenarios that the reader has answered, as they come out on the model.
    get answered() {
      return [...this.said].map((letter, i) => {
        const one = this.cases[i];
        const now = split(this.model, { ...one, cached: 0 });
        return { ...one, now, said: LETTERS[letter], right: LETTERS[letter] === now.side };
      });
    }

    get offered() {
      return money.tierOf(this.model, this.now.input).cached !== null;
    }

    // ---------------------------------------------------------------- what a reader does

    answer(side) {
      if (this.said.length < this.cases.length) {
        this.said += side[0];
        this.render();
        const last = this.answered.at(-1);
        this.say(`${this.told(last)} ${this.score.textContent}`);
      }
    }

    restart() {
      this.said = "";
      this.render();
      this.say("Nothing predicted yet.");
    }

    // By a control, which has its value already.
    move(change) {
      Object.assign(this.now, change);
      this.render();
      this.say(this.verdict.textContent);
    }

    // From elsewhere: the controls follow.
    set({ input, output, requests, cached }) {
      this.now = { input, output, requests, cached };
      this.requests.control.value = requests;
      this.share.set(cached);
      this.render();
    }

    take(id) {
      const one = this.cases.find((each) => each.id === id);
      if (one) {
        this.set({ ...this.now, input: one.input, output: one.output, cached: 0 });
        this.say(this.verdict.textContent);
      }
    }

    // ---------------------------------------------------------------- what it says then

    told({ name, now, said: guess, right }) {
      if (now.why) {
        return `${name}: not offered, ${now.why}.`;
      }
      const amounts = `input ${money.amount(now.input)}, output ${money.amount(now.output)}`;
      return `${name}: ${said(now.side)} (${amounts}). You said ${SAID[guess]}: ${right ? "right" : "no"}.`;
    }

    render() {
      const { answered, cases, model, now } = this;
      const done = answered.length === cases.length;
      const cached = this.offered ? now.cached : 0;
      const found = split(model, { ...now, cached });
      this.state.put({
        said: this.said || null,
        in: now.input === FIRST.input ? null : now.input,
        out: now.output === FIRST.output ? null : now.output,
        calls: now.requests === FIRST.requests ? null : now.requests,
        cached: now.cached || null,
        name: this.own.name || null,
      });
      this.showQuestion(answered, done);
      this.showControls(answered, found);
      this.showPlane(answered, found, cached);
      this.showPoints(answered, found, done);
      this.own.update();
      const priced = answered.filter((one) => !one.now.why);
      this.result({
        said: answered.length,
        right: priced.filter((one) => one.right).length,
        verdicts: priced.map((one) => one.now.side).join(" "),
        inputTokens: now.input,
        outputTokens: now.output,
        cachedTokens: found.why ? null : found.held,
        inputPico: found.why ? null : found.input,
        outputPico: found.why ? null : found.output,
        totalPico: found.why ? null : found.total,
        side: found.why ? null : found.side,
        tie: found.tie ? money.count(...found.tie) : null,
      });
    }

    showQuestion(answered, done) {
      const { cases, model } = this;
      const one = cases[answered.length];
      const [prices] = model.tiers;
      const ratio = prices.input ? `an output token costs ${money.multiple(prices.output, prices.input)} as much as an input token` : "input is free";
      this.legend.textContent = done ? "All predicted" : `Predict: request ${answered.length + 1} of ${cases.length}`;
      this.question.replaceChildren(
        ...(done
          ? ["Take another model: which of the verdicts change?"]
          : [el("strong", {}, one.name), `: ${some(one.input, "input")}, ${some(one.output, "output")}, nothing cached. On ${model.name} ${ratio}. Which side costs more?`]),
      );
      this.answers.forEach((button) => button.setAttribute("aria-disabled", done));
      this.again.setAttribute("aria-disabled", !answered.length);
      const right = answered.filter((one) => one.right).length;
      this.score.textContent = answered.length ? `${right} of ${answered.length} right on ${model.name}.` : "";
      this.found.replaceChildren(...answered.map((each) => el("li", { class: each.now.side ? `cb-side-${each.now.side}` : null }, this.told(each))));
    }

    showControls(answered, found) {
      const { now, share, taken } = this;
      this.sides.forEach(({ side, slider, field, at }) => {
        slider.set(at());
        if (Number(field.control.value) !== now[side]) {
          field.control.value = now[side];
        }
      });
      share.control.disabled = !this.offered;
      share.querySelector("output").value = this.offered ? `${now.cached}%` : `not offered by ${this.model.name}`;
      const options = [["", answered.length ? "none of them" : "none predicted yet"], ...answered.map(({ id, name }) => [id, name])];
      taken.control.replaceChildren(...options.map(([id, name]) => new Option(name, id)));
      taken.control.value = answered.find((one) => one.input === now.input && one.output === now.output)?.id || "";
      if (found.why) {
        this.verdict.textContent = `Not offered: ${found.why}.`;
        this.meter.replaceChildren();
        return;
      }
      const amounts = `${money.amount(found.input)} for ${some(now.input, "input")}${found.held ? `, ${money.count(found.held)} of them cached` : ""}, and ${money.amount(found.output)} for ${some(now.output, "output")}`;
      const tie = found.tie ? ` The tie is at ${money.count(...found.tie)} output tokens.` : " Output is free here.";
      this.verdict.textContent = `${first(said(found.side))}${found.side === "equal" ? ", exactly" : ""}: ${amounts}.${tie}`;
      this.meter.replaceChildren(kit.bars(["input", "output"].map((side) => ({ label: first(side), value: found[side], text: money.amount(found[side]), side })).concat({ label: "Total", value: found.total, text: money.amount(found.total), side: "total" })));
    }

    // The plane of all requests. Each tier of prices has a piece of the boundary; a straight one, with both scales alike.
    showPlane(answered, found, cached) {
      const { model, now } = this;
      const axis = (high, label) => ({ from: 1, to: high, log: true, label, ticks: [1, 10, 100, 1e3, 1e4, 1e5, 1e6].filter((value) => value <= high).map((value) => [value, value < 1e3 ? String(value) : value < 1e6 ? `${value / 1e3}k` : `${value / 1e6}M`]) });
      const about = `The line is the tie: ${found.tie ? `at ${money.count(now.input)} input tokens it lies at ${money.count(...found.tie)} output tokens` : "it does not exist for this request"}. Above it output costs more, below it input does. Your request lies ${found.side === "equal" ? "on it" : found.side === "output" ? "above it" : "below it"}. The table below has all points.`;
      const chart = kit.chart({ title: `Which side of a request costs more on ${model.name}`, about, x: axis(HIGH.input, "Input tokens"), y: axis(HIGH.output, "Output tokens"), width: 400, height: 330 });
      const { tiers } = model;
      tiers.forEach((prices, i) => {
        const whole = cached ? (100 - cached) * prices.input + cached * (prices.cached ?? prices.input) : 100 * prices.input;
        const slope = whole / (100 * prices.output);
        if (slope > 0 && Number.isFinite(slope)) {
          const from = Math.max(prices.above || 1, 1 / slope);
          const to = Math.min(tiers[i + 1]?.above ?? HIGH.input, HIGH.input, HIGH.output / slope);
          if (from < to) {
            chart.line([[from, from * slope], [to, to * slope]], { class: "cb-line cb-tie" });
          }
        }
      });
      chart.draw("text", { class: "cb-region cb-output", x: chart.x(2), y: chart.y(30_000) }, "output costs more");
      chart.draw("text", { class: "cb-region cb-input", x: chart.x(800_000), y: chart.y(2), "text-anchor": "end" }, "input costs more");
      answered.forEach((one, i) => this.point(chart, one, one.now.side, String(i + 1)));
      this.point(chart, now, found.side, "you", "cb-you");
      this.plane.replaceChildren(chart.node);
    }

    // Square where input costs more, round where output does, on its corner at the tie.
    point({ x, y, draw }, { input, output }, side, label, also = "") {
      const [left, top] = [x(input), y(output)];
      const shape = { class: `cb-point cb-side-${side} ${also}` };
      if (side === "output") {
        draw("circle", { ...shape, cx: left, cy: top, r: 6 });
      } else {
        const turn = side === "input" ? null : `rotate(45 ${left} ${top})`;
        draw("rect", { ...shape, x: left - 5.5, y: top - 5.5, width: 11, height: 11, transform: turn });
      }
      const end = input > HIGH.input / 10;
      const below = also && output > 3; // the reader's own, beside a number above the same point
      draw("text", { class: "cb-point-name", x: left + (end ? -10 : 10), y: top + (below ? 16 : -7), "text-anchor": end ? "end" : "start" }, label);
    }

    // The table that stands here without this script, as far as the reader has predicted; then the reader's own request.
    showPoints(answered, found, done) {
      const row = (name, one, now) => {
        const amounts = now.why ? ["not offered", "not offered", "not offered", "not offered"] : [money.amount(now.input), money.amount(now.output), now.side, now.tie ? money.count(...now.tie) : "never"];
        return [name, money.count(one.input), money.count(one.output), ...amounts];
      };
      const rows = answered.map((one) => row(one.name, one, one.now));
      if (done) {
        const one = this.cases.find(({ id }) => id === this.facts.cached);
        rows.push(row(`${one.name}, all of its input cached`, one, split(this.model, { ...one, cached: 100 })));
      }
      rows.push(row("Your request", this.now, found));
      this.points.replaceChildren(kit.table(`Which side costs more on ${this.model.name}`, HEADS, rows));
    }
  }

  kit.define("who-dominates", WhoDominates);
})();
