"""Reasons about receipts, keys and second steps: a part of `web.reasons`, which says them."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

PROOFS: dict[str, LazyString] = {
    # proofs
    "proofs.erased": _l("The proof was erased. There is nothing left to sign."),
    "proofs.signed-already": _l("A passkey has signed this answer already."),
    "proofs.not-the-signer": _l("Only the person who gave this answer can sign it."),
    "proofs.no-key": _l(
        "The signing key cannot be read. Ask whoever looks after this server to run "
        "“advocacy doctor”."
    ),
    "proofs.key-stolen": _l("Stolen: do not trust what it signed. Fetch receipts again."),
    "proofs.rotate-first": _l("This key is in use. Rotate first: advocacy keys rotate."),
    # checks
    "checks.too-long": _l("This is too much. Paste the text alone: {most} signs at most."),
    "checks.slow-down": _l("Many checks came from here. Wait {seconds} seconds, then try again."),
    # passkeys
    "passkeys.not-made": _l("Your device made no passkey that can be used here. Try once more."),
    "passkeys.not-answered": _l(
        "The passkey did not answer as it should. Try once more, or use a code."
    ),
    "passkeys.not-here": _l(
        "Passkeys need an address with a name. Open this site by its name, or use a code app."
    ),
    "passkeys.name-it": _l("Give it a name, such as the name of the phone it is in."),
    "passkeys.too-many": _l("You can have {most} passkeys. Remove one first."),
    "passkeys.wrong-code": _l("This code is not right, or it was used. Wait for the next one."),
}
