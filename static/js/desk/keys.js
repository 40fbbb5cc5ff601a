// Keys of the review queue. Elements say which key is theirs (data-key); rows are walked with j and k.
// Nothing listens when the member has switched single keys off.
const desk = document.querySelector("[data-desk]");
if (desk && "shortcuts" in desk.dataset) {
  const rows = () => [...desk.querySelectorAll("[data-row]")];
  const walk = (step) => {
    const all = rows();
    if (!all.length) return false;
    const at = all.findIndex((row) => row.contains(document.activeElement));
    const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
    next.querySelector("[data-open]").focus();
    return true;
  };
  const press = (key) => {
    const row = document.activeElement.closest("[data-row]");
    const found = (row && row.querySelector(`[data-key="${key}"]`)) || [...desk.querySelectorAll(`[data-key="${key}"]`)].find((it) => !it.closest("[data-row]"));
    if (!found) return false;
    if (found.matches("input[type=text], textarea, select, input[type=radio]")) found.focus();
    if (!found.matches("input[type=text], textarea, select")) found.click();
    return true;
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const done = event.key === "j" ? walk(1) || press("j") : event.key === "k" ? walk(-1) || press("k") : press(event.key);
    if (done) event.preventDefault();
  });
}
