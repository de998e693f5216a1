"""The form of a file, and the words of its paper."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired

from advocacy.asks import forms as ask_forms
from advocacy.asks.rules import Progress
from advocacy.donors import forms as donors
from advocacy.donors import rules as page
from advocacy.donors.rows import Line
from advocacy.handouts.rows import Cover, Shown
from advocacy.outcomes.rows import PublicOutcome
from advocacy.reports.forms import nothing
from advocacy.reports.rows import Account, Item, Part
from advocacy.reports.rules import Kind

KINDS = {
    Kind.XLSX: (_l("Excel"), _l("One line for each ask, and the counts.")),
    Kind.CSV: (_l("CSV"), _l("The same lines. Every spreadsheet opens it.")),
    Kind.PDF: (_l("PDF"), _l("The page in words, to print or to send.")),
}


class Take(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Which file; of which view is what the address says."""

    kind = RadioField(
        _l("Kind of file"),
        [InputRequired(_l("Choose a kind of file."))],
        choices=[SelectChoice(str(kind), words[0]) for kind, words in KINDS.items()],
        default=Kind.XLSX,
    )

    def sort(self) -> Kind:
        """How it is written."""
        return Kind(self.kind.data or Kind.XLSX)


def account(shown: Shown, cover: Cover) -> Account:
    """The page in words, its parts in the order of the page."""
    lines = [donors.line(one, shown.on) for one in shown.asks]
    parts = [_counts(shown), Part(str(_("Recommendations")), groups=_items(lines)), _came(shown)]
    if shown.ours:
        ours = [donors.line(one, shown.on) for one in shown.ours]
        parts.insert(0, Part(str(_("Asked of you")), groups=_items(ours)))
    told = tuple(nothing(part) for part in (*parts, _words()))
    return Account(cover.title, cover.language, (cover.source,), told, foot=cover.source)


def _counts(shown: Shown) -> Part:
    """Every count with the whole beside it; never a percentage."""
    figures = shown.figures
    rows = [
        Item(
            f"{ask_forms.PROGRESS[states[0]]}: {sum(figures.by_progress.get(s, 0) for s in states)}"
        )
        for states in page.TOGETHER
    ]
    confirmed = figures.by_progress.get(Progress.IMPLEMENTED, 0)
    said = [
        ngettext("%(num)s ask in all.", "%(num)s asks in all.", figures.total),
        ngettext("%(num)s is late", "%(num)s are late", figures.late) + ".",
        ngettext(
            "%(num)s of %(total)s is confirmed.", "%(num)s of %(total)s are confirmed.", confirmed,
            total=figures.total,
        ),
    ]  # fmt: skip
    more = figures.total - len(shown.asks)
    if more > 0:
        older = "%(num)s older one is counted above.", "%(num)s older ones are counted above."
        said.append(ngettext(*older, more))
    return Part(str(_("Where it stands")), (" ".join(said),), (("", tuple(rows)),))


def _items(lines: list[Line]) -> tuple[tuple[str, tuple[Item, ...]], ...]:
    return (("", tuple(map(_item, lines))),)


def _item(line: Line) -> Item:
    state = f"{ask_forms.PROGRESS[line.progress]}. {line.note}".strip()
    if line.late_days:
        late = ngettext("Late, %(num)s day", "Late, %(num)s days", line.late_days)
        state = f"{late}. {state}"
    said = [state, str(_("Addressed to %(name)s.", name=line.addressee)) + f" {line.response}."]
    if line.by_when:
        said.append(line.by_when)
    if line.how:
        by = str(_("By %(day)s.", day=line.do_by)) if line.do_by else ""
        said.append(f"{_('What you can do:')} {line.how}. {line.do_words} {by}".strip())
    return Item(line.title, line.language, tuple(said))


def _came(shown: Shown) -> Part:
    title = str(_("What changed, and whether it holds"))
    return Part(title, groups=(("", tuple(map(_outcome, shown.came))),))


def _outcome(one: PublicOutcome) -> Item:
    told = donors.outcome(one)
    second = (
        _("Confirmed by a second organisation.")
        if one.is_seconded
        else _("No second organisation has confirmed it yet.")
    )
    stands = [f"{told['standing']}."]
    if told["is_unconfirmed"]:
        since = _("Not confirmed since %(day)s. It does not count as holding.", day=told["looked"])
        stands.append(str(since))
    if told["is_contested"]:
        stands.append(f"{_('Challenged, not settled')}.")
    said = [" ".join(stands), f"{told['level']}. {told['direction']}. {second}", *told["told"]]
    return Item(one.title, one.language, tuple(said))


def _words() -> Part:
    """How to read the words, as on the page."""
    said = tuple(Item(f"{word}: {meaning}") for word, meaning in donors.meanings())
    return Part(str(_("How to read the words")), groups=(("", said),))
