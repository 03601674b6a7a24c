// Dropping a file, telling the program that the page is open, the secret that every post carries.
"use strict";

const BEAT = 20000; // milliseconds
const secret = document.querySelector('meta[name="csrf"]')?.content ?? "";
const say = (text) => {
  const note = document.getElementById("note");
  const line = document.createElement("p");
  line.className = "note wrong";
  line.textContent = text;
  note.replaceChildren(line);
};

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRF-Token"] = secret;
});
document.addEventListener("htmx:beforeRequest", () => document.getElementById("note").replaceChildren());
document.addEventListener("htmx:sendError", () => { document.getElementById("gone").hidden = false; });

// a file that is too large is not sent at all; the program refuses it as well
function choose(input, files) {
  const file = files[0];
  if (!file) return false;
  if (input.dataset.limit && file.size > Number(input.dataset.limit) * 1024 * 1024) {
    input.value = "";
    say(input.dataset.tooLarge);
    return false;
  }
  if (files !== input.files) input.files = files;
  const shown = input.form.querySelector(`output[for="${input.id}"]`);
  if (shown) shown.textContent = file.name;
  return true;
}

document.addEventListener("change", (event) => {
  if (event.target.matches('input[type="file"]')) choose(event.target, event.target.files);
});
for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const box = document.querySelector("[data-drop]");
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault(); // the browser would leave the page and open the file
    if (!box) return;
    box.classList.toggle("over", kind === "dragenter" || kind === "dragover");
    if (kind === "drop" && choose(box.querySelector('input[type="file"]'), event.dataTransfer.files)) {
      box.requestSubmit();
    }
  });
}

if (secret) {
  setInterval(async () => {
    const gone = document.getElementById("gone");
    try {
      gone.hidden = (await fetch("/alive")).ok;
    } catch {
      gone.hidden = false;
    }
  }, BEAT);
}
