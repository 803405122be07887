// Why is my text longer than my words?: seven texts, cut by two encodings. See sims/text_to_tokens.py for its data.
(() => {
  "use strict";

  const { kit, pieces } = costbook;
  const { el, money } = kit;

  // ---------------------------------------------------------------- what follows from what

  // Which of two counts is the larger one: its name, or "equal".
  const larger = (cuts) => {
    const [[first, a], [second, b]] = Object.entries(cuts).map(([name, { ids }]) => [name, ids.length]);
    return a === b ? "equal" : a > b ? first : second;
  };

  // What it costs to read so many tokens once; `why` instead, where it is not sold.
  function cost(model, tokens) {
    const bill = money.bill(model, { input: tokens });
    return bill.why ? bill : { input: bill.read };
  }

  // ---------------------------------------------------------------- what is shown

  const MOST = 1000; // a guess
  const BOTH = "both";
  const NOT = "not offered";
  const CASES = ["Text", "Characters", "Words", ["Tokens, o200k_base", "input"], ["Tokens, cl100k_base", "input"], "Tokens per word", ["Input cost", "input"]];

  class TextToTokens extends kit.Simulation {
    build() {
      const { facts, state } = this;
      this.names = facts.encodings;
      this.text = state.oneOf("text", facts.texts.map(({ id }) => id));
      this.encoding = state.oneOf("enc", [...this.names, BOTH]);
      this.ids = state.get("ids") === "on";
      this.guess = state.whole("guess", 1, MOST, null);
      this.bet = state.oneOf("more", ["", ...this.names, "equal"]);
      this.shown = state.get("shown") === "yes" && this.guess !== null;
      this.textSelect = kit.select("Text", Object.fromEntries(facts.texts.map(({ id, name }) => [id, name])), this.text, (value) => this.hide({ text: value }));
      this.encodingSelect = kit.select("Show the tokens of", { ...Object.fromEntries(this.names.map((name) => [name, name])), [BOTH]: "both" }, this.encoding, (value) => this.move({ encoding: value }));
      this.idsBox = el("input", { type: "checkbox", onchange: () => this.move({ ids: this.idsBox.checked }) });
      this.idsBox.checked = this.ids;
      this.guessField = kit.number(`Tokens in ${this.names[0]}`, { min: 1, max: MOST, value: this.guess ?? "" }, (value) => this.move({ guess: value }));
      const bets = { "": "no prediction", ...Object.fromEntries(this.names.map((name) => [name, name])), equal: "both the same" };
      this.betSelect = kit.select("Encoding that makes more tokens", bets, this.bet, (value) => this.move({ bet: value }));
      this.show = kit.button("Show the tokens", () => this.reveal());
      this.again = kit.button("Predict again", () => this.hide({}));
      this.whole = el("p", { class: "cb-text" });
      this.counted = el("p", { class: "cb-caption" });
      this.verdict = el("p", { class: "cb-counter" });
      this.place = el("div", {});
      this.cases = el("div", {});
      return [
        el("div", { class: "cb-controls" }, this.modelSelect(), this.textSelect),
        el("div", { class: "cb-stage" }, this.whole, this.counted),
        el("fieldset", { class: "cb-predict" }, el("legend", {}, "Predict before you look"), el("div", { class: "cb-controls" }, this.guessField, this.betSelect, this.show, this.again)),
        el("div", { class: "cb-controls" }, this.encodingSelect, kit.labelled("Show token ids", this.idsBox)),
        this.verdict,
        this.place,
        el("details", {}, el("summary", {}, "All seven texts as a table"), this.cases),
      ];
    }

    get chosen() {
      return this.facts.texts.find(({ id }) => id === this.text);
    }

    // ---------------------------------------------------------------- what a reader does

    move(change) {
      Object.assign(this, change);
      this.render();
    }

    reveal() {
      if (this.guess !== null && !this.shown) {
        this.move({ shown: true });
        this.say(this.verdict.textContent);
      }
    }

    hide(change) {
      this.guessField.control.value = this.betSelect.control.value = "";
      this.move({ ...change, shown: false, guess: null, bet: "" });
      this.say("Predict how many tokens it has.");
    }

    // ---------------------------------------------------------------- what it says then

    // Tokens for one word, or why there is no such number.
    aWord({ words }, tokens) {
      return words === null ? "no spaces" : money.multiple(tokens, words).slice(0, -1);
    }

    compared(cuts) {
      const [first] = this.names;
      const off = this.guess - cuts[first].ids.length;
      const found = [off ? `You predicted ${money.count(this.guess)} in ${first}, ${money.count(Math.abs(off))} too ${off > 0 ? "many" : "few"}.` : `You predicted ${money.count(this.guess)} in ${first}, and so it is.`];
      if (this.bet) {
        const now = larger(cuts);
        const right = this.bet === now;
        const what = now === "equal" ? "both make the same number" : `${now} makes more`;
        found.push(`Which makes more: ${right ? `right, ${what}` : `not as predicted, ${what}`}.`);
      }
      return found.join(" ");
    }

    render() {
      const { chosen, shown, names, model } = this;
      const { words, cuts } = chosen;
      this.state.put({
        text: this.text === this.facts.texts[0].id ? null : this.text,
        enc: this.encoding === names[0] ? null : this.encoding,
        ids: this.ids ? "on" : null,
        guess: this.guess,
        more: this.bet || null,
        shown: shown ? "yes" : null,
      });
      this.whole.textContent = chosen.text;
      const spaced = words === null ? "it puts no spaces between its words" : money.some(words, "word");
      this.counted.textContent = `${money.some([...chosen.text].length, "character")}; ${spaced}.`;
      this.guessField.control.disabled = this.betSelect.control.disabled = shown;
      this.show.setAttribute("aria-disabled", shown || this.guess === null);
      this.again.setAttribute("aria-disabled", !shown);
      this.showCases();
      const counts = names.map((name) => cuts[name].ids.length);
      const costs = counts.map((tokens) => cost(model, tokens));
      if (!shown) {
        this.verdict.textContent = "";
        this.place.replaceChildren();
        this.result({ shown, text: this.text, o200k: null, cl100k: null, chips: null, inputPico: null });
        return;
      }
      const [first, second] = names.map((name, i) => `${money.count(counts[i])} in ${name}`);
      this.verdict.textContent = `${first}, ${second}${words === null ? "" : `, for ${money.some(words, "word")}`}. ${this.compared(cuts)}`;
      const parts = (this.encoding === BOTH ? names : [this.encoding]).map((name) => {
        const { ids, pieces: cut } = cuts[name];
        return el("section", { class: "cb-cut" }, el("p", {}, el("strong", {}, `${money.some(ids.length, "token")} in ${name}`)), pieces.chips(cut, this.ids ? ids : null), pieces.explained(cut));
      });
      const [other] = names.filter((name) => name !== this.encoding);
      const rows = names.map((name, i) => [name, money.count(this.facts.vocabulary[name]), money.count(counts[i]), this.aWord(chosen, counts[i]), costs[i].why ? NOT : money.amount(costs[i].input)]);
      this.place.replaceChildren(
        el("p", { class: "cb-caption" }, "␣ is a space, ↵ a line break; both belong to tokens."),
        ...parts,
        el("p", { class: "cb-caption" }, this.encoding === BOTH ? "" : `The same text in ${other}: ${money.some(cuts[other].ids.length, "token")}.`),
        kit.table(`One text, two encodings, as input on ${model.name}`, ["Encoding", "Entries in its vocabulary", ["Tokens", "input"], "Tokens per word", ["Input cost", "input"]], rows),
        el("p", { class: "cb-caption" }, this.own()),
      );
      this.result({
        shown,
        text: this.text,
        o200k: counts[0],
        cl100k: counts[1],
        chips: this.place.querySelectorAll(".cb-chip").length,
        inputPico: costs[0].why ? null : costs[0].input,
      });
    }

    // Whether the model counts with one of both.
    own() {
      const { name, encoding } = this.model;
      return encoding
        ? `${name} counts with ${encoding}: the other row is what the text would cost if it were cut differently.`
        : `The book knows no published tokenizer of ${name}: both rows are estimates, and its own count may differ.`;
    }

    // The same table that is there without this script, for the model chosen.
    showCases() {
      const { model, names } = this;
      if (this.shownCases === model.id) {
        return;
      }
      this.shownCases = model.id;
      const rows = this.facts.texts.map((one) => {
        const counts = names.map((name) => one.cuts[name].ids.length);
        const paid = one.cuts[model.encoding || names[0]].ids.length;
        const input = cost(model, paid);
        return [one.name, money.count([...one.text].length), one.words === null ? "no spaces" : money.count(one.words), ...counts.map((number) => money.count(number)), this.aWord(one, counts[0]), input.why ? NOT : money.amount(input.input)];
      });
      this.cases.replaceChildren(kit.table(`What each text comes to on ${model.name}`, CASES, rows));
    }
  }

  kit.define("text-to-tokens", TextToTokens);
})();
