"""The forms of seats, invitations and membership; the words for kinds and standings."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired, Length, Optional

from advocacy.access.actor import Seat, Standing
from advocacy.organisations.schema import OrganisationKind as Kind

SEATS = {
    Seat.FOCAL_POINT: (_l("Focal point"), _l("Answers for the organisation, edits and signs.")),
    Seat.ALTERNATE: (_l("Alternate"), _l("The same as the focal point, when they are away.")),
    Seat.SIGNATORY: (
        _l("Signatory"),
        _l("Signs. A second person must agree, and it begins 48 hours later."),
    ),
    Seat.DRAFTER: (_l("Drafter"), _l("Edits texts and records. Does not sign.")),
    Seat.COORDINATOR: (
        _l("Coordinator"),
        _l("Coordinates the workspace, where the organisation does so."),
    ),
    Seat.ADMIN: (_l("Administrator"), _l("Invites people and ends seats. Does not sign.")),
}
STANDINGS = {
    Standing.COORDINATOR: _l("Coordinator"),
    Standing.CO_COORDINATOR: _l("Co-coordinator"),
    Standing.MEMBER: _l("Member"),
    Standing.OBSERVER: _l("Observer"),
    Standing.DONOR: _l("Donor"),
}
STANDING_MEANINGS = {
    Standing.COORDINATOR: _l("Runs the workspace: admits and removes organisations."),
    Standing.CO_COORDINATOR: _l("The same powers as the coordinator."),
    Standing.MEMBER: _l("Writes and signs positions, reports protection risks."),
    Standing.OBSERVER: _l("Reads what is shared with observers. Does not sign."),
    Standing.DONOR: _l("Reads the donor page. Does not see members or their work."),
}
KINDS = {
    Kind.NGO: _l("International NGO"),
    Kind.NATIONAL_NGO: _l("National NGO"),
    Kind.HUMAN_RIGHTS: _l("Human rights organisation"),
    Kind.UN: _l("United Nations"),
    Kind.RED_CROSS: _l("Red Cross or Red Crescent"),
    Kind.NETWORK: _l("Network"),
    Kind.FORUM: _l("Forum"),
    Kind.GOVERNMENT: _l("Government"),
    Kind.DONOR: _l("Donor"),
}
LANGUAGES = [
    SelectChoice("en", "English"),
    SelectChoice("fr", "Français"),
    SelectChoice("es", "Español"),
    SelectChoice("ar", "العربية"),
]
_short = Length(max=200, message=_l("Shorten this to 200 characters or fewer."))
_name = [InputRequired(_l("Write the name of the person.")), _short]
_email = [InputRequired(_l("Write a full e-mail address, like name@example.org.")), _short]
_choose = _l("Choose one from the list.")


class Plain(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A form that is one button."""


class Invite(FlaskForm):  # type: ignore[misc]
    """Whom to invite, to which seat."""

    name = StringField(_l("Name"), validators=_name)
    email = StringField(_l("E-mail address"), validators=_email)
    seat = RadioField(
        _l("Seat"),
        choices=[SelectChoice(kind.value, words[0]) for kind, words in SEATS.items()],
        validators=[InputRequired(_choose)],
    )


class HandOver(FlaskForm):  # type: ignore[misc]
    """Who takes a seat over, and what they should know."""

    name = StringField(_l("Name of the successor"), validators=_name)
    email = StringField(_l("E-mail address of the successor"), validators=_email)
    note = TextAreaField(
        _l("Note to the successor"),
        validators=[
            Optional(),
            Length(max=4000, message=_l("Shorten this to 4000 characters or fewer.")),
        ],
    )


class Welcome(FlaskForm):  # type: ignore[misc]
    """A new organisation, and the person who comes first."""

    organisation = StringField(
        _l("Name of the organisation"),
        validators=[InputRequired(_l("Write the full name of the organisation.")), _short],
    )
    kind = SelectField(
        _l("Kind"), choices=[SelectChoice(kind.value, words) for kind, words in KINDS.items()]
    )
    standing = RadioField(
        _l("How it takes part"),
        choices=[SelectChoice(kind.value, words) for kind, words in STANDINGS.items()],
        validators=[InputRequired(_choose)],
    )
    name = StringField(_l("Name of its contact"), validators=_name)
    email = StringField(_l("E-mail address of its contact"), validators=_email)
    language = SelectField(_l("Language of the mail"), choices=LANGUAGES)


class NewBody(FlaskForm):  # type: ignore[misc]
    """A cluster, an advisory group, a country team."""

    name = StringField(
        _l("Name"), validators=[InputRequired(_l("Write the name of the body.")), _short]
    )
    purpose = StringField(_l("What it decides"), validators=[Optional(), _short])


class Accept(FlaskForm):  # type: ignore[misc]
    """A first account: name, password, language."""

    name = StringField(_l("Your name"), validators=_name)
    password = PasswordField(
        _l("Choose a password"), validators=[InputRequired(_l("Choose a password."))]
    )
    language = SelectField(_l("Language"), choices=LANGUAGES)
