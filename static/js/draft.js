// Keeps what is being typed into <form data-draft="name"> on this device until it is saved.
// The page after saving says so with data-draft-done="name". Files, passwords and hidden fields are never kept.

const note = (form, text, label, act) => {
  form.previousElementSibling?.matches("[data-draft-note]") && form.previousElementSibling.remove();
  const box = document.createElement("div");
  box.className = "note undo";
  box.dataset.draftNote = "";
  box.setAttribute("role", "status");
  box.append(text);
  if (label) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-quiet";
    button.textContent = label;
    button.addEventListener("click", () => { act(); box.remove(); });
    box.append(button);
  }
  form.before(box);
};

const fields = (form) => [...form.elements].filter(
  (field) => field.name && !["hidden", "file", "password", "submit", "button"].includes(field.type));

const read = (form) => fields(form).map((field) =>
  [field.name, field.value, /radio|checkbox/.test(field.type) ? field.checked : null]);

const write = (form, kept) => {
  for (const [name, value, checked] of kept) {
    for (const field of fields(form)) {
      if (field.name !== name) continue;
      if (checked === null) field.value = value;
      else if (field.value === value) field.checked = checked;
    }
  }
};

for (const done of document.querySelectorAll("[data-draft-done]")) localStorage.removeItem(`draft:${done.dataset.draftDone}`);

for (const form of document.querySelectorAll("form[data-draft]")) {
  const key = `draft:${form.dataset.draft}`;
  const empty = JSON.stringify(read(form));
  const kept = localStorage.getItem(key);
  // A form that came back with errors is newer than the draft.
  if (kept && kept !== empty && !document.querySelector(".error-summary")) {
    try {
      write(form, JSON.parse(kept));
      note(form, "This is your draft from this device.", "Start over", () => {
        write(form, JSON.parse(empty));
        localStorage.removeItem(key);
      });
    } catch {
      localStorage.removeItem(key);
    }
  }
  form.addEventListener("input", () => localStorage.setItem(key, JSON.stringify(read(form))));
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    localStorage.setItem(key, JSON.stringify(read(form)));
    note(form, "You are offline. Your draft is on this device. Save again when you are back online.");
    form.previousElementSibling.scrollIntoView();
  });
}
