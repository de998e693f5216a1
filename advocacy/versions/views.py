"""Pages of two versions side by side, and files of one."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, make_response, request

from advocacy.positions import queries as positions
from advocacy.positions.forms import CHANNELS
from advocacy.positions.rows import VersionRow
from advocacy.versions import queries, rules
from advocacy.web import filters, gate
from advocacy.web.respond import respond

bp = Blueprint("versions", __name__, url_prefix="/versions")


@bp.get("/<uuid:version_id>/text")
def text(version_id: UUID) -> Response:
    """A frozen version as a plain text file."""
    found = positions.version(gate.session(), gate.actor(), version_id)
    return _file(found, rules.as_text(found), "txt", "text/plain")


@bp.get("/<uuid:version_id>/markdown")
def markdown(version_id: UUID) -> Response:
    """A frozen version as a Markdown file."""
    found = positions.version(gate.session(), gate.actor(), version_id)
    return _file(found, rules.as_markdown(found), "md", "text/markdown")


def _file(found: VersionRow, words: str, ending: str, kind: str) -> Response:
    positions.position(gate.session(), gate.actor(), found.position_id)
    answer = make_response(words)
    answer.headers["Content-Type"] = f"{kind}; charset=utf-8"
    # No title in the name: file names are read over shoulders and kept in logs.
    name = f"version-{found.number}-{found.content_hash[:12]}.{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@bp.get("/<uuid:position_id>/compare")
def compare(position_id: UUID) -> Response:
    """Two versions word by word; `draft` stands for the text as it reads now."""
    of = positions.position(gate.session(), gate.actor(), position_id)
    versions = positions.versions(gate.session(), gate.actor(), of.id)
    names = [*(str(v.number) for v in versions), "draft"]
    chosen = filters.chosen(request.args, {"from": names, "to": names})
    before = chosen.get("from", queries.number_before(versions))
    after = chosen.get("to", "draft")
    found = queries.comparison(gate.session(), gate.actor(), of, before, after)
    return respond(
        "versions/compare.html",
        "versions/_compare.html",
        of=of,
        found=found,
        before=before,
        after=after,
        names=names,
        channel_words=CHANNELS,
        **_around(position_id),
    )


def _around(position_id: UUID) -> dict[str, Any]:
    """Whose text it is, and who sees it."""
    face = positions.face(gate.session(), gate.actor(), position_id)
    is_lead = face.organisation_id == gate.actor().organisation_id
    circle = face.others + 1
    return {
        "base": f"/positions/{position_id}",
        "is_lead": is_lead,
        # Small numbers tell who is meant; the lead knows its own list.
        "circle": circle if is_lead or circle >= face.smallest_cell else 0,
    }
