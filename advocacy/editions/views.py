"""A text that went out, as a file. Drawn when it is asked for, never kept."""

from datetime import UTC
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, current_app, make_response, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from advocacy.adoptions.rows import Adoption
from advocacy.adoptions.rules import Deed
from advocacy.annexes import forms as annexing
from advocacy.config import Config
from advocacy.editions import queries as packs
from advocacy.editions import rules
from advocacy.editions.rows import Labels, Pack, PackWords
from advocacy.formats import docx_write, pdf
from advocacy.formats.pictures import Logo
from advocacy.logos import queries as logos
from advocacy.releases import forms
from advocacy.releases import queries as releases
from advocacy.releases.rows import Listed, ReleaseRow
from advocacy.signoff import forms as answers
from advocacy.signoff.rules import Blocks, Kind
from advocacy.text.hashes import short
from advocacy.web import gate, reasons, words
from advocacy.web.respond import respond

bp = Blueprint("editions", __name__, url_prefix="/editions")

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
TONGUES = {"en": _l("English"), "fr": _l("French"), "es": _l("Spanish"), "ar": _l("Arabic")}


@bp.get("/<uuid:release_id>/pdf")
def as_pdf(release_id: UUID) -> Response:
    """The text as a PDF that a screen reader can follow."""
    row = _text(release_id)
    drawn = pdf.draw(rules.paper(row, _labels(row), _logos(row)))
    return file(drawn, rules.file_name(row, "pdf"), PDF)


@bp.get("/<uuid:release_id>/word")
def as_word(release_id: UUID) -> Response:
    """The text as a Word file."""
    row = _text(release_id)
    sheet = rules.sheet(row, _labels(row), pdf.drawable(_logos(row)))
    return file(docx_write.write(sheet), rules.file_name(row, "docx"), WORD)


@bp.get("/<uuid:release_id>/html")
def as_html(release_id: UUID) -> Response:
    """The text as one page that needs no other file: to mail, to print, to put on a site."""
    row = _text(release_id)
    page = respond(
        "editions/page.html",
        release=row,
        words=_labels(row),
        is_rtl=_is_rtl(row),
        logos=[(rules.in_place(logo), logo.name) for logo in pdf.drawable(_logos(row))],
    )
    return file(page.get_data(), rules.file_name(row, "html"), "text/html; charset=utf-8")


def _text(release_id: UUID) -> ReleaseRow:
    """The text as signed; with `?language=`, to be read in another one."""
    language = request.args.get("language", "")
    return packs.text_of(gate.session(), gate.actor(), release_id, language)


def _logos(row: ReleaseRow) -> tuple[Logo, ...]:
    """Of those that said yes to it, whom everybody gets by name: a file is handed on."""
    translated = bool(row.translated_from)
    names = releases.with_logo(
        gate.session(), gate.actor(), row.id, is_handed_on=True, translated=translated
    )
    drawn = logos.pictures(gate.session(), names) if names else {}
    return rules.fitting(Logo(name, drawn[who]) for who, name in names.items() if who in drawn)


@bp.get("/packs/<uuid:round_id>/pdf")
def pack_pdf(round_id: UUID) -> Response:
    """What our headquarters needs to clear the text, as a PDF."""
    of = packs.pack(gate.session(), gate.actor(), round_id)
    name = f"clearance-{short(of.version.content_hash)}.pdf"
    return file(pdf.draw(rules.pack_paper(of, _pack_words(of))), name, PDF)


@bp.get("/packs/<uuid:round_id>/word")
def pack_word(round_id: UUID) -> Response:
    """The same as a Word file."""
    of = packs.pack(gate.session(), gate.actor(), round_id)
    name = f"clearance-{short(of.version.content_hash)}.docx"
    return file(docx_write.write(rules.pack_sheet(of, _pack_words(of))), name, WORD)


def _pack_words(of: Pack) -> PackWords:
    terms = of.version.terms
    whole = of.round.blocks == Blocks.WHOLE_TEXT
    holds = _("the whole text") if whole else _("only the name of who asks for it")
    going = _("to everybody") if terms.channel == "public" else _("in private")
    return PackWords(
        eyebrow=_("For clearance in %(organisation)s", organisation=gate.actor().organisation_name),
        facts=(
            (_("Answer asked by"), answers.deadline(of.round)),
            (_("Lead"), of.lead),
            (_("Goes out"), going),
            (_("Who will read it"), terms.audience),
            (_("Whose names stand under it"), terms.attribution),
            (_("Asking for a change holds back"), holds),
            (_("Answers that can be given"), _answers_of(of)),
        ),
        changes=_("What changed"),
        changed=_since(of),
        others=_("Who else answered, as far as we may know"),
        other_lines=tuple(
            f"{line.name}: {answers.KINDS[Kind(line.answer.kind)][0]}"
            for line in of.others
            if line.answer
        )
        or (_("No answer of another organisation is shown to us."),),
        harm=_("Harm check"),
        harm_facts=_harm(of),
        text=_("The text"),
        clause=_("Clause %d"),
        moved=_("This clause stands in another place."),
        foot=_("Fingerprint of text and terms: %(hash)s", hash=short(of.version.content_hash)),
        annexes=_("Annexes, signed with the text"),
        annexed=annexing.in_words(of.version.annexes),
    )


