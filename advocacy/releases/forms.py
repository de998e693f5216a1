"""The forms before a release."""

from collections.abc import Iterable, Sequence
from datetime import time
from itertools import groupby
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, RadioField, StringField, TextAreaField, TimeField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired, Length, Optional

from advocacy.ground import clock
from advocacy.lists.rows import Joined
from advocacy.lists.rules import Name, SignedBy
from advocacy.releases.rules import CONSENTS, LONGEST, Harm, Opening, Who
from advocacy.web.words import day

CONSENT = {
    "none-used": (
        _l("No testimony is used"),
        _l("Nobody’s own story or words are in the text."),
    ),
    "given": (
        _l("Testimony is used, with consent"),
        _l("Each person agreed to this use, knowing who will read it."),
    ),
}
IN_ORDER = {
    "round-over": _l("The round is over."),
    "recalls-over": _l("Nobody can still take itself out of a corrected spelling."),
    "someone-endorses": _l("Somebody endorses the text, or lets it pass by silence."),
    "adopted": _l("Every body that was asked has adopted the text, or none was asked."),
    "adopted-by-body": _l("Every body that was asked has adopted the text in a meeting."),
    "nothing-blocks": _l("No change that is asked for holds the text back."),
    "harm-checked": _l("The harm check is written."),
}
# Kinds of organisation, as a category under a text says them.
KINDS = {
    "ngo": _l("International organisations"),
    "national_ngo": _l("National organisations"),
    "human_rights": _l("Human rights organisations"),
    "un": _l("United Nations entities"),
    "red_cross": _l("Red Cross and Red Crescent"),
    "network": _l("Networks"),
    "forum": _l("Forums"),
    "government": _l("Governments"),
    "donor": _l("Donors"),
}
WHO = {
    Who.MEMBERS: _l("members"),
    Who.OBSERVERS: _l("observers"),
    Who.DONORS: _l("donors"),
    Who.PUBLIC: _l("everybody"),
}
_least = InputRequired(_l("Write something here. If nobody could be hurt, say why."))
_most = Length(max=LONGEST, message=_l("Shorten this to 4,000 characters."))


class HarmCheck(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Who could be hurt. after: the check this one follows."""

    by_speaking = TextAreaField(_l("Who could be hurt if we say this?"), [_least, _most])
    by_silence = TextAreaField(_l("Who could be hurt if we stay silent?"), [_least, _most])
    mitigation = TextAreaField(_l("What did we do about it?"), [_least, _most])
    consent = RadioField(
        _l("Testimony"),
        choices=[SelectChoice(code, code) for code in CONSENTS],
        validators=[InputRequired(_l("Say whether testimony is used, and with consent."))],
    )
    checked_by = StringField(_l("Checked by"), [InputRequired(_l("Write who checked.")), _most])
    checked_on = DateField(_l("On"), [InputRequired(_l("Write the day of the check."))])
    after = HiddenField()

    def harm(self) -> Harm:
        """The check as it was written."""
        fields: dict[str, Any] = {
            name: self._fields[name].data
            for name in (
                "by_speaking",
                "by_silence",
                "mitigation",
                "consent",
                "checked_by",
                "checked_on",
            )
        }
        return Harm(**fields)


class Publish(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Let the text out. seen_hash: the text that the lead's page showed."""

    delivered_to = TextAreaField(_l("To whom was it given, how, and when?"), [Optional(), _most])
    public_on = DateField(_l("Everybody reads it from this day"), [Optional()])
    public_at = TimeField(_l("At this hour"), [Optional()])
    donors_on = DateField(_l("Donors of the workspace, earlier: from this day"), [Optional()])
    donors_at = TimeField(_l("At this hour"), [Optional()])
    members_on = DateField(_l("Members of the workspace, earlier: from this day"), [Optional()])
    members_at = TimeField(_l("At this hour"), [Optional()])
    observers_on = DateField(_l("Observers of the workspace, earlier: from this day"), [Optional()])
    observers_at = TimeField(_l("At this hour"), [Optional()])
    zone = StringField(_l("Time zone of these hours"), [Optional()])
    seen_hash = HiddenField()

    def embargo(self) -> list[Opening]:
        """The audiences that wait, and until when; none without a day."""
        zone = (self.zone.data or "").strip()
        return [
            Opening(who, clock.instant(day, self._fields[f"{who}_at"].data or time(0), zone), zone)
            for who in Who
            if (day := self._fields[f"{who}_on"].data)
        ]


# What is said after a name: of an organisation, a network, one that signs for its members.
APART = ("", _l("(network)"), _l("(network, on behalf of its members)"))


def _said(names: Iterable[Name]) -> list[tuple[str, str]]:
    return [(name.name, str(APART[name.network + name.for_members])) for name in names]


def list_words(signed: SignedBy, joined: Sequence[Joined] = ()) -> dict[str, Any]:
    """The list in words: "48 organisations and 7 networks", networks apart (practice B19).

    joined: names that came later, under the day of each; they change no number above them (B20).
    """
    days = groupby(joined, key=lambda one: one.joined_on)
    parts = []
    if signed.organisations:
        parts.append(
            ngettext("%(num)d organisation", "%(num)d organisations", signed.organisations)
        )
    if signed.networks:
        parts.append(ngettext("%(num)d network", "%(num)d networks", signed.networks))
    whole = (
        _("%(one)s and %(two)s", one=parts[0], two=parts[1]) if len(parts) == 2 else "".join(parts)
    )
    return {
        "total": whole,
        "names": _said(signed.names),
        "categories": [(KINDS[kind], number) for kind, number in signed.categories],
        "joined": [
            (
                _("Joined on %(day)s", day=day(on, "d MMMM y")),
                _said(one.name for one in later),
            )
            for on, later in days
        ],
    }
