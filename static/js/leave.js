/**
 * "Leave now", for a shared or unsafe device: forgets what was typed, covers the page at once and
 * goes to a neutral address without leaving this page one step behind the back button.
 * Without script the link simply opens that address.
 */
import { forgetAll } from "./keep.js";

function leave(href) {
  try {
    forgetAll();
  } finally {
    document.title = "";
    document.body.replaceChildren();
    window.location.replace(href);
  }
}

export function bindLeave(root) {
  root.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-leave]");
    if (!link) return;
    event.preventDefault();
    leave(link.href);
  });
}
