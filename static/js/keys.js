/**
 * Keys for long lists, bound by data attributes. Inside a [data-keys] list J and K go to the next
 * and the one before, and a letter presses the link or button of the entry that carries it:
 * data-key="a". They work only while the focus is inside the list, and never while somebody types
 * or holds another key: speech input and screen readers use letters of their own.
 */
const ENTRY = "[data-keys-entry]";
const TYPES = "input, textarea, select, [contenteditable]";
const PRESSED = "a[href], button";

function isForUs(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.repeat) return false;
  return event.target instanceof Element && !event.target.closest(TYPES);
}

function entriesOf(list) {
  return [...list.querySelectorAll(ENTRY)];
}

function goTo(entry) {
  if (!entry) return;
  entry.focus();
  entry.scrollIntoView({ block: "nearest" });
}

function step(list, target, by) {
  const entries = entriesOf(list);
  const at = entries.indexOf(target.closest(ENTRY));
  goTo(at < 0 ? entries[0] : entries[at + by]);
}

function press(list, target, key) {
  const entry = list.contains(target) ? target.closest(ENTRY) : null;
  const holder = entry?.querySelector(`[data-key="${key}"]`);
  const control = holder?.matches(PRESSED) ? holder : holder?.querySelector(PRESSED);
  if (!control) return false;
  control.click();
  return true;
}

function onKey(event) {
  const list = isForUs(event) && event.target.closest("[data-keys]");
  if (!list) return;
  const key = event.key.toLowerCase();
  if (key === "j" || key === "k") {
    step(list, event.target, key === "j" ? 1 : -1);
    event.preventDefault();
  } else if (/^[a-z]$/.test(key) && press(list, event.target, key)) {
    event.preventDefault();
  }
}

export function bindKeys(root) {
  root.addEventListener("keydown", onKey);
}
