// Pages of conversations and rooms: how far one has read, and staying at the end while others write.
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
  // In a room one writes at the foot of the screen; elsewhere below the last message.
  const toEnd = (behavior = "instant") => {
    if (!isRoom) foot().scrollIntoView({ block: "end", behavior });
    else scrollBy({ top: talk.getBoundingClientRect().bottom - foot().parentElement.getBoundingClientRect().top, behavior });
  };
  const atEnd = () => {
    const edge = isRoom ? foot().parentElement.getBoundingClientRect().top + 120 : innerHeight;
    return isRoom ? talk.getBoundingClientRect().bottom < edge : foot().getBoundingClientRect().top < edge;
  };
  // A room begins at what is new, else at its end.
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
    // What stood earlier is not news: it is not read out.
    talk.setAttribute("aria-live", first ? "off" : "polite");
  });

  document.addEventListener("htmx:afterSettle", () => {
    look();
    if (above) {
      // What one was reading stays where it is, whatever came above it.
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
