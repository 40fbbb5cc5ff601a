// Messages: how many conversations wait, how far one has read, and staying at the end while others write.
const letters = document.querySelector("[data-letters]");
if (letters) {
  document.body.addEventListener("live:conversations", ({ detail: { count } }) => {
    const dot = letters.querySelector(".dot");
    dot.textContent = count > 99 ? "99+" : count;
    dot.hidden = count === 0;
    letters.setAttribute("aria-label", letters.dataset[count ? "some" : "none"].replace("{n}", count));
  });
}

const talk = document.querySelector("[data-talk]");
if (talk) {
  let told = Number(talk.dataset.read);
  let seen = told;
  let soon = 0;
  const tell = () => {
    if (seen <= told) return;
    told = seen;
    const data = new URLSearchParams({ position: seen, quiet: "1" });
    fetch(talk.dataset.talk, { method: "POST", body: data, keepalive: true, headers: { "X-CSRFToken": talk.dataset.token } }).catch(() => {});
  };
  const watch = new IntersectionObserver((entries) => {
    if (document.hidden) return;
    for (const { isIntersecting, target } of entries) if (isIntersecting) seen = Math.max(seen, Number(target.dataset.position));
    clearTimeout(soon);
    soon = setTimeout(tell, 800);
  });
  const look = () => { for (const part of talk.querySelectorAll("[data-position]")) { watch.unobserve(part); watch.observe(part); } };
  look();
  document.addEventListener("visibilitychange", () => (document.hidden ? tell() : look()));
  addEventListener("pagehide", tell);

  const atEnd = () => {
    const box = document.querySelector("#write")?.getBoundingClientRect();
    return box && box.top < innerHeight;
  };
  let follow = false;
  document.addEventListener("htmx:beforeSwap", () => { follow = atEnd(); });
  document.addEventListener("htmx:afterSettle", () => {
    look();
    if (follow) document.querySelector("#write").scrollIntoView({ block: "nearest" });
  });
}
