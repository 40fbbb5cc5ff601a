// Server-sent events: {"kind": "notices", "count": 3} becomes the event `live:notices` on body, so a template may say
// hx-trigger="live:thread-42 from:body". A page names what else it wants to hear: <div data-live-topic="thread-42">.
// `live:on` and `live:off` say whether news come at once. Without a stream, the bell is asked once a minute.
const url = document.body.dataset.live;
let source = null;

if (url && "EventSource" in window) {
  const topics = [...document.querySelectorAll("[data-live-topic]")].map((part) => `topic=${part.dataset.liveTopic}`);
  source = new EventSource(topics.length ? `${url}?${topics.join("&")}` : url, { withCredentials: true });
  source.addEventListener("message", (event) => {
    const news = JSON.parse(event.data);
    document.body.dispatchEvent(new CustomEvent(`live:${news.kind}`, { detail: news }));
  });
  for (const [happens, kind] of [["open", "on"], ["error", "off"]]) {
    source.addEventListener(happens, () => document.body.dispatchEvent(new CustomEvent(`live:${kind}`)));
  }
  addEventListener("pagehide", () => source.close());
}

const bell = document.querySelector("[data-bell]");
const count = (unread) => {
  const dot = bell.querySelector(".dot");
  dot.textContent = unread > 99 ? "99+" : unread;
  dot.hidden = unread === 0;
  bell.setAttribute("aria-label", bell.dataset[unread ? "some" : "none"].replace("{n}", unread));
};

if (bell) {
  document.body.addEventListener("live:notices", (event) => count(event.detail.count));
  document.body.addEventListener("notices", (event) => count(event.detail.value ?? event.detail.count));
  setInterval(() => {
    if (!document.hidden && source?.readyState !== 1) htmx.ajax("GET", "/notifications/bell/", { swap: "none" });
  }, 60000);
}
