// Dialogs open as such; without this file their links show them as sections of the page.
for (const link of document.querySelectorAll("[data-dialog]")) {
  link.addEventListener("click", e => { e.preventDefault(); document.getElementById(link.dataset.dialog).showModal(); });
}

for (const dialog of document.querySelectorAll("dialog")) {
  dialog.querySelector("[data-close]")?.addEventListener("click", e => { e.preventDefault(); dialog.close(); });
  dialog.addEventListener("click", e => { if (e.target === dialog) dialog.close(); }); // beside it
  if (dialog.dataset.open) { dialog.close(); dialog.showModal(); }
}

for (const drop of document.querySelectorAll(".file-drop")) {
  const over = shown => () => drop.classList.toggle("over", shown);
  drop.addEventListener("dragover", over(true));
  drop.addEventListener("dragleave", over(false));
  drop.addEventListener("drop", over(false));
}
