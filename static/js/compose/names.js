// <text-expander keys="@ # :" data-suggest="/suggest/">: people, spaces and tags, emoji while typing. The server sends the
// list as HTML. Each request waits for a pause, and answers that come too late are dropped.
// The element's events do not bubble, so they are caught on their way down.
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
