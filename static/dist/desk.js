/* canned.js */
{
for (const select of document.querySelectorAll("[data-canned]")) {
const form = select.form;
const field = form.querySelector("[name=reason]");
const bar = document.createElement("div");
bar.className = "desk-canned";
const buttons = [...select.options].filter((option) => option.dataset.text).map((option) => {
const button = document.createElement("button");
button.type = "button";
button.className = "desk-button";
button.textContent = option.textContent;
button.title = option.dataset.text;
button.dataset.decision = option.dataset.decision;
button.addEventListener("click", () => {
field.value = option.dataset.text;
field.focus();
});
bar.append(button);
return button;
});
const fit = () => {
const chosen = form.querySelector("[name=decision]:checked, [name=ruling]");
const name = chosen ? chosen.value.split(":").pop() : "";
for (const button of buttons) button.hidden = Boolean(name && button.dataset.decision && button.dataset.decision !== name);
};
form.addEventListener("change", fit);
fit();
select.value = "";
select.hidden = true;
select.after(bar);
}
}
/* claim.js */
{
for (const line of document.querySelectorAll("[data-until]")) {
const left = line.querySelector("[data-left]");
const until = Date.parse(line.dataset.until);
const tick = () => {
const seconds = Math.round((until - Date.now()) / 1000);
if (seconds <= 0) {
clearInterval(timer);
line.textContent = line.dataset.over;
line.setAttribute("role", "status");
} else left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};
const timer = setInterval(tick, 1000);
tick();
}
}
/* keys.js */
{
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
}
/* undo.js */
{
for (const bar of document.querySelectorAll("[data-undo]")) {
const left = bar.querySelector("[data-left]");
let seconds = Number(bar.dataset.undo);
const tick = setInterval(() => {
seconds -= 1;
if (bar.contains(document.activeElement)) return;
if (seconds <= 0) {
clearInterval(tick);
bar.remove();
} else left.textContent = String(seconds);
}, 1000);
}
}
