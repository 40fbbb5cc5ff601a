// Canned reasons become buttons: one press writes the reason. Without this the select does the same when the form is sent.
for (const select of document.querySelectorAll("[data-canned]")) {
  const form = select.form;
  const field = form.querySelector("[name=reason]");
  const bar = document.createElement("div");
  bar.className = "desk-canned";
  const buttons = [...select.options].filter((option) => option.dataset.text).map((option) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "desk-button";
    button.textContent = option.textContent;
    button.title = option.dataset.text;
    button.dataset.decision = option.dataset.decision;
    button.addEventListener("click", () => {
      field.value = option.dataset.text;
      field.focus();
    });
    bar.append(button);
    return button;
  });
  const fit = () => {
    const chosen = form.querySelector("[name=decision]:checked, [name=ruling]");
    const name = chosen ? chosen.value.split(":").pop() : "";
    for (const button of buttons) button.hidden = Boolean(name && button.dataset.decision && button.dataset.decision !== name);
  };
  form.addEventListener("change", fit);
  fit();
  select.value = "";
  select.hidden = true;
  select.after(bar);
}
