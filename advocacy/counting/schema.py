"""A number for each audience that reads records, and the triggers that change it."""

from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Connection, ForeignKey, Table, event
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.ground.base import Base
from advocacy.threats.schema import Threat


class ThreatMark(Base):
    """By chance another number after each change of what is counted of this audience's records.

    By chance, so that no number ever comes again: a copy of a database goes on differently.
    """

    __tablename__ = "threat_mark"

    audience_id: Mapped[UUID] = mapped_column(ForeignKey("audience.id"), primary_key=True)
    mark: Mapped[int] = mapped_column(BigInteger)


# The triggers stand on it.
ThreatMark.__table__.add_is_dependent_on(Threat.__table__)  # type: ignore[attr-defined]  # a Table

COUNTED = ("workspace_id", "status", "audience_id", "risk_code", "area_id", "severity", "trend")
_DEEDS = {
    "put": ("INSERT", ("NEW",)),
    "turn": (f"UPDATE OF {', '.join(COUNTED)}", ("OLD", "NEW")),
    "drop": ("DELETE", ("OLD",)),
}
_ANOTHER = "ON CONFLICT (audience_id) DO UPDATE SET mark = excluded.mark"
# Once for a transaction: nobody else sees the row before its end, and then all of it. Sorted, so
# that two who write wait for each other and never in a ring.
_FUNCTION = f"""CREATE OR REPLACE FUNCTION threat_mark() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN
INSERT INTO threat_mark AS known (audience_id, mark)
SELECT read.by, (random() * 9e18)::bigint
FROM (SELECT OLD.audience_id AS by UNION SELECT NEW.audience_id ORDER BY 1) AS read
WHERE read.by IS NOT NULL
{_ANOTHER} WHERE known.xmin::text::bigint <> mod(txid_current(), 4294967296);
RETURN NULL;
END$$"""  # noqa: S608 - constants of ours


def watch(connection: Connection) -> None:
    """Make the triggers, and give every audience that reads records another number.

    Call it again after a batch operation on the table of records: that drops the triggers.
    """
    unwatch(connection)
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_FUNCTION)
        connection.exec_driver_sql("SELECT set_config('app.system', 'command', true)")
    for deed, (when, rows) in _DEEDS.items():
        each = " ".join(
            f"INSERT INTO threat_mark (audience_id, mark) VALUES ({row}.audience_id, random())"  # noqa: S608 - the same
            f" {_ANOTHER};"
            for row in rows
        )
        does = (
            "EXECUTE FUNCTION threat_mark()"
            if connection.dialect.name == "postgresql"
            else f"BEGIN {each} END"
        )
        connection.exec_driver_sql(
            f"CREATE TRIGGER threat_mark_{deed} AFTER {when} ON threat FOR EACH ROW {does}"
        )
    number = "(random() * 9e18)::bigint" if connection.dialect.name == "postgresql" else "random()"
    connection.exec_driver_sql(
        f"INSERT INTO threat_mark (audience_id, mark) SELECT read.by, {number}"  # noqa: S608 - the same
        f" FROM (SELECT DISTINCT audience_id AS by FROM threat) AS read WHERE true {_ANOTHER}"
    )
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT set_config('app.system', '', true)")


def unwatch(connection: Connection) -> None:
    """Take the triggers away, before the table goes."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("DROP FUNCTION IF EXISTS threat_mark() CASCADE")
        return
    for deed in _DEEDS:
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS threat_mark_{deed}")


@event.listens_for(ThreatMark.__table__, "after_create")
def _watched(_table: Table, connection: Connection, **_more: Any) -> None:
    watch(connection)
