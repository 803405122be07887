// One token after another: a reply drawn from a toy, step by step. See sims/next_token.py for its data.
(() => {
  "use strict";

  const { kit } = costbook;
  const { el } = kit;

  // ---------------------------------------------------------------- what follows from what

  const [END, OTHER] = ["end mark", "other tokens"];
  const stops = (token) => token === END || token === OTHER;
  const sum = (values) => values.reduce((all, value) => all + value, 0);
  const greedy = (chances) => chances.indexOf(Math.max(...chances));

  // Chances at a temperature T: p^(1/T) over the sum of all p^(1/T); at 0, the greedy choice has all.
  function tempered(chances, temperature) {
    if (temperature === 1) {
      return chances;
    }
    if (!temperature) {
      return chances.map((_, place) => Number(place === greedy(chances)));
    }
    const weights = chances.map((chance) => chance ** (1 / temperature));
    const total = sum(weights);
    return weights.map((weight) => weight / total);
  }

  // The candidate that a number from 0 to 1 falls on.
  function drawn(chances, number) {
    let left = number;
    const found = chances.findIndex((chance) => (left -= chance) < 0);
    return found < 0 ? greedy(chances) : found; // rounding left the last of 1 over
  }

  // Steps by the tokens before them: { tokens, chances }.
  const table = (steps) =>
    new Map(steps.map(({ after, chances }) => [after.join("|"), { tokens: chances.map(([token]) => token), chances: chances.map(([, chance]) => Number(chance)) }]));

  const stepAfter = (steps, path) => steps.get(path.join("|"));

  // The chance of each token of a path behind those before it.
  const alongside = (steps, path, temperature) =>
    path.map((token, place) => {
      const step = stepAfter(steps, path.slice(0, place));
      return tempered(step.chances, temperature)[step.tokens.indexOf(token)];
    });

  const product = (chances) => chances.reduce((all, chance) => all * chance, 1);

  function greedyPath(steps, path = []) {
    const step = stepAfter(steps, path);
    return step ? greedyPath(steps, [...path, step.tokens[greedy(step.chances)]]) : path;
  }

  // ---------------------------------------------------------------- what is shown

  const PACE = 900;
  const MOST_SEED = 999;
  const DRAW = "drawn";
  const EXACT = 15; // digits of a chance that are shown, at most
  const BACK = "Backing up is yours alone. A model has no such button: a token once written is read at every later step.";

  function percent(chance) {
    const places = chance ? EXACT - Math.ceil(Math.log10(chance)) : 0;
    return kit.money.percentage(BigInt(Math.round(chance * 10 ** places)), 10n ** BigInt(places));
  }

  // "35% × 85% ≈ 29.8%", with = where what is shown gives what is shown.
  function multiplied(along) {
    const factors = along.map(percent);
    const result = percent(product(along));
    const number = (said) => parseFloat(said) / 100;
    const sign = Math.abs(product(factors.map(number)) - number(result)) < 1e-12 ? "=" : "≈";
    return factors.length > 1 ? `${factors.join(" × ")} ${sign} ${result}` : result;
  }

  const shown = (token) => (stops(token) ? token : kit.marked(token));
  const text = (path) => path.filter((token) => !stops(token)).join("");

  class NextToken extends kit.Unpriced {
    build() {
      const { state, facts } = this;
      this.steps = table(facts.steps);
      const first = stepAfter(this.steps, []).tokens.filter((token) => !stops(token));
      this.temperature = state.whole("t", 0, 20, 10) / 10;
      this.seed = state.whole("seed", 1, MOST_SEED, 1);
      this.path = this.read(state.get("path") || "");
      this.first = state.oneOf("first", [DRAW, ...first]);
      if (this.first !== DRAW && this.path[0] !== this.first) {
        this.path = [this.first];
      }
      this.heat = kit.range("Temperature", { min: 0, max: 20, value: this.temperature * 10, say: (tenths) => String(tenths / 10) }, (tenths) => {
        this.temperature = tenths / 10;
        this.render();
      });
      this.seedField = kit.number("Seed of the draws", { min: 1, max: MOST_SEED, value: this.seed }, (value) => {
        if (value !== null) {
          this.restart({ seed: value });
        }
      });
      this.firstSelect = kit.select("First token", Object.fromEntries([[DRAW, "drawn"], ...first.map((token) => [token, `“${token}”, forced`])]), this.first, (value) => this.restart({ first: value }));
      this.next = kit.button("Draw next token", () => this.step());
      this.play = kit.button("Auto-play", () => (this.stop ? this.pause() : this.start()));
      this.back = kit.button("Back up", () => this.undo());
      this.reset = kit.button("Reset", () => this.restart({}));
      this.stop = null;
      this.chips = el("ol", { class: "cb-chips" });
      this.product = el("p", { class: "cb-counter" });
      this.lead = el("p", {});
      this.candidates = el("div", {});
      this.end = el("div", { class: "cb-end" });
      this.cases = this.allReplies();
      return [
        el("p", {}, "Prompt: ", el("strong", {}, `“${facts.prompt}”`)),
        el("div", { class: "cb-controls" }, this.heat, this.seedField, this.firstSelect),
        el("div", { class: "cb-controls" }, this.next, this.play, this.back, this.reset),
        el("p", { class: "cb-caption" }, BACK),
        el("p", {}, el("strong", {}, "The reply so far")),
        this.chips,
        this.product,
        this.lead,
        this.candidates,
        this.end,
        el("details", {}, el("summary", {}, "Some replies by temperature, as a table"), this.cases),
      ];
    }

    // A path from the address: places of candidates, as far as they lead anywhere.
    read(places) {
      const path = [];
      for (const place of places.split(".")) {
        const token = stepAfter(this.steps, path)?.tokens[/^\d{1,2}$/.test(place) ? place : -1];
        if (token === undefined) {
          break;
        }
        path.push(token);
      }
      return path;
    }

    get written() {
      return this.path.map((token, place) => stepAfter(this.steps, this.path.slice(0, place)).tokens.indexOf(token)).join(".");
    }

    get done() {
      return !stepAfter(this.steps, this.path);
    }

    // The number for a place of the reply is the same for a seed, however the reader came there.
    number(place) {
      const random = kit.random(this.seed);
      return Array.from({ length: place + 1 }, random).at(-1);
    }

    // ---------------------------------------------------------------- what a reader does

    // One pass, and one token drawn from what it gives.
    draw() {
      const step = stepAfter(this.steps, this.path);
      const token = step.tokens[drawn(tempered(step.chances, this.temperature), this.number(this.path.length))];
      this.path = [...this.path, token];
    }

    step() {
      if (this.done) {
        return;
      }
      this.draw();
      this.render();
      this.tell();
    }

    tell() {
      const steps = alongside(this.steps, this.path, this.temperature);
      const token = this.path.at(-1).trim();
      this.say(this.done ? `${this.ending()} Its chance was ${percent(product(steps))}.` : `Token ${this.path.length}, ${token}, at ${percent(steps.at(-1))}. The reply so far: ${percent(product(steps))}.`);
    }

    start() {
      if (kit.still()) {
        while (!this.done) {
          this.draw(); // no movement: the end at once
        }
        this.render();
        this.tell();
        return;
      }
      this.step();
      this.stop = this.done ? null : kit.clock.wait(PACE, () => this.start());
      this.render();
    }

    pause() {
      this.stop?.();
      this.stop = null;
      this.render();
    }

    undo() {
      if (!this.path.length) {
        return;
      }
      this.path = this.path.slice(0, -1);
      if (!this.path.length) {
        this.first = DRAW;
      }
      this.pause();
      this.say(`Taken back: ${this.path.length} left. No model can do that.`);
    }

    restart(change) {
      Object.assign(this, change);
      this.path = this.first === DRAW ? [] : [this.first];
      this.pause();
      this.say("Ready.");
    }

    // ---------------------------------------------------------------- what it says then

    ending() {
      return this.path.at(-1) === END
        ? `The end mark was drawn, and the reply is “${text(this.path)}”`
        : `One of the other tokens was drawn behind “${text(this.path)}”; this toy goes no further.`;
    }

    render() {
      const { steps, path, temperature, done } = this;
      const along = alongside(steps, path, temperature);
      const step = stepAfter(steps, path);
      const chances = step ? tempered(step.chances, temperature) : [];
      this.state.put({
        t: temperature === 1 ? null : Math.round(temperature * 10),
        seed: this.seed === 1 ? null : this.seed,
        first: this.first === DRAW ? null : this.first,
        path: this.written || null,
      });
      this.firstSelect.control.value = this.first;
      this.next.setAttribute("aria-disabled", done);
      this.play.setAttribute("aria-disabled", done);
      this.back.setAttribute("aria-disabled", !path.length);
      this.play.textContent = this.stop ? "Pause" : "Auto-play";
      const chip = (token, place) =>
        el("li", { class: "cb-chip cb-output" }, shown(token), ` ${percent(along[place])}`, place || this.first === DRAW ? null : " (forced)");
      this.chips.replaceChildren(...(path.length ? path.map(chip) : [el("li", { class: "cb-more" }, "nothing yet")]));
      this.product.textContent = path.length ? `Chance of this reply so far: ${multiplied(along)}.` : "The chance of a reply begins at 100%, and each token multiplies it by its own.";
      this.lead.textContent = done ? "" : path.length ? `What may follow “${text(path)}”:` : "What may come first:";
      const likeliest = greedy(chances);
      const bars = chances.map((value, place) => ({
        label: `${shown(step.tokens[place])}${place === likeliest ? ", the likeliest" : ""}`,
        value: Math.round(value * 1e6),
        text: percent(value),
        side: "total",
      }));
      this.candidates.replaceChildren(...(done ? [] : [kit.bars(bars, 1e6)]));
      this.showEnd(along);
      this.result({
        path: path.join("|"),
        steps: along.join(" "),
        chance: product(along),
        tokens: step ? step.tokens.join("|") : null,
        chances: step ? chances.join(" ") : null,
        temperature,
        done,
        playing: Boolean(this.stop),
      });
    }

    showEnd(along) {
      const { steps, path, temperature } = this;
      if (!this.done) {
        this.end.replaceChildren();
        return;
      }
      const sure = greedyPath(steps);
      const chance = product(alongside(steps, sure, temperature));
      this.end.replaceChildren(
        el("p", {}, el("strong", {}, this.ending())),
        el("p", {}, `This reply had a chance of ${percent(product(along))} at temperature ${temperature}. Greedy choice writes “${text(sure)}” every time; a draw at this temperature writes it with a chance of ${percent(chance)}.`),
        el("p", {}, "Which token settled what the reply could still become? Answer it in a sentence before you look."),
        el("details", {}, el("summary", {}, "Compare your answer"), el("p", {}, "The first one, as a rule. Each later step reads all that stands there and can only go on from it: force another first token, and every distribution behind it is another.")),
      );
    }

    // The same table that is there without this script.
    allReplies() {
      const { facts, steps } = this;
      const name = (path) => `${text(path)}${stepAfter(steps, path) ? " …" : ""}`;
      const row = (path) => [name(path), ...facts.temperatures.map((one) => percent(product(alongside(steps, path, Number(one)))))];
      return kit.table("How likely some replies are, by temperature (a toy: its chances are invented)", ["Reply", ...facts.temperatures.map((one) => `Temperature ${one}`)], facts.replies.map(row));
    }
  }

  kit.define("next-token", NextToken);
})();
