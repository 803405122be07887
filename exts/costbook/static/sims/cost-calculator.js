// Cost calculator and verbosity dial: two instructions, one bill a month. See sims/cost_calculator.py for its data.
(() => {
  "use strict";

  const { book, kit, models, workload } = costbook;
  const { el, money } = kit;

  // ---------------------------------------------------------------- what follows from what

  // What one call costs, and all of a day and of a month; `why` instead where it is not sold.
  function costs(model, { input, cached, requests }, output) {
    const held = workload.held(input, cached);
    const bill = money.bill(model, { input: input - held, cached: held, output });
    if (bill.why) {
      return bill;
    }
    const day = bill.total * BigInt(requests);
    return { output, bill, call: bill.total, day, month: day * BigInt(book.month) };
  }

  // What the second costs less than the first, in picodollars a day and a month, and as a share n/d.
  const saving = (before, after) => ({ day: before.day - after.day, month: before.month - after.month, share: [before.call - after.call, before.call] });
  const shareOf = ([n, d]) => (d ? money.percentage(n, d) : "nothing to save");

  // Tokens of the reply between both ends of the dial, at 0 to 100 %: a whole number, half up.
  const between = (long, short, dial) => Math.floor((long * (100 - dial) + short * dial + 50) / 100);

  // ---------------------------------------------------------------- what is shown

  const { MOST } = workload;
  const BANDS = { b0: [0, 10], b10: [10, 25], b25: [25, 50], b50: [50, 75], b75: [75, 101] };
  const CHOICES = { "": "choose", b0: "less than 10%", b10: "10% to less than 25%", b25: "25% to less than 50%", b50: "50% to less than 75%", b75: "75% or more", unsure: "I cannot say" };
  const HEADS = ["Reply", ["Output tokens", "output"], "Per request", "A day", "", "Saved a month", "Share saved"];
  const CURVE = ["Prompt tokens", "A, a day", "B, a day", "Saved a day", "Saved a month", "Share saved"];
  const NOT = "not offered";

  class CostCalculator extends kit.Simulation {
    build() {
      const { facts, state } = this;
      this.now = {
        requests: state.whole("calls", 1, MOST.requests, facts.calls),
        input: state.whole("in", 0, MOST.tokens, facts.input),
        cached: state.whole("cached", 0, 100, 0),
        long: state.whole("out", 0, MOST.tokens, facts.long),
        short: state.whole("short", 0, MOST.tokens, facts.short),
        dial: state.whole("dial", 0, 100, 50),
      };
      this.batch = state.get("batch") === "on";
      this.guess = state.oneOf("guess", Object.keys(CHOICES));
      this.shown = state.get("shown") === "yes" && this.guess !== "";
      const field = (key, text, min, max) =>
        kit.number(text, { min, max, value: this.now[key] }, (value) => value !== null && this.move({ [key]: value }));
      this.fields = {
        requests: field("requests", "Requests a day", 1, MOST.requests),
        input: field("input", "Input tokens", 0, MOST.tokens),
        long: field("long", "Output tokens, A “be detailed”", 0, MOST.tokens),
        short: field("short", "Output tokens, B “be brief”", 0, MOST.tokens),
      };
      this.share = kit.range("Cached share of the input", { min: 0, max: 100, value: this.now.cached, say: (value) => `${value}%` }, (value) => this.move({ cached: value }));
      this.toggle = el("input", { type: "checkbox", onchange: () => { this.batch = this.toggle.checked; this.moved(); } });
      this.toggleSaid = el("output", {});
      this.guessSelect = kit.select("Share of the bill that B saves", CHOICES, this.guess, (value) => { this.guess = value; this.render(); });
      this.show = kit.button("Show the cost", () => this.reveal());
      this.again = kit.button("Predict again", () => this.hide());
      this.dial = kit.range("Verbosity dial, from A to B", { min: 0, max: 100, value: this.now.dial, say: (value) => `${money.count(between(this.now.long, this.now.short, value))} output tokens` }, (value) => this.move({ dial: value }));
      this.verdict = el("p", { class: "cb-counter" });
      this.replies = el("div", {});
      this.meter = el("div", {});
      this.curve = el("div", { class: "cb-plane" });
      this.sizes = el("div", {});
      this.own = workload.panel(this, {
        read: () => ({ input: this.now.input, output: this.now.long, requests: this.now.requests, cached: this.now.cached }),
        use: ({ input, output, requests, cached }) => this.set({ input, long: output, requests, cached, short: Math.min(this.now.short, output) }),
        words: () => ({ calls: this.now.requests, in: this.now.input, cached: this.now.cached, out: this.now.long, short: this.now.short, batch: this.batch ? "on" : null }),
      });
      this.revealed = el("div", {}, this.replies, el("div", { class: "cb-controls" }, this.dial), this.meter, this.curve, el("details", {}, el("summary", {}, "The curve as a table"), this.sizes));
      this.place = el("div", {});
      return [
        el("div", { class: "cb-controls" }, this.modelSelect(), kit.labelled("Batch prices", this.toggle, this.toggleSaid)),
        el("div", { class: "cb-controls" }, this.fields.requests, this.fields.input, this.share),
        el("div", { class: "cb-controls" }, this.fields.long, this.fields.short),
        el("fieldset", { class: "cb-predict" }, el("legend", {}, "Predict before you look"), el("div", { class: "cb-controls" }, this.guessSelect, this.show, this.again)),
        this.verdict,
        this.place,
        this.own.node,
      ];
    }

    // Batch of a model has prices of its own, or is not sold.
    get batchModel() {
      return models.byId(`${this.model.id}:batch`);
    }

    get priced() {
      return (this.batch && this.batchModel) || this.model;
    }

    get offered() {
      return money.tierOf(this.priced, this.now.input).cached !== null;
    }

    // ---------------------------------------------------------------- what a reader does

    moved() {
      this.render();
      if (this.shown) {
        this.say(this.verdict.textContent);
      }
    }

    // By a control, which has its value already.
    move(change) {
      Object.assign(this.now, change);
      this.moved();
    }

    // From elsewhere: the controls follow.
    set(change) {
      Object.assign(this.now, change);
      Object.entries(this.fields).forEach(([key, label]) => { label.control.value = this.now[key]; });
      this.share.set(this.now.cached);
      this.render();
    }

    reveal() {
      if (this.guess && !this.shown) {
        this.shown = true;
        this.moved();
      }
    }

    hide() {
      if (this.shown) {
        this.shown = false;
        this.guess = this.guessSelect.control.value = "";
        this.render();
        this.say("Predict the share that B saves.");
      }
    }

    // ---------------------------------------------------------------- what it says then

    compared([n, d]) {
      const band = BANDS[this.guess];
      if (!band || !d) {
        return "";
      }
      const right = n * 100n >= BigInt(band[0]) * d && n * 100n < BigInt(band[1]) * d;
      return ` You said ${CHOICES[this.guess]}: ${right ? "right" : "not with these numbers"}.`;
    }

    render() {
      const { facts, now, shown } = this;
      const usage = { ...now, cached: this.offered ? now.cached : 0 };
      this.state.put({
        calls: now.requests === facts.calls ? null : now.requests,
        in: now.input === facts.input ? null : now.input,
        cached: now.cached || null,
        out: now.long === facts.long ? null : now.long,
        short: now.short === facts.short ? null : now.short,
        dial: now.dial === 50 ? null : now.dial,
        batch: this.batch ? "on" : null,
        guess: this.guess || null,
        shown: shown ? "yes" : null,
        name: this.own.name || null,
      });
      this.showControls();
      this.own.update();
      const [a, dial, b] = [now.long, between(now.long, now.short, now.dial), now.short].map((output) => costs(this.priced, usage, output));
      const why = a.why || dial.why || b.why;
      if (!shown || why) {
        this.verdict.textContent = shown ? `Not offered: ${why}.` : "";
        this.place.replaceChildren();
        this.result({ shown, aDay: null, bDay: null, aMonth: null, bMonth: null, savedDay: null, savedMonth: null, share: null, inputDay: null, aOutputDay: null, bOutputDay: null, dialOutput: null, dialDay: null });
        return;
      }
      if (!this.revealed.isConnected) {
        this.place.replaceChildren(this.revealed); // put in again, its dial would lose the focus
      }
      const saved = saving(a, b);
      const more = saved.month < 0n;
      const [n, d] = saved.share;
      const amounts = `A costs ${money.amount(a.month)} a month of ${book.month} days, B ${money.amount(b.month)}`;
      this.verdict.textContent = `${amounts}: B ${more ? "costs" : "saves"} ${money.amount(more ? -saved.month : saved.month)}${more ? " more" : ""}, ${shareOf([more ? -n : n, d])} of A’s bill.${this.compared(saved.share)}`;
      this.showReplies(a, dial, b);
      this.showCurve(usage, saved);
      const times = BigInt(now.requests);
      this.result({
        shown,
        aDay: a.day,
        bDay: b.day,
        aMonth: a.month,
        bMonth: b.month,
        savedDay: saved.day,
        savedMonth: saved.month,
        share: shareOf(saved.share),
        inputDay: a.bill.read * times,
        aOutputDay: a.bill.output * times,
        bOutputDay: b.bill.output * times,
        dialOutput: dial.output,
        dialDay: dial.day,
      });
    }

    showControls() {
      const { now, shown } = this;
      const batch = this.batchModel;
      this.toggle.disabled = !batch;
      this.toggle.checked = this.batch && batch !== null;
      this.toggleSaid.value = !batch ? `${NOT} by ${this.model.name}` : this.toggle.checked ? `on: input ${money.rate(batch.tiers[0].input)}, output ${money.rate(batch.tiers[0].output)}` : "off";
      this.share.control.disabled = !this.offered;
      this.share.querySelector("output").value = this.offered ? `${now.cached}%` : `${NOT} by ${this.priced.name}`;
      this.guessSelect.control.disabled = shown;
      this.show.setAttribute("aria-disabled", shown || !this.guess);
      this.again.setAttribute("aria-disabled", !shown);
      this.dial.set(now.dial);
    }

    showReplies(a, dial, b) {
      const row = (name, one) => {
        const saved = saving(a, one);
        return [name, money.count(one.output), money.amount(one.call), money.amount(one.day), money.amount(one.month), money.amount(saved.month), shareOf(saved.share)];
      };
      const heads = HEADS.map((head) => head || `A month of ${book.month} days`);
      this.replies.replaceChildren(kit.table(`What each reply costs on ${this.priced.name}`, heads, [row("A “be detailed”", a), row("Dial", dial), row("B “be brief”", b)]));
      const times = BigInt(this.now.requests) * BigInt(book.month);
      const bar = (label, value, side) => ({ label, value: value * times, text: money.amount(value * times), side });
      this.meter.replaceChildren(
        el("p", { class: "cb-caption" }, "A month of each: the instruction moves the output side and leaves the input side."),
        kit.bars([bar("Input, A and B alike", a.bill.read, "input"), bar("Output, A", a.bill.output, "output"), bar("Output, dial", dial.bill.output, "output"), bar("Output, B", b.bill.output, "output")]),
      );
    }

    // The share that B saves, by the size of the prompt.
    showCurve(usage, saved) {
      const { facts, now } = this;
      const at = (input) => {
        const [a, b] = [now.long, now.short].map((output) => costs(this.priced, { ...usage, input }, output));
        return a.why || b.why ? null : { a, b, ...saving(a, b) };
      };
      const top = facts.sizes.at(-1);
      const percent = ([n, d]) => (d ? Number((n * 10_000n) / d) / 100 : 0);
      const ticks = [0, 2, 4, 6, 8, 10].map((value) => [value * 1000, value ? `${value}k` : "0"]);
      const about = `With ${money.count(now.input)} input tokens B saves ${shareOf(saved.share)}. The table below has points of the curve.`;
      const chart = kit.chart({ title: `Share that B saves, by size of the prompt, on ${this.priced.name}`, about, x: { from: 0, to: top, label: "Input tokens", ticks }, y: { from: 0, to: 100, label: "Share saved", ticks: [0, 25, 50, 75, 100].map((value) => [value, `${value}%`]) }, width: 400, height: 260 });
      const points = [];
      for (let input = 0; input <= top; input += 100) {
        const one = at(input);
        if (one && one.share[0] >= 0n) {
          points.push([input, percent(one.share)]);
        }
      }
      chart.line(points);
      if (now.input <= top && saved.share[0] >= 0n) {
        const [x, y] = [chart.x(now.input), chart.y(percent(saved.share))];
        const end = now.input > top / 2;
        chart.draw("circle", { class: "cb-point cb-you", cx: x, cy: y, r: 6 });
        chart.draw("text", { class: "cb-point-name", x: x + (end ? -9 : 9), y: y - 9, "text-anchor": end ? "end" : "start" }, "you");
      }
      this.curve.replaceChildren(chart.node);
      const rows = facts.sizes.map((input) => {
        const one = at(input);
        const amounts = one ? [one.a.day, one.b.day, one.day, one.month].map(money.amount) : [NOT, NOT, NOT, NOT];
        return [money.count(input), ...amounts, one ? shareOf(one.share) : NOT];
      });
      this.sizes.replaceChildren(kit.table(`What B saves by size of the prompt on ${this.priced.name}`, CURVE, rows));
    }
  }

  kit.define("cost-calculator", CostCalculator);
})();
