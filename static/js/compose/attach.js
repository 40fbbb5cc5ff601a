// Pictures by paste, drop or button: each is sent to the address in data-upload, which answers {"markdown": "![…](…)"}.
const insert = (field, text) => {
  field.focus();
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

const send = async (field, files) => {
  const token = field.form.querySelector("[name=csrfmiddlewaretoken]").value;
  for (const file of files) {
    const data = new FormData();
    data.set("file", file);
    const answer = await fetch(field.dataset.upload, { method: "POST", body: data, headers: { "X-CSRFToken": token } });
    const said = await answer.json().catch(() => ({}));
    if (answer.ok) insert(field, `${said.markdown}\n`);
    else document.dispatchEvent(new CustomEvent("say", { detail: said.detail ?? said.title ?? field.dataset.uploadFailed }));
  }
};

for (const kind of ["paste", "drop"]) {
  document.addEventListener(kind, (event) => {
    const field = event.target.closest?.("textarea[data-upload]");
    const files = (event.clipboardData ?? event.dataTransfer)?.files;
    if (!field || !files?.length) return;
    event.preventDefault();
    send(field, files);
  });
}
document.addEventListener("change", (event) => {
  const picker = event.target.closest("input[type=file][data-attach]");
  if (!picker) return;
  send(document.getElementById(picker.dataset.attach), picker.files);
  picker.value = "";
});
