// The field for a file says in the page's own language which file it holds.
for (const box of document.querySelectorAll("[data-drop]")) {
  const input = box.querySelector("input[type=file]");
  const name = box.querySelector(".drop-name bdi");
  const invitation = name.textContent;
  const show = () => {
    name.textContent = input.files.length ? input.files[0].name : invitation;
    box.classList.toggle("filled", input.files.length > 0);
  };
  input.addEventListener("change", show);
  for (const kind of ["dragenter", "dragover"]) input.addEventListener(kind, () => box.classList.add("over"));
  for (const kind of ["dragleave", "drop"]) input.addEventListener(kind, () => box.classList.remove("over"));
  show();
}
