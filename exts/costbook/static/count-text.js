// Count your own text: its tokens, their number and what they cost. See sphinx_ext/directives/count_text.py.
// It needs kit.js and pieces.js before it; the tokenizers come when a reader asks for them. The text leaves neither the page nor the memory.
(() => {
  "use strict";

  const { kit, models, pieces } = costbook;
  const { el, money } = kit;

  const FOLDER = new URL("vendor/gpt-tokenizer/", document.currentScript.src);
  const ENCODINGS = ["o200k_base", "cl100k_base"];
  const [DEFAULT] = ENCODINGS;
  const MOST = { text: 1_000_000, run: 5_000, chips: 500 }; // characters, characters without a break, tokens
  const SLICE = 20_000; // work after which the page gets its turn
  const PAUSE = 300; // milliseconds without a key

  // ---------------------------------------------------------------- tokens

  // gpt-tokenizer, where it differs from tiktoken: white space is that of Unicode, which has other characters than \s of
  // a script; the long s is an s; and a byte order mark is a character like any other, also at the start of a token.
  function tokenizer({ BytePairEncodingCore, params, ranks }) {
    class Core extends BytePairEncodingCore {
      getBpeRankFromBytes(bytes) {
        const text = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? pieces.whole(bytes) : null;
        return text === null ? super.getBpeRankFromBytes(bytes) : this.getBpeRankFromString(text);
      }
    }
    const meant = ranks.map((rank) => (typeof rank === "string" ? rank : pieces.whole(rank) ?? rank));
    const source = params(meant).tokenSplitRegex.source.replaceAll("\\s", "\\p{White_Space}").replaceAll("\\S", "\\P{White_Space}").replaceAll("[sS]", "[sSſ]");
    const split = new RegExp(source, "gu");
    const core = new Core({ bytePairRankDecoder: meant, tokenSplitRegex: split });
    return { split, ids: (run) => core.encodeNative(run), piece: (id) => meant[id] };
  }

  // Counts in slices and then calls back with { count, ids }, of which there are as many as are shown, or with { run },
  // the length of one that would take too long: time grows with its square. Gives what calls it off.
  function tokensOf({ split, ids }, text, then) {
    const runs = text.matchAll(split);
    const found = { count: 0, ids: [] };
    let stop = null;
    function slice() {
      let work = 0;
      while (work < SLICE) {
        const { value, done } = runs.next();
        if (done) {
          then(found);
          return;
        }
        const [run] = value;
        if (run.length > MOST.run) {
          then({ run: run.length });
          return;
        }
        const now = ids(run);
        found.count += now.length;
        if (found.ids.length < MOST.chips) {
          found.ids.push(...now.slice(0, MOST.chips - found.ids.length));
        }
        work += run.length + (run.length * run.length) / 100;
      }
      stop = kit.clock.wait(0, slice);
    }
    slice();
    return () => stop?.();
  }

  // As tokens.py counts them: null in scripts that put no spaces between words.
  const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u;
  const wordsOf = (text) => (UNSPACED.test(text) ? null : (text.match(/\P{White_Space}+/gu) || []).length);

  // ---------------------------------------------------------------- what is shown

  const COLUMNS = ["Model", "Tokens", ["As input", "input"], ["As output", "output"], "Counted with"];
  const priced = (model, usage, part) => {
    const bill = money.bill(model, usage);
    return bill.why ? "not offered" : money.amount(bill[part]);
  };

  class CountText extends kit.Simulation {
    build() {
      this.facts.model = models.house("everyday").id;
      this.tokenizers = {};
      this.found = null;
      this.loading = false;
      this.shownCut = DEFAULT;
      this.load = kit.button("Load the tokenizers (1.4 MB)", () => this.fetchAll());
      this.told = el("p", { class: "cb-caption" });
      this.field = el("textarea", { rows: 6, spellcheck: "false", autocomplete: "off", oninput: () => this.typed() });
      this.encodingSelect = kit.select("Show the tokens of", Object.fromEntries(ENCODINGS.map((name) => [name, name])), DEFAULT, (value) => { this.shownCut = value; this.render(); });
      this.idsBox = el("input", { type: "checkbox", onchange: () => this.render() });
      this.verdict = el("p", { class: "cb-counter" });
      this.cut = el("div", {});
      this.costs = el("div", {});
      return [
        el("p", {}, "Two files do the counting, 1.0 MB for o200k_base and 0.4 MB for cl100k_base, compressed, and twice that where they come uncompressed. They come from this site when you press the button. Your text is sent nowhere and kept nowhere."),
        el("div", { class: "cb-controls" }, this.load),
        this.told,
        el("label", { class: "cb-control cb-own-text" }, el("span", {}, "Your text"), this.field),
        el("div", { class: "cb-controls" }, this.encodingSelect, kit.labelled("Show token ids", this.idsBox), this.modelSelect()),
        this.verdict,
        this.cut,
        this.costs,
      ];
    }

    get ready() {
      return ENCODINGS.every((name) => this.tokenizers[name]);
    }

    // ---------------------------------------------------------------- what a reader does

    fetchAll() {
      if (this.loading || this.ready) {
        return;
      }
      this.loading = true;
      this.tell("Loading the tokenizers.");
      const waiting = new Set(ENCODINGS);
      const failed = () => {
        this.loading = false;
        this.tell("The tokenizers could not be loaded. Are you offline? Press the button to try again.");
      };
      const loaded = (name) => {
        this.tokenizers[name] = tokenizer(globalThis[`costbookTokenizer_${name}`]);
        waiting.delete(name);
        if (waiting.size === 0) {
          this.loading = false;
          this.tell("The tokenizers are loaded.");
          this.count();
        }
      };
      ENCODINGS.forEach((name) => document.head.append(el("script", { src: new URL(`${name}.js?v=4.0.0`, FOLDER), onload: () => loaded(name), onerror: failed })));
    }

    tell(text) {
      this.told.textContent = text;
      this.say(text);
      this.load.setAttribute("aria-disabled", this.loading || this.ready);
    }

    typed() {
      this.stop?.();
      this.result({ characters: null });
      if (this.ready) {
        this.verdict.textContent = "Counting.";
        this.stop = kit.clock.wait(PAUSE, () => this.count());
      } else if (!this.loading) {
        this.told.textContent = "Load the tokenizers to count this text.";
      }
    }

    // One encoding after the other.
    count() {
      this.stop?.();
      const text = this.field.value;
      const found = {};
      if (text.length > MOST.text) {
        this.counted({ text, why: `Not counted: it has ${money.count(text.length)} characters, and this page counts up to ${money.count(MOST.text)}.` });
        return;
      }
      const next = (names) => {
        const [name, ...rest] = names;
        if (!name) {
          this.counted({ text, ...found });
          return;
        }
        this.stop = tokensOf(this.tokenizers[name], text, (one) => {
          if (one.run) {
            this.counted({ text, why: `Not counted: ${money.count(one.run)} characters stand in a row without a break, and this page counts up to ${money.count(MOST.run)}. Time grows with the square of that.` });
            return;
          }
          found[name] = one;
          next(rest);
        });
      };
      next(ENCODINGS);
    }

    counted(found) {
      this.found = found;
      this.render();
      if (this.verdict.textContent) {
        this.say(this.verdict.textContent);
      }
    }

    // ---------------------------------------------------------------- what it says then

    render() {
      const { found } = this;
      const characters = found ? [...found.text].length : null;
      this.result({ characters });
      if (!found || found.why || !found.text) {
        this.verdict.textContent = found?.why || "";
        this.cut.replaceChildren();
        this.costs.replaceChildren();
        this.result({ o200k: null, cl100k: null, chips: null });
        return;
      }
      const counts = Object.fromEntries(ENCODINGS.map((name) => [name, found[name].count]));
      const words = wordsOf(found.text);
      const [first, second] = ENCODINGS.map((name) => `${money.count(counts[name])} in ${name}`);
      this.verdict.textContent = `Tokens: ${first}, ${second}. ${words === null ? "It has letters of a script that puts no spaces between words, so words are not counted" : money.some(words, "word")}; ${money.some(characters, "character")}.`;
      this.showCut(found[this.shownCut]);
      this.showCosts(counts);
      this.result({ o200k: counts.o200k_base, cl100k: counts.cl100k_base, chips: this.cut.querySelectorAll(".cb-chip").length });
    }

    showCut({ count, ids }) {
      const shown = ids.map(this.tokenizers[this.shownCut].piece);
      this.cut.replaceChildren(
        el("p", { class: "cb-caption" }, `${ids.length < count ? `The first ${money.count(ids.length)} of ${money.count(count)} tokens` : money.some(count, "token")} in ${this.shownCut}. ␣ is a space, ↵ a line break.`),
        pieces.chips(shown, this.idsBox.checked ? ids : null),
        pieces.explained(shown) || "",
      );
    }

    // The model chosen, then those that the book names.
    showCosts(counts) {
      const rows = [...new Set([this.model, ...Object.keys(costbook.book.houses).map(models.house)])].filter(Boolean).map((model) => {
        const tokens = counts[model.encoding || DEFAULT];
        return [model.name, money.count(tokens), priced(model, { input: tokens }, "read"), priced(model, { output: tokens }, "output"), model.encoding || `${DEFAULT}, an estimate`];
      });
      this.costs.replaceChildren(
        kit.table("What your text costs: once as input, or once as output", COLUMNS, rows),
        el("p", { class: "cb-caption" }, "An estimate stands where the book knows no published tokenizer of the model: its own count may differ. A chat also adds a few tokens to each message, which are not counted here."),
      );
    }
  }

  kit.define("count-text", CountText);
})();
