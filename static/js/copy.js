// <button data-copy="https://…" data-say="Link copied">. Phones offer their own sheet where there is one.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  event.preventDefault();
  const text = new URL(button.dataset.copy, location.href).href;
  await navigator.clipboard.writeText("copyRaw" in button.dataset ? button.dataset.copy : text);
  document.dispatchEvent(new CustomEvent("say", { detail: button.dataset.say }));
});
