// The page "Your progress": what is kept on the device, as a file and back, and how to delete it. It needs reading.js.
(function () {
  "use strict";

  const FORMAT = "costbook reading 1";
  const OURS = /^costbook-/;
  const LARGEST = 2_000_000; // characters
  const { pages, done, summary, understood, show, make } = costbook.reading;
  const place = document.querySelector(".cb-your-progress");
  if (!place) {
    return;
  }

  const says = make("p", "cb-progress-says");
  says.setAttribute("role", "status");
  const sum = make("p", "");
  const list = make("ul", "");
  const stored = make("p", "");

  // Everything that this site keeps, the theme's choice of light or dark left out.
  function everything() {
    try {
      return Object.fromEntries(Object.entries(localStorage).filter(([key]) => OURS.test(key)).sort());
    } catch {
      return {};
    }
  }

  function write() {
    sum.textContent = `${summary()}.`;
    const read = understood("costbook-read");
    list.replaceChildren(
      ...pages.map((page) => {
        const entry = make("li", "");
        const link = make("a", "reference", page.title);
        link.href = page.href;
        const word = done(page) || (page.kind === "quiz" ? "not done" : "not read");
        entry.append(link, `: ${word}${done(page) && read[page.id] && page.kind === "chapter" ? ` on ${read[page.id]}` : ""}`);
        return entry;
      }),
    );
    const keys = Object.keys(everything());
    stored.textContent = keys.length ? `Kept under: ${keys.join(", ")}.` : "Nothing is kept.";
    show();
  }

  function button(text, act) {
    const made = make("button", "cb-mark-button", text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  function save() {
    const link = make("a", "");
    const text = JSON.stringify({ format: FORMAT, kept: everything() }, null, 2);
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = "reading-progress.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    says.textContent = "Saved as reading-progress.json.";
  }

  // The entries of a file, or null where it is not one of ours.
  function entries(text) {
    try {
      const { format, kept } = JSON.parse(text);
      const found = Object.entries(kept);
      return format === FORMAT && found.every(([key, value]) => OURS.test(key) && typeof value === "string") ? found : null;
    } catch {
      return null;
    }
  }

  async function load({ target }) {
    const [file] = target.files;
    if (!file) {
      return;
    }
    const found = file.size > LARGEST ? null : entries(await file.text());
    target.value = "";
    if (!found) {
      says.textContent = `${file.name} was not saved from this page. Nothing was changed.`;
      return;
    }
    const before = everything();
    try {
      found.forEach(([key, value]) => localStorage.setItem(key, value));
      says.textContent = `Loaded: ${found.length} ${found.length === 1 ? "entry" : "entries"}.`;
    } catch {
      found.forEach(([key]) => localStorage.removeItem(key));
      Object.entries(before).forEach(([key, value]) => localStorage.setItem(key, value));
      says.textContent = "The file holds more than this browser can keep. Nothing was changed.";
    }
    write();
  }

  function erase() {
    if (!confirm("Delete everything that this site keeps on this device? This cannot be undone.")) {
      return;
    }
    [...Object.keys(everything()), "theme"].forEach((key) => localStorage.removeItem(key));
    says.textContent = "Deleted.";
    write();
  }

  const file = make("input", "");
  file.type = "file";
  file.accept = ".json,application/json";
  file.addEventListener("change", load);
  const label = make("label", "", "Load a saved file: ");
  label.append(file);
  const [row, second] = [make("p", "cb-progress-row"), make("p", "cb-progress-row")];
  row.append(button("Save as a file", save), " ", button("Delete everything", erase));
  second.append(label);
  place.replaceChildren(sum, list, stored, row, second, says);
  addEventListener("storage", write);
  write();
})();
