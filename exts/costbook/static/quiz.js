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

  const plural = (count, word) => count + " " + word + (count === 1 ? "" : "s");
  const points = (score) => Math.round((100 * score[0]) / score[1]) / 100;

  // ---- Numbers, exact: digits and how many of them are decimals.

  // What a unit measures, and its power of ten.
  const UNITS = {
    dollars: ["money", 0],
    cents: ["money", -2],
    "micro-dollars": ["money", -6],
    "dollars-per-1000-calls": ["rate", 0],
    percent: ["percent", 0],
    times: ["times", 0],
    tokens: ["tokens", 0],
    reads: ["reads", 0],
  };
  const WORDS = [
    [/^(us)?\$$|^usd$|^dollars?$/, "dollars"],
    [/^¢$|^c$|^cts?$|^cents?$/, "cents"],
    [/^[μu]\$$|^micro-?dollars?$/, "micro-dollars"],
    [/^%$|^percent$|^pct$/, "percent"],
    [/^[x×]$|^-?times$|^-?fold$/, "times"],
    [/^tok(en)?s?$/, "tokens"],
    [/^reads?$/, "reads"],
  ];
  const POWERS = { k: 3, thousand: 3, million: 6 };
  const PER = [
    [/ ?(\/|\bper|\bfor) ?(1[.,' ]?000|(1|a)? ?(k|thousand)) (calls|requests)$/, "rate", 0],
    [/ ?(\/|\bper|\ba) ?(call|request)$/, "rate", 3],
    [/ ?(\/|\bper) ?1? ?(m|million) ?tok(en)?s?$/, "money", 0],
  ];

  function shifted(value, power) {
    const decimals = value.decimals - power;
    return decimals < 0
      ? { digits: value.digits * 10n ** BigInt(-decimals), decimals: 0 }
      : { digits: value.digits, decimals };
  }

  function compare(one, other) {
    const left = one.digits * 10n ** BigInt(other.decimals);
    const right = other.digits * 10n ** BigInt(one.decimals);
    return left < right ? -1 : left > right ? 1 : 0;
  }

  function exact(text) {
    const [whole, part = ""] = text.split(".");
    return { digits: BigInt(whole + part), decimals: part.length };
  }

  function written(value) {
    const sign = value.digits < 0n ? "-" : "";
    const digits = String(value.digits < 0n ? -value.digits : value.digits).padStart(value.decimals + 1, "0");
    const whole = digits.length - value.decimals;
    return sign + digits.slice(0, whole) + (value.decimals ? "." + digits.slice(whole) : "");
  }

  // How digits with separators are read, and how else they might be meant; null where nobody can tell.
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
    const said = "“" + typed.trim() + "”";
    const some = /\d[\d.,]*/.exec(text);
    const no =
      (some ? "Of " + said + " only " + some[0] + " could be read." : "No number could be read in " + said + ".") +
      " Write one number, such as 0.0269.";
    const wanted = UNITS[unit];
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
    let measure = null;
    for (const word of (before.replace(/[+-]/, "") + " " + parts[4].replace(/[.,]$/, "")).match(/\S+/g) || []) {
      const found = WORDS.find(([pattern]) => pattern.test(word));
      if (found ? measure : !Object.hasOwn(POWERS, word)) {
        return { problem: no };
      }
      if (found) {
        measure = UNITS[found[1]];
      } else {
        power += POWERS[word];
      }
    }
    const kind = per ? per[1] : measure ? measure[0] : wanted[0];
    if (kind !== wanted[0] && !(kind === "money" && wanted[0] === "rate" && !per)) {
      return { problem: said + " is not in " + words + ", which this question asks for." };
    }
    power += (measure ? measure[1] - wanted[1] : 0) + (per ? per[2] : 0);
    const value = (digits) => shifted(exact((negative ? "-" : "") + digits), power);
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
  const when = (item, word) => said(item, '[data-when="' + word + '"]');

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
      return { score: [Math.max(0, 2 * right - chosen.length), Math.max(1, whole)], says: chosen, labels: true };
    },
  };
  const field = {
    get: (item) => item.querySelector(".cb-work input, .cb-work textarea").value,
    set(item, answer) {
      item.querySelector(".cb-work input, .cb-work textarea").value = answer;
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
        return read.problem || "Understood: " + inWords(read.value, unit, words) + (read.how || "") + ".";
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
        const within = (value, { dataset }) =>
          compare(exact(dataset.low), value) <= 0 && compare(value, exact(dataset.high)) <= 0;
        const right = within(read.value, list);
        if (!right && read.other && within(read.other, list)) {
          return { problem: this.reading(item, answer) + " If you mean " + written(read.other) + ", write it so." };
        }
        const mistake = said(item, "[data-low]").find((entry) => within(read.value, entry));
        const says = right ? when(item, "right") : mistake ? [mistake] : when(item, "otherwise");
        return { score: [right ? 1 : 0, 1], says, what: " for " + inWords(read.value, unit, words) };
      },
    },
    order: {
      ...selects,
      reading(item, answer) {
        const twice = answer.filter((place, index) => place && answer.indexOf(place) !== index);
        all(item, "select").forEach((select) => {
          select.setAttribute("aria-invalid", String(twice.includes(select.value)));
        });
        return twice.length ? "Each number once: " + twice.join(", ") + " stands more than once." : "";
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
        const says = kept === order.length - 1 ? when(item, "right") : early ? [early] : when(item, "otherwise");
        return { score: [kept, order.length - 1], says };
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
        const says = wrong.flatMap((left) => said(item, '[data-left="' + CSS.escape(left) + '"]'));
        return {
          score: [lefts.length - wrong.length, lefts.length],
          says: wrong.length ? says : when(item, "right"),
          labels: wrong.length > 0,
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
        const says = right ? when(item, "right") : mistake ? [mistake] : when(item, "otherwise");
        return { score: [right ? 1 : 0, 1], says };
      },
    },
    open: {
      ...field,
      reading(item, answer) {
        const { least, most } = item.querySelector("textarea").dataset;
        return plural((answer.match(/\S+/g) || []).length, "word") + " of " + least + " to " + most + ".";
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
      const number = place + 1;
      let item = null;
      let kind = null;
      let parts = null;

      // Put a variant on the page: the one with this code, else the first.
      function show(code) {
        const fresh = htmls.map(parsed);
        const next = fresh.find((one) => one.dataset.code === code) || fresh[0];
        (item || first).replaceWith(next);
        item = next;
        kind = KINDS[item.dataset.kind];
        kept[number] = { ...kept[number], code: item.dataset.code };
        equip();
      }

      function another() {
        const codes = htmls.map((html) => parsed(html).dataset.code);
        const next = codes[(codes.indexOf(item.dataset.code) + 1) % codes.length];
        const { score, answer } = kept[number];
        // The last check counts until the next one; a text that was written is kept.
        kept[number] = { score, answer: item.dataset.kind === "open" && codes.length === 1 ? answer : undefined };
        show(next);
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
        const input = item.querySelector(".cb-work input[type=text], .cb-work textarea");
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
          if (event.key === "Enter" && event.target.matches("input[type=text]")) {
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
        if (parts.check.getAttribute("aria-disabled") === "true") {
          return;
        }
        const answer = kind.get(item);
        const entry = kept[number];
        if (item.dataset.kind === "open") {
          if (!answer.trim()) {
            parts.says.replaceChildren(make("p", "", "Write your answer first."));
            return;
          }
          entry.committed = true;
        } else {
          const judged = kind.judge(item, answer);
          if (judged.problem) {
            parts.says.replaceChildren(make("p", "cb-problem", judged.problem));
            return;
          }
          entry.checked = answer;
          entry.tries = (entry.tries || 0) + 1;
          entry.score = judged.score;
          if (parts.hint && judged.score[0] < judged.score[1] && entry.tries === 1) {
            parts.hint.open = true;
          }
        }
        entry.answer = answer;
        tell(true);
        refresh();
        save();
      }

      // Say what the last check found: `now`, or on an earlier visit.
      function tell(now) {
        const { checked, tries, committed } = kept[number];
        const judged = checked !== undefined ? kind.judge(item, checked) : {};
        const whole = Boolean(judged.score) && judged.score[0] === judged.score[1];
        const closed = committed || whole || tries >= TRIES;
        parts.key.hidden = !closed;
        parts.key.open = Boolean(closed && !whole && (now || committed));
        parts.again.hidden = !closed;
        parts.check.setAttribute("aria-disabled", String(Boolean(closed)));
        all(item, ".cb-work input, .cb-work select, .cb-work textarea").forEach((input) => {
          // What takes text may have the focus: it must not lose it.
          input[input.matches("[type=text], textarea") ? "readOnly" : "disabled"] = Boolean(closed);
        });
        item.classList.toggle("cb-done", Boolean(closed));
        parts.says.replaceChildren();
        parts.says.className = "cb-says";
        if (committed) {
          const text = "Committed, " + KINDS.open.reading(item, kept[number].answer).replace(".", " asked for.");
          parts.says.append(make("p", "", text + " Now read the model answer and judge yours."));
        } else if (judged.score) {
          verdict(judged, whole, closed);
        }
      }

      function verdict({ score, says, what, labels }, whole, closed) {
        const word = whole ? "Correct" : score[0] ? "Partly right" : "Not right";
        const of = Number(item.dataset.points);
        const earned = points([score[0] * of, score[1]]);
        const next = whole ? "" : closed ? " The answer stands below." : parts.hint ? " See the hint, and try again." : " Try again.";
        parts.says.classList.add(whole ? "cb-right" : score[0] ? "cb-partly" : "cb-wrong");
        const line = word + ": " + earned + " of " + plural(of, "point") + (what || "") + "." + next;
        parts.says.append(make("p", "cb-verdict", line));
        says.forEach((entry) => {
          const box = make("div", "cb-one");
          box.append(entry.querySelector(".cb-said").cloneNode(true));
          if (labels && item.dataset.kind !== "choice") {
            box.prepend(entry.querySelector(".cb-label").cloneNode(true));
          }
          parts.says.append(box);
        });
      }

      function equipMarks() {
        const total = make("p", "cb-own");
        total.setAttribute("role", "status");
        const criteria = all(item, ".cb-criterion");
        const most = (one) => Math.max(...all(one, "input").map((input) => Number(input.value)));

        function add() {
          const marks = criteria.map((one) => one.querySelector("input:checked")).filter(Boolean);
          const sum = marks.reduce((before, input) => before + Number(input.value), 0);
          const of = criteria.reduce((before, one) => before + most(one), 0);
          total.textContent = marks.length
            ? "By your own judgement " + sum + " of " + plural(of, "point") + ", " +
              marks.length + " of " + criteria.length + " criteria judged. It does not count towards passing."
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
          const code = (kept[number] || {}).code;
          try {
            show(code);
            if (item.dataset.code !== code && code) {
              throw new Error("another variant");
            }
          } catch {
            // Kept by another edition, or by a hand: this question starts anew.
            kept[number] = {};
            show();
          }
        },
        get item() {
          return item;
        },
        get kept() {
          return kept[number];
        },
        get score() {
          return item.dataset.kind === "open" ? null : kept[number].score;
        },
      };
    }

    function parsed(html) {
      const template = document.createElement("template");
      template.innerHTML = html;
      return template.content.firstElementChild;
    }

    // ---- Results

    const results = form.querySelector(".cb-results");
    const status = make("p", "cb-status");
    const goals = all(results, "li").filter(({ dataset }) => dataset.of > 0);
    goals.forEach((goal) => {
      goal.dataset.have = goal.querySelector(".cb-have").textContent;
    });
    status.setAttribute("role", "status");
    const questions = all(form, ".cb-item").map(question);
    const share = exact(pass);

    // A fraction.
    function sum(some) {
      return some.reduce(
        ([part, whole], { item, score }) =>
          score ? [part * score[1] + score[0] * Number(item.dataset.points) * whole, whole * score[1]] : [part, whole],
        [0, 1],
      );
    }

    function reached(goal) {
      const mine = questions.filter(({ item, score }) => score && item.dataset.objective === goal.dataset.objective);
      const earned = sum(mine);
      const of = Number(goal.dataset.of);
      const needed = share.digits * BigInt(of * earned[1]);
      return { mine, earned, of, passed: BigInt(earned[0]) * 10n ** BigInt(share.decimals) >= needed };
    }

    function refresh() {
      const closed = questions.filter(({ item }) => item.dataset.kind !== "open");
      const checked = closed.filter(({ score }) => score);
      let passed = 0;
      goals.forEach((goal) => {
        const { mine, earned, passed: done } = reached(goal);
        passed += done;
        goal.classList.toggle("cb-passed", done);
        goal.querySelector(".cb-have").textContent =
          (mine.length ? "Yours: " + points(earned) + " of " : "") + goal.dataset.have +
          (done ? ": passed." : mine.length ? ": not passed yet." : "");
      });
      const of = closed.reduce((before, { item }) => before + Number(item.dataset.points), 0);
      status.textContent =
        checked.length + " of " + plural(closed.length, "question") + " checked: " +
        points(sum(checked)) + " of " + plural(of, "point") + ". " +
        "Passed: " + passed + " of " + plural(goals.length, "objective") + ".";
    }

    function exported() {
      return {
        format: "costbook quiz answers 1",
        quiz,
        title,
        digest,
        edition: Number(edition),
        "as-of": asOf,
        questions: questions.map(({ item, kept: { answer, tries, committed, marks }, score }, place) => ({
          question: place + 1,
          item: item.dataset.item,
          code: item.dataset.code,
          kind: item.dataset.kind,
          answer,
          tries: tries || 0,
          points: score ? points([score[0] * item.dataset.points, score[1]]) : undefined,
          of: Number(item.dataset.points),
          committed,
          marks,
        })),
        objectives: goals.map((goal) => {
          const { earned, of, passed } = reached(goal);
          return { objective: goal.dataset.objective, points: points(earned), of, passed };
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

    // ---- Begin

    const how = form.querySelector(".cb-how");
    how.textContent =
      "Check a question when you are ready. A hint opens after the first slip, the answer after the second try, and the " +
      "last check of a question counts. Your answers stay on this device.";
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
