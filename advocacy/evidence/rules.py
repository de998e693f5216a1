"""What a piece of evidence must carry."""

from dataclasses import dataclass
from datetime import date

from advocacy.ground.reasons import Reason

DIRECTIONS = ("supports", "contradicts", "context")
MOST_URL, MOST_WORDS = 2_000, 4_000


@dataclass(frozen=True)
class Piece:
    """A piece of evidence as it was sent; without link and words there is none."""

    url: str = ""
    text: str = ""
    dated_on: date | None = None
    direction: str = "supports"

    @property
    def is_there(self) -> bool:
        return bool(self.url.strip() or self.text.strip())


def faults(
    piece: Piece, *, needed: str, since: date | None, today: date, against: bool
) -> list[Reason]:
    """What is wrong with it. needed: "" (none is), "evidence" or "source"; since: not older."""
    if not piece.is_there:
        codes = {"evidence": "asks.no-evidence", "source": "asks.no-source"}
        return [Reason(codes[needed], "url")] if needed else []
    sizes = (("url", piece.url, MOST_URL), ("evidence_text", piece.text, MOST_WORDS))
    found = [
        Reason("form.too-long", name, {"most": most})
        for name, value, most in sizes
        if len(value) > most
    ]
    if piece.url.strip() and not piece.url.strip().startswith(("https://", "http://")):
        found.append(Reason("asks.not-a-link", "url"))
    if piece.direction not in DIRECTIONS:
        found.append(Reason("form.choice", "direction"))
    elif against and piece.direction != "contradicts":
        found.append(Reason("asks.must-contradict", "direction"))
    return found + _date_faults(piece.dated_on, since=since, today=today)


def _date_faults(dated_on: date | None, *, since: date | None, today: date) -> list[Reason]:
    if dated_on is None:
        return [Reason("asks.evidence-date", "evidence_on")]
    if dated_on > today:
        return [Reason("asks.in-future", "evidence_on")]
    if since is not None and dated_on < since:
        return [Reason("asks.evidence-old", "evidence_on")]
    return []
