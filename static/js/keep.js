/**
 * Words typed into a form marked data-keep survive an accidental reload, in this tab only.
 * They go when the form is sent, when the person leaves, and with the tab. A form marked
 * data-restricted is never kept: what is secret stays out of the browser's storage.
 */
const PREFIX = "keep:";
const WAIT_MS = 300;
const KEPT = "textarea[name], input[type=text][name], input[type=search][name], input:not([type])[name]";

export function nameOf(form) {
  return `${PREFIX}${window.location.pathname}#${form.id || form.getAttribute("action") || ""}`;
}

/** All of this tab's storage: our own words, and the last address, which htmx notes there. */
export function forgetAll() {
  sessionStorage.clear();
}

function mayKeep(form) {
  return form instanceof HTMLFormElement && form.hasAttribute("data-keep") && !form.hasAttribute("data-restricted");
}

function changedFields(form) {
  return [...form.querySelectorAll(KEPT)].filter((field) => !field.closest("[data-restricted]") && field.value !== field.defaultValue);
}

function store(form) {
  const typed = Object.fromEntries(changedFields(form).map((field) => [field.name, [field.defaultValue, field.value]]));
  try {
    if (Object.keys(typed).length) sessionStorage.setItem(nameOf(form), JSON.stringify(typed));
    else sessionStorage.removeItem(nameOf(form));
  } catch {
    // A full or forbidden store costs the comfort, never the form.
  }
}

function restore(form) {
  let typed;
  try {
    typed = JSON.parse(sessionStorage.getItem(nameOf(form)) || "{}");
  } catch {
    return;
  }
  for (const field of form.querySelectorAll(KEPT)) {
    const kept = typed[field.name];
    // Only onto the text it was typed over: newer text from the server is not painted over.
    if (kept && kept[0] === field.defaultValue && field.value === field.defaultValue) field.value = kept[1];
  }
}

export function bindKeep(root) {
  const timers = new WeakMap();
  root.querySelectorAll("form[data-keep]").forEach((form) => { if (mayKeep(form)) restore(form); });

  root.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!mayKeep(form)) return;
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => store(form), WAIT_MS));
  });
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (!mayKeep(form)) return;
    clearTimeout(timers.get(form));
    sessionStorage.removeItem(nameOf(form));
  });
  // Sent through htmx and not taken: the words are still on the page, so keep them again.
  root.addEventListener("htmx:sendError", (event) => {
    const form = event.target.closest("form");
    if (mayKeep(form)) store(form);
  });
}
