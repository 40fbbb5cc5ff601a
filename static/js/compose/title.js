// A title is one line however long: it grows with its words, and Enter goes on to the text.
const grow = (field) => {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
};

for (const field of document.querySelectorAll("textarea[data-one-line]")) if (!CSS.supports("field-sizing", "content")) grow(field);
document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.matches("textarea[data-one-line]")) return;
  if (field.value.includes("\n")) field.value = field.value.replace(/\s*\n\s*/g, " ");
  if (!CSS.supports("field-sizing", "content")) grow(field);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !event.target.matches("textarea[data-one-line]")) return;
  event.preventDefault();
  document.querySelector("#id_body")?.focus();
});
