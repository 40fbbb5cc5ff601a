// Cards of members: shown while the pointer rests on a name, or by the keyboard while it has the focus (WCAG 1.4.13:
// Escape puts it away, the pointer may go onto it, it stays until one leaves). Asked for once per member and page.
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
