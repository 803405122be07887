// Token lifecycle: one request from its prompt to its reply, token by token. See sims/token_lifecycle.py for its data.
(() => {
  "use strict";

  const { kit } = costbook;
  const { el, money } = kit;

  // ---------------------------------------------------------------- what follows from what

  // The output token with which output begins to cost more than input, O > I / r; null where output is free.
  function dominantFrom(tokens, { input, output }) {
    return output ? (BigInt(tokens) * BigInt(input)) / BigInt(output) + 1n : null;
  }

  // After so many output tokens. The first pass reads the prompt and yields a token; each further pass yields one more.
  function after(model, tokens, emitted) {
    const bill = money.bill(model, { input: tokens, output: emitted });
    if (bill.why) {
      return bill;
    }
    const read = emitted ? bill.read : 0n;
    return {
      input: read,
      output: bill.output,
      total: read + bill.output,
      passes: emitted,
      prefill: Math.min(emitted, 1),
      decode: Math.max(emitted - 1, 0),
      from: dominantFrom(tokens, bill.prices),
      prices: bill.prices,
    };
  }

  const sideOf = ({ input, output }) => (input === output ? "equal" : input > output ? "input" : "output");

  // ---------------------------------------------------------------- what is shown

  const SHOWN = 12; // chips of a long reply
  const MOST = 1000; // a guess
  const PACES = { 1200: "slow", 600: "normal", 200: "fast" };
  const INPUTS = { short: "short: 7 tokens", long: "long: 1,000 tokens" };
  const OUTPUTS = { haiku: "a haiku", long: "a haiku, explained" };
  const SIDES = { "": "no prediction", input: "input", output: "output", equal: "both the same" };
  const STREAMING =
    "Auto-play is what streaming is: each token is handed on as soon as its pass has ended, not played back from a finished text.";
  const passes = (number) => `${money.count(number)} pass${number === 1 ? "" : "es"}`;

  class TokenLifecycle extends kit.Simulation {
    build() {
      const { state } = this;
      this.input = state.oneOf("in", Object.keys(INPUTS));
      this.output = state.oneOf("out", Object.keys(OUTPUTS));
      this.pace = Number(state.oneOf("pace", ["600", "1200", "200"]));
      this.guess = state.whole("guess", 1, MOST, null);
      this.bet = state.oneOf("side", Object.keys(SIDES));
      this.emitted = state.whole("step", 0, this.reply.length, 0);
      this.stop = null;
      this.inputSelect = kit.select("Prompt", INPUTS, this.input, (value) => this.restart({ input: value }));
      this.outputSelect = kit.select("Reply", OUTPUTS, this.output, (value) => this.restart({ output: value }));
      this.guessField = kit.number("Tokens of the reply", { min: 1, max: MOST, value: this.guess ?? "" }, (value) => {
        this.guess = value;
        this.render();
      });
      this.betSelect = kit.select("Side that will cost more", SIDES, this.bet, (value) => {
        this.bet = value;
        this.render();
      });
      this.next = kit.button("Generate next token", () => this.step());
      this.play = kit.button("Auto-play", () => (this.stop ? this.pause() : this.start()));
      this.reset = kit.button("Reset", () => this.restart({}));
      this.paceSelect = kit.select("Pace", PACES, String(this.pace), (value) => {
        this.pace = Number(value);
        this.render();
      });
      this.stages = this.boxes();
      this.counter = el("p", { class: "cb-counter" });
      this.meter = el("div", {});
      this.end = el("div", { class: "cb-end" });
      this.legend = el("p", { class: "cb-legend" });
      this.cases = el("div", {});
      return [
        el("div", { class: "cb-controls" }, this.modelSelect(), this.inputSelect, this.outputSelect),
        el("fieldset", { class: "cb-controls" }, el("legend", {}, "Predict before you run it"), this.guessField, this.betSelect),
        el("div", { class: "cb-controls" }, this.next, this.play, this.reset, this.paceSelect),
        el("p", { class: "cb-caption cb-streaming" }, STREAMING),
        el("div", { class: "cb-stages" }, this.stages.nodes),
        this.legend,
        this.counter,
        this.meter,
        this.end,
        el("details", {}, el("summary", {}, "All four cases as a table"), this.cases),
      ];
    }

    // The five boxes. What never changes with a step is written by `restart` alone.
    boxes() {
      const stages = { prompt: el("p", {}), input: el("ol", { class: "cb-chips" }), work: el("p", {}) };
      stages.output = el("ol", { class: "cb-chips" });
      stages.text = el("p", { class: "cb-reply" });
      const box = (title, side, ...content) =>
        el("div", { class: `cb-stage ${side}` }, el("p", {}, el("strong", {}, title)), content);
      const arrow = (word, what) => el("p", { class: "cb-arrow" }, el("strong", {}, word), el("span", {}, what));
      const same = "The same pass is repeated for each output token; what was read before is kept, not read again.";
      stages.nodes = [
        box("1 Text", "", stages.prompt),
        arrow("tokenise", "look pieces up"),
        box("2 Input tokens", "cb-input", stages.input),
        arrow("read", "all in one pass"),
        box("3 Model", "cb-model", stages.work, el("p", { class: "cb-caption cb-same-pass" }, same)),
        arrow("generate", "one a pass"),
        box("4 Output tokens", "cb-output", stages.output),
        arrow("detokenise", "join the pieces"),
        box("5 Text", "", stages.text),
      ];
      return stages;
    }

    get reply() {
      return this.facts.outputs.find(({ id }) => id === this.output).tokens;
    }

    get tokens() {
      return this.facts.inputs.find(({ id }) => id === this.input).count;
    }

    get done() {
      return this.emitted === this.reply.length;
    }

    // ---------------------------------------------------------------- what a reader does

    step(times = 1) {
      if (this.done || after(this.model, this.tokens, 0).why) {
        return;
      }
      this.emitted = Math.min(this.emitted + times, this.reply.length);
      this.render();
      const now = after(this.model, this.tokens, this.emitted);
      const token = this.reply[this.emitted - 1].trim() || "line break";
      this.say(this.done ? this.verdict(now) : `Token ${this.emitted}, ${token}. Output ${money.amount(now.output)}, total ${money.amount(now.total)}.`);
    }

    start() {
      if (kit.still()) {
        this.step(this.reply.length); // no movement: the end at once
        return;
      }
      if (!this.done) {
        this.step();
        this.stop = this.done ? null : kit.clock.wait(this.pace, () => this.start());
      }
      this.render();
      if (this.done) {
        this.pause();
      }
    }

    pause() {
      this.stop?.();
      this.stop = null;
      this.render();
    }

    restart(change) {
      Object.assign(this, change);
      this.emitted = 0;
      this.pause();
      this.say("Ready: no token generated yet.");
    }

    // ---------------------------------------------------------------- what it says then

    verdict(now) {
      const side = sideOf(now);
      const said = side === "equal" ? "Both sides cost the same." : `The ${side} side costs more.`;
      return `Complete: ${money.some(this.emitted, "output token")}, ${passes(now.passes)}. Input ${money.amount(now.input)}, output ${money.amount(now.output)}, total ${money.amount(now.total)}. ${said}`;
    }

    compared(now) {
      const found = [];
      if (this.guess !== null) {
        const off = Math.abs(this.guess - this.emitted);
        found.push(off ? `You predicted ${money.some(this.guess, "token")}; it took ${money.count(this.emitted)}, so you were off by ${money.count(off)}.` : `You predicted ${money.some(this.guess, "token")}, and so it was.`);
      }
      if (this.bet) {
        const right = this.bet === sideOf(now);
        found.push(`You predicted that ${this.bet === "equal" ? "both sides would cost the same" : `the ${this.bet} side would cost more`}: ${right ? "so it does" : "it does not"}.`);
      }
      return found;
    }

    render() {
      const { model, tokens, reply, emitted, stages, done } = this;
      const now = after(model, tokens, emitted);
      this.state.put({
        in: this.input === "short" ? null : this.input,
        out: this.output === "haiku" ? null : this.output,
        pace: this.pace === 600 ? null : this.pace,
        guess: this.guess,
        side: this.bet || null,
        step: emitted || null,
      });
      this.next.setAttribute("aria-disabled", done || Boolean(now.why));
      this.play.setAttribute("aria-disabled", done || Boolean(now.why));
      this.play.textContent = this.stop ? "Pause" : "Auto-play";
      this.guessField.control.disabled = this.betSelect.control.disabled = emitted > 0;
      this.showInput();
      this.showOutput();
      if (now.why) {
        this.counter.textContent = `Not offered: ${now.why}.`;
        this.meter.replaceChildren();
        this.end.replaceChildren();
        this.result({ inputPico: null, outputPico: null, totalPico: null, from: null });
        return;
      }
      stages.work.textContent = emitted
        ? `Pass ${emitted}: ${emitted === 1 ? `read all ${money.count(tokens)} input tokens together` : "read one new token"}, and yielded output token ${emitted}.`
        : "No pass yet.";
      this.counter.textContent = `${money.some(emitted, "output token")}, ${passes(now.passes)}: ${now.prefill} prefill + ${now.decode} decode.`;
      this.meter.replaceChildren(
        kit.bars([
          { label: `Input, ${money.some(emitted ? tokens : 0, "token")}`, value: now.input, text: money.amount(now.input), side: "input" },
          { label: `Output, ${money.some(emitted, "token")}`, value: now.output, text: money.amount(now.output), side: "output" },
          { label: "Total", value: now.total, text: money.amount(now.total), side: "total" },
        ]),
      );
      const ratio = now.prices.input ? `, at ${money.multiple(now.prices.output, now.prices.input)} the price` : "";
      this.legend.replaceChildren(
        el("span", { class: "cb-chip cb-input" }, "input"),
        " read once, all together. ",
        el("span", { class: "cb-chip cb-output" }, "output", el("sup", {}, "$")),
        ` generated one a pass, each billed as output${ratio}.`,
      );
      this.showEnd(now);
      this.showCases();
      this.result({
        inputTokens: tokens,
        emitted,
        length: reply.length,
        inputPico: now.input,
        outputPico: now.output,
        totalPico: now.total,
        passes: now.passes,
        prefill: now.prefill,
        decode: now.decode,
        from: now.from,
        done,
        playing: Boolean(this.stop),
      });
    }

    // Written when it is another prompt, not by a step.
    showInput() {
      if (this.shownInput === this.input) {
        return;
      }
      this.shownInput = this.input;
      const { prompt } = this.facts;
      const more = this.tokens - prompt.length;
      this.stages.prompt.textContent = `“${prompt.join("")}”${more ? " and the conversation before it" : ""}`;
      this.stages.input.replaceChildren(...prompt.map((token) => kit.chip(token, "input")));
      if (more) {
        this.stages.input.append(el("li", { class: "cb-more" }, `… ${money.count(more)} more`));
      }
    }

    showOutput() {
      const written = this.reply.slice(0, this.emitted);
      const before = Math.max(0, written.length - SHOWN);
      const chips = written.slice(before).map((token) => kit.chip(token, "output"));
      if (before) {
        chips.unshift(el("li", { class: "cb-more" }, `${money.count(before)} before, `, el("sup", {}, "$"), " each …"));
      }
      this.stages.output.replaceChildren(...(chips.length ? chips : [el("li", { class: "cb-more" }, "none yet")]));
      this.stages.text.textContent = written.length ? written.join("") : "nothing yet";
    }

    showEnd(now) {
      if (!this.done) {
        this.end.replaceChildren();
        return;
      }
      const from = now.from === null ? "Output is free here." : `With this prompt, output costs more from output token ${money.count(now.from)} on.`;
      this.end.replaceChildren(
        el("p", {}, el("strong", {}, this.verdict(now)), ` ${from}`),
        ...this.compared(now).map((text) => el("p", {}, text)),
        el("p", {}, "Why did each step add to the output side and nothing to the input side? Answer it in a sentence before you look."),
        el("details", {}, el("summary", {}, "Compare your answer"), el("p", {}, "The prompt was read once, by the first pass. Each output token took a pass of its own, because it could not be chosen before the token in front of it was known. One more pass, whose result is the end mark, stops the loop and shows no token.")),
      );
    }

    // The same table that is there without this script, for the model chosen.
    showCases() {
      if (this.shownCases === this.model.id) {
        return;
      }
      this.shownCases = this.model.id;
      const columns = ["Prompt and reply", ["Input tokens", "input"], ["Output tokens", "output"], "Passes", ["Input cost", "input"], ["Output cost", "output"], ["Output costs more from token", "output"]];
      const rows = this.facts.inputs.flatMap(({ id, count: tokens }) =>
        this.facts.outputs.map((reply) => {
          const now = after(this.model, tokens, reply.tokens.length);
          const name = `${id === "short" ? "Short" : "Long"} prompt, ${reply.id === "haiku" ? "haiku" : "long reply"}`;
          const amounts = now.why
            ? ["not offered", "not offered", "not offered"]
            : [money.amount(now.input), money.amount(now.output), now.from === null ? "never" : money.count(now.from)];
          const counts = [tokens, reply.tokens.length, reply.tokens.length].map((number) => money.count(number));
          return [name, ...counts, ...amounts];
        }),
      );
      this.cases.replaceChildren(kit.table(`What each prompt and reply comes to on ${this.model.name}`, columns, rows));
    }
  }

  kit.define("token-lifecycle", TokenLifecycle);
})();
