/**
 * Words selected inside [data-quote-for] go into the field of that name in the page's form.
 * Without script people copy them there themselves.
 */
const WAIT_MS = 250;

/** What is selected of the frame that the selection begins in: a third click runs past its end. */
function selected(root) {
  const selection = root.getSelection();
  if (!selection || !selection.rangeCount || selection.isCollapsed) return {};
  const range = selection.getRangeAt(0).cloneRange();
  const at = range.startContainer;
  const frame = (at.nodeType === Node.ELEMENT_NODE ? at : at.parentElement).closest("[data-quote-for]");
  if (frame && !frame.contains(range.endContainer)) range.setEndAfter(frame.lastChild);
  return { frame, words: range.toString().replace(/\s+/g, " ").trim() };
}

function take(root) {
  const { frame, words } = selected(root);
  const field = frame && root.querySelector(`form [name="${frame.dataset.quoteFor}"]`);
  if (!field || !words || words === field.value) return;
  field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

export function bindQuote(root) {
  if (!root.querySelector("[data-quote-for]")) return;
  let timer;
  root.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(() => take(root), WAIT_MS);
  });
}
