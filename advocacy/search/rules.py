"""Which words a class of fields is found by, and by which row of the index a group finds them."""

from collections.abc import Collection, Mapping
from uuid import UUID

from advocacy.access.audience import Part
from advocacy.access.schema import ALWAYS
from advocacy.threats.schema import FieldClass

# Each class with those whose words it is indexed with.
WITH = {
    FieldClass.SAFE: (FieldClass.SAFE,),
    FieldClass.MEMBERS: (FieldClass.SAFE, FieldClass.MEMBERS),
    FieldClass.RESTRICTED: (FieldClass.SAFE, FieldClass.MEMBERS, FieldClass.RESTRICTED),
}


def finders(
    readers: Mapping[FieldClass, Collection[Part]], *, is_apart: bool
) -> dict[FieldClass, set[UUID]]:
    """For each class the groups that read it and, on some days, nothing beyond it.

    readers: the parts of each class's audience. is_apart: every class by all its groups, since
    the full account may become what nobody is shown (retention of closed records).
    """
    found, beyond = {}, set[UUID]()
    for of in reversed(WITH):
        found[of] = {group for group, _opens in readers[of]} - beyond
        if not is_apart:
            beyond |= {group for group, opens in readers[of] if opens <= ALWAYS}
    return found
