// The only single-key shortcut: `/` goes to search. A member can turn it off.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const field = document.querySelector("[data-search]");
  if (!field || field.offsetParent === null || !("shortcuts" in document.body.dataset)) return;
  event.preventDefault();
  field.focus();
});
