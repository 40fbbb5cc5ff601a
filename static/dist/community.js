/* cards.js */
{
const kept = new Map();
let box;
let timer;
let from;
const find = (target) => {
const link = target.closest?.('main a[href^="/@"]');
return link && !link.closest(".mcard") && /^\/@[\w.-]+\/$/.test(link.pathname) ? link : null;
};
const hide = () => {
clearTimeout(timer);
from = null;
if (box) box.hidden = true;
};
const place = (link) => {
const { left, bottom, top } = link.getBoundingClientRect();
const room = document.documentElement.clientWidth - box.offsetWidth - 8;
const below = bottom + box.offsetHeight + 8 < innerHeight;
box.style.left = `${Math.max(8, Math.min(left, room)) + scrollX}px`;
box.style.top = `${(below ? bottom + 4 : Math.max(8, top - box.offsetHeight - 4)) + scrollY}px`;
};
const show = async (link) => {
const path = `${link.pathname}card/`;
if (!kept.has(path)) {
const answer = fetch(path, { headers: { "HX-Request": "true" } });
kept.set(path, answer.then((it) => (it.ok ? it.text() : "")).catch(() => ""));
}
const html = await kept.get(path);
if (from !== link || !html) return;
if (!box) {
const css = document.createElement("link");
css.rel = "stylesheet";
css.href = new URL("people.css", import.meta.url);
const ready = new Promise((done) => { css.onload = css.onerror = done; });
document.head.append(css);
await ready;
if (from !== link) return;
box = document.createElement("div");
box.className = "mcard-box";
document.body.append(box);
}
box.innerHTML = html;
box.hidden = false;
place(link);
};
const want = (link, wait) => {
clearTimeout(timer);
if (link === from) return;
from = link;
timer = setTimeout(() => show(link), wait);
};
const leave = () => {
clearTimeout(timer);
timer = setTimeout(hide, 250);
};
if (matchMedia("(hover: hover)").matches) {
document.addEventListener("mouseover", (event) => {
const link = find(event.target);
if (link) want(link, 350);
else if (box?.contains(event.target)) clearTimeout(timer);
else if (from) leave();
});
}
document.addEventListener("focusin", (event) => {
const link = find(event.target);
if (link?.matches(":focus-visible")) want(link, 350);
else if (from && !box?.contains(event.target)) hide();
});
document.addEventListener("keydown", (event) => {
if (event.key === "Escape") hide();
});
}
/* copy.js */
{
document.addEventListener("click", async (event) => {
const button = event.target.closest("[data-copy]");
if (!button) return;
event.preventDefault();
const text = new URL(button.dataset.copy, location.href).href;
await navigator.clipboard.writeText("copyRaw" in button.dataset ? button.dataset.copy : text);
document.dispatchEvent(new CustomEvent("say", { detail: button.dataset.say }));
});
}
/* dialog.js */
{
document.addEventListener("click", (event) => {
const opener = event.target.closest("[data-open]");
const dialog = opener && document.querySelector(opener.dataset.open);
if (dialog) {
event.preventDefault();
dialog.showModal();
}
if (event.target.closest("[data-close]")) {
event.preventDefault();
event.target.closest("dialog").close();
}
if (event.target.matches("dialog[open]")) event.target.close();
});
}
/* focus.js */
{
let held;
document.addEventListener("htmx:beforeSwap", () => { held = document.activeElement?.id; });
document.addEventListener("htmx:afterSettle", (event) => {
const summary = event.detail.elt.querySelector?.("[data-error-summary]");
if (summary) summary.focus();
else if (held && document.activeElement === document.body) document.getElementById(held)?.focus({ preventScroll: true });
});
document.querySelector("[data-error-summary]")?.focus();
const busy = (on) => (event) => {
const { target, elt } = event.detail;
if (on) target?.setAttribute("aria-busy", "true");
else target?.removeAttribute("aria-busy");
for (const button of elt.matches("form") ? elt.querySelectorAll("[type=submit]") : []) {
if (on) button.setAttribute("aria-disabled", "true");
else button.removeAttribute("aria-disabled");
}
};
document.addEventListener("htmx:beforeRequest", busy(true));
document.addEventListener("htmx:afterRequest", busy(false));
document.addEventListener("submit", (event) => {
const form = event.target;
if (event.defaultPrevented || form.method === "get" || form.matches("[hx-post],[hx-put],[hx-patch],[hx-delete]")) return;
if (form.dataset.sent) event.preventDefault();
else form.dataset.sent = "yes";
});
addEventListener("pageshow", () => {
for (const form of document.querySelectorAll("[data-sent]")) delete form.dataset.sent;
});
}
/* keys.js */
{
document.addEventListener("keydown", (event) => {
if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
if (event.target.closest("input, textarea, select, [contenteditable]")) return;
const field = document.querySelector("[data-search]");
if (!field || field.offsetParent === null || !("shortcuts" in document.body.dataset)) return;
event.preventDefault();
field.focus();
});
}
/* live.js */
{
const url = document.body.dataset.live;
let source = null;
if (url && "EventSource" in window) {
const topics = [...document.querySelectorAll("[data-live-topic]")].map((part) => `topic=${part.dataset.liveTopic}`);
source = new EventSource(topics.length ? `${url}?${topics.join("&")}` : url, { withCredentials: true });
source.addEventListener("message", (event) => {
const news = JSON.parse(event.data);
document.body.dispatchEvent(new CustomEvent(`live:${news.kind}`, { detail: news }));
});
for (const [happens, kind] of [["open", "on"], ["error", "off"]]) {
source.addEventListener(happens, () => document.body.dispatchEvent(new CustomEvent(`live:${kind}`)));
}
addEventListener("pagehide", () => source.close());
}
const bell = document.querySelector("[data-bell]");
const count = (unread) => {
const dot = bell.querySelector(".dot");
dot.textContent = unread > 99 ? "99+" : unread;
dot.hidden = unread === 0;
bell.setAttribute("aria-label", bell.dataset[unread ? "some" : "none"].replace("{n}", unread));
};
if (bell) {
document.body.addEventListener("live:notices", (event) => count(event.detail.count));
document.body.addEventListener("notices", (event) => count(event.detail.value ?? event.detail.count));
setInterval(() => {
if (!document.hidden && source?.readyState !== 1) htmx.ajax("GET", "/notifications/bell/", { swap: "none" });
}, 60000);
}
}
/* menu.js */
{
const open = () => document.querySelectorAll("details.menu[open]");
document.addEventListener("click", (event) => {
for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
if (event.key !== "Escape") return;
for (const menu of open()) {
menu.open = false;
menu.querySelector("summary").focus();
}
});
document.addEventListener("focusin", (event) => {
for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
});
}
/* say.js */
{
const region = document.querySelector("#say");
let timer;
const say = (text) => {
if (!region || !text) return;
region.textContent = text;
region.classList.add("on");
clearTimeout(timer);
timer = setTimeout(() => region.classList.remove("on"), 4500);
};
document.addEventListener("say", (event) => say(event.detail?.value ?? event.detail));
document.addEventListener("htmx:sendError", () => say(region?.dataset.offline));
document.addEventListener("htmx:responseError", (event) => {
const answer = event.detail.xhr;
if (!/"say"/.test(answer.getResponseHeader("HX-Trigger") ?? "")) say(region?.dataset.failed);
});
}
/* suggest.js */
{
const field = document.querySelector("input[data-search]");
const holder = document.getElementById("suggestions");
if (field && holder) {
const options = () => [...holder.querySelectorAll("[role=option]")];
const current = () => holder.querySelector("[aria-selected=true]");
const show = (on) => {
holder.hidden = !on;
field.setAttribute("aria-expanded", String(on && options().length > 0));
if (!on) choose(null);
};
const choose = (option) => {
current()?.setAttribute("aria-selected", "false");
option?.setAttribute("aria-selected", "true");
option?.scrollIntoView({ block: "nearest" });
if (option) field.setAttribute("aria-activedescendant", option.id);
else field.removeAttribute("aria-activedescendant");
};
const step = (by) => {
const all = options();
const at = (all.indexOf(current()) + 1 + by + all.length + 1) % (all.length + 1);
choose(all[at - 1] ?? null);
};
const take = (option) => {
if (!("fill" in option.dataset)) return option.click();
field.value = option.dataset.fill;
choose(null);
field.focus();
field.dispatchEvent(new Event("input", { bubbles: true }));
};
for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"]]) field.setAttribute(name, value);
holder.addEventListener("htmx:afterSwap", () => {
const list = holder.querySelector("[data-options]");
field.removeAttribute("aria-controls");
if (list) {
list.id = "search-options";
list.setAttribute("role", "listbox");
field.setAttribute("aria-controls", list.id);
list.querySelectorAll("a").forEach((link, place) => {
link.id = `search-option-${place}`;
link.tabIndex = -1;
link.setAttribute("role", "option");
link.setAttribute("aria-selected", "false");
});
}
show(document.activeElement === field || holder.contains(document.activeElement));
});
holder.addEventListener("click", (event) => {
const option = event.target.closest("[data-fill]");
if (!option || event.ctrlKey || event.metaKey) return;
event.preventDefault();
take(option);
});
field.addEventListener("keydown", (event) => {
if (event.isComposing) return;
if (event.key === "ArrowDown" || event.key === "ArrowUp") {
if (!options().length) return;
event.preventDefault();
if (holder.hidden) show(true);
step(event.key === "ArrowDown" ? 1 : -1);
} else if (event.key === "Enter" && current()) {
event.preventDefault();
take(current());
} else if (event.key === "Escape" && !holder.hidden && options().length) {
event.preventDefault();
show(false);
}
});
field.addEventListener("focus", () => show(true));
field.form.addEventListener("focusout", (event) => {
if (!field.form.contains(event.relatedTarget)) show(false);
});
}
}
/* sum.js */
{
const look = () => {
const box = document.querySelector("[data-proof]");
if (box) import(box.dataset.script);
};
look();
document.addEventListener("htmx:load", look);
}
/* talk.js */
{
const letters = document.querySelector("[data-letters]");
if (letters) {
document.body.addEventListener("live:conversations", ({ detail: { count } }) => {
const dot = letters.querySelector(".dot");
dot.textContent = count > 99 ? "99+" : count;
dot.hidden = count === 0;
letters.setAttribute("aria-label", letters.dataset[count ? "some" : "none"].replace("{n}", count));
});
}
}
/* theme.js */
{
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
}
/* thread.js */
{
const spine = document.querySelector("[data-thread][data-read]");
if (spine) {
let told = Number(spine.dataset.read);
let seen = told;
let seconds = 0;
let active = Date.now();
const tell = () => {
if (seen <= told && seconds < 30) return;
told = seen;
const token = spine.querySelector("[name=csrfmiddlewaretoken]")?.value;
if (!token) return;
const data = new URLSearchParams({ position: seen, seconds, quiet: "1" });
seconds = 0;
fetch(`/t/${spine.dataset.thread}/-/read/`, { method: "POST", body: data, keepalive: true, headers: { "X-CSRFToken": token } }).catch(() => {});
};
const watch = new IntersectionObserver((entries) => {
for (const { isIntersecting, target } of entries) if (isIntersecting) seen = Math.max(seen, Number(target.dataset.position));
}, { rootMargin: "0px 0px -15% 0px" });
const look = () => { for (const post of spine.querySelectorAll("[data-position]:not(.accepted)")) watch.observe(post); };
look();
document.addEventListener("htmx:afterSettle", look);
for (const sign of ["scroll", "pointermove", "keydown", "touchstart"]) addEventListener(sign, () => { active = Date.now(); }, { passive: true });
setInterval(() => { if (document.visibilityState === "visible" && Date.now() - active < 60000) seconds += 8; tell(); }, 8000);
addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") tell(); });
}
const aim = (form, pk, name) => {
const line = form.querySelector("#reply-to");
form.elements.reply_to.value = pk;
line.hidden = !pk;
line.querySelector("span").textContent = pk ? line.dataset.text.replace("{name}", name) : "";
form.elements.body.focus();
};
document.addEventListener("click", (event) => {
const link = event.target.closest("[data-reply], [data-reply-none]");
const form = link && document.querySelector("#reply");
if (!form || event.ctrlKey || event.metaKey || event.shiftKey) return;
event.preventDefault();
const name = link.closest("article")?.querySelector(".who > :first-child").textContent;
aim(form, new URL(link.href).searchParams.get("reply_to") ?? "", name ?? "");
});
document.addEventListener("htmx:afterSettle", (event) => {
if (document.activeElement === document.body && event.detail.elt.matches?.(".acts, .press")) event.detail.elt.querySelector("summary")?.focus();
});
}
/* worker.js */
{
if ("serviceWorker" in navigator) {
setTimeout(() => navigator.serviceWorker.register("/service-worker.js", { updateViaCache: "all" }).catch(() => {}), 4000);
}
}
