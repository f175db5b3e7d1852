/* The editor of translations writes this one label in English; Wagtail's own catalog, loaded before, has the words. */

const LABEL = "More actions";
const editor = document.querySelector(".js-translation-editor");
const words = window.gettext(LABEL);

function say() {
  for (const label of editor.querySelectorAll(".w-sr-only")) {
    if (label.textContent === LABEL && words !== LABEL) label.textContent = words;
  }
}

if (editor) {
  new MutationObserver(say).observe(editor, { childList: true, subtree: true });
  say();
}
