/* Says while somebody writes how much of a limited text there is, counted as `consortia/asked_parts/counting.py` does.
   The portal counts again; without this script the number is that of the page. */

const counted = (text, unit) => {
  const tidy = text.replace(/\r\n?/g, "\n").trim();
  return unit === "words" ? (tidy.match(/\S+/g) || []).length : [...tidy].length;
};

for (const field of document.querySelectorAll("textarea[data-limit]")) {
  const form = field.form;
  const number = form.querySelector("[data-part=count]");
  const over = form.querySelector("[data-part=over]");
  const count = () => {
    const now = counted(field.value, field.dataset.unit);
    number.textContent = now;
    // Said once when it becomes true: nobody wants to hear a number after each letter.
    const said = now > Number(field.dataset.limit) ? over.dataset.over : "";
    if (over.textContent !== said) over.textContent = said;
  };
  field.addEventListener("input", count);
  count();
}
