// Copy buttons beside the values that people type again on the certifying body's own form. Without this they select.
(() => {
  if (!navigator.clipboard) return;
  for (const value of document.querySelectorAll("[data-copies] [data-copy]")) {
    const text = value.innerText.replace(/\s*\n\s*/g, ", ").trim();
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-quiet copy";
    button.append("Copy");
    const about = document.createElement("span");
    about.className = "visually-hidden";
    about.append(` ${value.dataset.copy}`);
    button.append(about);
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text);
        button.firstChild.data = "Copied";
      } catch {
        button.firstChild.data = "Not copied";
      }
    });
    value.append(button);
  }
})();
