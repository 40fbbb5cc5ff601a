/* choose.js */
{
const form = document.querySelector("#choose");
if (form) {
const boxes = [...form.querySelectorAll("[name=thread]")];
const count = form.querySelector("[data-count]");
const all = form.querySelector("[data-all]");
const keys = document.querySelector("[data-keys]");
let last = null;
const tell = () => { count.lastElementChild.textContent = boxes.filter((box) => box.checked).length; };
const walk = (step) => {
const at = boxes.indexOf(document.activeElement);
boxes[Math.min(Math.max(at + step, 0), boxes.length - 1)]?.focus();
};
form.addEventListener("click", (event) => {
const box = event.target;
if (!boxes.includes(box)) return;
if (event.shiftKey && last) {
const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
for (const one of boxes.slice(from, to + 1)) one.checked = box.checked;
}
last = box;
tell();
});
all.addEventListener("click", () => {
const wanted = boxes.some((box) => !box.checked);
for (const box of boxes) box.checked = wanted;
tell();
});
for (const part of [count, all, keys]) if (part) part.hidden = !boxes.length;
tell();
if (keys) document.addEventListener("keydown", (event) => {
if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
if (event.key === "j") walk(1);
else if (event.key === "k") walk(-1);
else if (event.key === "x" && boxes.includes(document.activeElement)) document.activeElement.click();
else return;
event.preventDefault();
});
}
}
