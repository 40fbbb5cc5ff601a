// Doorbells: something changed, so the page fetches it. A lost doorbell costs a minute; a lost connection is made good at once.
const talk = document.querySelector("[data-kind]");

if (talk) {
  const paused = document.querySelector("#paused");
  let wanted = 0;
  let asking = 0;
  const news = () => document.querySelector("#news");
  const ask = () => { const part = news(); if (part) htmx.trigger(part, "news"); };
  // In a room full of people not everyone asks in the same instant.
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

  // A doorbell that rang while the page was fetching is not forgotten.
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
