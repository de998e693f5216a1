"""What PostgreSQL has been told of who asks: organisation, instant, reason of a system block.

Its own wall (`schema.wall`) reads these three settings. They end with their transaction, so each
is told anew there, and once is enough.
"""

from sqlalchemy import Connection, Engine, event

Words = tuple[str, str, str]
_TOLD = "guard_told"


def tell(connection: Connection, words: Words) -> None:
    """Say who asks from here on."""
    if _known(connection) == words:
        return
    connection.exec_driver_sql(
        "SELECT set_config('app.organisation', %s, true), set_config('app.now', %s, true), "
        # To compile a statement first costs more than our answers take.
        "set_config('app.system', %s, true), set_config('jit', 'off', true)",
        words,
    )
    _note(connection, words)


def tell_system(connection: Connection, reason: str) -> None:
    """Say that a system block begins, or with no reason that it ends."""
    known = _known(connection)
    if known is not None and known[2] == reason:
        return
    connection.exec_driver_sql("SELECT set_config('app.system', %s, true)", (reason,))
    if known is not None:
        _note(connection, (*known[:2], reason))


def _known(connection: Connection) -> Words | None:
    """What was told last in this very transaction; None = nothing that surely still holds."""
    transaction, words = connection.info.get(_TOLD, (None, None))
    return words if transaction is connection.get_transaction() else None


def _note(connection: Connection, words: Words) -> None:
    connection.info[_TOLD] = connection.get_transaction(), words


@event.listens_for(Engine, "rollback_savepoint")
def _unsaid(connection: Connection, *_named: object) -> None:
    """What was told inside a savepoint is gone with it."""
    connection.info.pop(_TOLD, None)
