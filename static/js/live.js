/**
 * Writing a text together. The editor is large, so it is fetched only when somebody begins to write:
 * on a press of [data-live-start], or at once where data-live says "now". Without script, or where
 * the editor cannot be fetched, the link leads to the form that it names.
 * What the browser keeps of unsent words goes with the person: on sign-out and on "Leave now".
 */
const EDITOR = "../vendor/editor@1.0.0/editor.js";
const KEPT = "live";

function forget() {
  try {
    indexedDB.deleteDatabase(KEPT);
  } catch {
    // A browser without a store has kept nothing.
  }
}

async function begin(element, link) {
  if (element.dataset.liveOpen) return;
  element.dataset.liveOpen = "1";
  // The page may be an earlier one, shown again: the band on top has the token of this session.
  element.dataset.csrf ||= document.querySelector("input[name=csrf_token]")?.value ?? "";
  element.setAttribute("aria-busy", "true");
  try {
    const { start } = await import(element.dataset.editor || EDITOR);
    const live = await start(element);
    if (live) element.dispatchEvent(new CustomEvent("live:open", { bubbles: true, detail: live }));
  } catch (fault) {
    console.error("live: the editor did not start", fault);
    delete element.dataset.liveOpen;
    if (link) window.location.assign(link.href);
  } finally {
    element.removeAttribute("aria-busy");
  }
}

export function bindLive(root) {
  root.addEventListener("click", (event) => {
    const link = event.target.closest("[data-live-start]");
    const element = link && (link.closest("[data-live]") || root.querySelector("[data-live]"));
    if (element) {
      event.preventDefault();
      begin(element, link.href ? link : null);
    }
    if (event.target.closest("a[data-leave]")) forget();
  });
  root.addEventListener("submit", (event) => {
    if (/\/sign-out$/.test(new URL(event.target.action, window.location.href).pathname)) forget();
  }, true);
  for (const element of root.querySelectorAll("[data-live=now]")) begin(element, null);
}
