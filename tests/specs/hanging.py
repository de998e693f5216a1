"""What hangs on a record: views, remarks, evidence; and a record that goes to another owner.

Sections 4 and 5 of the page on the threat register. Whatever hangs on a record is read by those who
read its members part and, beside that, by whom its writer chose when it was written.
"""

from dataclasses import dataclass, field

from tests.specs.circles import MEMBERS, Audience, of, unless
from tests.specs.register import Register


@dataclass
class Hung:
    """by: whose it is. own: whom its writer chose; None = all who read the members part."""

    on: str
    by: str
    own: Audience | None
    reach: str = ""
    is_of_record: bool = False
    is_held: bool = False
    is_gone: bool = False
    # Evidence of the record for all who read its full account: for those of every day.
    is_of_account: bool = False


@dataclass
class Hanging:
    """On the records of a register. Remarks and evidence by any name."""

    register: Register
    views: dict[tuple[str, str], Hung] = field(default_factory=dict)
    remarks: dict[str, Hung] = field(default_factory=dict)
    pieces: dict[str, Hung] = field(default_factory=dict)

    def reads(self, who: str, row: Hung) -> bool:
        _safe, members, told = self.register.lets_in(who, row.on)
        chosen = row.own is None or self.register.space.reads(who, row.own)
        return members and chosen and (told or not row.is_of_account)

    def has_file(self, row: Hung) -> bool:
        return not row.is_held and not row.is_gone

    def _member(self, by: str) -> bool:
        return self.register.space.kinds.get(by) == MEMBERS

    def _reach(self, name: str, by: str, reach: str) -> Audience | None:
        """Its owner and coordinators of that day: who comes later gets no old access."""
        if reach == "all":
            return None
        owner = {self.register.records[name].owner, *self.register.coordinators}
        return of({by} | (owner if reach == "owner" else set()))

    def _both(self, one: Audience | None, other: Audience | None) -> Audience | None:
        if one is None or other is None:
            return one if other is None else other
        return self.register.space.meet(one, other)

    # --- views, remarks ---

    def say(self, name: str, by: str, reach: str) -> None:
        """What was put to a view goes as far as it does now."""
        unless(self._member(by) and self.register.sees(by, name)[1])
        own = self._reach(name, by, reach)
        self.views[name, by] = Hung(name, by, own, reach)
        for row in self.pieces.values():
            if row.on == name and row.by == by and not row.is_of_record:
                row.own = self._both(own, self._reach(name, by, row.reach))

    def remark(self, key: str, name: str, by: str, to: str, told: set[str]) -> None:
        """told: whom its writer was shown."""
        unless(self._member(by) and self.register.sees(by, name)[1])
        unless(not self.register.records[name].into)
        own = of(told | {by})
        if to == "record":
            own = self.register.classes(name)[1]
        elif to in self.register.space.circles:
            own = of({by, to})
        self.remarks[key] = Hung(name, by, own)

    def take_back(self, key: str, by: str) -> None:
        row = self.remarks[key]
        unless(row.by == by and self._member(by) and self.reads(by, row) and not row.is_gone)
        unless(self.register.sees(by, row.on)[1])
        row.own, row.is_gone = of({by}), True

    # --- evidence ---

    def put(self, key: str, name: str, by: str, *, to: str, reach: str, is_held: bool) -> None:
        record = self.register.records[name]
        unless(self._member(by) and self.register.sees(by, name)[0] and not record.into)
        row = Hung(name, by, self._reach(name, by, reach), reach, is_held=is_held)
        if to == "record":
            unless(by == record.owner and reach != "owner")
            row.is_of_record, row.is_of_account = True, reach == "all"
        else:
            unless((name, by) in self.views and self.register.sees(by, name)[1])
            row.own = self._both(self.views[name, by].own, row.own)
        self.pieces[key] = row

    def withdraw(self, key: str, by: str) -> None:
        """Its file is erased; its words are read as before."""
        row = self.pieces[key]
        unless(row.by == by and self._member(by) and not row.is_gone)
        unless(self.register.sees(by, row.on)[0] and self.reads(by, row))
        row.is_gone = True

    # --- another owner ---

    def offer(self, name: str, by: str, to: str) -> None:
        row = self.register.records[name]
        told = self.register.classes(name)[2]
        unless(row.owner == by != to and any(to in way for way in told) and self._member(to))
        unless(not row.offered and self._is_alone(name))
        row.offered = to

    def accept(self, name: str, by: str) -> None:
        """Who reads it stays, but for who had it; what that one said of it is its own again."""
        row = self.register.records[name]
        unless(row.offered == by and self._is_alone(name) and self.register.sees(by, name)[2])
        old, row.owner, row.offered, row.waiting = row.owner, by, "", None
        row.past.add(old)
        safe, row.own_members, row.own_told = (
            frozenset(way for way in own if old not in way and by not in way) | of({by})
            for own in (row.safe, row.own_members, row.own_told)
        )
        for said in self.remarks.values():
            said.own = of({old}) if said.on == name and said.by == old else said.own
        for piece in self.pieces.values():
            if piece.on == name and piece.by == old and piece.is_of_record:
                self._carry(piece, old, by)
        self.register.narrow(name, safe)

    def _carry(self, piece: Hung, old: str, new: str) -> None:
        if self.has_file(piece) and piece.reach == "all":
            piece.by = new
        else:
            piece.own, piece.is_of_account = of({old}), False

    def _is_alone(self, name: str) -> bool:
        rows = self.register.records.values()
        return not self.register.records[name].into and not any(r.into == name for r in rows)
