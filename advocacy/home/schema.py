"""No tables of its own: the indexes that find what moved lately, over the acts of three rooms.

Each begins with what is asked to be equal. SQLite, which keeps no figures of its tables, takes an
index by how many columns it can use: so the one that begins with the text is for it, and the one
that begins with the stage for PostgreSQL.
"""

from sqlalchemy import Index

from advocacy.asks.schema import AskAct
from advocacy.positions.schema import StageAct
from advocacy.threats.schema import ThreatVersion

_ask, _stage, _threat = AskAct.__table__.c, StageAct.__table__.c, ThreatVersion.__table__.c
LATELY = (
    Index("ix_ask_act_lately", _ask.kind, _ask.recorded_at),
    Index("ix_position_stage_lately", _stage.stage, _stage.recorded_at),
    Index("ix_position_stage_of_lately", _stage.position_id, _stage.stage, _stage.recorded_at),
    Index("ix_threat_version_lately", _threat.field_class, _threat.at),
)
