// How long a claim still lasts, counted down; when it is over the page says that others may take the case.
for (const line of document.querySelectorAll("[data-until]")) {
  const left = line.querySelector("[data-left]");
  const until = Date.parse(line.dataset.until);
  const tick = () => {
    const seconds = Math.round((until - Date.now()) / 1000);
    if (seconds <= 0) {
      clearInterval(timer);
      line.textContent = line.dataset.over;
      line.setAttribute("role", "status");
    } else left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  };
  const timer = setInterval(tick, 1000);
  tick();
}
