// Puts the community's latest threads into a page:
//   <div data-porchlight="latest" data-space="help" data-limit="5" data-theme="auto"></div>
//   <script src="https://community.example.org/embed.js" async></script>
(() => {
  const home = new URL(document.currentScript.src).origin;
  const frames = new Map();

  const build = (spot) => {
    if (spot.dataset.ready) return;
    spot.dataset.ready = "yes";
    const address = new URL("/embed/latest/", home);
    for (const name of ["space", "limit", "theme"]) {
      if (spot.dataset[name]) address.searchParams.set(name, spot.dataset[name]);
    }
    const frame = document.createElement("iframe");
    frame.src = address;
    frame.title = spot.dataset.title || "Latest from our community";
    frame.loading = "lazy";
    frame.referrerPolicy = "origin";
    frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox");
    Object.assign(frame.style, { width: "100%", height: "320px", border: "0", colorScheme: "normal" });
    spot.replaceChildren(frame);
    frames.set(frame.contentWindow, frame);
  };

  addEventListener("message", (event) => {
    const frame = event.origin === home && frames.get(event.source);
    const height = frame && Number(event.data?.porchlight?.height);
    if (height > 0) frame.style.height = `${Math.min(Math.ceil(height), 3000)}px`;
  });

  const start = () => document.querySelectorAll("[data-porchlight='latest']").forEach(build);
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
})();
