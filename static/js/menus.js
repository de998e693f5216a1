/** Small menus in the header: one open at a time, closed by Escape or by a press elsewhere. */
function closeAll(root, except) {
  for (const menu of root.querySelectorAll("details.drop[open]")) {
    if (menu !== except) menu.open = false;
  }
}

export function bindMenus(root) {
  root.addEventListener("click", (event) => closeAll(root, event.target.closest("details.drop")));
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest("details.drop[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
