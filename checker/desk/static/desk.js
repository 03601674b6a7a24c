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

// items by severity and part; what was just mended stays in sight until the choice changes
const filter = document.querySelector("[data-filter]");
function sift() {
  const { severity, part } = Object.fromEntries(new FormData(filter));
  let shown = 0;
  for (const item of document.querySelectorAll("article.item")) {
    const has = item.querySelector(".body").dataset.severity;
    const fits = severity === "all" || has === severity || (severity === "open" && /error|warning/.test(has));
    item.hidden = !fits || (part !== "" && item.dataset.part !== part);
    shown += item.hidden ? 0 : 1;
  }
  filter.querySelector("output").textContent = filter.dataset.shown.replace("#", shown);
}
function reveal() {
  const item = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!item) return;
  item.hidden = false;
  item.scrollIntoView();
  item.focus({ preventScroll: true });
}
if (filter) {
  filter.addEventListener("change", sift);
  window.addEventListener("hashchange", reveal);
  document.addEventListener("click", (event) => {
    if (event.target.closest('a[href^="#"]')?.hash === location.hash) reveal();
  });
  sift();
  reveal();
}

// the form of an answer
document.addEventListener("click", (event) => {
  const cancel = event.target.closest("[data-cancel]");
  if (cancel) close(cancel.form);
  event.target.closest("a[data-unsaved]")?.removeAttribute("data-unsaved");
});
document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.(".editor");
  if (form && event.key === "Escape") close(form);
  if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
function close(form) {
  const back = document.getElementById(form.dataset.back);
  form.remove();
  back?.focus();
}
document.addEventListener("htmx:afterSettle", (event) => {
  const asked = event.detail.requestConfig?.elt;
  if (asked?.matches?.(".editor") && !asked.isConnected) document.getElementById(asked.dataset.back)?.focus();
  if (asked?.matches?.(".ask") && !asked.isConnected) {
    const same = document.querySelector(`.ask input[value="${CSS.escape(asked.elements.question.value)}"]`);
    same?.form.querySelector("[aria-pressed=true]")?.focus();
  }
  if (event.target.querySelector?.("[data-kept]")) document.querySelector("a[data-unsaved]")?.removeAttribute("data-unsaved");
  event.target.querySelector?.("a[data-now]")?.click(); // what was asked for is ready
  if (event.target.matches?.(".edit")) event.target.querySelector("textarea")?.focus();
});
const typed = () => [...document.querySelectorAll(".editor textarea")].some((text) => text.value !== text.defaultValue);
let stopped = false;
window.addEventListener("beforeunload", (event) => {
  if (!stopped && (typed() || document.querySelector("a[data-unsaved]"))) event.preventDefault();
});
document.addEventListener("htmx:afterRequest", (event) => {
  stopped = stopped || (event.detail.successful && event.detail.pathInfo.requestPath === "/stop");
});
document.addEventListener("htmx:confirm", (event) => {
  const ask = event.target.dataset.ask;
  if (!ask || !(typed() || document.querySelector("[data-unsaved]"))) return;
  event.preventDefault();
  if (window.confirm(ask)) event.detail.issueRequest(true);
});

if (secret) {
  setInterval(async () => {
    if (stopped) return;
    const gone = document.getElementById("gone");
    try {
      gone.hidden = (await fetch("/alive")).ok;
    } catch {
      gone.hidden = false;
    }
  }, BEAT);
}
