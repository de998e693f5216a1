"""Pages: columns, time, one institution, and where an ask may go."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from advocacy.asks import forms as ask_forms
from advocacy.asks import queries as asks
from advocacy.boards import forms, queries, rules
from advocacy.boards.rows import Card, Column, Count
from advocacy.boards.rules import Show
from advocacy.donors import rules as drawing
from advocacy.ground.errors import Invalid
from advocacy.ground.ids import as_id
from advocacy.ground.reasons import Reason
from advocacy.institutions import queries as institutions
from advocacy.institutions.rows import InstitutionRow
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import WorkspaceRow
from advocacy.recommendations import queries as recommendations
from advocacy.recommendations.rows import Filters
from advocacy.taxonomies import forms as taxonomies
from advocacy.taxonomies.rules import LISTS, YES, Axis, codes
from advocacy.ties import queries as ties
from advocacy.web import filters as address
from advocacy.web import gate, paging
from advocacy.web.respond import respond
from advocacy.web.words import day as in_words

bp = Blueprint("boards", __name__, url_prefix="/recommendations")

_IN_COLUMN, _ON_PAGE, _DRAWN = 12, 50, 40


# --- columns -------------------------------------------------------------------------------------


@bp.get("/in/<string:workspace_slug>/board")
def board(workspace_slug: str) -> Response:
    """One column for each state of progress; with `progress` in the address all of that state."""
    here = forms.scene(gate.session(), gate.actor(), workspace_slug)
    most = _ON_PAGE if here.filters.progress else _IN_COLUMN
    found = _columns(here, most)
    shown = {card.recommendation_id for one in found or () for card in one.cards}
    return respond(
        "boards/board.html",
        "boards/_board.html",
        waits=ties.waits(gate.session(), gate.actor(), shown),
        columns=[_column(one, here) for one in found or ()],
        is_one=bool(here.filters.progress),
        is_too_much=found is None,
        is_empty=not any(column.count for column in found or ()),
        next_href=_next(here, found[0].more) if found and here.filters.progress else "",
        **here.shown(),
    )


def _columns(here: forms.Scene, most: int) -> list[Column] | None:
    asked: dict[str, Any] = {"workspace_id": here.space.id, "filters": here.filters}
    session, actor = gate.session(), gate.actor()
    if here.back is None:
        return queries.columns(session, actor, **asked, on=here.on, most=most, after=_after())
    cards = queries.then(session, actor, **asked, day=here.back, zone=here.space.zone)
    return None if cards is None else rules.sorted_out(cards, here.filters.progress, most=most)


def _column(one: Column, here: forms.Scene) -> dict[str, Any]:
    return {
        "state": one.progress,
        "word": ask_forms.PROGRESS[one.progress],
        "mark": ask_forms.MARKS[one.progress],
        "count": _at_most(one.count),
        "href": address.address(here.path, {**here.asked, "progress": one.progress}),
        "cards": [forms.card(card, here.on) for card in one.cards],
        "more": one.count > len(one.cards),
    }


# --- time ----------------------------------------------------------------------------------------


@bp.get("/in/<string:workspace_slug>/timeline")
def timeline(workspace_slug: str) -> Response:
    """Each ask along time: its first date, the one it moved to, from when to when it held."""
    here = forms.scene(gate.session(), gate.actor(), workspace_slug)
    session, actor = gate.session(), gate.actor()
    asked: dict[str, Any] = {"workspace_id": here.space.id, "filters": here.filters}
    if here.back is None:
        asked |= {"on": here.on, "most": _DRAWN + 1, "after": _after()}
        found: list[Card] | None = queries.timed(session, actor, **asked)
    else:
        found = queries.then(session, actor, **asked, day=here.back, zone=here.space.zone)
        found = found and [one for one in found if one.original_due_on or one.held_from]
    cards = (found or [])[:_DRAWN]
    more = rules.place(cards[-1]) if len(found or []) > _DRAWN and here.back is None else None
    return respond(
        "boards/timeline.html",
        "boards/_timeline.html",
        lines=_lines(cards, here.on),
        is_too_much=found is None,
        cut=len(found or []) - len(cards) if here.back else 0,
        next_href=_next(here, more),
        **_axis(cards, here.on),
        **here.shown(),
    )


def _lines(cards: list[Card], on: date) -> list[dict[str, Any]]:
    first, last = drawing.span(cards, on)
    return [{**forms.card(one, on), "marks": drawing.marks(one, on, first, last)} for one in cards]


def _axis(cards: list[Card], on: date) -> dict[str, Any]:
    first, last = drawing.span(cards, on)
    months = drawing.months(first, last)
    return {
        "ticks": [(drawing.place(m, first, last), in_words(m, "MMM y")) for m in months],
        "today": drawing.place(on, first, last),
        "today_words": in_words(on, forms.SHAPE),
    }


# --- one institution -----------------------------------------------------------------------------


@bp.get("/owners/<uuid:institution_id>")
def owner(institution_id: UUID) -> Response:
    """All that was asked of one institution: open, late, refused, done, reversed."""
    session, actor = gate.session(), gate.actor()
    who = institutions.institution(session, actor, institution_id)
    space = organisations.workspace_by_id(session, actor, who.workspace_id)
    asks.must_work_here(actor, space.id)
    on, back = forms.day_of(actor, space)
    chosen = address.chosen(request.args, {"show": set(Show), "on": None})
    show = Show(chosen.get("show", Show.OPEN))
    whose: dict[str, Any] = {"institution_id": institution_id}
    if back is None:
        tally = queries.counts_of(session, actor, **whose, on=on)
        whose |= {"show": show, "on": on, "count": tally[show], "most": _ON_PAGE}
        found: list[Card] | None = queries.of_institution(session, actor, **whose)
    else:
        found = _put_to({institution_id}, space, back)
        tally = queries.tally(found or [], on=on)
        found = found and [one for one in found if rules.belongs(show, one, on=on)]
    return respond(
        "boards/owner.html",
        who=who,
        tally=[(*_told(one, n, chosen), one == show) for one, n in tally.items()],
        show=forms.SHOWS[show],
        cards=[forms.card(card, on) for card in (found or [])[:_ON_PAGE]],
        cut=max(0, min(tally[show], rules.COUNTED_TO) - _ON_PAGE),
        before=_before(who, space, back, on, show),
        is_too_much=found is None,
        back_on=in_words(back, forms.SHAPE) if back else "",
        on_value=back.isoformat() if back else "",
        may_look_back=forms.may_look_back(actor, space),
        path=request.path,
        show_value=chosen.get("show", ""),
        list_href=f"/recommendations/in/{space.slug}",
    )


def _put_to(ids: Collection[UUID], space: WorkspaceRow, back: date | None) -> list[Card] | None:
    """What was put to these, as it stands or as it stood on a day; None = too much to look back."""
    session, actor = gate.session(), gate.actor()
    whose: dict[str, Any] = {"workspace_id": space.id, "institution_ids": ids}
    if back is None:
        return queries.of_institutions(session, actor, **whose)
    asked: dict[str, Any] = {**whose, "filters": Filters(), "day": back, "zone": space.zone}
    return queries.then(session, actor, **asked)


def _before(
    who: InstitutionRow, space: WorkspaceRow, back: date | None, on: date, show: Show
) -> list[dict[str, Any]]:
    """What was put to those that became this one: each under its old name, counted apart."""
    ids = institutions.before(gate.session(), gate.actor(), who)
    by_name: dict[tuple[str, UUID], list[Card]] = {}
    for card in (_put_to(ids, space, back) or []) if ids else ():
        by_name.setdefault((card.addressee, card.institution_id), []).append(card)
    told = []
    for (name, of), cards in sorted(by_name.items()):
        listed = [one for one in cards if rules.belongs(show, one, on=on)]
        told.append(
            {
                "name": name,
                "href": url_for("boards.owner", institution_id=of),
                "all": len(cards),
                "count": len(listed),
                "cards": [forms.card(one, on) for one in listed[:_IN_COLUMN]],
                "cut": max(0, len(listed) - _IN_COLUMN),
            }
        )
    return told


def _told(show: Show, count: int, chosen: dict[str, str]) -> tuple[Any, int | str, str]:
    """A number of the page in words, and where it leads."""
    return forms.SHOWS[show], _at_most(count), address.address(request.path, chosen, show=show)


def _at_most(count: int) -> int | str:
    """A number, as far as it is counted."""
    return count if count <= rules.COUNTED_TO else f"{rules.COUNTED_TO:,}+"


# --- moving --------------------------------------------------------------------------------------


@bp.get("/asks/<uuid:ask_id>/move")
def move(ask_id: UUID) -> AnyResponse:
    """Where an ask may go from here. With `to`: on to the page of the step that leads there."""
    session, actor = gate.session(), gate.actor()
    ask = asks.ask(session, actor, ask_id)
    asks.must_work_here(actor, ask.workspace_id)
    on = asks.today(session, actor, ask.workspace_id)
    dispute = asks.disputed(session, actor, [ask.id]).get(ask.id)
    found = rules.moves(asks.open_steps(actor, ask, on=on, dispute=dispute), ask.progress)
    wanted = request.args.get("to", "")
    for to, kind in found.items():
        if to == wanted:
            return redirect(f"{ask_forms.step_href(ask.id, kind)}?to={to}", 303)
    of = recommendations.recommendation(session, actor, ask.recommendation_id)
    shown = ask_forms.shown(ask.progress, is_alleged=ask.alleged_by is not None)
    return respond(
        "boards/move.html",
        of=of,
        ask=ask,
        progress=ask_forms.PROGRESS[shown],
        mark=ask_forms.MARKS[shown],
        refused=ask_forms.PROGRESS.get(wanted, "") if wanted != ask.progress else "",
        moves=[
            (ask_forms.PROGRESS[to], ask_forms.MARKS[to], ask_forms.KINDS[kind], f"?to={to}")
            for to, kind in found.items()
        ],
        back=url_for("recommendations.detail", recommendation_id=of.id) + f"#ask-{ask.id}",
    )


# --- places in a list ----------------------------------------------------------------------------


def _after() -> tuple[date, UUID] | None:
    """The place in the address after which a page begins. Raises Invalid for a broken one."""
    values = paging.unpack(request.args.get("from", ""), 2)
    if values is None:
        return None
    day, key = rules.day(values[0]), as_id(values[1])
    if day is None or key is None:
        raise Invalid(Reason("form.cursor"))
    return day, key


def _next(here: forms.Scene, more: tuple[date, UUID] | None) -> str:
    if more is None:
        return ""
    return address.address(
        here.path, here.asked, **{"from": paging.pack(str(more[0]), str(more[1]))}
    )


# --- by what they are about ----------------------------------------------------------------------


@bp.get("/in/<string:workspace_slug>/about")
def about(workspace_slug: str) -> Response:
    """How many recommendations of the list as filtered are about what, each with its list."""
    here = forms.scene(gate.session(), gate.actor(), workspace_slug)
    asked: dict[str, Any] = {"workspace_id": here.space.id, "filters": here.filters}
    found = queries.about(gate.session(), gate.actor(), **asked, on=here.on)
    chosen = {name: value for name, value in here.asked.items() if name != "on"}
    path = here.path.removesuffix("/about")
    return respond(
        "boards/about.html",
        facets=[_facet(axis, found, path, chosen) for axis in (*LISTS, Axis.PRIORITY)],
        filters=", ".join(chosen.values()),
        back=address.address(path, chosen),
        clear_href=here.path,
    )


def _facet(axis: Axis, found: list[Count], path: str, chosen: dict[str, str]) -> dict[str, Any]:
    """One axis with its items that stand somewhere, in the order of its list."""
    number = {one.item: one.number for one in found if one.axis == axis}
    order = [one for one in (codes(axis) if axis in LISTS else (YES,)) if one in number]
    named = zip(order, taxonomies.words(axis, order), strict=True)
    return {
        "label": taxonomies.AXES[axis],
        "values": [
            (word, number[item], address.address(path, {**chosen, axis.value: item}))
            for item, word in named
        ],
    }
