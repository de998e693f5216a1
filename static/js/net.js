/**
 * The network, said in words: one banner for offline, failed and slow, with "Try again";
 * and after a part of the page was exchanged, focus goes where a person expects it.
 */
const SLOW_AFTER_MS = 4000;

function banner(root) {
  const box = root.getElementById("net");
  const words = box && box.querySelector("[data-net-words]");
  const again = box && box.querySelector("[data-net-again]");
  return {
    again,
    say(key, offerAgain) {
      if (!box) return;
      words.textContent = box.dataset[key] || "";
      again.hidden = !offerAgain;
      box.hidden = false;
    },
    hide() { if (box) box.hidden = true; },
  };
}

/** Ask again for what failed: the same form, the same part, or else the page. */
function repeat(failed, pressed) {
  if (!failed || !failed.isConnected) { window.location.reload(); return; }
  if (failed.matches("form")) {
    // A press on the same button, so that its name and value go along.
    if (pressed && failed.contains(pressed)) pressed.click();
    else failed.requestSubmit();
    return;
  }
  const url = failed.getAttribute("hx-get");
  if (url && window.htmx) { window.htmx.ajax("GET", url, { source: failed, target: failed, swap: "outerHTML" }); return; }
  window.location.reload();
}

function focusAfterSwap(part) {
  if (!part || !part.querySelector) return;
  const wanted = part.matches("[data-focus]") ? part : part.querySelector("[data-focus], h1");
  if (wanted) wanted.focus();
}

function isWholePage(text) {
  return /^\s*<(!doctype|html)/i.test(text);
}

export function bindNet(root) {
  const net = banner(root);
  let failed = null;
  let pressed = null;
  let slow = 0;

  const connection = () => (navigator.onLine ? net.hide() : net.say("offline", false));
  window.addEventListener("online", connection);
  window.addEventListener("offline", connection);
  if (!navigator.onLine) connection();
  if (net.again) net.again.addEventListener("click", () => { net.hide(); repeat(failed, pressed); });
  root.addEventListener("submit", (event) => { pressed = event.submitter; }, true);

  root.addEventListener("htmx:beforeRequest", (event) => {
    const source = event.detail.elt;
    if (source.hasAttribute("data-poll")) {
      if (root.hidden) event.preventDefault();
      return;
    }
    event.detail.target.setAttribute("aria-busy", "true");
    clearTimeout(slow);
    slow = setTimeout(() => net.say("slow", false), SLOW_AFTER_MS);
  });
  root.addEventListener("htmx:afterRequest", (event) => {
    // A part that looks for news says nothing of the form that failed beside it. It may have been
    // exchanged by now: detail.elt is then its neighbour, so ask what the request was made for.
    if (event.detail.requestConfig && event.detail.requestConfig.elt.hasAttribute("data-poll")) return;
    clearTimeout(slow);
    if (event.detail.target) event.detail.target.removeAttribute("aria-busy");
    if (event.detail.successful && navigator.onLine) net.hide();
  });

  // A conflict (409) is an answer to read: today's text beside what was typed. A whole page is not a part.
  root.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    if (xhr.status === 409 && !isWholePage(xhr.responseText)) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  for (const [name, words] of [["htmx:sendError", "failed"], ["htmx:timeout", "failed"], ["htmx:responseError", "refused"]]) {
    root.addEventListener(name, (event) => {
      clearTimeout(slow);
      if (event.detail.elt.hasAttribute("data-poll") && navigator.onLine) return;
      failed = event.detail.elt;
      net.say(navigator.onLine ? words : "offline", true);
    });
  }

  root.addEventListener("htmx:afterSettle", (event) => {
    const source = event.detail.requestConfig && event.detail.requestConfig.elt;
    if (source && (source.hasAttribute("data-poll") || source.matches(".filters"))) return;
    focusAfterSwap(event.detail.elt);
  });
  // Without a swap: an error summary that came with the page takes focus.
  focusAfterSwap(root.querySelector("[data-focus]"));
}
