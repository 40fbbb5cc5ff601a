// <text-expander keys="@" data-suggest="/people/suggest/">: names while typing. The server sends the list as HTML.
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
