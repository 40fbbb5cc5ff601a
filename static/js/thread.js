// The thread page: how far and how long one has read is told once in a while, and Reply says to whom.
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
  // A page that nobody moves or types in is not being read.
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

// A press inside a menu closes it with its form: the focus goes back to what opened it.
document.addEventListener("htmx:afterSettle", (event) => {
  if (document.activeElement === document.body && event.detail.elt.matches?.(".acts, .press")) event.detail.elt.querySelector("summary")?.focus();
});
