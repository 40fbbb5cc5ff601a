// "Maya is typing …": said at most every few seconds, shown for a few, kept nowhere. Enter sends in rooms.
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

// What one types while a message is on its way is not lost when the emptied field comes back.
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

// With a keyboard, Enter sends; a word that is still being composed keeps its Enter, and so does a name being chosen.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.isComposing || event.defaultPrevented || !event.target.matches("textarea[data-enter]")) return;
  if (!matchMedia("(pointer: fine)").matches) return;
  event.preventDefault();
  // One press, one message: what is on its way is not sent again.
  const { form, value } = event.target;
  if (value.trim() && !form.querySelector("[type=submit][aria-disabled=true]")) form.requestSubmit();
});
