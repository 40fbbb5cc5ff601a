// What does a small sum is fetched where a form asks for one (static/js/proof).
const look = () => {
  const box = document.querySelector("[data-proof]");
  if (box) import(box.dataset.script);
};
look();
document.addEventListener("htmx:load", look);
