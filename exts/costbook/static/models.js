// The models of the price book, and the one that a reader has chosen: see sphinx_ext/book_script.py.
// The choice stands in the address, as `?model=`, and is kept on the device. It needs costbook-prices.js before it.
(function () {
  "use strict";

  const STORE = "costbook-model";
  const all = costbook.book.models;
  const listeners = [];

  const byId = (id) => all.find((model) => model.id === id) || null;
  const own = (id) => !id.includes(":");

  function stored() {
    try {
      return localStorage.getItem(STORE);
    } catch {
      return null; // a private window
    }
  }

  function keep(id) {
    try {
      if (id) {
        localStorage.setItem(STORE, id);
      } else {
        localStorage.removeItem(STORE);
      }
    } catch {
      // The choice then lasts as long as the page.
    }
  }

  // A model that the book has, of its own and not another way to be billed: an old address may name another.
  const known = (id) => (id && own(id) && byId(id) ? id : null);

  let now = known(new URLSearchParams(location.search).get("model")) || known(stored());

  function tell(id) {
    if (id !== now) {
      now = id;
      listeners.forEach((listener) => listener(id));
    }
  }

  function choose(id) {
    const url = new URL(location.href);
    if (known(id)) {
      url.searchParams.set("model", id);
    } else {
      url.searchParams.delete("model");
    }
    history.replaceState(history.state, "", url);
    keep(known(id));
    tell(known(id));
  }

  // Another window of this reader chose.
  addEventListener("storage", (event) => {
    if (event.key === STORE) {
      tell(known(event.newValue));
    }
  });

  function fill(select, { variants = false } = {}) {
    const add = (parent, { id, name }, said) => parent.append(new Option(said || name, id));
    const group = (label) => {
      const made = document.createElement("optgroup");
      made.label = label;
      select.append(made);
      return made;
    };
    select.replaceChildren();
    const first = group("Models of this book");
    const houses = Object.entries(costbook.book.houses).filter(
      ([, id], index, every) => byId(id) && every.findIndex(([, other]) => other === id) === index,
    );
    houses.forEach(([role, id]) => add(first, byId(id), `${byId(id).name} (${role})`));
    const groups = new Map();
    all
      .filter(({ id }) => (variants || own(id)) && !houses.some(([, house]) => house === id))
      .forEach((model) => {
        if (!groups.has(model.provider)) {
          groups.set(model.provider, group(`More: ${model.provider}`));
        }
        add(groups.get(model.provider), model);
      });
  }

  costbook.models = {
    all,
    byId,
    house: (role) => byId(costbook.book.houses[role]),
    chosen: () => now,
    choose,
    onChange: (listener) => listeners.push(listener),
    fill,
  };
})();
