// <textarea data-max="10000" data-count="left">: how much room is left, said only when it gets tight.
document.addEventListener("input", (event) => {
  const field = event.target.closest("[data-count]");
  if (!field) return;
  const out = document.getElementById(field.dataset.count);
  const left = field.dataset.max - field.value.length;
  out.textContent = left < 400 ? out.dataset.text.replace("{n}", left) : "";
});
