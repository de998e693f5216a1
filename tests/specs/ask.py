"""What an ask is, in plain Python: no database, no web, nothing shared with the rooms.

The machine in tests/machines/test_ask.py does the same to this and to the application, and
compares. Rules: "Recommendations", section 2, the table and invariants I1 to I15. Days are numbers.
"""

from dataclasses import dataclass, field

COORDINATORS = {"cluster", "forum"}
MEMBERS = COORDINATORS | {"relief", "legal", "women", "rights"}
OPEN = {"not_started", "in_progress", "partial", "regressed"}
CLOSED = {"closed_unmet", "superseded", "overtaken"}
WORDY = {"in_part", "noted", "rejected"}
WAIT = 14


class Refused(Exception):
    """The deed is not possible now; nothing was recorded."""


def unless(*allowed: bool) -> None:
    if not all(allowed):
        raise Refused


@dataclass(frozen=True)
class Carries:
    """What a step brings. on, evidence_on: days; None = not said. current: it saw the last one."""

    words: bool = True
    on: int | None = 0
    evidence_on: int | None = None
    against: bool = False
    opened: bool = True
    sure: bool = True
    current: bool = True


@dataclass
class Piece:
    """Evidence: whose it is, and the number of the act it came with."""

    by: str
    act: int
    live: bool = True


