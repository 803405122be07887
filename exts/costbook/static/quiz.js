// Checks the answers of a quiz and keeps them on the device: see sphinx_ext/quizzes.py. Texts and keys stand in the markup.
// A classic script: it also runs on a page opened from a folder.
(function () {
  "use strict";

  const TRIES = 2;
  const STORE = "costbook-quiz/";

  function make(tag, name, text) {
    const element = document.createElement(tag);
    element.className = name;
    element.textContent = text || "";
    return element;
  }

  function button(text, act) {
    const element = make("button", "cb-button", text);
    element.type = "button";
    element.addEventListener("click", act);
    return element;
  }

  const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;
  const rounded = (score) => Math.round((100 * score[0]) / score[1]) / 100;

  // ---- Numbers, exact: integers of so many decimals, more than can be typed.

  const DECIMALS = 200;
  const ONE = 10n ** BigInt(DECIMALS);

  // A unit: what it measures, its power of ten, and how it may be written.
  const UNITS = [
    ["dollars", "money", 0, /^(us)?\$$|^usd$|^dollars?$/],
    ["cents", "money", -2, /^¢$|^c$|^cts?$|^cents?$/],
    ["micro-dollars", "money", -6, /^[μu]\$$|^micro-?dollars?$/],
    ["dollars-per-1000-calls", "rate", 0, /^$/],
    ["percent", "percent", 0, /^%$|^percent$|^pct$/],
    ["times", "times", 0, /^[x×]$|^-?times$|^-?fold$/],
    ["tokens", "tokens", 0, /^tok(en)?s?$/],
    ["reads", "reads", 0, /^reads?$/],
  ];
  const POWERS = { k: 3, thousand: 3, million: 6 };
  const PER = [
    [/ ?(\/|\bper|\bfor) ?(1[.,' ]?000|(1|a)? ?(k|thousand)) (calls|requests)$/, "rate", 0],
    [/ ?(\/|\bper|\ba) ?(call|request)$/, "rate", 3],
    [/ ?(\/|\bper) ?1? ?(m|million) ?tok(en)?s?$/, "money", 0],
  ];

  function exact(text) {
    const [whole, part = ""] = text.split(".");
    return BigInt(whole + part.padEnd(DECIMALS, "0"));
  }

  function written(value) {
    const digits = String(value < 0n ? -value : value).padStart(DECIMALS + 1, "0");
    const number = digits.slice(0, -DECIMALS) + "." + digits.slice(-DECIMALS).replace(/0+$/, "");
    return (value < 0n ? "-" : "") + number.replace(/\.$/, "");
  }

  // How digits are read, and how else they might be meant; null where nobody can tell.
  function separated(text) {
    const point = (part) => part.replace(",", ".");
    const alone = text.replace(/[ '’_]/g, "");
    if (alone !== text) {
      return /^[1-9]\d{0,2}([ '’_]\d{3})+([.,]\d*)?$/.test(text) ? { read: point(alone) } : null;
    }
    const marks = text.replace(/\d/g, "");
    if (marks.length > 1) {
      // All alike they part thousands; else the last one is the decimal mark.
      const parts = /^([1-9]\d{0,2}(?:([.,])\d{3})(?:\2\d{3})*)(?!\2)([.,]\d*)?$/.exec(text);
      return parts && { read: parts[1].split(parts[2]).join("") + point(parts[3] || "") };
    }
    if (/^[1-9]\d{0,2}[.,]\d{3}$/.test(text)) {
      const [joined, apart] = [text.replace(marks, ""), point(text)];
      return marks === ","
        ? { read: joined, other: apart, how: ", the comma as a thousands separator" }
        : { read: apart, other: joined, how: ", the point as a decimal point" };
    }
    return { read: point(text) };
  }

  // What a learner typed, in the unit of the question: {value, other, how}, or {problem} in words.
  function understand(typed, unit, words) {
    // Superscripts first: normalised they would be digits like any other.
    let text = typed.replace(/[⁺⁻⁰¹²³⁴-⁹]+/g, "^$&").normalize("NFKC").toLowerCase();
    text = text.replace(/[−–‒]/g, "-").replace(/\s+/g, " ").trim();
    const said = `“${typed.trim()}”`;
    const some = /\d[\d.,]*/.exec(text);
    const no = (some ? `Of ${said} only ${some[0]}` : `No number in ${said}`) + " could be read. Write a single one, such as 0.0269.";
    const wanted = UNITS.find(([name]) => name === unit);
    if (unit === "times") {
      text = text.replace(/ ?(:|\bto\b) ?1$/, "");
    }
    const per = PER.find(([pattern]) => pattern.test(text));
    text = per ? text.replace(per[0], "") : text;
    text = text.replace(/per cent/, "percent").replace(/micro dollar/, "micro-dollar");
    const parts =
      /^([^\d.,]*)([\d.,][\d.,'’_ ]{0,40}?) ?(?:(?:e|[x×*·] ?10 ?(?:\^|\*\*)) ?([+-]?\d{1,2}))? ?([^\d]*)$/.exec(text);
    const number = parts && /\d/.test(parts[2]) && separated(parts[2]);
    if (!number) {
      return { problem: no };
    }
    const before = parts[1].replace(/^ ?(?:about|roughly|[~≈=])/, "");
    const negative = /-/.test(before);
    let power = Number(parts[3] || 0);
    let found = null;
    for (const word of (before.replace(/[+-]/, "") + " " + parts[4].replace(/[.,]$/, "")).match(/\S+/g) || []) {
      const named = UNITS.find(([, , , pattern]) => pattern.test(word));
      if (named ? found : !Object.hasOwn(POWERS, word)) {
        return { problem: no };
      }
      found = named || found;
      power += named ? 0 : POWERS[word];
    }
    const kind = per ? per[1] : (found || wanted)[1];
    if (kind !== wanted[1] && !(kind === "money" && wanted[1] === "rate" && !per)) {
      return { problem: said + " is not in " + words + ", which this question asks for." };
    }
    power += (found ? found[2] - wanted[2] : 0) + (per ? per[2] : 0);
    const value = (digits) => (exact((negative ? "-" : "") + digits) * 10n ** BigInt(power + 120)) / 10n ** 120n;
    return { value: value(number.read), other: number.other && value(number.other), how: number.how };
  }

  function inWords(value, unit, words) {
    const number = written(value);
    return number + " " + (number === "1" && unit !== "times" ? words.replace(/s\b/, "") : words);
  }

  function fold(text) {
    const bare = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/ß/g, "ss");
    return bare.replace(/\s+/g, " ").replace(/^[ .,;:!?"'“”‘’()]+|[ .,;:!?"'“”‘’()]+$/g, "");
  }

  // ---- Kinds: how an answer is taken from the page, put back, and judged.
  // A judgement is {score: [part, whole], says: feedback} or {problem}: then nothing was judged, and it is no try.

  const all = (item, selector) => Array.from(item.querySelectorAll(selector));
  const said = (item, selector) => all(item, ".cb-feedback > li").filter((entry) => entry.matches(selector));
  const when = (item, word) => said(item, `[data-when=${word}]`);
  const fitting = (item, right, mistake) => (mistake && !right ? [mistake] : when(item, right ? "right" : "otherwise"));

  const inputs = {
    get: (item) => all(item, ".cb-work input:checked").map((input) => input.value),
    set(item, answer) {
      all(item, ".cb-work input").forEach((input) => {
        input.checked = answer.includes(input.value);
      });
    },
    judge(item, answer) {
      if (!answer.length) {
        return { problem: "Choose an answer first." };
      }
      const chosen = said(item, "[data-option]").filter((entry) => answer.includes(entry.dataset.option));
      const right = chosen.filter((entry) => "right" in entry.dataset).length;
      const whole = said(item, "[data-right]").length;
      const more = right === chosen.length ? whole - right : 0;
      const what = more > 0 ? `, and ${more} more fit${more === 1 ? "s" : ""}` : "";
      return { score: [Math.max(0, 2 * right - chosen.length), Math.max(1, whole)], says: chosen, labels: true, what };
    },
  };
  const field = {
    get: (item) => item.querySelector(".cb-work :is(input, textarea)").value,
    set(item, answer) {
      item.querySelector(".cb-work :is(input, textarea)").value = answer;
    },
  };
  const selects = {
    get: (item) => all(item, "select").map((select) => select.value),
    set(item, answer) {
      all(item, "select").forEach((select, place) => {
        select.value = answer[place] || "";
      });
    },
  };

  const KINDS = {
    choice: inputs,
    "multiple-choice": inputs,
    numeric: {
      ...field,
      reading(item, answer) {
        const { unit, words } = item.querySelector("[data-unit]").dataset;
        if (!answer.trim()) {
          return "A point or a comma for decimals, as you like.";
        }
        const read = understand(answer, unit, words);
        return read.problem || `Understood: ${inWords(read.value, unit, words)}${read.how || ""}.`;
      },
      judge(item, answer) {
        const { unit, words } = item.querySelector("[data-unit]").dataset;
        if (!answer.trim()) {
          return { problem: "Write a number first." };
        }
        const read = understand(answer, unit, words);
        if (read.problem) {
          return read;
        }
        const list = item.querySelector(".cb-feedback");
        const within = (value, { dataset }) => exact(dataset.low) <= value && value <= exact(dataset.high);
        const right = within(read.value, list);
        if (!right && read.other && within(read.other, list)) {
          return { problem: `${this.reading(item, answer)} If you mean ${written(read.other)}, write it so.` };
        }
        const mistake = said(item, "[data-low]").find((entry) => within(read.value, entry));
        return { score: [Number(right), 1], says: fitting(item, right, mistake), what: " for " + inWords(read.value, unit, words) };
      },
    },
    order: {
      ...selects,
      reading(item, answer) {
        const twice = answer.filter((place, index) => place && answer.indexOf(place) !== index);
        all(item, "select").forEach((select) => {
          select.setAttribute("aria-invalid", String(twice.includes(select.value)));
        });
        return twice.length ? `Each number once: ${twice.join(", ")} stands more than once.` : "";
      },
      judge(item, answer) {
        const problem = answer.includes("") ? "Give each event its number first." : this.reading(item, answer);
        if (problem) {
          return { problem };
        }
        const events = all(item, "select").map((select) => select.dataset.event);
        const place = (event) => Number(answer[events.indexOf(event)]);
        const order = item.querySelector(".cb-feedback").dataset.order.split(" ");
        const kept = order.slice(1).filter((event, index) => place(event) === place(order[index]) + 1).length;
        const early = said(item, "[data-early]").find(({ dataset }) => place(dataset.early) < place(dataset.late));
        const whole = order.length - 1;
        return { score: [kept, whole], says: fitting(item, kept === whole, early) };
      },
    },
    match: {
      ...selects,
      judge(item, answer) {
        if (answer.includes("")) {
          return { problem: "Choose something for each first." };
        }
        const lefts = all(item, "select").map((select) => select.dataset.left);
        const wrong = lefts.filter((left, index) => answer[index] !== left);
        const says = wrong.flatMap((left) => said(item, "[data-left]").filter(({ dataset }) => dataset.left === left));
        return {
          score: [lefts.length - wrong.length, lefts.length],
          says: wrong.length ? says : when(item, "right"),
          labels: wrong.length,
        };
      },
    },
    "short-text": {
      ...field,
      judge(item, answer) {
        const text = fold(answer);
        if (!text) {
          return { problem: "Write a word first." };
        }
        const named = ({ dataset }) => JSON.parse(dataset.accept).includes(text);
        const right = named(item.querySelector(".cb-feedback"));
        const mistake = said(item, "[data-accept]").find(named);
        return { score: [Number(right), 1], says: fitting(item, right, mistake) };
      },
    },
    open: {
      ...field,
      reading(item, answer) {
        const { least, most } = item.querySelector("textarea").dataset;
        return `${plural((answer.match(/\S+/g) || []).length, "word")} of ${least} to ${most}.`;
      },
    },
  };

  // ---- One question: an element that is replaced with another variant's, and what is kept of it.

  function start(form) {
    const { quiz, digest, title, edition, asOf, pass } = form.dataset;
    const store = STORE + quiz + "/";
    const [known, variants] = (self.costbookQuizzes || {})[quiz] || [];
    let kept = {};

    function save() {
      try {
        localStorage.setItem(store + digest, JSON.stringify(kept));
      } catch {
        status.textContent = "This browser does not keep your answers: save them as a file before you leave.";
      }
    }

    function stored() {
      try {
        return Object.keys(localStorage).filter((key) => key.startsWith(store));
      } catch {
        return [];
      }
    }

    function question(first, place) {
      const htmls = [first.outerHTML, ...((known === digest && variants[place]) || [])];
      const codes = htmls.map((html) => /data-code="([^"]*)"/.exec(html)[1]);
      const number = place + 1;
      let item = null;
      let kind = null;
      let parts = null;
      let closed = false;

      // Put a variant on the page.
      function show(variant) {
        const template = document.createElement("template");
        template.innerHTML = htmls[variant];
        const next = template.content.firstElementChild;
        (item || first).replaceWith(next);
        item = next;
        kind = KINDS[item.dataset.kind];
        kept[number] = { ...kept[number], code: item.dataset.code };
        equip();
      }

      function another() {
        const { score, scored, answer } = kept[number];
        // The last check counts until the next one.
        kept[number] = { score, scored, answer: item.dataset.kind === "open" && codes.length === 1 ? answer : undefined };
        show((codes.indexOf(item.dataset.code) + 1) % codes.length);
        refresh();
        save();
        const heading = item.querySelector("h2");
        heading.tabIndex = -1;
        heading.focus();
      }

      function equip() {
        const open = item.dataset.kind === "open";
        const work = item.querySelector(".cb-work");
        parts = {
          read: make("p", "cb-read"),
          check: button(open ? "Commit my answer" : "Check", check),
          again: button(htmls.length > 1 ? "Another one like it" : open ? "Write it again" : "Try it again", another),
          says: make("div", "cb-says"),
          key: item.querySelector(".cb-key"),
          hint: item.querySelector(".cb-hint"),
        };
        parts.says.setAttribute("role", "status");
        parts.check.classList.add("cb-first");
        [parts.check, parts.again].forEach((one) => one.setAttribute("aria-describedby", first.id + "-name"));
        const input = item.querySelector(".cb-work :is([type=text], textarea)");
        if (kind.reading) {
          parts.read.id = first.id + "-read";
          work.append(parts.read);
          (input || item).setAttribute("aria-describedby", (input ? "" : first.id + "-stem ") + parts.read.id);
        }
        const row = make("p", "cb-do");
        row.append(parts.check, parts.again);
        if (kept[number].answer !== undefined) {
          kind.set(item, kept[number].answer);
        }
        work.addEventListener("input", () => {
          kept[number].answer = kind.get(item);
          read();
          save();
        });
        work.addEventListener("keydown", (event) => {
          if (event.key === "Enter" && event.target.matches("[type=text]")) {
            event.preventDefault();
            check();
          }
        });
        if (open) {
          equipMarks();
        }
        equipReport();
        read();
        tell();
        work.after(row, parts.says);
      }

      function read() {
        if (kind.reading) {
          parts.read.textContent = kind.reading(item, kind.get(item));
        }
      }

      function check() {
        const answer = kind.get(item);
        const entry = kept[number];
        if (closed) {
          return;
        }
        if (item.dataset.kind === "open") {
          if (!answer.trim()) {
            return refuse("Write your answer first.");
          }
          entry.committed = true;
        } else {
          const judged = kind.judge(item, answer);
          if (judged.problem) {
            return refuse(judged.problem);
          }
          if (String(answer) === String(entry.checked)) {
            // A button pressed twice is no second try.
            return refuse("You have checked this answer: change it for your second try.");
          }
          entry.checked = answer;
          entry.tries = (entry.tries || 0) + 1;
          entry.score = judged.score;
          entry.scored = { item: item.dataset.item, code: item.dataset.code, answer, tries: entry.tries };
          if (parts.hint && judged.score[0] < judged.score[1] && entry.tries === 1) {
            parts.hint.open = true;
          }
        }
        entry.answer = answer;
        tell(true);
        refresh();
        save();
      }

      function refuse(problem) {
        tell();
        parts.says.prepend(make("p", "cb-problem", problem));
      }

      // Say what the last check found: `now`, or on an earlier visit.
      function tell(now) {
        const { checked, tries, committed } = kept[number];
        const judged = checked !== undefined ? kind.judge(item, checked) : {};
        const whole = Boolean(judged.score) && judged.score[0] === judged.score[1];
        closed = Boolean(committed || whole || tries >= TRIES);
        parts.key.hidden = !closed;
        parts.key.open = closed && !whole && Boolean(now || committed);
        parts.again.hidden = !closed;
        parts.check.setAttribute("aria-disabled", String(closed));
        all(item, ".cb-work :is(input, select, textarea)").forEach((input) => {
          // It may have the focus.
          input[input.matches("[type=text], textarea") ? "readOnly" : "disabled"] = closed;
        });
        item.classList.toggle("cb-done", closed);
        parts.says.replaceChildren();
        parts.says.className = "cb-says";
        if (committed) {
          const count = kind.reading(item, kept[number].answer).slice(0, -1);
          parts.says.append(make("p", "", `Committed, ${count} asked for. Now read the model answer and judge yours.`));
        } else if (judged.score) {
          verdict(judged, whole);
        }
      }

      function verdict({ score, says, what, labels }, whole) {
        const word = whole ? "Correct" : score[0] ? "Partly right" : "Not right";
        const of = Number(item.dataset.points);
        const earned = rounded([score[0] * of, score[1]]);
        const again = parts.hint ? " See the hint, and try again." : " Try again.";
        const next = whole ? "" : closed ? " The answer stands below." : again;
        parts.says.classList.add(whole ? "cb-right" : score[0] ? "cb-partly" : "cb-wrong");
        parts.says.append(make("p", "cb-verdict", `${word}${pass && `: ${earned} of ${plural(of, "point")}`}${what || ""}.${next}`));
        says.forEach((entry) => {
          const box = make("div", "cb-one");
          box.append(entry.querySelector(".cb-said").cloneNode(true));
          if (labels && item.dataset.kind !== "choice") {
            const label = entry.querySelector(".cb-label").cloneNode(true);
            if (item.dataset.kind === "multiple-choice") {
              label.append(entry.hasAttribute("data-right") ? ": right" : ": wrong");
            }
            box.prepend(label);
          }
          parts.says.append(box);
        });
      }

      function equipMarks() {
        const total = make("p", "cb-own");
        total.setAttribute("role", "status");
        const criteria = all(item, ".cb-criterion");
        function add() {
          const marks = criteria.map((one) => one.querySelector("input:checked")).filter(Boolean);
          const sum = marks.reduce((before, input) => before + Number(input.value), 0);
          total.textContent = marks.length
            ? `By your own judgement ${sum} of ${item.dataset.points} points, ${marks.length} of ` +
              `${criteria.length} criteria judged. It does not count towards passing.`
            : "";
        }

        criteria.forEach((one) => {
          const mark = (kept[number].marks || {})[one.dataset.criterion];
          all(one, "input").forEach((input) => {
            input.checked = input.value === mark;
          });
          one.addEventListener("change", (event) => {
            kept[number].marks = { ...kept[number].marks, [one.dataset.criterion]: event.target.value };
            add();
            save();
          });
        });
        criteria[criteria.length - 1].after(total);
        add();
      }

      function equipReport() {
        const name = item.querySelector(".cb-name");
        const done = make("span", "cb-copied");
        done.setAttribute("role", "status");
        const copy = button("Copy", async () => {
          try {
            await navigator.clipboard.writeText(name.textContent);
            done.textContent = "Copied.";
          } catch {
            getSelection().selectAllChildren(name);
            done.textContent = "Selected: copy it with Ctrl+C.";
          }
        });
        const row = make("p", "cb-do");
        row.append(copy, done);
        name.after(row);
      }

      return {
        begin() {
          const variant = codes.indexOf((kept[number] || {}).code);
          // Nothing is kept, or it is of another edition, or spoilt.
          kept[number] = variant < 0 ? {} : kept[number];
          try {
            show(Math.max(0, variant));
          } catch {
            kept[number] = {};
            show(0);
          }
        },
        // As it is now: its element and what is kept of it.
        now: () => ({ ...kept[number], ...item.dataset }),
      };
    }

    const results = form.querySelector(".cb-results");
    const status = make("p", "cb-status");
    const goals = all(results, "li").filter(({ dataset }) => dataset.of > 0);
    goals.forEach((goal) => {
      goal.dataset.have = goal.querySelector(".cb-have").textContent;
    });
    status.setAttribute("role", "status");
    const questions = all(form, ".cb-item").map(question);
    const share = exact(pass || "0");

    // The points of some questions, as a fraction.
    function sum(some) {
      return some.reduce(
        ([part, whole], { score, points }) => [part * score[1] + score[0] * points * whole, whole * score[1]],
        [0, 1],
      );
    }

    const now = () => questions.map((one) => one.now());
    const scored = () => now().filter(({ score, kind }) => score && kind !== "open");

    function reached({ dataset: { objective, of } }) {
      const mine = scored().filter((one) => one.objective === objective);
      const earned = sum(mine);
      return { mine, earned, passed: BigInt(earned[0]) * ONE >= share * BigInt(of * earned[1]) };
    }

    function refresh() {
      const closed = now().filter(({ kind }) => kind !== "open");
      const of = closed.reduce((before, { points }) => before + Number(points), 0);
      let count = 0;
      goals.forEach((goal) => {
        const { mine, earned, passed } = reached(goal);
        count += passed;
        goal.classList.toggle("cb-passed", passed);
        goal.querySelector(".cb-have").textContent = mine.length
          ? `Yours: ${rounded(earned)} of ${goal.dataset.have}: ${passed ? "passed" : "not passed yet"}.`
          : goal.dataset.have;
      });
      status.textContent =
        `${scored().length} of ${plural(closed.length, "question")} checked` +
        (pass && `: ${rounded(sum(scored()))} of ${plural(of, "point")}. Passed: ${count} of ${plural(goals.length, "objective")}`) +
        ".";
    }

    function exported() {
      return {
        format: "costbook quiz answers 1",
        quiz,
        title,
        digest,
        edition: Number(edition),
        "as-of": asOf,
        questions: now().map(({ item, code, kind, answer, score, scored, points, committed, marks }, place) => ({
          question: place + 1,
          kind,
          ...(scored || { item, code, answer, tries: 0 }),
          points: score && rounded([score[0] * points, score[1]]),
          of: Number(points),
          committed,
          marks,
        })),
        objectives: goals.map((goal) => {
          const { earned, passed } = reached(goal);
          return { objective: goal.dataset.objective, points: rounded(earned), of: Number(goal.dataset.of), passed };
        }),
      };
    }

    function download() {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([JSON.stringify(exported(), null, 2)], { type: "application/json" }));
      link.download = quiz + "-answers.json";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    }

    function erase() {
      if (!confirm("Erase your answers to this quiz from this device? This cannot be undone.")) {
        return;
      }
      stored().forEach((key) => localStorage.removeItem(key));
      kept = {};
      questions.forEach(({ begin }) => begin());
      refresh();
      status.textContent = "Your answers are erased from this device.";
    }

    const how = form.querySelector(".cb-how");
    how.textContent =
      "Check a question when you are ready. A hint opens after the first slip, the answer after the second try, and the " +
      "last check of a question stands. Your answers stay on this device.";
    try {
      const keys = stored();
      if (keys.length && !keys.includes(store + digest)) {
        how.append(" This quiz has changed since you last worked on it, so it starts anew.");
      }
      kept = { ...JSON.parse(localStorage.getItem(store + digest)) };
    } catch {
      kept = {};
    }
    const row = make("p", "cb-do");
    row.append(button("Save my answers as a file", download), button("Erase my answers", erase));
    results.querySelector("p").after(status);
    results.append(row);
    questions.forEach(({ begin }) => begin());
    refresh();
    form.addEventListener("submit", (event) => event.preventDefault());
    form.classList.add("cb-live");
  }

  document.querySelectorAll("form.cb-quiz").forEach(start);
})();
