"""The forms of a position, and the words of its closed lists."""

import re
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired, Length, Optional

from advocacy.positions import rules
from advocacy.positions.schema import Channel, Kind, Stage

KINDS: dict[str, LazyString] = {
    Kind.JOINT_STATEMENT: _l("Joint statement"),
    Kind.KEY_MESSAGES: _l("Key messages"),
    Kind.HCT_NOTE: _l("Note to the Humanitarian Country Team"),
    Kind.OPEN_LETTER: _l("Open letter"),
    Kind.PRIVATE_LETTER: _l("Private letter"),
}
STAGES: dict[str, LazyString] = {
    Stage.DRAFTING: _l("Draft"),
    Stage.CONSULTATION: _l("Comment"),
    Stage.FROZEN: _l("Final text"),
    Stage.SIGNOFF: _l("Sign-off"),
    Stage.PUBLISHED: _l("Published"),
    Stage.DELIVERED: _l("Delivered"),
    Stage.CANCELLED: _l("Stopped"),
    Stage.WITHDRAWN: _l("Withdrawn"),
}
CHANNELS: dict[str, LazyString] = {
    Channel.PUBLIC: _l("Public"),
    Channel.PRIVATE: _l("Private"),
}
SENSITIVITY: dict[int, LazyString] = {
    1: _l("Low: it can be read by anybody"),
    2: _l("Some: names or places need care"),
    3: _l("High: somebody could be hurt if it leaks"),
    4: _l("Severe: lives could be at risk if it leaks"),
}
LANGUAGES = {"en": "English", "fr": "Français", "es": "Español", "ar": "العربية"}

_UUID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def _short(most: int) -> Length:
    words = _l("Shorten this to %(most)s characters or fewer.", most=most)
    return Length(max=most, message=words)


_choose = InputRequired(_l("Choose one from the list."))


class Terms(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """What the lead says about a position while the text is open."""

    based_on = HiddenField()
    title = StringField(
        _l("Title"),
        [
            InputRequired(_l("Write a title. Others will look for it.")),
            _short(rules.MOST_IN_TITLE),
        ],
    )
    purpose = TextAreaField(
        _l("What should change because of it"), [Optional(), _short(rules.MOST_IN_PURPOSE)]
    )
    audience_words = StringField(_l("Who will read it"), [Optional(), _short(rules.MOST_IN_LINE)])
    channel = RadioField(
        _l("How it goes out"),
        [_choose],
        choices=[SelectChoice(value, label) for value, label in CHANNELS.items()],
    )
    attribution = StringField(
        _l("Whose names stand under it"), [Optional(), _short(rules.MOST_IN_LINE)]
    )
    sensitivity = SelectField(
        _l("What if it leaks"),
        [_choose],
        coerce=int,
        default=2,
        choices=[SelectChoice(value, label) for value, label in SENSITIVITY.items()],
    )

    def details(self) -> rules.Details:
        """What was typed."""
        return rules.Details(
            title=self.title.data or "",
            purpose=self.purpose.data or "",
            audience_words=self.audience_words.data or "",
            channel=self.channel.data or "",
            attribution=self.attribution.data or "",
            sensitivity=self.sensitivity.data,
        )


class Start(Terms):
    """What a new position needs; kind and language never change afterwards."""

    threat = HiddenField()
    kind = RadioField(
        _l("What will you write"),
        [_choose],
        choices=[SelectChoice(value, label) for value, label in KINDS.items()],
    )
    language = SelectField(
        _l("Language of the text that is signed"),
        [_choose],
        choices=[SelectChoice(value, label) for value, label in LANGUAGES.items()],
    )

    def threat_id(self) -> UUID | None:
        """The protection risk it begins from, if the address or the form names one."""
        given = self.threat.data or ""
        return UUID(given) if _UUID.fullmatch(given) else None


class Freeze(FlaskForm):  # type: ignore[misc]
    """The text that the lead has read."""

    based_on = HiddenField()


class Step(FlaskForm):  # type: ignore[misc]
    """To which stage: those that a lead goes to by a button, and no others."""

    to = RadioField(
        validators=[_choose],
        choices=[
            SelectChoice(stage.value, STAGES[stage])
            for stage in (Stage.CONSULTATION, Stage.DRAFTING, Stage.CANCELLED)
        ],
    )