@dataclass
class Ask:
    """Relief leads it and follows it up. addressed: the organisation that was asked, if any."""

    issued: int
    addressed: str | None
    progress: str = "not_started"
    response: str = "none"
    claimed_by: str | None = None
    verified_by: str | None = None
    alleged_by: str | None = None
    proposal: tuple[str, str, int] | None = None
    ended: int = 0
    held: tuple[int | None, int | None] = (None, None)
    first_due: int | None = None
    due: int | None = None
    late_after: int | None = None
    moves: int = 0
    pieces: list[Piece] = field(default_factory=list)
    acts: list[tuple[str, str]] = field(default_factory=list)

    LEAD = "relief"

    def _begin(self, by: str, of: Carries, today: int, *, proof: bool | None = None) -> None:
        """What every step must be. proof: evidence is needed (True), or may come (None)."""
        unless(by in MEMBERS, of.current, of.on is None or of.on <= today)
        unless(of.evidence_on is None or of.evidence_on <= today)
        unless(not proof or of.evidence_on is not None)

    def _said(self, kind: str, person: str, by: str, of: Carries) -> None:
        self.acts.append((kind, person))
        if of.evidence_on is not None:
            self.pieces.append(Piece(by, len(self.acts)))

    def _latest(self, kind: str) -> tuple[int, str]:
        """The number of the last act of a kind, and the person who did it."""
        found = [(n, one[1]) for n, one in enumerate(self.acts, 1) if one[0] == kind]
        return found[-1] if found else (0, "")

    def rests(self, kind: str, but: Piece | None = None) -> bool:
        """Whether the last step of a kind has evidence that was not withdrawn."""
        last = self._latest(kind)[0]
        return any(p.live and p.act == last and p is not but for p in self.pieces)

    def _done(self, progress: str) -> None:
        self.progress, self.alleged_by = progress, None
        if progress in CLOSED | {"claimed", "implemented"}:
            self.proposal = None

    @property
    def doers(self) -> set[str | None]:
        return {self.addressed, self.LEAD, self.claimed_by}

    # --- progress ---

    def update(self, by: str, to: str, of: Carries, today: int) -> None:
        self._begin(by, of, today)
        unless(of.words, by in {self.addressed, self.LEAD}, self.progress in OPEN)
        unless(to == "in_progress" or self.progress != "regressed")
        self._said("update", by, by, of)
        self._done(to)

    def claim(self, by: str, of: Carries, today: int) -> None:
        self._begin(by, of, today, proof=True)
        unless(by in {self.addressed, self.LEAD}, self.progress in OPEN, of.on is not None)
        unless((of.evidence_on or 0) >= self.issued)
        self._said("claim", by, by, of)
        self._done("claimed")
        self.claimed_by, self.verified_by, self.held = by, None, (of.on, None)

    def verify(self, by: str, person: str, of: Carries, today: int) -> None:
        self._begin(by, of, today)
        unless(self.progress == "claimed", by not in self.doers, person != self._latest("claim")[1])
        unless(of.words, of.sure, of.opened, self.rests("claim"))
        self._said("verify", person, by, of)
        self._done("implemented")
        self.verified_by = by

    def refuse(self, by: str, person: str, to: str, of: Carries, today: int) -> None:
        self._begin(by, of, today)
        unless(self.progress == "claimed", by not in self.doers, person != self._latest("claim")[1])
        unless(of.words)
        self._said("refuse", person, by, of)
        self._done(to)
        self.claimed_by, self.held = None, (None, self.held[1])

    def reverse(self, by: str, of: Carries, today: int) -> None:
        self._begin(by, of, today, proof=True)
        unless(self.progress == "implemented", of.on is not None, of.against)
        unless((of.evidence_on or 0) >= self.issued)
        self._said("reverse", by, by, of)
        self._done("regressed")
        self.alleged_by, self.held = by, (self.held[0], of.on)

    def confirm_reverse(self, by: str, person: str, of: Carries, today: int) -> None:
        self._begin(by, of, today)
        unless(self.progress == "regressed", self.alleged_by not in {None, by})
        unless(person != self._latest("reverse")[1], of.words, of.opened, self.rests("reverse"))
        self._said("confirm_reverse", person, by, of)
        self.alleged_by = None

    def withdraw(self, by: str, piece: int, of: Carries, today: int) -> None:
        self._begin(by, of, today)
        unless(of.words, piece < len(self.pieces))
        one = self.pieces[piece]
        unless(one.live, one.by == by)
        alleged = self.progress == "regressed" and self.alleged_by is not None
        falls = (self.progress == "implemented" and not self.rests("claim", one)) or (
            alleged and not self.rests("reverse", one)
        )
        one.live = False
        self._said("withdraw", by, by, of)
        if falls:
            self._done("claimed")
            self.verified_by, self.held = None, (self.held[0], None)

    # --- ends ---

    def propose(self, by: str, to: str, of: Carries, today: int) -> None:
        self._begin(by, of, today, proof=to == "overtaken")
        unless(of.words, self.progress in OPEN, self.proposal is None)
        unless(by in COORDINATORS or (by == self.LEAD and to == "closed_unmet"))
        unless(to != "overtaken" or (of.evidence_on or 0) >= self.issued)
        self._said("propose", by, by, of)
        self.proposal = (to, by, today)

    def keep_open(self, by: str, of: Carries, today: int) -> None:
        self._begin(by, of, today)
        unless(of.words, self.proposal is not None)
        self._said("keep_open", by, by, of)
        self.proposal = None

    def close(self, by: str, to: str, newer: bool, of: Carries, today: int) -> None:
        self._begin(by, of, today)
        what, who, since = self.proposal or ("", "", 0)
        may = {
            "superseded": by in COORDINATORS and self.progress in OPEN | {"claimed"} and newer,
            "closed_unmet": what == to and (by in COORDINATORS) == (who == self.LEAD)
            and by in COORDINATORS | {self.LEAD},
            "overtaken": what == to and by in COORDINATORS and since + WAIT <= today,
        }  # fmt: skip
        unless(of.words, may[to], self.progress in OPEN | {"claimed"})
        self._said("close", by, by, of)
        self._done(to)
        self.ended = of.on if of.on is not None else today

    def reopen(self, by: str, of: Carries, today: int) -> None:
        self._begin(by, of, today, proof=by not in COORDINATORS)
        unless(of.words, self.progress in CLOSED)
        unless(by in COORDINATORS or (of.evidence_on or 0) >= self.ended)
        self._said("reopen", by, by, of)
        self._done("in_progress")
        self.claimed_by = self.verified_by = None
        self.held = self.held if self.held[1] is not None else (None, None)

    # --- what is no progress ---

    def respond(self, by: str, to: str, of: Carries, today: int) -> None:
        own = by == self.addressed
        self._begin(by, of, today, proof=not own and to not in {"none", "no_reply_expected"})
        unless(of.on is not None, of.words or to not in WORDY)
        unless(to != "no_reply_expected" or by in COORDINATORS)
        self._said("response", by, by, of)
        self.response = to

    def move(self, by: str, due: int, of: Carries, today: int) -> None:
        self._begin(by, of, today)
        unless(by in {self.addressed, self.LEAD}, of.words or self.due is None)
        self._said("move", by, by, of)
        late = self.late_after is not None and self.late_after < today
        self.late_after = self.late_after if late else due
        self.moves += self.due is not None
        self.first_due = due if self.first_due is None else self.first_due
        self.due = due

    def say(self, kind: str, by: str, of: Carries, today: int) -> None:
        """It was raised again, or looked at without a change."""
        self._begin(by, of, today)
        unless(of.on is not None if kind == "raised" else of.words)
        self._said(kind, by, by, of)