def _since(of: Pack) -> str:
    if of.before is None:
        return str(_("We have not answered an earlier version."))
    annexed = [reasons.say(reason) for reason in of.annex_changes]
    if not of.changes and not annexed:
        return str(_("Nothing has changed since we answered last."))
    since = _("Since version %(number)d, which we answered last:", number=of.before.number)
    return " ".join([str(since), *annexed])


def _answers_of(of: Pack) -> str:
    return "; ".join(str(answers.KINDS[Kind(kind)][0]) for kind in of.round.answers)


def _harm(of: Pack) -> tuple[tuple[str, str], ...]:
    if of.harm is None:
        return ((_("Harm check"), _("It is not written yet. No text goes out without it.")),)
    return (
        (_("Who could be hurt if we say this?"), of.harm.by_speaking),
        (_("Who could be hurt if we stay silent?"), of.harm.by_silence),
        (_("What did we do about it?"), of.harm.mitigation),
        (_("Checked by"), of.harm.checked_by),
    )


def file(data: bytes, name: str, kind: str) -> Response:
    """An answer that a browser keeps as a file and nobody keeps for others."""
    answer = make_response(data)
    answer.headers["Content-Type"] = kind
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _is_rtl(row: ReleaseRow) -> bool:
    return docx_write.is_right_to_left(row.language)


def _labels(row: ReleaseRow) -> Labels:
    signed = forms.list_words(row.signed_by, row.joined)
    # In no reader's zone: a file that is passed on must not say where it was taken.
    day = words.day(row.out_at.astimezone(UTC).date(), "d MMMM y")
    as_of = words.moment(gate.now(), "d MMMM y, HH:mm", UTC) + " UTC"
    record = row.translated_from or row.language
    tongue = str(TONGUES.get(record[:2], record))
    went = (
        _("Delivered on %(day)s", day=day) if row.is_private else _("Published on %(day)s", day=day)
    )
    edition = _("Private edition") if row.is_private else _("Public edition")
    return Labels(
        lines=(
            f"{edition}. {went}. " + _("Version %(number)d.", number=row.number),
            _(
                "Translation. The endorsed text is version %(number)d in %(language)s: that one is "
                "signed.",
                number=row.number,
                language=tongue,
            )
            if row.translated_from
            else _("The text of record is in %(language)s.", language=tongue),
        ),
        # Where bodies alone adopted it there is no list, not even an empty one.
        listed=_("Who stands behind it") if row.round_id else "",
        parts=tuple(
            [signed["total"] or _("No organisation is named or counted under this text.")]
            * bool(row.round_id and (signed["total"] or not signed["joined"]))
            + [f"{kind}: {number}" for kind, number in signed["categories"]]
        ),
        names=_names(signed["names"]),
        joined=tuple((day, _names(names)) for day, names in signed["joined"]),
        closing=(_("As of %(time)s.", time=as_of),),
        notes=_("Notes of organisations"),
        foot=_("Fingerprint of text and terms: %(hash)s", hash=short(row.content_hash)),
        adopted_by=_("Adopted by"),
        annexes=_("Annexes"),
        annexed=annexing.in_words(row.annexes),
        adopted=tuple(_adopted(one) for one in row.adopted),
    )


def _names(names: list[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(f"{name} {network}" if network else name for name, network in names)


def _adopted(one: Adoption) -> str:
    day = words.day(one.day, "d MMMM y")
    said = (
        _("Cleared on %(day)s", day=day)
        if one.deed == Deed.CLEARS
        else _("Adopted on %(day)s", day=day)
    )
    return f"{one.body}. {said}"


# --- all that went out ---------------------------------------------------------------------------


@bp.get("/in/<string:workspace_slug>")
def listing(workspace_slug: str) -> Response:
    """The texts of a workspace that went out, as far as this reader may read them."""
    rows = packs.listing(gate.session(), gate.actor(), workspace_slug)
    return respond(
        "editions/listing.html",
        rows=[_listed(row) for row in rows],
        feed_href=url_for("editions.feed", workspace_slug=workspace_slug),
    )


def _listed(row: Listed) -> dict[str, Any]:
    return {
        "title": row.title,
        "lang": row.language,
        "attribution": row.attribution,
        "day": words.day_of(row.out_at, "d MMMM y"),
        "joined": words.day_of(row.joined_at, "d MMMM y") if row.joined_at else "",
        "is_early": row.out_at > gate.now(),
        "is_private": row.channel == "private",
        "is_withdrawn": row.is_withdrawn,
        "href": url_for("releases.public", release_id=row.id),
    }


def _home() -> str:
    """How people reach us, as it was set: what a request says of that may be a lie."""
    config: Config = current_app.config["ADVOCACY"]
    return config.base_url


@bp.get("/in/<string:workspace_slug>/feed")
def feed(workspace_slug: str) -> Response:
    """The same as a feed (Atom) for programs that watch for news: titles and addresses alone."""
    rows = packs.listing(gate.session(), gate.actor(), workspace_slug)
    entries = [
        {
            "id": f"urn:uuid:{row.id}",
            "title": row.title,
            "at": row.changed_at.replace(microsecond=0).isoformat(),
            "href": _home() + url_for("releases.public", release_id=row.id),
        }
        for row in rows
    ]
    answer = respond("editions/feed.xml", slug=workspace_slug, entries=entries)
    answer.headers["Content-Type"] = "application/atom+xml; charset=utf-8"
    return answer
