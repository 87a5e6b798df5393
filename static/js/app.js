// Small comforts. Every page works without this file.

// A password can be looked at while it is typed.
for (const field of document.querySelectorAll("input[type=password]")) {
  const row = document.createElement("div");
  row.className = "with-button";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-quiet";
  button.textContent = "Show";
  button.setAttribute("aria-label", "Show password");
  button.setAttribute("aria-controls", field.id);
  const show = (shown) => {
    field.type = shown ? "text" : "password";
    button.textContent = shown ? "Hide" : "Show";
    button.setAttribute("aria-label", shown ? "Hide password" : "Show password");
  };
  button.addEventListener("click", () => show(field.type === "password"));
  field.form?.addEventListener("submit", () => show(false));
  field.replaceWith(row);
  row.append(field, button);
}

// The menu closes on Escape and on a press beside it.
const menu = document.querySelector("details.menu");
if (menu) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
}

// What works only with scripts is shown only with scripts.
for (const part of document.querySelectorAll("[data-needs-script]")) part.hidden = false;

// Going back reads a page anew, and while it is being read nobody hears that Back was pressed once more:
// the address has moved on then, and the page is read again for the address shown.
document.addEventListener("DOMContentLoaded", () => {
  const [read] = performance.getEntriesByType("navigation");
  const shown = location.href.split("#")[0];
  if (read?.type === "reload" && history.state?.htmx && read.name.split("#")[0] !== shown) location.reload();
});
