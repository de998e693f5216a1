/**
 * One press, one act. While a form is on its way its button is at rest and says so.
 * The idempotency key in the form is the real guard; this spares people the doubt.
 * Forms marked data-download stay on the page, so they are left alone.
 */
const RELEASE_AFTER_MS = 25000;

/** What each resting button held (words and icon), and whether it had the focus. */
const resting = new Map();

function rest(form, button) {
  form.dataset.busy = "1";
  form.setAttribute("aria-busy", "true");
  if (!button) return;
  resting.set(button, { inside: [...button.childNodes], focused: document.activeElement === button });
  // After the browser has read the form: a disabled button would not send its own name and value.
  setTimeout(() => {
    if (!resting.has(button)) return;
    button.disabled = true;
    if (form.dataset.sending) button.replaceChildren(form.dataset.sending);
  }, 0);
  setTimeout(() => release(form), RELEASE_AFTER_MS);
}

export function release(form) {
  delete form.dataset.busy;
  form.removeAttribute("aria-busy");
  for (const [button, { inside, focused }] of resting) {
    if (button.form !== form) continue;
    resting.delete(button);
    button.disabled = false;
    button.replaceChildren(...inside);
    // A disabled button drops the focus; hand it back unless it has gone elsewhere since.
    if (focused && document.activeElement === document.body) button.focus();
  }
}

export function bindSubmit(root) {
  // Capture: this hears the submit before htmx does, so a second press never becomes a request.
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("data-download")) return;
    if (form.dataset.busy) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    rest(form, event.submitter);
  }, true);

  root.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest("form[data-busy]");
    if (form) release(form);
  });

  // Back to a page that the browser kept: its buttons must work again.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) root.querySelectorAll("form[data-busy]").forEach(release);
  });
}
