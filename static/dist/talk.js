/* news.js */
{
const talk = document.querySelector("[data-kind]");
if (talk) {
const paused = document.querySelector("#paused");
let wanted = 0;
let asking = 0;
const news = () => document.querySelector("#news");
const ask = () => { const part = news(); if (part) htmx.trigger(part, "news"); };
const spread = talk.matches(".room") ? 250 : 0;
document.body.addEventListener(`live:${talk.dataset.kind}`, ({ detail }) => {
if (detail?.typing) return;
if (detail?.here) {
const here = document.querySelector("#here");
if (here) setTimeout(() => htmx.trigger("#here", "here"), Math.random() * 1000);
return;
}
if (detail?.revision) {
wanted = Math.max(wanted, detail.revision);
if (wanted <= Number(news()?.dataset.rev)) return;
}
setTimeout(ask, Math.random() * spread);
});
document.addEventListener("htmx:afterSettle", () => { if (Number(news()?.dataset.rev) < wanted) setTimeout(ask, 100); });
document.body.addEventListener("live:off", () => {
if (paused) paused.textContent = paused.dataset.text;
asking ||= setInterval(() => { if (!document.hidden) ask(); }, 10000);
});
document.body.addEventListener("live:on", () => {
if (paused) paused.textContent = "";
clearInterval(asking);
asking = 0;
ask();
});
}
}
/* reading.js */
{
const talk = document.querySelector("[data-kind]");
const list = talk?.querySelector(".said-list");
const foot = () => document.querySelector("#write");
const jump = document.querySelector("#jump");
if (talk) {
let told = Number(talk.dataset.read);
let seen = told;
let soon = 0;
const tell = () => {
if (seen <= told || !talk.dataset.talk) return;
told = seen;
const data = new URLSearchParams({ position: seen, quiet: "1" });
fetch(talk.dataset.talk, { method: "POST", body: data, keepalive: true, headers: { "X-CSRFToken": talk.dataset.token } }).catch(() => {});
};
const watch = new IntersectionObserver((entries) => {
if (document.hidden) return;
for (const { isIntersecting, target } of entries) if (isIntersecting) seen = Math.max(seen, Number(target.dataset.position));
clearTimeout(soon);
soon = setTimeout(tell, Number(talk.dataset.wait ?? 800));
});
const look = () => { for (const part of talk.querySelectorAll("[data-position]")) { watch.unobserve(part); watch.observe(part); } };
look();
document.addEventListener("visibilitychange", () => (document.hidden ? tell() : look()));
addEventListener("pagehide", tell);
const isRoom = talk.matches(".room");
const toEnd = (behavior = "instant") => {
if (!isRoom) foot().scrollIntoView({ block: "end", behavior });
else scrollBy({ top: talk.getBoundingClientRect().bottom - foot().parentElement.getBoundingClientRect().top, behavior });
};
const atEnd = () => {
const edge = isRoom ? foot().parentElement.getBoundingClientRect().top + 120 : innerHeight;
return isRoom ? talk.getBoundingClientRect().bottom < edge : foot().getBoundingClientRect().top < edge;
};
if (isRoom && !/[?&](at|before|after)=/.test(location.search) && ["", "#end", "#new"].includes(location.hash)) {
const first = document.querySelector("#new");
if (first) first.scrollIntoView({ block: "center" });
else toEnd();
}
let follow = false;
let last = 0;
let above = null;
const newest = () => Math.max(0, ...[...talk.querySelectorAll("[data-position]")].map((part) => Number(part.dataset.position)));
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
follow = atEnd();
last = newest();
const first = detail.target?.id === "earlier" ? list.querySelector("[data-position]") : null;
above = first && { first, top: first.getBoundingClientRect().top };
talk.setAttribute("aria-live", first ? "off" : "polite");
});
document.addEventListener("htmx:afterSettle", () => {
look();
if (above) {
scrollBy({ top: above.first.getBoundingClientRect().top - above.top, behavior: "instant" });
above = null;
return;
}
const fresh = [...talk.querySelectorAll("[data-position]")].filter((part) => Number(part.dataset.position) > last);
if (!fresh.length) return;
talk.querySelector(".quiet-start")?.remove();
const own = fresh.some((part) => part.matches(".own"));
if (own) talk.querySelector("#new")?.remove();
if (follow || own) toEnd();
if (own || (follow && !document.hidden)) return;
if (!talk.querySelector("#new")) {
const divider = document.querySelector("#divider").content.firstElementChild.cloneNode(true);
divider.id = "new";
fresh[0].before(divider);
}
if (!follow && jump) jump.hidden = false;
});
jump?.addEventListener("click", () => { jump.hidden = true; });
addEventListener("scroll", () => { if (jump && !jump.hidden && atEnd()) jump.hidden = true; }, { passive: true });
}
}
/* typing.js */
{
const talk = document.querySelector("[data-kind]");
const line = document.querySelector("#typing");
if (talk && line) {
const EVERY = 3500;
const SHOWN = 6000;
const typists = new Map();
let said = 0;
const show = () => {
const names = [...typists.values()].map(({ name }) => name);
const text = names.length > 2 ? line.dataset.many : names.length === 2 ? line.dataset.two : line.dataset.one;
line.textContent = names.length ? text.replace("{a}", () => names[0]).replace("{b}", () => names[1]) : "";
};
const forget = (who) => {
clearTimeout(typists.get(who)?.timer);
typists.delete(who);
show();
};
document.body.addEventListener(`live:${talk.dataset.kind}`, ({ detail }) => {
if (detail?.by) forget(detail.by);
if (!detail?.typing) return;
clearTimeout(typists.get(detail.typing)?.timer);
typists.set(detail.typing, { name: detail.name, timer: setTimeout(() => forget(detail.typing), SHOWN) });
show();
});
document.addEventListener("input", (event) => {
if (!talk.dataset.typing || !event.target.matches("#write textarea") || !event.target.value.trim()) return;
if (Date.now() - said < EVERY) return;
said = Date.now();
fetch(talk.dataset.typing, { method: "POST", headers: { "X-CSRFToken": talk.dataset.token } }).catch(() => {});
});
document.addEventListener("htmx:afterRequest", ({ detail }) => { if (detail.elt.matches("form.write")) said = 0; });
}
const field = () => document.querySelector("#write textarea");
let sent = "";
let kept = "";
document.addEventListener("htmx:beforeRequest", ({ detail }) => { if (detail.elt.matches("form.write")) sent = field().value; });
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
if (!detail.requestConfig?.elt?.matches("form.write") || detail.xhr.status !== 200 || !field()) return;
const { value } = field();
kept = value.startsWith(sent) ? value.slice(sent.length).trimStart() : value;
});
document.addEventListener("htmx:afterSettle", () => {
if (!kept || !field()) return;
field().value = kept;
kept = "";
});
document.addEventListener("keydown", (event) => {
if (event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
if (event.isComposing || event.defaultPrevented || !event.target.matches("textarea[data-enter]")) return;
if (!matchMedia("(pointer: fine)").matches) return;
event.preventDefault();
const { form, value } = event.target;
if (value.trim() && !form.querySelector("[type=submit][aria-disabled=true]")) form.requestSubmit();
});
}
