"""From the rows of the page to the lines of a table."""

from collections.abc import Iterator
from datetime import date

from advocacy.asks.schema import Progress
from advocacy.deadlines.rules import first_precision, in_words
from advocacy.donors import rules as donors
from advocacy.donors.rows import PublicAsk
from advocacy.handouts.rows import Line, Shown
from advocacy.outcomes.rows import PublicOutcome
from advocacy.reports.rules import Kind

KINDS = (Kind.XLSX, Kind.CSV, Kind.PDF)
# Names and closed words stay the same in every language: a file is read by other systems too.
COLUMNS = (*Line._fields, "as_of", "source")
WIDE = frozenset({"title", "addressed_to", "in_words", "source"})
_OURS, _ASK, _OUTCOME, _COUNT = "asked_of_you", "recommendation", "outcome", "count"


def lines(shown: Shown) -> Iterator[Line]:
    """The lines of a table in the order of the page; each count with the whole of them below."""
    yield from (_ask(_OURS, one, shown.on) for one in shown.ours)
    for states in donors.TOGETHER:
        count = sum(shown.figures.by_progress.get(state, 0) for state in states)
        yield Line(_COUNT, states[0].value, number=count)
    yield Line(_COUNT, "late", number=shown.figures.late)
    yield Line(_COUNT, "all", number=shown.figures.total)
    yield from (_ask(_ASK, one, shown.on) for one in shown.asks)
    yield from map(_outcome, shown.came)


def _ask(part: str, one: PublicAsk, on: date) -> Line:
    is_undone = one.progress == Progress.REGRESSED
    return Line(
        part=part,
        title=one.title,
        language=one.language,
        addressed_to=one.addressee,
        published_on=one.published_on,
        response=one.response,
        progress=one.progress,
        progress_on=one.progress_on,
        first_date=one.original_due_on,
        first_precision=in_words(first_precision(one)) if one.original_due_on else None,
        due_on=one.due_on,
        due_precision=in_words(one.due_precision) if one.due_on else None,
        moved=one.moves,
        late_days=donors.late_days(one, on) or None,
        held_from=one.held_from,
        held_to=one.held_to,
        reversal_confirmed=("no" if one.is_alleged else "yes") if is_undone else None,
        what_you_can_do=one.do_how or None,
        in_words=one.do_words or None,
        do_by=one.do_by,
    )


def _outcome(one: PublicOutcome) -> Line:
    return Line(
        part=_OUTCOME,
        title=one.title,
        language=one.language,
        progress_on=max((day for day, _what in one.events), default=None),
        holds=one.standing.shown,
        confirmed_by_a_second="yes" if one.is_seconded else "no",
    )
