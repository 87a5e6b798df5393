// The log forms: drafts kept on this device, photos made small and sent after the activity is saved.
// Every page works without this file.

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

// Photos and PDFs: shows what was chosen, and makes photos small before they are sent.

const LONGEST = 2000;
const SMALL = 700 * 1024;

const shrink = async (file) => {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size < SMALL) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const paper = document.createElement("canvas");
    paper.width = Math.round(picture.width * scale);
    paper.height = Math.round(picture.height * scale);
    const brush = paper.getContext("2d");
    brush.fillStyle = "#fff";
    brush.fillRect(0, 0, paper.width, paper.height);
    brush.drawImage(picture, 0, 0, paper.width, paper.height);
    const blob = await new Promise((done) => paper.toBlob(done, "image/jpeg", 0.85));
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], file.name.replace(/\.[^.]*$/, "") + ".jpg", { type: "image/jpeg" });
  } catch {
    return file; // What the browser cannot draw the server can.
  }
};

const put = (input, file) => {
  const box = new DataTransfer();
  box.items.add(file);
  input.files = box.files;
};

// Photos that are being made small; whoever sends them waits for it.
const shrinking = new Map();

for (const input of document.querySelectorAll(".file-choice input[type=file]")) {
  const words = input.nextElementSibling.querySelector("span");
  const usual = words.textContent;
  input.addEventListener("change", () => {
    const [file] = input.files;
    words.textContent = file ? file.name : usual;
    input.nextElementSibling.classList.toggle("is-chosen", Boolean(file));
    if (!file) return;
    shrinking.set(input, shrink(file).then((small) => {
      if (small !== file && input.files[0] === file) put(input, small);
    }));
  });
}

const say = (form, text) => {
  const box = form.querySelector("[data-progress]");
  box.textContent = text;
  box.className = "note";
};

// The activity is saved first and the photo sent after it: a slow connection keeps nobody waiting for the record.
// Whatever goes wrong on the way, the form is sent as it is; its number makes sure that it is stored once.
for (const form of document.querySelectorAll("form[data-photo-later]")) {
  form.addEventListener("submit", async (event) => {
    const chosen = [...form.querySelectorAll(".file-choice input")].filter((input) => input.files.length);
    if (event.defaultPrevented || !chosen.length) return;
    event.preventDefault();
    say(form, "Saving the activity.");
    const typed = new FormData(form);
    const token = typed.get("csrfmiddlewaretoken");
    for (const input of chosen) typed.delete(input.name);
    let saved = null;
    try {
      const answer = await fetch(form.action, { method: "POST", body: typed });
      saved = answer.ok && /\/log\/(\d+)\/saved\/$/.exec(new URL(answer.url).pathname);
    } catch {
      saved = null;
    }
    if (!saved) {
      await Promise.all(shrinking.values());
      form.submit();
      return;
    }
    say(form, "The activity is saved. Sending the photo.");
    let trouble = "";
    try {
      await Promise.all(shrinking.values());
      const proof = new FormData();
      proof.append("csrfmiddlewaretoken", token);
      for (const input of chosen) proof.append(input.name, input.files[0]);
      const answer = await fetch(`/activities/${saved[1]}/evidence/`, { method: "POST", body: proof, redirect: "manual" });
      if (answer.type !== "opaqueredirect") trouble = answer.headers.get("X-Trouble") || "not-stored";
    } catch {
      trouble = "not-stored";
    }
    location.assign(saved[0] + (trouble ? `?file=${trouble}` : ""));
  });
}

// A page whose only purpose is the file sends it as soon as it is chosen; it says so beforehand.
for (const form of document.querySelectorAll("form[data-send-at-once]")) {
  form.addEventListener("change", async () => {
    say(form, "Sending the file.");
    await Promise.all(shrinking.values());
    form.submit();
  });
}

// A file can be chosen before this script has loaded. Going back to a page must send nothing again.
const [visit] = performance.getEntriesByType("navigation");
if (visit?.type === "navigate") {
  for (const input of document.querySelectorAll(".file-choice input[type=file]")) {
    if (input.files.length) input.dispatchEvent(new Event("change", { bubbles: true }));
  }
}
