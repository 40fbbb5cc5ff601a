// A control that swaps itself keeps its id: put the focus back where it was. A refused form gets it on the summary.
let held;

document.addEventListener("htmx:beforeSwap", () => { held = document.activeElement?.id; });
document.addEventListener("htmx:afterSettle", (event) => {
  const summary = event.detail.elt.querySelector?.("[data-error-summary]");
  if (summary) summary.focus();
  else if (held && document.activeElement === document.body) document.getElementById(held)?.focus({ preventScroll: true });
});
document.querySelector("[data-error-summary]")?.focus();

// What is being fetched says so, and a button cannot be pressed twice.
const busy = (on) => (event) => {
  const { target, elt } = event.detail;
  if (on) target?.setAttribute("aria-busy", "true");
  else target?.removeAttribute("aria-busy");
  for (const button of elt.matches("form") ? elt.querySelectorAll("[type=submit]") : []) {
    if (on) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
};

document.addEventListener("htmx:beforeRequest", busy(true));
document.addEventListener("htmx:afterRequest", busy(false));

// Plain forms: the first press counts.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "get" || form.matches("[hx-post],[hx-put],[hx-patch],[hx-delete]")) return;
  if (form.dataset.sent) event.preventDefault();
  else form.dataset.sent = "yes";
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-sent]")) delete form.dataset.sent;
});
