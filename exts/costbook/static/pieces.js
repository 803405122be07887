// The tokens of a text as chips, also those that are a part of a character. It needs kit.js before it.
// A piece is what one token stands for: text, or a list of bytes where these are no whole characters.
(() => {
  "use strict";

  const { el } = costbook.kit;

  const MARKS = { " ": "␣", "\n": "↵", "\r": "␍", "\t": "⇥" };
  const UNSEEN = /[\p{C}\p{Z}]/u;
  const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

  const hex = (number, digits) => number.toString(16).toUpperCase().padStart(digits, "0");

  // The text of some bytes, or null where they end within a character.
  function whole(bytes) {
    try {
      return utf8.decode(new Uint8Array(bytes));
    } catch {
      return null;
    }
  }

  // What is not seen gets a mark or its number; an accent without its letter gets a circle.
  const seen = (text) =>
    [...text].map((one) => MARKS[one] || (UNSEEN.test(one) ? `U+${hex(one.codePointAt(0), 4)}` : one)).join("").replace(/^\p{M}/u, "◌$&");

  // Bytes as two hexadecimal digits each; those that are letters or spaces by themselves as these.
  const part = (bytes) => bytes.map((byte) => (byte < 128 ? seen(String.fromCharCode(byte)) : hex(byte, 2))).join(" ");

  const said = (piece) => (typeof piece === "string" ? seen(piece) : part(piece));

  // Characters that lie in several tokens, each once: [{ text, parts: [bytes, …] }].
  function apart(pieces) {
    const found = new Map();
    let open = [];
    for (const piece of pieces) {
      if (typeof piece !== "string") {
        open.push(piece);
        const text = whole(open.flat());
        if (text !== null) {
          found.set(text, { text, parts: open });
          open = [];
        }
      }
    }
    return [...found.values()];
  }

  // Numbered chips in a list; `ids` are shown where they are given.
  const chips = (pieces, ids = null) =>
    el("ol", { class: "cb-chips" }, pieces.map((piece, i) =>
      el("li", { class: `cb-chip cb-input${typeof piece === "string" ? "" : " cb-part"}` }, el("bdi", {}, said(piece)), ids ? el("span", { class: "cb-id" }, ` ${ids[i]}`) : null)));

  // What the chips with a dashed border are; nothing where there is none.
  function explained(pieces) {
    const found = apart(pieces);
    return found.length === 0
      ? null
      : el("div", { class: "cb-apart" },
        el("p", { class: "cb-caption" }, "A dashed chip is a part of a character, with no letter of its own. It shows the bytes of that part, two hexadecimal digits each:"),
        el("ul", { class: "cb-caption" }, found.slice(0, 12).map(({ text, parts }) => el("li", {}, el("bdi", {}, seen(text)), ` = ${parts.map(part).join(" + ")}`))),
        found.length > 12 ? el("p", { class: "cb-caption" }, `and ${found.length - 12} more.`) : null,
      );
  }

  costbook.pieces = { chips, explained, whole };
})();
