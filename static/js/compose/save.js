// Ctrl or Command and Enter sends; leaving with unsent words asks first.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest("textarea")?.form;
  if (form) form.requestSubmit(form.querySelector("[type=submit].btn-brand") ?? undefined);
});

let unsent = false;
document.addEventListener("input", (event) => {
  if (event.target.matches("textarea[data-keep]")) unsent = event.target.value.trim() !== event.target.defaultValue.trim();
});
document.addEventListener("submit", () => { unsent = false; });
document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) unsent = false; });
addEventListener("beforeunload", (event) => { if (unsent) event.preventDefault(); });
