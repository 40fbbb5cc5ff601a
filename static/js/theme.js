// The look is the server's: it comes with the page, so nothing flashes. This only spares the round trip of a change.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-theme-form]");
  if (!form || !event.submitter) return;
  event.preventDefault();
  const { name, value } = event.submitter;
  const data = new FormData(form);
  data.set(name, value);
  fetch(form.action, { method: "POST", body: data, headers: { "HX-Request": "true" } });
  if (value === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = value;
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.value === value));
});
