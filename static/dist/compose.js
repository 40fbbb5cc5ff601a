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
/* names.js */
{
const latest = new WeakMap();
document.addEventListener("text-expander-change", (event) => {
const { key, provide, text } = event.detail;
const expander = event.target;
const address = expander.dataset.suggest;
if (!address || !text.trim()) return;
const mine = {};
latest.set(expander, mine);
provide((async () => {
await new Promise((resolve) => { setTimeout(resolve, 120); });
if (latest.get(expander) !== mine) return { matched: false };
const answer = await fetch(`${address}?${new URLSearchParams({ sign: key, q: text })}`, { headers: { "HX-Request": "true" } }).catch(() => null);
if (!answer?.ok) return { matched: false };
const holder = document.createElement("div");
holder.innerHTML = await answer.text();
const list = holder.querySelector("[role=listbox]");
return { matched: Boolean(list?.children.length), fragment: list };
})());
}, true);
document.addEventListener("text-expander-value", (event) => {
event.detail.value = event.detail.item.dataset.value;
}, true);
}
/* quote.js */
{
const form = () => document.querySelector("#reply[data-quote-words]");
const button = document.createElement("button");
button.type = "button";
button.className = "btn btn-brand btn-s quote-this";
let chosen;
const selected = () => {
const selection = getSelection();
if (!form() || selection.isCollapsed || !selection.rangeCount) return null;
const range = selection.getRangeAt(0);
const prose = range.commonAncestorContainer.parentElement?.closest("[data-thread] article > .prose, [data-thread] .answer .prose") ?? null;
const words = selection.toString().trim();
return prose && words ? { range, prose, words } : null;
};
const show = () => {
if (button === document.activeElement) return;
chosen = selected();
if (!chosen) return button.remove();
const { range, prose } = chosen;
const box = range.getBoundingClientRect();
button.textContent = form().dataset.quoteWords;
button.style.top = `${Math.min(Math.max(box.bottom + 6, 8), innerHeight - 56)}px`;
button.style.left = `${Math.min(Math.max(box.left, 8), innerWidth - 120)}px`;
let block = range.endContainer;
while (block.parentElement && block.parentElement !== prose && block !== prose) block = block.parentElement;
if (button.previousSibling !== block) (block === prose ? prose.append(button) : block.after(button));
};
const put = (text, article) => {
const area = form().elements.body;
document.querySelector("#look-write")?.click();
const before = area.value.trimEnd();
if (!form().elements.reply_to.value) article.querySelector("[data-reply]")?.click();
area.value = `${before}${before ? "\n\n" : ""}${text}`;
area.dispatchEvent(new Event("input", { bubbles: true }));
area.focus();
area.setSelectionRange(area.value.length, area.value.length);
};
const about = (article) => {
const handle = article.querySelector(".who a[href^='/@']")?.getAttribute("href").slice(2, -1);
const pk = article.querySelector(".acts").id.slice(5);
return handle ? `> [@${handle.replace(/_/g, "\\_")}](/p/${pk}/):\n>\n` : "";
};
const asWritten = (words) => words.replace(/([\\`*<[])|(?<![\w])_|_(?![\w])|(?<![\w/.@])@(?=\w)|^[#>+-](?=\s)/gm, "\\$&").split(/\n+/).map((line) => `> ${line}`).join("\n>\n");
button.addEventListener("pointerdown", (event) => event.preventDefault());
button.addEventListener("click", () => {
const article = button.closest("article");
const text = `${about(article)}${asWritten(chosen.words)}\n\n`;
getSelection().removeAllRanges();
put(text, article);
button.remove();
});
button.addEventListener("blur", () => button.remove());
document.addEventListener("keydown", (event) => {
if (event.key !== "Tab" || event.shiftKey || !button.isConnected || !document.activeElement.contains(button) || button === document.activeElement) return;
event.preventDefault();
button.focus();
});
let soon;
document.addEventListener("selectionchange", () => {
clearTimeout(soon);
soon = setTimeout(show, 150);
});
addEventListener("scroll", () => { if (button.isConnected) show(); }, { passive: true });
document.addEventListener("click", async (event) => {
const link = event.target.closest("a[data-quote]");
if (!link || !form() || event.ctrlKey || event.metaKey || event.shiftKey) return;
event.preventDefault();
const article = link.closest("article");
const answer = await fetch(link.href, { headers: { "HX-Request": "true" } }).catch(() => null);
if (!answer?.ok || !article) return location.assign(link.href);
link.closest("details").open = false;
put(await answer.text(), article);
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
