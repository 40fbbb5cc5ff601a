// Messages: how many conversations wait.
const letters = document.querySelector("[data-letters]");
if (letters) {
  document.body.addEventListener("live:conversations", ({ detail: { count } }) => {
    const dot = letters.querySelector(".dot");
    dot.textContent = count > 99 ? "99+" : count;
    dot.hidden = count === 0;
    letters.setAttribute("aria-label", letters.dataset[count ? "some" : "none"].replace("{n}", count));
  });
}
