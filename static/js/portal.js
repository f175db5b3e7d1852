/* Keeps the keyboard where its user is. Without it everything works, from the top of the page. */

// The menu on small screens closes with Escape and behind whoever leaves it, so that it covers nothing that has focus.
function closeWith(drawer) {
  const opener = drawer.querySelector("summary");
  drawer.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drawer.open) return;
    drawer.open = false;
    opener.focus();
  });
  drawer.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !drawer.contains(event.relatedTarget)) drawer.open = false;
  });
}

// Reading on from the results, not from the top: what was pressed is gone with the part that was exchanged.
function focusResults(listing) {
  if (document.activeElement && document.activeElement !== document.body) return;
  const heading = document.getElementById(`${listing.id}-count`);
  if (!heading) return;
  heading.focus({ preventScroll: true });
  if (heading.getBoundingClientRect().top < 0) heading.scrollIntoView({ behavior: "instant" });
}

// A link of the summary leaves its field in the address: the next errors would be read from there, not from the top.
function focusErrors() {
  const errors = document.querySelector(".errors[autofocus]");
  if (!errors || !location.hash) return;
  const show = () => {
    errors.focus();
    errors.scrollIntoView({ behavior: "instant", block: "center" });
  };
  show();
  // A slow browser goes to the field only now.
  addEventListener("load", () => document.activeElement?.matches(":target, body") && show(), { once: true });
}

// What a button did, said once the page is there.
function sayAgain() {
  const said = document.querySelector(".messages");
  if (!said) return;
  const words = [...said.children];
  said.replaceChildren();
  setTimeout(() => said.append(...words), 200);
}

// Back on the button that was pressed; the browser only went to the part of the page that the address names.
function focusButton() {
  if (!document.querySelector(".messages") || !location.hash.startsWith("#practice-")) return;
  const place = document.getElementById(location.hash.slice(1));
  const button = place && place.querySelector(".keep button");
  if (button) button.focus({ preventScroll: true });
}

// A text that is there to be copied is selected by going into it, and by a button where the browser allows one.
function offerCopy(button) {
  const field = document.getElementById(button.dataset.copies);
  const said = button.parentElement.querySelector("[role=status]");
  field.addEventListener("focus", () => field.select());
  field.addEventListener("click", () => field.select());
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    said.textContent = "";
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = button.dataset.said;
    } catch {
      field.focus();
    }
  });
}

addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("details.drawer").forEach(closeWith);
  document.querySelectorAll("[data-copies]").forEach(offerCopy);
  sayAgain();
});
addEventListener("load", () => {
  focusErrors();
  focusButton();
});
addEventListener("htmx:afterSettle", (event) => {
  if (event.target.matches(".listing")) focusResults(event.target);
});
