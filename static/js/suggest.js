// The search field as a combobox (ARIA 1.2). The server sends plain links under #suggestions; with this module the
// arrow keys walk through them while the focus stays in the field. Without it they are links to tab to.
const field = document.querySelector("input[data-search]");
const holder = document.getElementById("suggestions");

if (field && holder) {
  const options = () => [...holder.querySelectorAll("[role=option]")];
  const current = () => holder.querySelector("[aria-selected=true]");
  const show = (on) => {
    holder.hidden = !on;
    field.setAttribute("aria-expanded", String(on && options().length > 0));
    if (!on) choose(null);
  };
  const choose = (option) => {
    current()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
  };
  const step = (by) => {
    const all = options();
    // One place before the first is the field itself, where nothing is chosen.
    const at = (all.indexOf(current()) + 1 + by + all.length + 1) % (all.length + 1);
    choose(all[at - 1] ?? null);
  };
  const take = (option) => {
    if (!("fill" in option.dataset)) return option.click();
    field.value = option.dataset.fill;
    choose(null);
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"]]) field.setAttribute(name, value);

  holder.addEventListener("htmx:afterSwap", () => {
    const list = holder.querySelector("[data-options]");
    field.removeAttribute("aria-controls");
    if (list) {
      list.id = "search-options";
      list.setAttribute("role", "listbox");
      field.setAttribute("aria-controls", list.id);
      list.querySelectorAll("a").forEach((link, place) => {
        link.id = `search-option-${place}`;
        link.tabIndex = -1;
        link.setAttribute("role", "option");
        link.setAttribute("aria-selected", "false");
      });
    }
    show(document.activeElement === field || holder.contains(document.activeElement));
  });
  holder.addEventListener("click", (event) => {
    const option = event.target.closest("[data-fill]");
    if (!option || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    take(option);
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!options().length) return;
      event.preventDefault();
      if (holder.hidden) show(true);
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && current()) {
      event.preventDefault();
      take(current());
    } else if (event.key === "Escape" && !holder.hidden && options().length) {
      event.preventDefault();
      show(false);
    }
  });
  field.addEventListener("focus", () => show(true));
  field.form.addEventListener("focusout", (event) => {
    if (!field.form.contains(event.relatedTarget)) show(false);
  });
}
