// The bar that offers to take a decision back goes away when its time is over.
for (const bar of document.querySelectorAll("[data-undo]")) {
  const left = bar.querySelector("[data-left]");
  let seconds = Number(bar.dataset.undo);
  const tick = setInterval(() => {
    seconds -= 1;
    if (bar.contains(document.activeElement)) return;
    if (seconds <= 0) {
      clearInterval(tick);
      bar.remove();
    } else left.textContent = String(seconds);
  }, 1000);
}
