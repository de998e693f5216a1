"""The three indexes."""

from advocacy.ground.search import Searched
from advocacy.threats.schema import FieldClass

INDEXES = {
    FieldClass.SAFE: Searched("threat.safe"),
    FieldClass.MEMBERS: Searched("threat.members"),
    FieldClass.RESTRICTED: Searched("threat.restricted"),
}
# Each class with those whose words it is indexed with.
WITH = {
    FieldClass.SAFE: (FieldClass.SAFE,),
    FieldClass.MEMBERS: (FieldClass.SAFE, FieldClass.MEMBERS),
    FieldClass.RESTRICTED: (FieldClass.SAFE, FieldClass.MEMBERS, FieldClass.RESTRICTED),
}
