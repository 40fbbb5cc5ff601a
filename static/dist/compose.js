/* attach.js */
{
const insert = (field, text) => {
field.focus();
field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
field.dispatchEvent(new Event("input", { bubbles: true }));
};
const send = async (field, files) => {
const token = field.form.querySelector("[name=csrfmiddlewaretoken]").value;
for (const file of files) {
const data = new FormData();
data.set("file", file);
const answer = await fetch(field.dataset.upload, { method: "POST", body: data, headers: { "X-CSRFToken": token } });
const said = await answer.json().catch(() => ({}));
if (answer.ok) insert(field, `${said.markdown}\n`);
else document.dispatchEvent(new CustomEvent("say", { detail: said.detail ?? said.title ?? field.dataset.uploadFailed }));
}
};
for (const kind of ["paste", "drop"]) {
document.addEventListener(kind, (event) => {
const field = event.target.closest?.("textarea[data-upload]");
const files = (event.clipboardData ?? event.dataTransfer)?.files;
if (!field || !files?.length) return;
event.preventDefault();
send(field, files);
});
}
document.addEventListener("change", (event) => {
const picker = event.target.closest("input[type=file][data-attach]");
if (!picker) return;
send(document.getElementById(picker.dataset.attach), picker.files);
picker.value = "";
});
}
/* count.js */
{
document.addEventListener("input", (event) => {
const field = event.target.closest("[data-count]");
if (!field) return;
const out = document.getElementById(field.dataset.count);
const left = field.dataset.max - field.value.length;
out.textContent = left < 400 ? out.dataset.text.replace("{n}", left) : "";
});
}
/* mention.js */
{
document.addEventListener("text-expander-change", (event) => {
const { key, provide, text } = event.detail;
const address = event.target.dataset.suggest;
if (key !== "@" || !address) return;
provide(
fetch(`${address}?q=${encodeURIComponent(text)}`, { headers: { "HX-Request": "true" } })
.then((answer) => answer.text())
.then((html) => {
const holder = document.createElement("div");
holder.innerHTML = html;
const list = holder.querySelector("[role=listbox]");
return { matched: Boolean(list?.children.length), fragment: list };
}),
);
});
document.addEventListener("text-expander-value", (event) => {
event.detail.value = `@${event.detail.item.dataset.handle}`;
});
}
/* save.js */
{
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
}
/* title.js */
{
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
}
