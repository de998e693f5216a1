/**
 * Passkeys: a form with data-passkey has the browser make one ("create") or have one answer
 * ("get"), puts the answer into the form's field `answer`, and sends the form. What the browser is
 * told comes with the page, in data-options. Without script the codes remain.
 */
function bytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function read(options) {
  const told = JSON.parse(options);
  told.challenge = bytes(told.challenge);
  if (told.user) told.user.id = bytes(told.user.id);
  for (const list of [told.allowCredentials, told.excludeCredentials]) {
    for (const one of list || []) one.id = bytes(one.id);
  }
  return told;
}

function written(made) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (made.response[name]) response[name] = text(made.response[name]);
  }
  return JSON.stringify({ id: made.id, rawId: text(made.rawId), type: made.type, response });
}

async function answer(form) {
  const publicKey = read(form.dataset.options);
  const made = await navigator.credentials[form.dataset.passkey]({ publicKey });
  form.elements.answer.value = written(made);
  form.requestSubmit();
}

export function bindPasskey(root) {
  const can = Boolean(window.PublicKeyCredential && navigator.credentials);
  for (const part of root.querySelectorAll("[data-passkey-part]")) part.hidden = !can;
  // Capture: before the form is marked as on its way.
  root.addEventListener("submit", (event) => {
    const form = event.target.closest("form");
    const around = form && form.closest("[data-passkey]");
    if (!around || form.elements.answer.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!form.reportValidity()) return;
    form.dataset.passkey = around.dataset.passkey;
    form.dataset.options = around.dataset.options;
    answer(form).catch(() => {
      const said = around.querySelector("[data-passkey-failed]");
      if (said) said.hidden = false;
    });
  }, true);
}
