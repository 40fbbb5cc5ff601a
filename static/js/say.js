// The one live region. Anything may speak: document.dispatchEvent(new CustomEvent("say", {detail: "Copied"})),
// or a server answer with the header HX-Trigger: {"say": "Copied"}.
const region = document.querySelector("#say");
let timer;

const say = (text) => {
  if (!region || !text) return;
  region.textContent = text;
  region.classList.add("on");
  clearTimeout(timer);
  timer = setTimeout(() => region.classList.remove("on"), 4500);
};

document.addEventListener("say", (event) => say(event.detail?.value ?? event.detail));
document.addEventListener("htmx:sendError", () => say(region?.dataset.offline));
document.addEventListener("htmx:responseError", (event) => {
  const answer = event.detail.xhr;
  if (!/"say"/.test(answer.getResponseHeader("HX-Trigger") ?? "")) say(region?.dataset.failed);
});
