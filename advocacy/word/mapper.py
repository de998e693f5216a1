"""What somebody did to a text in Word: each change at its clause, and what has no place.

Every tracked change and every comment of the file is counted in exactly one thing that is found.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from advocacy.copies import rules
from advocacy.formats import docx_clauses as clauses
from advocacy.formats.docx import NO_MARK, Block, Paper, Role, Said, view
from advocacy.formats.docx_markdown import markdown_of
from advocacy.text.hashes import Clause
from advocacy.text.rebase import Rebased, rebase
from advocacy.word.rows import Fate, Found, What

_LONG_QUOTE = 400
_MOST_IN_COMMENT = 3_900


@dataclass(frozen=True)
class Base:
    """What a file was made from. title, lines: what stood above the clauses.

    known: keys of comments and changes that the export wrote (see `rules.known_key`). theirs:
    open proposals as (clause, or clause it goes after), heading, words -> whose.
    """

    clauses: Mapping[UUID, Clause]
    title: str = ""
    lines: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    theirs: Mapping[tuple[UUID | None, str, str], str] = field(default_factory=dict)
    mine: str = ""


def findings(paper: Paper, base: Base) -> list[Found]:
    """Everything in a returned file, in its order."""
    reader = _Reader(paper, base)
    return [_settled(found, base) for found in reader.all()]


def _settled(found: Found, base: Base) -> Found:
    """Found, unless it is proposed already."""
    if found.state is not Fate.READY or found.what is What.COMMENT:
        return found
    place = found.after if found.what is What.INSERTION else found.cid
    whose = base.theirs.get((place, found.heading, found.wording))
    if whose is None or found.what is What.MOVE:
        return found
    why = "word.proposed-already" if whose == base.mine else "word.proposed-by-other"
    return replace(found, state=Fate.NOTHING, why=why, facts={"organisation": whose})


class _Reader:
    def __init__(self, paper: Paper, base: Base) -> None:
        self._paper, self._base = paper, base
        self._blocks = [block for block in paper.blocks if not block.where]
        self._known = {n for n, m in enumerate(paper.marks) if self._is_known(m.author, m.date)}
        self._owners = self._owned()
        self._find_lost()
        self._used: set[int] = set()

    def _is_known(self, author: str, date: str, text: str = "") -> bool:
        return rules.known_key(author, date, text) in self._base.known

    def _mine(self, mark: int) -> bool:
        """Accepts what the sender did, and leaves the proposals of others as they were."""
        return mark not in self._known

    # --- whose each block is -----------------------------------------------------------------

    def _owned(self) -> list[UUID | None]:
        begins = self._marks("starts")
        ends = self._marks("ends")
        first = {cid: at for at, cid in reversed(begins)}
        last = {cid: at for at, cid in ends}
        starting = {at: cid for cid, at in first.items()}
        found: list[UUID | None] = []
        now: UUID | None = None
        for at in range(len(self._blocks)):
            now = starting.get(at, now)
            found.append(now)
            if now is not None and last.get(now, at - 1) == at:
                now = None
        return found

    def _marks(self, which: str) -> list[tuple[int, UUID]]:
        """(block, clause) of each bookmark of a clause of this text that starts or ends."""
        return [
            (at, cid)
            for at, block in enumerate(self._blocks)
            for cid in map(clauses.cid_of, getattr(block, which))
            if cid is not None and cid in self._base.clauses
        ]

    def _find_lost(self) -> None:
        """A clause whose bookmark is gone (another program) but whose words are all there."""
        keys = [_keys(view([block], _none)) for block in self._blocks]
        for cid, clause in self._base.clauses.items():
            if cid in self._owners:
                continue
            wanted = _keys(rules.blocks_of_clause(clause))
            for at in range(len(keys) - len(wanted) + 1 if wanted else 0):
                here = slice(at, at + len(wanted))
                free = all(o is None for o in self._owners[here])
                if free and [key for part in keys[here] for key in part] == wanted:
                    self._owners[here] = [cid] * len(wanted)
                    break

    # --- everything --------------------------------------------------------------------------

    def all(self) -> list[Found]:
        found: list[Found] = self._head()
        there = list(dict.fromkeys(cid for cid in self._owners if cid is not None))
        changed = {cid: self._clause(cid) for cid in there}
        moves = self._moved_by_hand(there) + self._tracked_moves(changed)
        at = 0
        while at < len(self._blocks):
            cid, end = self._owners[at], at + 1
            while end < len(self._blocks) and self._owners[end] == cid:
                end += 1
            found += changed.pop(cid, []) if cid else self._new(at, end)
            at = end
        found += moves
        found += [self._missing(cid) for cid in self._base.clauses if cid not in there]
        return [*found, *self._asides(), *self._comments()]

    def _head(self) -> list[Found]:
        """The title, and the lines under it: not part of any clause."""
        found: list[Found] = []
        for at, block in enumerate(self._blocks):
            is_title = block.role == Role.TITLE and self._owners[at] is None
            is_line = block.role == Role.NOTE and self._owners[at] is None
            if not (is_title or is_line):
                continue
            self._used.add(at)
            told = {self._base.title} if is_title else self._base.lines
            if block.words and block.words not in {" ".join(line.split()) for line in told}:
                why = "word.title" if is_title else "word.line"
                found.append(_person(why, wording=block.words, count=block.count))
            elif block.count:
                found.append(_nothing("word.no-difference", block.count))
        return found

    def _clause(self, cid: UUID) -> list[Found]:
        base = self._base.clauses[cid]
        blocks = [b for b, owner in zip(self._blocks, self._owners, strict=True) if owner == cid]
        count = sum(block.count for block in blocks)
        head = bool(base.heading)
        then = rules.canonical(base)
        before = rules.written(view(blocks, _none), has_heading=head)
        accept = _all if _is_nested(blocks, self._known) else self._mine
        after = rules.written(view(blocks, accept), has_heading=head)
        found = self._joined(cid, blocks)
        if after == then:
            if count:
                is_known = all(block.marks <= self._known for block in blocks)
                why = "word.known" if is_known else "word.no-difference"
                found.append(replace(_nothing(why, count), cid=cid))
            return found
        change = Found(
            What.REPLACEMENT if any(after) else What.DELETION,
            cid=cid,
            is_untracked=before != then,
            count=count,
        )
        change = _on_base(change, base)
        if change.what is What.REPLACEMENT:
            heading = after[0] if after[0] != then[0] else base.heading
            change = replace(change, heading=heading, wording=_wording(base, then[1], after[1]))
        return [change, *found]

    def _joined(self, cid: UUID, blocks: Sequence[Block]) -> list[Found]:
        """The end of a clause was deleted though its words stay: it would run into the next."""
        last = blocks[-1]
        at = max(n for n, owner in enumerate(self._owners) if owner == cid)
        is_deleted = last.gone != NO_MARK and last.gone not in self._known
        if not is_deleted or not view(blocks, _all) or at + 1 >= len(self._blocks):
            return []
        following = self._owners[at + 1]
        if following is None or not self._blocks[at + 1].words:
            return []
        words = f"{last.words} {self._blocks[at + 1].words}"
        return [replace(_person("word.joined", wording=words), cid=cid)]

    def _new(self, start: int, end: int) -> list[Found]:
        """Paragraphs that are in no clause of the text."""
        indexes = [n for n in range(start, end) if n not in self._used]
        blocks = [self._blocks[n] for n in indexes]
        count = sum(block.count for block in blocks)
        after = self._before(start)
        then = view(blocks, _none)
        now = view(blocks, _all if _is_nested(blocks, self._known) else self._mine)
        if not now:
            return [_nothing("word.known", count)] if count else []
        found = [
            Found(
                What.INSERTION, after=after, clause_kind=new.kind, heading=new.heading,
                wording=new.text, is_untracked=bool(then),
            )
            for new in clauses.grouped(now)
        ]  # fmt: skip
        found[0] = replace(found[0], count=count)
        return found

    def _before(self, at: int, *, without: UUID | None = None) -> UUID | None:
        """The clause that stands before a block."""
        owners = (owner for owner in reversed(self._owners[:at]) if owner not in (None, without))
        return next(owners, None)

    # --- moves -------------------------------------------------------------------------------

    def _moved_by_hand(self, there: Sequence[UUID]) -> list[Found]:
        """Clauses that stand elsewhere than in the text, without a tracked change."""
        order = {cid: n for n, cid in enumerate(self._base.clauses)}
        kept = clauses.rising([order[cid] for cid in there])
        return [
            _on_base(
                Found(What.MOVE, cid=cid, after=there[n - 1] if n else None, is_untracked=True),
                self._base.clauses[cid],
            )
            for n, cid in enumerate(there)
            if order[cid] not in kept
        ]  # fmt: skip

    def _tracked_moves(self, changed: dict[UUID, list[Found]]) -> list[Found]:
        """A clause deleted here whose very words were put in there."""
        moves = []
        for cid, found in changed.items():
            if not found or found[0].what is not What.DELETION or found[0].is_untracked:
                continue
            place = self._place_of(rules.blocks_of_clause(self._base.clauses[cid]))
            if place is None:
                continue
            count = found[0].count + sum(self._blocks[n].count for n in place)
            self._used |= set(place)
            after = self._before(place[0], without=cid)
            moves.append(replace(found.pop(0), what=What.MOVE, after=after, count=count))
        return moves

    def _place_of(self, wanted: Sequence[Block]) -> range | None:
        keys, size = _keys(wanted), len(wanted)
        for at in range(len(self._blocks) - size + 1):
            here = range(at, at + size)
            free = all(self._owners[n] is None and n not in self._used for n in here)
            new = free and all(not view([self._blocks[n]], _none) for n in here)
            if new and _keys(view([self._blocks[n] for n in here], self._mine)) == keys:
                return here
        return None

    # --- the rest ----------------------------------------------------------------------------

    def _missing(self, cid: UUID) -> Found:
        base = self._base.clauses[cid]
        return _on_base(Found(What.MISSING, Fate.PERSON, "word.missing", cid=cid), base)

    def _asides(self) -> list[Found]:
        found = []
        for block in self._paper.blocks:
            if block.where and (block.runs or block.count or block.where == "picture"):
                words = "\n".join(run.text for run in block.runs)
                found.append(_person(f"word.in-{block.where}", wording=words, count=block.count))
        return found

    def _comments(self) -> list[Found]:
        return [self._comment(said) for said in self._paper.comments]

    def _comment(self, said: Said) -> Found:
        text, number = said.text, said.id
        one = Found(What.COMMENT, wording=text, author=said.author)
        if self._is_known(said.author, said.date, text):
            return replace(one, state=Fate.NOTHING, why="word.known")
        if not text.strip():
            return replace(one, state=Fate.NOTHING, why="word.empty-comment")
        if len(text) > _MOST_IN_COMMENT:
            return replace(one, state=Fate.PERSON, why="word.long-comment")
        at = next((n for n, b in enumerate(self._blocks) if _has_comment(b, number)), None)
        if at is None:
            return replace(one, state=Fate.PERSON, why="word.comment-nowhere")
        return self._placed(one, at, number)

    def _placed(self, one: Found, at: int, number: str) -> Found:
        """A comment at the clause it lies over; its words go with it where they are new."""
        owner = self._owners[at]
        block = self._blocks[at]
        runs = [run for run in block.runs if number in run.comments]
        quote = " ".join("".join(run.text for run in runs if run.stands(_all)).split())
        base = self._base.clauses.get(owner) if owner else None
        if base is None:
            if block.role in (Role.TITLE, Role.NOTE):
                return one
            near = self._before(at)
            return replace(one, cid=near, wording=_on(quote, one.wording), facts={"near": True})
        said = " ".join(b.words for b in rules.blocks_of_clause(base))
        if not quote or quote == said or len(quote) > _LONG_QUOTE:
            return _on_base(replace(one, cid=owner), base)
        if quote in said:
            return _on_base(replace(one, cid=owner, quote=quote), base)
        return _on_base(replace(one, cid=owner, wording=_on(quote, one.wording)), base)


def asides(paper: Paper) -> list[Found]:
    """What a foreign file holds besides its paragraphs, its comments among them."""
    reader = _Reader(paper, Base({}))
    notes = [
        Found(What.COMMENT, Fate.PERSON, "word.of-new-text", wording=s.text, author=s.author)
        for s in paper.comments
        if s.text.strip()
    ]
    return [*reader._asides(), *notes]


def _none(_mark: int) -> bool:
    return False


def _all(_mark: int) -> bool:
    return True


def _keys(blocks: Iterable[Block]) -> list[str]:
    return [f"{block.role}{block.level} {markdown_of([block])}" for block in blocks]


def _is_nested(blocks: Iterable[Block], known: set[int]) -> bool:
    """Whether the sender changed words inside a proposal of another organisation."""
    return any(
        {run.ins, run.gone} & known and {run.ins, run.gone} - known - {NO_MARK}
        for block in blocks
        for run in block.runs
    )


def _on_base(found: Found, base: Clause) -> Found:
    """Found, with the clause as the sender had it."""
    return replace(
        found,
        base_hash=base.hash,
        base_heading=base.heading,
        base_text=base.text,
        clause_kind=base.kind,
    )


def _wording(base: Clause, then: str, now: str) -> str:
    """The new words, where nothing changed as the text writes them and not as Word does."""
    joined = rebase(then, base.text, now)
    if isinstance(joined, Rebased) and markdown_of(rules.body_of(joined.text, base.lang)) == now:
        return joined.text
    return now


def _person(why: str, *, wording: str = "", count: int = 0) -> Found:
    return Found(What.WORDS, Fate.PERSON, why, wording=wording, count=count)


def _nothing(why: str, count: int) -> Found:
    return Found(What.WORDS, Fate.NOTHING, why, count=count)


def _has_comment(block: Block, number: str) -> bool:
    return any(number in run.comments for run in block.runs)


def _on(quote: str, words: str) -> str:
    return f"> {quote[:_LONG_QUOTE]}\n\n{words}" if quote else words
