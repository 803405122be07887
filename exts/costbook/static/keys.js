// The window that lists the keys. Loaded by reading.js.
(function () {
  "use strict";

  const KEYS = "costbook-keys"; // "off" where a reader wants no keys of one character
  const { make, kept, keep } = costbook.reading;
  const dialog = make("dialog", "cb-keys");
  dialog.setAttribute("aria-labelledby", "cb-keys-title");
  dialog.innerHTML = `<h2 id="cb-keys-title" tabindex="-1" autofocus>Keys on this site</h2>
<dl>
<dt><kbd>Tab</kbd>, <kbd>Shift</kbd> + <kbd>Tab</kbd></dt>
<dd>To the next link or control, and back. At a term of the glossary its definition opens.</dd>
<dt><kbd>Enter</kbd>, <kbd>Space</kbd></dt>
<dd>Enter follows a link, opens the working of an amount and checks an answer that was typed. Both press a button.</dd>
<dt>Arrow keys</dt>
<dd>Choose among the answers of a question, move a slider, or scroll a wide table.</dd>
<dt><kbd>Esc</kbd></dt>
<dd>Closes a definition, a working, the menu or this window.</dd>
<dt><kbd>/</kbd></dt>
<dd>To the search field, where it is in sight.</dd>
<dt><kbd>?</kbd></dt>
<dd>Opens this window.</dd>
</dl>
<p><label><input type="checkbox"> Use the keys / and ?</label></p>
<p><button type="button" class="cb-mark-button">Close</button></p>`;
  const box = dialog.querySelector("input");
  box.checked = kept(KEYS) !== "off";
  box.addEventListener("change", () => keep(KEYS, box.checked ? "on" : "off"));
  dialog.querySelector("button").addEventListener("click", () => dialog.close());
  document.body.append(dialog);
  costbook.openKeys = () => dialog.open || dialog.showModal();
})();
