// Words selected in a post can be quoted: a button right behind them, which the next Tab reaches. "Quote this post" in a
// post's menu brings the whole. Both go to the end of the reply box, and answer that post unless another is answered.
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
  // Behind the paragraph that the selection ends in.
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

// Plain words stay plain: what Markdown would act on is escaped, and names in a quote call nobody.
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

// Browsers go on from whatever had the focus before, not from the selection.
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
