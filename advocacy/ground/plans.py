"""What PostgreSQL has planned it does not plan again: its walls make planning dearer than asking.

The driver has a statement prepared that comes often, and forgets all of them at a ROLLBACK. Every
session that reads ends with one, so nothing stayed prepared. A rollback changes no table here:
tables change by migrations alone, before a version of ours starts.
"""

from typing import Any

from psycopg.pq import ExecStatus, TransactionStatus
from sqlalchemy import Engine, event

_MOST = 300
# How many rows are wanted, which of many, which words: where that is not known yet, PostgreSQL
# plans as for a tenth of all rows. Statements with such values are planned for them each time.
_HANGS_ON_VALUES = ("LIMIT %", "= ANY (%", " @@ ")
_OPEN = {TransactionStatus.INTRANS, TransactionStatus.INERROR}


def keep(engine: Engine) -> None:
    """Let an engine of PostgreSQL keep what was planned, for as long as a line is open."""
    dialect: Any = engine.dialect
    dialect.do_rollback = _roll_back
    event.listen(engine, "connect", _remember_more)
    event.listen(engine, "do_execute", _ask)


def _remember_more(line: Any, _record: object) -> None:
    line.prepared_max = _MOST


def _roll_back(line: Any) -> None:
    """End a transaction as the driver does, except that the statements stay prepared."""
    wire = line.pgconn
    if wire.transaction_status in _OPEN and wire.exec_(b"ROLLBACK").status == ExecStatus.COMMAND_OK:
        return
    line.rollback()


def _ask(cursor: Any, statement: str, parameters: Any, _context: Any) -> bool:
    """Ask without a plan of before where it would be a bad one. True: it was asked."""
    if not any(sign in statement for sign in _HANGS_ON_VALUES):
        return False
    cursor.execute(statement, parameters, prepare=False)
    return True
