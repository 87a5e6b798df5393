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

for (const input of document.querySelectorAll(".file-choice input[type=file]")) {
  const words = input.nextElementSibling.querySelector("span");
  const usual = words.textContent;
  input.addEventListener("change", async () => {
    const [file] = input.files;
    words.textContent = file ? file.name : usual;
    input.nextElementSibling.classList.toggle("is-chosen", Boolean(file));
    if (!file) return;
    const small = await shrink(file);
    if (small !== file && input.files[0] === file) put(input, small);
  });
}
