// A workload of the reader's own: kept on the device, shared as a link, offered by the simulations that load this file.
// It needs kit.js before it.
(() => {
  "use strict";

  const { kit } = costbook;
  const { el, money } = kit;

  const STORE = "workload";
  const MOST = { name: 60, tokens: 1_000_000, requests: 1_000_000_000 };
  const listeners = [];

  const within = (value, low, high) => Number.isInteger(value) && value >= low && value <= high;
  const sound = (one) =>
    typeof one?.name === "string" &&
    within(one.name.length, 1, MOST.name) &&
    within(one.input, 1, MOST.tokens) &&
    within(one.output, 1, MOST.tokens) &&
    within(one.requests, 1, MOST.requests) &&
    within(one.cached, 0, 100);

  // What is kept, or null; what an older or another hand has written there counts as nothing.
  function kept() {
    const found = kit.device.get(STORE);
    return sound(found) ? found : null;
  }

  function put(one) {
    kit.device.put(STORE, one);
    listeners.forEach((listener) => listener());
  }

  // Another window of this reader kept or deleted one.
  addEventListener("storage", ({ key }) => {
    if (key === `costbook-${STORE}`) {
      listeners.forEach((listener) => listener());
    }
  });

  // Tokens of the input that the cache holds: a whole number, half up.
  const held = (input, cached) => Math.floor((input * cached + 50) / 100);

  const words = ({ name, input, output, requests, cached }) =>
    `${name}: ${money.count(input)} input and ${money.count(output)} output tokens, ${money.count(requests)} requests a day, ${cached}% of the input cached`;

  // The address that opens a simulation with some words, and nothing else of this page's.
  function link(sim, values) {
    const url = new URL(location.href);
    const own = document.body.classList.contains("cb-sim-page");
    url.search = "";
    url.hash = own ? "" : `sim-${sim.name}`;
    url.searchParams.set("model", sim.model.id);
    for (const [word, value] of Object.entries(values)) {
      if (value !== "" && value !== null) {
        url.searchParams.set(own ? word : `${sim.name}.${word}`, value);
      }
    }
    return url.href;
  }

  // The part of a simulation that keeps, uses, shares and deletes. `read()` gives the numbers that the simulation shows,
  // { input, output, requests, cached }; `use(workload)` takes such; `words()` are those of its address. It has `node`,
  // `name` (what the reader calls it) and `update()`.
  function panel(sim, { read, use, words: said, more = null }) {
    const mine = { name: (sim.state.get("name") || "").slice(0, MOST.name) };
    const tell = (text) => {
      mine.told = text;
      note.textContent = text;
      sim.say(text);
    };
    const field = el("input", { type: "text", maxlength: MOST.name, value: mine.name, autocomplete: "off", oninput: () => {
      mine.name = field.value.slice(0, MOST.name);
      sim.render();
    } });
    const keep = kit.button("Keep on this device", () => {
      const one = { name: mine.name.trim() || "My workload", ...read() };
      if (!sound(one)) {
        tell("A workload has at least one token of input, one of output and one request a day.");
        return;
      }
      put(one);
      const now = kept();
      tell(now && now.name === one.name ? "Kept on this device only." : "This browser keeps nothing: perhaps the window is private. The link still works.");
    });
    const take = kit.button("Use it", () => {
      const one = kept();
      if (one) {
        mine.name = field.value = one.name;
        use(one);
        tell(`In use: ${words(one)}.`);
      }
    });
    const drop = kit.button("Delete it", () => {
      if (kept()) {
        put(null);
        tell("Deleted from this device.");
      }
    });
    const address = el("input", { type: "text", readonly: true, class: "cb-link" });
    const shown = kit.labelled("Link to these numbers", address);
    const slot = el("div", {}); // the link stands here once it was asked for
    const copy = kit.button("Copy link", () => {
      address.value = link(sim, { name: mine.name.trim(), ...said() });
      slot.replaceChildren(shown);
      const byHand = () => {
        address.focus();
        address.select();
        tell("Copy the link from the field: it is selected.");
      };
      if (navigator.clipboard) {
        navigator.clipboard.writeText(address.value).then(() => tell("Copied. The link carries the name and the numbers."), byHand);
      } else {
        byHand();
      }
    });
    const state = el("p", { class: "cb-caption" });
    const note = el("p", { class: "cb-caption cb-workload-note" });
    mine.node = el(
      "fieldset",
      { class: "cb-workload" },
      el("legend", {}, "Your own workload"),
      el("p", { class: "cb-caption" }, "Give the numbers above a name and keep them on this device only, for every simulation that asks for a workload. No script sends them anywhere; a link carries them, and the host of this page sees what it carries."),
      el("div", { class: "cb-controls" }, kit.labelled("Name", field), more, keep, take, drop, copy),
      slot,
      state,
      note,
    );
    mine.update = () => {
      const one = kept();
      state.textContent = one ? `Kept here: ${words(one)}.` : "Nothing is kept here.";
      take.setAttribute("aria-disabled", !one);
      drop.setAttribute("aria-disabled", !one);
      if (shown.isConnected && address.value !== link(sim, { name: mine.name.trim(), ...said() })) {
        slot.replaceChildren(); // it led to other numbers
        note.textContent = "";
      }
    };
    listeners.push(() => mine.update());
    return mine;
  }

  costbook.workload = { MOST, held, kept, panel };
})();
