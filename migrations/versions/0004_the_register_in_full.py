"""The register in full: views of many organisations, places, sharing.

Data and schema move apart. A column is removed one release after its last use. After a batch
operation on a sealed table call `seal` again: batch mode drops triggers without a word.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql, sqlite

from advocacy.access.schema import wall
from advocacy.ground.acts import seal, unseal
from advocacy.ground.search import TAGGED, index, unindex

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


# Rows of these tables are written once; the columns are those that may not change.
SEALED = {
    "area_lead": [
        "id",
        "workspace_id",
        "area",
        "lead_id",
        "organisation_id",
        "audience_id",
        "own_audience_id",
        "person_id",
        "seat_id",
        "on_behalf_of",
        "recorded_at",
        "effective_on",
        "import_id",
        "previous_id",
    ],
    "disclosure_limit": [
        "id",
        "workspace_id",
        "smallest_cell",
        "tells_zero",
        "organisation_id",
        "audience_id",
        "own_audience_id",
        "person_id",
        "seat_id",
        "on_behalf_of",
        "recorded_at",
        "effective_on",
        "import_id",
        "previous_id",
    ],
    "extract": [
        "id",
        "workspace_id",
        "person_id",
        "at",
        "kind",
        "reach",
        "asked",
        "organisation_id",
        "audience_id",
        "own_audience_id",
    ],
    "protocol": [
        "id",
        "workspace_id",
        "number",
        "title",
        "decided_by",
        "decided_on",
        "asks_from",
        "levels",
        "text",
        "link",
        "host",
        "country",
        "readers",
        "keep_months",
        "organisation_id",
        "audience_id",
        "own_audience_id",
        "person_id",
        "seat_id",
        "on_behalf_of",
        "recorded_at",
        "effective_on",
        "import_id",
        "previous_id",
    ],
    "report": [
        "id",
        "workspace_id",
        "person_id",
        "at",
        "kind",
        "asked",
        "lines",
        "organisation_id",
        "audience_id",
        "own_audience_id",
    ],
    "area_word": [
        "id",
        "threat_id",
        "workspace_id",
        "lead_id",
        "what",
        "choice",
        "told",
        "reason",
        "organisation_id",
        "audience_id",
        "own_audience_id",
        "person_id",
        "seat_id",
        "on_behalf_of",
        "recorded_at",
        "effective_on",
        "import_id",
        "previous_id",
    ],
    "assessment_act": [
        "id",
        "period",
        "said",
        "threat_id",
        "organisation_id",
        "audience_id",
        "own_audience_id",
        "person_id",
        "seat_id",
        "on_behalf_of",
        "recorded_at",
        "effective_on",
        "import_id",
        "previous_id",
    ],
    "extract_end": [
        "id",
        "extract_id",
        "at",
        "rows",
        "digest",
        "organisation_id",
        "audience_id",
        "own_audience_id",
    ],
    "hand_over": [
        "id",
        "threat_id",
        "owner_id",
        "to_id",
        "what",
        "organisation_id",
        "audience_id",
        "own_audience_id",
        "person_id",
        "seat_id",
        "on_behalf_of",
        "recorded_at",
        "effective_on",
        "import_id",
        "previous_id",
    ],
    "institution_succession": [
        "id",
        "institution_id",
        "into_id",
        "note",
        "organisation_id",
        "audience_id",
        "own_audience_id",
        "person_id",
        "seat_id",
        "on_behalf_of",
        "recorded_at",
        "effective_on",
        "import_id",
        "previous_id",
    ],
    "outcome_event": [
        "id",
        "outcome_id",
        "kind",
        "until_on",
        "takes_back_id",
        "organisation_id",
        "audience_id",
        "own_audience_id",
        "person_id",
        "seat_id",
        "on_behalf_of",
        "recorded_at",
        "effective_on",
        "import_id",
        "previous_id",
    ],
    "outcome_note": [
        "id",
        "outcome_id",
        "about_id",
        "text",
        "source",
        "organisation_id",
        "audience_id",
        "own_audience_id",
    ],
    "outcome_part": [
        "id",
        "outcome_id",
        "text",
        "is_hidden",
        "organisation_id",
        "audience_id",
        "own_audience_id",
        "person_id",
        "seat_id",
        "on_behalf_of",
        "recorded_at",
        "effective_on",
        "import_id",
        "previous_id",
    ],
    "outcome_second": [
        "id",
        "outcome_id",
        "stands",
        "organisation_id",
        "audience_id",
        "own_audience_id",
        "person_id",
        "seat_id",
        "on_behalf_of",
        "recorded_at",
        "effective_on",
        "import_id",
        "previous_id",
    ],
    "outcome_wording": [
        "id",
        "outcome_id",
        "title",
        "language",
        "level",
        "direction",
        "is_intended",
        "significance",
        "others",
        "organisation_id",
        "audience_id",
        "own_audience_id",
        "person_id",
        "seat_id",
        "on_behalf_of",
        "recorded_at",
        "effective_on",
        "import_id",
        "previous_id",
    ],
    "proposal": [
        "id",
        "owner_id",
        "patch",
        "reason",
        "person_id",
        "at",
        "threat_id",
        "organisation_id",
        "audience_id",
        "own_audience_id",
    ],
    "protocol_acceptance": [
        "id",
        "protocol_id",
        "person_id",
        "seat_id",
        "at",
        "organisation_id",
        "audience_id",
        "own_audience_id",
    ],
    "ring_member": [
        "id",
        "ring_id",
        "member_id",
        "is_in",
        "extends",
        "organisation_id",
        "audience_id",
        "own_audience_id",
        "person_id",
        "seat_id",
        "on_behalf_of",
        "recorded_at",
        "effective_on",
        "import_id",
        "previous_id",
    ],
    "severity_act": [
        "id",
        "severity",
        "scale_id",
        "basis",
        "threat_id",
        "organisation_id",
        "audience_id",
        "own_audience_id",
        "person_id",
        "seat_id",
        "on_behalf_of",
        "recorded_at",
        "effective_on",
        "import_id",
        "previous_id",
    ],
    "threat_distinct": [
        "id",
        "first_id",
        "second_id",
        "at",
        "person_id",
        "organisation_id",
        "audience_id",
        "own_audience_id",
    ],
    "threat_merge": [
        "id",
        "absorbed_id",
        "survivor_id",
        "is_merged",
        "before",
        "undo_until",
        "organisation_id",
        "audience_id",
        "own_audience_id",
        "person_id",
        "seat_id",
        "on_behalf_of",
        "recorded_at",
        "effective_on",
        "import_id",
        "previous_id",
    ],
    "threat_nobodys_words": [
        "id",
        "digest",
        "at",
        "person_id",
        "threat_id",
        "organisation_id",
        "audience_id",
        "own_audience_id",
    ],
    "widening": [
        "id",
        "threat_id",
        "what",
        "choice",
        "on_audience",
        "until",
        "alone_from",
        "organisation_id",
        "audience_id",
        "own_audience_id",
        "person_id",
        "seat_id",
        "on_behalf_of",
        "recorded_at",
        "effective_on",
        "import_id",
        "previous_id",
    ],
    "proposal_act": [
        "id",
        "proposal_id",
        "deed",
        "taken",
        "reason",
        "threat_id",
        "organisation_id",
        "audience_id",
        "own_audience_id",
        "person_id",
        "seat_id",
        "on_behalf_of",
        "recorded_at",
        "effective_on",
        "import_id",
        "previous_id",
    ],
    "ask_raising": [
        "id",
        "act_id",
        "ask_id",
        "whom",
        "reply",
        "next_on",
        "recorded_at",
        "organisation_id",
        "audience_id",
        "own_audience_id",
    ],
    "read_annexes": [
        "id",
        "text_id",
        "annexes",
        "organisation_id",
        "audience_id",
        "own_audience_id",
    ],
}
# Older tables of such rows that change here; batch mode drops their triggers without a word, so
# they are put back, both ways.
AGAIN = {
    "threat_version": [
        "id",
        "threat_id",
        "number",
        "field_class",
        "what",
        "changes",
        "at",
        "person_id",
        "organisation_id",
        "audience_id",
        "own_audience_id",
    ],
}
# Tables that only their audience may read: row-level security on PostgreSQL.
WALLED = [
    "area_lead",
    "area_word",
    "ask_raising",
    "assessment",
    "assessment_act",
    "assessment_contributor",
    "assessment_detail",
    "disclosure_limit",
    "extract",
    "extract_end",
    "hand_over",
    "institution_succession",
    "intake_sheet",
    "outcome",
    "outcome_event",
    "outcome_note",
    "outcome_part",
    "outcome_second",
    "outcome_wording",
    "proposal",
    "proposal_act",
    "protocol",
    "protocol_acceptance",
    "read_annexes",
    "report",
    "ring",
    "ring_member",
    "saved_view",
    "severity_act",
    "severity_agreed",
    "severity_note",
    "share",
    "threat_blocks",
    "threat_distinct",
    "threat_erasure",
    "threat_figure",
    "threat_into",
    "threat_merge",
    "threat_nature",
    "threat_nobodys_words",
    "threat_party",
    "threat_party_name",
    "threat_place",
    "threat_point",
    "threat_region",
    "threat_taken_over",
    "threat_words",
    "widening",
]


def upgrade() -> None:
    # ### commands auto generated by Alembic - please adjust! ###
    op.create_table(
        "area_lead",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=True, comment="empty = nobody"),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.Column(
            "person_id", sa.Uuid(), nullable=True, comment="who pressed the button; empty = import"
        ),
        sa.Column("seat_id", sa.Uuid(), nullable=True, comment="the seat that gave the power to"),
        sa.Column(
            "on_behalf_of", sa.Uuid(), nullable=True, comment="institution spoken for, if another"
        ),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when it was written down",
        ),
        sa.Column(
            "effective_on", sa.Date(), nullable=True, comment="the day it speaks of, if not that"
        ),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.Column("previous_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_area_lead_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["lead_id"], ["organisation.id"], name=op.f("fk_area_lead_lead_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_area_lead_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["area_lead.id"], name=op.f("fk_area_lead_previous_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_area_lead_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_lead")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_area_lead_previous_id")),
    )
    with op.batch_alter_table("area_lead", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_area_lead_audience_id"), ["audience_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_area_lead_import_id"), ["import_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_area_lead_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_area_lead_workspace_id"), ["workspace_id"], unique=False
        )
        batch_op.create_index(
            "ux_area_lead_first",
            ["workspace_id", "area"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "area_name",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("area_id", sa.Uuid(), nullable=False),
        sa.Column(
            "names", sa.JSON(), nullable=False, comment="language -> name; all = in every one"
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_area_name_area_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_area_name_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_name")),
        sa.UniqueConstraint(
            "workspace_id", "area_id", name=op.f("uq_area_name_workspace_id_area_id")
        ),
    )
    with op.batch_alter_table("area_name", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_area_name_area_id"), ["area_id"], unique=False)

    op.create_table(
        "area_shape",
        sa.Column("area_id", sa.Uuid(), nullable=False),
        sa.Column(
            "path",
            sa.String(),
            nullable=False,
            comment="SVG path: closed rings, absolute, whole numbers",
        ),
        sa.Column("left", sa.Integer(), nullable=False),
        sa.Column("top", sa.Integer(), nullable=False),
        sa.Column("right", sa.Integer(), nullable=False),
        sa.Column("bottom", sa.Integer(), nullable=False),
        sa.Column("x", sa.Integer(), nullable=False, comment="where its number stands"),
        sa.Column("y", sa.Integer(), nullable=False),
        sa.Column(
            "source", sa.String(), nullable=False, comment="who drew it; printed under the map"
        ),
        sa.Column(
            "note",
            sa.String(),
            nullable=False,
            comment="what its drawer says of boundaries; may be empty",
        ),
        sa.CheckConstraint('"left" <= "right" AND top <= bottom', name=op.f("ck_area_shape_box")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_area_shape_area_id")),
        sa.PrimaryKeyConstraint("area_id", name=op.f("pk_area_shape")),
    )
    op.create_table(
        "disclosure_limit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column(
            "smallest_cell",
            sa.Integer(),
            nullable=False,
            comment="numbers below it are not told outside",
        ),
        sa.Column("tells_zero", sa.Boolean(), nullable=False, comment="whether 0 is told as 0"),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.Column(
            "person_id", sa.Uuid(), nullable=True, comment="who pressed the button; empty = import"
        ),
        sa.Column("seat_id", sa.Uuid(), nullable=True, comment="the seat that gave the power to"),
        sa.Column(
            "on_behalf_of", sa.Uuid(), nullable=True, comment="institution spoken for, if another"
        ),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when it was written down",
        ),
        sa.Column(
            "effective_on", sa.Date(), nullable=True, comment="the day it speaks of, if not that"
        ),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.Column("previous_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("smallest_cell >= 3", name=op.f("ck_disclosure_limit_smallest_cell")),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_disclosure_limit_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_disclosure_limit_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["disclosure_limit.id"], name=op.f("fk_disclosure_limit_previous_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_disclosure_limit_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_limit")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_disclosure_limit_previous_id")),
    )
    with op.batch_alter_table("disclosure_limit", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_disclosure_limit_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_disclosure_limit_import_id"), ["import_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_disclosure_limit_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_disclosure_limit_workspace_id"), ["workspace_id"], unique=False
        )
        batch_op.create_index(
            "ux_disclosure_limit_first",
            ["workspace_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "extract",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reach", sa.String(), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False, comment="the filter, as the address had it"),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_extract_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_extract_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_extract_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extract")),
    )
    with op.batch_alter_table("extract", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_extract_audience_id"), ["audience_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_extract_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_extract_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "intake_sheet",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(), nullable=False, comment="of the file"),
        sa.Column("digest", sa.String(), nullable=False, comment="sha256 of the file's bytes, hex"),
        sa.Column("header", sa.JSON(), nullable=False),
        sa.Column(
            "lines", sa.JSON(), nullable=False, comment="[line in the file, cells] of each row"
        ),
        sa.Column(
            "refused", sa.JSON(), nullable=False, comment="[line, code, facts] of rows not readable"
        ),
        sa.Column("matched", sa.JSON(), nullable=False, comment="column -> field, as confirmed"),
        sa.Column(
            "order", sa.String(), nullable=False, comment="of days, months and years: dmy, mdy, ymd"
        ),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_intake_sheet_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_intake_sheet_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_intake_sheet_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake_sheet")),
    )
    with op.batch_alter_table("intake_sheet", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_intake_sheet_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_intake_sheet_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_intake_sheet_workspace_id"), ["workspace_id"], unique=False
        )

    op.create_table(
        "outcome",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False, comment="who changed what, when and where"),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("is_intended", sa.Boolean(), nullable=False),
        sa.Column("reach", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.CheckConstraint("direction IN ('better', 'worse')", name=op.f("ck_outcome_direction")),
        sa.CheckConstraint(
            "level IN ('attitude', 'commitment', 'procedure', 'policy', 'practice', 'reduced_risk')",
            name=op.f("ck_outcome_level"),
        ),
        sa.CheckConstraint("reach IN ('own', 'members', 'donors')", name=op.f("ck_outcome_reach")),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_outcome_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_outcome_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_outcome_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
    )
    with op.batch_alter_table("outcome", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outcome_audience_id"), ["audience_id"], unique=False)
        batch_op.create_index(
            "ix_outcome_newest", ["workspace_id", "created_at", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_outcome_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "protocol",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="of the version, from 1"),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "decided_by", sa.String(), nullable=False, comment="the body that decided, in words"
        ),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column(
            "asks_from",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="from then on it must be accepted",
        ),
        sa.Column(
            "levels", sa.JSON(), nullable=False, comment="sensitivity -> label and widest reach"
        ),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("host", sa.String(), nullable=False, comment="who keeps the data"),
        sa.Column("country", sa.String(), nullable=False, comment="where it lies, in words"),
        sa.Column(
            "readers",
            sa.String(),
            nullable=False,
            comment="who at the host could read it, in words",
        ),
        sa.Column(
            "keep_months",
            sa.Integer(),
            nullable=True,
            comment="full accounts are purged so long after closure; empty = never",
        ),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.Column(
            "person_id", sa.Uuid(), nullable=True, comment="who pressed the button; empty = import"
        ),
        sa.Column("seat_id", sa.Uuid(), nullable=True, comment="the seat that gave the power to"),
        sa.Column(
            "on_behalf_of", sa.Uuid(), nullable=True, comment="institution spoken for, if another"
        ),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when it was written down",
        ),
        sa.Column(
            "effective_on", sa.Date(), nullable=True, comment="the day it speaks of, if not that"
        ),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.Column("previous_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "keep_months IS NULL OR keep_months >= 1", name=op.f("ck_protocol_keep_months")
        ),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_protocol_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_protocol_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["protocol.id"], name=op.f("fk_protocol_previous_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_protocol_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protocol")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_protocol_previous_id")),
    )
    with op.batch_alter_table("protocol", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_protocol_audience_id"), ["audience_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_protocol_import_id"), ["import_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_protocol_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_protocol_workspace_id"), ["workspace_id"], unique=False
        )
        batch_op.create_index(
            "ux_protocol_first",
            ["workspace_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False, comment="the filter, as the address had it"),
        sa.Column(
            "lines",
            sa.Integer(),
            nullable=False,
            comment="how many there were when it was asked for",
        ),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_report_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_report_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_report_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_audience_id"), ["audience_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_report_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_report_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "ring",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False, comment="unique for its owner only"),
        sa.Column(
            "hides_roster",
            sa.Boolean(),
            nullable=False,
            comment="each member knows of itself alone",
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(["audience_id"], ["audience.id"], name=op.f("fk_ring_audience_id")),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_ring_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_ring_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ring")),
        sa.UniqueConstraint(
            "organisation_id",
            "workspace_id",
            "name",
            name=op.f("uq_ring_organisation_id_workspace_id_name"),
        ),
    )
    with op.batch_alter_table("ring", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ring_audience_id"), ["audience_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_ring_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_ring_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "saved_view",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("view", sa.String(), nullable=False, comment="matrix, table, map, trend"),
        sa.Column(
            "query",
            sa.String(),
            nullable=False,
            comment="filters, columns and order, as in an address",
        ),
        sa.Column(
            "is_shared", sa.Boolean(), nullable=False, comment="with the maker's organisation"
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_saved_view_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_saved_view_own_audience_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_saved_view_person_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_saved_view_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
    )
    with op.batch_alter_table("saved_view", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_saved_view_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_saved_view_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_saved_view_person_id"), ["person_id"], unique=False)

    op.create_table(
        "share",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column(
            "label",
            sa.String(),
            nullable=False,
            comment="whom it is for, in the words of who made it",
        ),
        sa.Column("width", sa.String(), nullable=False),
        sa.Column("view", sa.JSON(), nullable=False, comment="filters of the donor page"),
        sa.Column("has_password", sa.Boolean(), nullable=False),
        sa.Column("bearer_id", sa.Uuid(), nullable=False, comment="what opens it now"),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.CheckConstraint("width IN ('donors', 'public')", name=op.f("ck_share_width")),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_share_audience_id")
        ),
        sa.ForeignKeyConstraint(["bearer_id"], ["bearer.id"], name=op.f("fk_share_bearer_id")),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_share_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_share_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share")),
    )
    with op.batch_alter_table("share", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_share_audience_id"), ["audience_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_share_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_share_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "area_word",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("threat_id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(), nullable=False, comment="asked, agreed, refused"),
        sa.Column("choice", sa.JSON(), nullable=False, comment="level and who is named"),
        sa.Column(
            "told", sa.JSON(), nullable=False, comment="the safe part, as it was asked about"
        ),
        sa.Column(
            "reason", sa.String(), nullable=False, comment="why not; empty when asked or agreed"
        ),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.Column(
            "person_id", sa.Uuid(), nullable=True, comment="who pressed the button; empty = import"
        ),
        sa.Column("seat_id", sa.Uuid(), nullable=True, comment="the seat that gave the power to"),
        sa.Column(
            "on_behalf_of", sa.Uuid(), nullable=True, comment="institution spoken for, if another"
        ),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when it was written down",
        ),
        sa.Column(
            "effective_on", sa.Date(), nullable=True, comment="the day it speaks of, if not that"
        ),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.Column("previous_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_area_word_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["lead_id"], ["organisation.id"], name=op.f("fk_area_word_lead_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_area_word_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["area_word.id"], name=op.f("fk_area_word_previous_id")
        ),
        sa.ForeignKeyConstraint(["threat_id"], ["threat.id"], name=op.f("fk_area_word_threat_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_area_word_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_word")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_area_word_previous_id")),
    )
    with op.batch_alter_table("area_word", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_area_word_audience_id"), ["audience_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_area_word_import_id"), ["import_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_area_word_lead_id"), ["lead_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_area_word_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_area_word_threat_id"), ["threat_id"], unique=False)
        batch_op.create_index(
            "ux_area_word_first",
            ["threat_id", "lead_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "assessment_act",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "period", sa.String(), nullable=False, comment="the quarter it speaks of: 2026-Q4"
        ),
        sa.Column("said", sa.JSON(), nullable=False, comment="field -> value; empty = taken back"),
        sa.Column("threat_id", sa.Uuid(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.Column(
            "person_id", sa.Uuid(), nullable=True, comment="who pressed the button; empty = import"
        ),
        sa.Column("seat_id", sa.Uuid(), nullable=True, comment="the seat that gave the power to"),
        sa.Column(
            "on_behalf_of", sa.Uuid(), nullable=True, comment="institution spoken for, if another"
        ),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when it was written down",
        ),
        sa.Column(
            "effective_on", sa.Date(), nullable=True, comment="the day it speaks of, if not that"
        ),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.Column("previous_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_assessment_act_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_assessment_act_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["assessment_act.id"], name=op.f("fk_assessment_act_previous_id")
        ),
        sa.ForeignKeyConstraint(
            ["threat_id"], ["threat.id"], name=op.f("fk_assessment_act_threat_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_act")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_assessment_act_previous_id")),
    )
    with op.batch_alter_table("assessment_act", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_assessment_act_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_assessment_act_import_id"), ["import_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_assessment_act_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_assessment_act_threat_id"), ["threat_id"], unique=False
        )
        batch_op.create_index(
            "ux_assessment_act_first",
            ["threat_id", "organisation_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "extract_end",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("extract_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False, comment="sha256 of the file's bytes, hex"),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_extract_end_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["extract_id"], ["extract.id"], name=op.f("fk_extract_end_extract_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_extract_end_own_audience_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extract_end")),
        sa.UniqueConstraint("extract_id", name=op.f("uq_extract_end_extract_id")),
    )
    with op.batch_alter_table("extract_end", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_extract_end_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_extract_end_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "hand_over",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("threat_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False, comment="when offered"),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column(
            "what", sa.String(), nullable=False, comment="offered, taken-back, accepted, declined"
        ),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.Column(
            "person_id", sa.Uuid(), nullable=True, comment="who pressed the button; empty = import"
        ),
        sa.Column("seat_id", sa.Uuid(), nullable=True, comment="the seat that gave the power to"),
        sa.Column(
            "on_behalf_of", sa.Uuid(), nullable=True, comment="institution spoken for, if another"
        ),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when it was written down",
        ),
        sa.Column(
            "effective_on", sa.Date(), nullable=True, comment="the day it speaks of, if not that"
        ),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.Column("previous_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_hand_over_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_hand_over_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["organisation.id"], name=op.f("fk_hand_over_owner_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["hand_over.id"], name=op.f("fk_hand_over_previous_id")
        ),
        sa.ForeignKeyConstraint(["threat_id"], ["threat.id"], name=op.f("fk_hand_over_threat_id")),
        sa.ForeignKeyConstraint(["to_id"], ["organisation.id"], name=op.f("fk_hand_over_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_hand_over_previous_id")),
    )
    with op.batch_alter_table("hand_over", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hand_over_audience_id"), ["audience_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hand_over_import_id"), ["import_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_hand_over_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_hand_over_threat_id"), ["threat_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hand_over_to_id"), ["to_id"], unique=False)
        batch_op.create_index(
            "ux_hand_over_first",
            ["threat_id", "owner_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "institution_succession",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("into_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.Column(
            "person_id", sa.Uuid(), nullable=True, comment="who pressed the button; empty = import"
        ),
        sa.Column("seat_id", sa.Uuid(), nullable=True, comment="the seat that gave the power to"),
        sa.Column(
            "on_behalf_of", sa.Uuid(), nullable=True, comment="institution spoken for, if another"
        ),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when it was written down",
        ),
        sa.Column(
            "effective_on", sa.Date(), nullable=True, comment="the day it speaks of, if not that"
        ),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.Column("previous_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_institution_succession_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_institution_succession_institution_id"),
        ),
        sa.ForeignKeyConstraint(
            ["into_id"], ["institution.id"], name=op.f("fk_institution_succession_into_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"],
            ["audience.id"],
            name=op.f("fk_institution_succession_own_audience_id"),
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"],
            ["institution_succession.id"],
            name=op.f("fk_institution_succession_previous_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_institution_succession")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_institution_succession_previous_id")),
    )
    with op.batch_alter_table("institution_succession", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_institution_succession_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_institution_succession_import_id"), ["import_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_institution_succession_into_id"), ["into_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_institution_succession_organisation_id"),
            ["organisation_id"],
            unique=False,
        )
        batch_op.create_index(
            "ux_institution_succession_first",
            ["institution_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "outcome_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("outcome_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column(
            "until_on", sa.Date(), nullable=True, comment="meant to last until, if for a time"
        ),
        sa.Column("takes_back_id", sa.Uuid(), nullable=True),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.Column(
            "person_id", sa.Uuid(), nullable=True, comment="who pressed the button; empty = import"
        ),
        sa.Column("seat_id", sa.Uuid(), nullable=True, comment="the seat that gave the power to"),
        sa.Column(
            "on_behalf_of", sa.Uuid(), nullable=True, comment="institution spoken for, if another"
        ),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when it was written down",
        ),
        sa.Column(
            "effective_on", sa.Date(), nullable=True, comment="the day it speaks of, if not that"
        ),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.Column("previous_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'taken_back') = (takes_back_id IS NOT NULL)",
            name=op.f("ck_outcome_event_takes_back"),
        ),
        sa.CheckConstraint(
            "kind IN ('achieved', 'partly', 'extended', 'suspended', 'reversed', 'restored', 'expired', 'overtaken', 'confirmed', 'challenged', 'upheld', 'taken_back')",
            name=op.f("ck_outcome_event_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_outcome_event_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["outcome_id"], ["outcome.id"], name=op.f("fk_outcome_event_outcome_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_outcome_event_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["outcome_event.id"], name=op.f("fk_outcome_event_previous_id")
        ),
        sa.ForeignKeyConstraint(
            ["takes_back_id"], ["outcome_event.id"], name=op.f("fk_outcome_event_takes_back_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome_event")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_outcome_event_previous_id")),
    )
    with op.batch_alter_table("outcome_event", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_outcome_event_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_outcome_event_import_id"), ["import_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_outcome_event_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "ix_outcome_event_outcome", ["outcome_id", "recorded_at"], unique=False
        )
        batch_op.create_index(
            "ux_outcome_event_first",
            ["outcome_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "outcome_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("outcome_id", sa.Uuid(), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=False, comment="the event, or the second look"),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_outcome_note_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["outcome_id"], ["outcome.id"], name=op.f("fk_outcome_note_outcome_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_outcome_note_own_audience_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome_note")),
        sa.UniqueConstraint("about_id", name=op.f("uq_outcome_note_about_id")),
    )
    with op.batch_alter_table("outcome_note", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_outcome_note_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_outcome_note_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_outcome_note_outcome_id"), ["outcome_id"], unique=False
        )

    op.create_table(
        "outcome_part",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("outcome_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column(
            "is_hidden", sa.Boolean(), nullable=False, comment="read by its own organisation alone"
        ),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.Column(
            "person_id", sa.Uuid(), nullable=True, comment="who pressed the button; empty = import"
        ),
        sa.Column("seat_id", sa.Uuid(), nullable=True, comment="the seat that gave the power to"),
        sa.Column(
            "on_behalf_of", sa.Uuid(), nullable=True, comment="institution spoken for, if another"
        ),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when it was written down",
        ),
        sa.Column(
            "effective_on", sa.Date(), nullable=True, comment="the day it speaks of, if not that"
        ),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.Column("previous_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_outcome_part_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["outcome_id"], ["outcome.id"], name=op.f("fk_outcome_part_outcome_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_outcome_part_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["outcome_part.id"], name=op.f("fk_outcome_part_previous_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome_part")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_outcome_part_previous_id")),
    )
    with op.batch_alter_table("outcome_part", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_outcome_part_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_outcome_part_import_id"), ["import_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_outcome_part_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_outcome_part_outcome_id"), ["outcome_id"], unique=False
        )
        batch_op.create_index(
            "ux_outcome_part_first",
            ["outcome_id", "organisation_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "outcome_second",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("outcome_id", sa.Uuid(), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.Column(
            "person_id", sa.Uuid(), nullable=True, comment="who pressed the button; empty = import"
        ),
        sa.Column("seat_id", sa.Uuid(), nullable=True, comment="the seat that gave the power to"),
        sa.Column(
            "on_behalf_of", sa.Uuid(), nullable=True, comment="institution spoken for, if another"
        ),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when it was written down",
        ),
        sa.Column(
            "effective_on", sa.Date(), nullable=True, comment="the day it speaks of, if not that"
        ),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.Column("previous_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_outcome_second_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["outcome_id"], ["outcome.id"], name=op.f("fk_outcome_second_outcome_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_outcome_second_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["outcome_second.id"], name=op.f("fk_outcome_second_previous_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome_second")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_outcome_second_previous_id")),
    )
    with op.batch_alter_table("outcome_second", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_outcome_second_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_outcome_second_import_id"), ["import_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_outcome_second_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_outcome_second_outcome_id"), ["outcome_id"], unique=False
        )
        batch_op.create_index(
            "ux_outcome_second_first",
            ["outcome_id", "organisation_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "outcome_wording",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("outcome_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("is_intended", sa.Boolean(), nullable=False),
        sa.Column("significance", sa.String(), nullable=False),
        sa.Column(
            "others",
            sa.String(),
            nullable=False,
            comment="who else contributed, outside the workspace",
        ),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.Column(
            "person_id", sa.Uuid(), nullable=True, comment="who pressed the button; empty = import"
        ),
        sa.Column("seat_id", sa.Uuid(), nullable=True, comment="the seat that gave the power to"),
        sa.Column(
            "on_behalf_of", sa.Uuid(), nullable=True, comment="institution spoken for, if another"
        ),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when it was written down",
        ),
        sa.Column(
            "effective_on", sa.Date(), nullable=True, comment="the day it speaks of, if not that"
        ),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.Column("previous_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_outcome_wording_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["outcome_id"], ["outcome.id"], name=op.f("fk_outcome_wording_outcome_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_outcome_wording_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["outcome_wording.id"], name=op.f("fk_outcome_wording_previous_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome_wording")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_outcome_wording_previous_id")),
    )
    with op.batch_alter_table("outcome_wording", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_outcome_wording_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_outcome_wording_import_id"), ["import_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_outcome_wording_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "ux_outcome_wording_first",
            ["outcome_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False, comment="organisation that decides"),
        sa.Column("patch", sa.JSON(), nullable=False, comment="field -> [as it was, as proposed]"),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("threat_id", sa.Uuid(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_proposal_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_proposal_own_audience_id")
        ),
        sa.ForeignKeyConstraint(["threat_id"], ["threat.id"], name=op.f("fk_proposal_threat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_audience_id"), ["audience_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_proposal_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_proposal_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_threat_id"), ["threat_id"], unique=False)

    op.create_table(
        "protocol_acceptance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("protocol_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("seat_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_protocol_acceptance_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"],
            ["audience.id"],
            name=op.f("fk_protocol_acceptance_own_audience_id"),
        ),
        sa.ForeignKeyConstraint(
            ["protocol_id"], ["protocol.id"], name=op.f("fk_protocol_acceptance_protocol_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protocol_acceptance")),
        sa.UniqueConstraint(
            "protocol_id",
            "organisation_id",
            name=op.f("uq_protocol_acceptance_protocol_id_organisation_id"),
        ),
    )
    with op.batch_alter_table("protocol_acceptance", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_protocol_acceptance_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_protocol_acceptance_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_protocol_acceptance_protocol_id"), ["protocol_id"], unique=False
        )

    op.create_table(
        "ring_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ring_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("is_in", sa.Boolean(), nullable=False),
        sa.Column("extends", sa.Boolean(), nullable=False, comment="it may put others in"),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.Column(
            "person_id", sa.Uuid(), nullable=True, comment="who pressed the button; empty = import"
        ),
        sa.Column("seat_id", sa.Uuid(), nullable=True, comment="the seat that gave the power to"),
        sa.Column(
            "on_behalf_of", sa.Uuid(), nullable=True, comment="institution spoken for, if another"
        ),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when it was written down",
        ),
        sa.Column(
            "effective_on", sa.Date(), nullable=True, comment="the day it speaks of, if not that"
        ),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.Column("previous_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_ring_member_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["organisation.id"], name=op.f("fk_ring_member_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_ring_member_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["ring_member.id"], name=op.f("fk_ring_member_previous_id")
        ),
        sa.ForeignKeyConstraint(["ring_id"], ["ring.id"], name=op.f("fk_ring_member_ring_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ring_member")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_ring_member_previous_id")),
    )
    with op.batch_alter_table("ring_member", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ring_member_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_ring_member_import_id"), ["import_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_ring_member_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_ring_member_ring_id"), ["ring_id"], unique=False)
        batch_op.create_index(
            "ux_ring_member_first",
            ["ring_id", "member_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "severity_act",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=True, comment="empty = no longer agreed"),
        sa.Column("scale_id", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("threat_id", sa.Uuid(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.Column(
            "person_id", sa.Uuid(), nullable=True, comment="who pressed the button; empty = import"
        ),
        sa.Column("seat_id", sa.Uuid(), nullable=True, comment="the seat that gave the power to"),
        sa.Column(
            "on_behalf_of", sa.Uuid(), nullable=True, comment="institution spoken for, if another"
        ),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when it was written down",
        ),
        sa.Column(
            "effective_on", sa.Date(), nullable=True, comment="the day it speaks of, if not that"
        ),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.Column("previous_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("severity BETWEEN 1 AND 5", name=op.f("ck_severity_act_severity")),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_severity_act_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_severity_act_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["severity_act.id"], name=op.f("fk_severity_act_previous_id")
        ),
        sa.ForeignKeyConstraint(
            ["threat_id"], ["threat.id"], name=op.f("fk_severity_act_threat_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_severity_act")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_severity_act_previous_id")),
    )
    with op.batch_alter_table("severity_act", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_severity_act_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_severity_act_import_id"), ["import_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_severity_act_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_severity_act_threat_id"), ["threat_id"], unique=False)
        batch_op.create_index(
            "ux_severity_act_first",
            ["threat_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "severity_agreed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("scale_id", sa.String(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("threat_id", sa.Uuid(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.CheckConstraint("severity BETWEEN 1 AND 5", name=op.f("ck_severity_agreed_severity")),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_severity_agreed_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_severity_agreed_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["threat_id"], ["threat.id"], name=op.f("fk_severity_agreed_threat_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_severity_agreed")),
        sa.UniqueConstraint("threat_id", name=op.f("uq_severity_agreed_threat_id")),
    )
    with op.batch_alter_table("severity_agreed", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_severity_agreed_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_severity_agreed_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_severity_agreed_threat_id"), ["threat_id"], unique=False
        )

    op.create_table(
        "share_opening",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("share_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["share_id"], ["share.id"], name=op.f("fk_share_opening_share_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_opening")),
    )
    with op.batch_alter_table("share_opening", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_share_opening_share_id"), ["share_id"], unique=False)

    op.create_table(
        "threat_blocks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "subtype",
            sa.String(),
            nullable=False,
            comment="the workspace's own word under the risk's code",
        ),
        sa.Column("context", sa.String(), nullable=False),
        sa.Column(
            "effect",
            sa.String(),
            nullable=False,
            comment="on people, and who is more exposed than others",
        ),
        sa.Column("capacity", sa.String(), nullable=False),
        sa.Column("threat_id", sa.Uuid(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_threat_blocks_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_threat_blocks_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["threat_id"], ["threat.id"], name=op.f("fk_threat_blocks_threat_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threat_blocks")),
        sa.UniqueConstraint("threat_id", name=op.f("uq_threat_blocks_threat_id")),
    )
    with op.batch_alter_table("threat_blocks", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_threat_blocks_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_threat_blocks_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_threat_blocks_threat_id"), ["threat_id"], unique=False)

    op.create_table(
        "threat_distinct",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("first_id", sa.Uuid(), nullable=False, comment="the smaller id"),
        sa.Column("second_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.CheckConstraint("first_id <> second_id", name=op.f("ck_threat_distinct_two")),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_threat_distinct_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["first_id"], ["threat.id"], name=op.f("fk_threat_distinct_first_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_threat_distinct_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["threat.id"], name=op.f("fk_threat_distinct_second_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threat_distinct")),
        sa.UniqueConstraint(
            "organisation_id",
            "first_id",
            "second_id",
            name=op.f("uq_threat_distinct_organisation_id_first_id_second_id"),
        ),
    )
    with op.batch_alter_table("threat_distinct", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_threat_distinct_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_threat_distinct_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "threat_erasure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True, comment="empty = going on"),
        sa.Column("person_id", sa.Uuid(), nullable=True, comment="empty = the command"),
        sa.Column("threat_id", sa.Uuid(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_threat_erasure_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_threat_erasure_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["threat_id"], ["threat.id"], name=op.f("fk_threat_erasure_threat_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threat_erasure")),
        sa.UniqueConstraint("threat_id", name=op.f("uq_threat_erasure_threat_id")),
    )
    with op.batch_alter_table("threat_erasure", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_threat_erasure_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_threat_erasure_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_threat_erasure_threat_id"), ["threat_id"], unique=False
        )

    op.create_table(
        "threat_figure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False, comment="of the list figure-kinds"),
        sa.Column(
            "population", sa.String(), nullable=False, comment="of the list population-groups"
        ),
        sa.Column("sex", sa.String(), nullable=False),
        sa.Column("age", sa.String(), nullable=False, comment="of the list age-bands"),
        sa.Column("disability", sa.String(), nullable=False),
        sa.Column("low", sa.Integer(), nullable=True),
        sa.Column("high", sa.Integer(), nullable=True),
        sa.Column("is_unknown", sa.Boolean(), nullable=False, comment="which is not 0"),
        sa.Column("method", sa.String(), nullable=False, comment="of the list figure-methods"),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("threat_id", sa.Uuid(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.CheckConstraint("(low IS NULL) = (high IS NULL)", name=op.f("ck_threat_figure_both")),
        sa.CheckConstraint("is_unknown = (low IS NULL)", name=op.f("ck_threat_figure_known")),
        sa.CheckConstraint("low >= 0 AND high >= low", name=op.f("ck_threat_figure_order")),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_threat_figure_period")),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_threat_figure_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_threat_figure_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["threat_id"], ["threat.id"], name=op.f("fk_threat_figure_threat_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threat_figure")),
    )
    with op.batch_alter_table("threat_figure", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_threat_figure_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_threat_figure_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_threat_figure_threat_id"), ["threat_id"], unique=False)

    op.create_table(
        "threat_into",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("absorbed_id", sa.Uuid(), nullable=False),
        sa.Column("threat_id", sa.Uuid(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["absorbed_id"], ["threat.id"], name=op.f("fk_threat_into_absorbed_id")
        ),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_threat_into_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_threat_into_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["threat_id"], ["threat.id"], name=op.f("fk_threat_into_threat_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threat_into")),
        sa.UniqueConstraint("absorbed_id", name=op.f("uq_threat_into_absorbed_id")),
    )
    with op.batch_alter_table("threat_into", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_threat_into_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_threat_into_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_threat_into_threat_id"), ["threat_id"], unique=False)

    op.create_table(
        "threat_merge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("absorbed_id", sa.Uuid(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("is_merged", sa.Boolean(), nullable=False, comment="false = undone"),
        sa.Column("before", sa.JSON(), nullable=False, comment="audiences and status of both"),
        sa.Column("undo_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.Column(
            "person_id", sa.Uuid(), nullable=True, comment="who pressed the button; empty = import"
        ),
        sa.Column("seat_id", sa.Uuid(), nullable=True, comment="the seat that gave the power to"),
        sa.Column(
            "on_behalf_of", sa.Uuid(), nullable=True, comment="institution spoken for, if another"
        ),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when it was written down",
        ),
        sa.Column(
            "effective_on", sa.Date(), nullable=True, comment="the day it speaks of, if not that"
        ),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.Column("previous_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["absorbed_id"], ["threat.id"], name=op.f("fk_threat_merge_absorbed_id")
        ),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_threat_merge_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_threat_merge_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["threat_merge.id"], name=op.f("fk_threat_merge_previous_id")
        ),
        sa.ForeignKeyConstraint(
            ["survivor_id"], ["threat.id"], name=op.f("fk_threat_merge_survivor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threat_merge")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_threat_merge_previous_id")),
    )
    with op.batch_alter_table("threat_merge", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_threat_merge_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_threat_merge_import_id"), ["import_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_threat_merge_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "ux_threat_merge_first",
            ["absorbed_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "threat_nature",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False, comment="of the list threat-kinds"),
        sa.Column(
            "is_watched", sa.Boolean(), nullable=False, comment="no new report, and not over either"
        ),
        sa.Column("threat_id", sa.Uuid(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_threat_nature_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_threat_nature_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["threat_id"], ["threat.id"], name=op.f("fk_threat_nature_threat_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threat_nature")),
        sa.UniqueConstraint("threat_id", name=op.f("uq_threat_nature_threat_id")),
    )
    with op.batch_alter_table("threat_nature", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_threat_nature_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_threat_nature_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_threat_nature_threat_id"), ["threat_id"], unique=False)

    op.create_table(
        "threat_nobodys_words",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "digest",
            sa.String(),
            nullable=False,
            comment="of the marked words, none of which is kept",
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("threat_id", sa.Uuid(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_threat_nobodys_words_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"],
            ["audience.id"],
            name=op.f("fk_threat_nobodys_words_own_audience_id"),
        ),
        sa.ForeignKeyConstraint(
            ["threat_id"], ["threat.id"], name=op.f("fk_threat_nobodys_words_threat_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threat_nobodys_words")),
    )
    with op.batch_alter_table("threat_nobodys_words", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_threat_nobodys_words_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_threat_nobodys_words_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_threat_nobodys_words_threat_id"), ["threat_id"], unique=False
        )

    op.create_table(
        "threat_party",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(), nullable=False, comment="of the list actor-roles"),
        sa.Column(
            "category",
            sa.String(),
            nullable=False,
            comment="of actor-categories, or of duty-bearers",
        ),
        sa.Column("basis", sa.String(), nullable=False, comment="of the list actor-basis"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("threat_id", sa.Uuid(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_threat_party_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_threat_party_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["threat_id"], ["threat.id"], name=op.f("fk_threat_party_threat_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threat_party")),
    )
    with op.batch_alter_table("threat_party", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_threat_party_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_threat_party_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_threat_party_threat_id"), ["threat_id"], unique=False)

    op.create_table(
        "threat_place",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "area_id", sa.Uuid(), nullable=True, comment="of any level; empty = the whole country"
        ),
        sa.Column(
            "code", sa.String(), nullable=False, comment="the area's P-code as it was chosen"
        ),
        sa.Column("valid_from", sa.Date(), nullable=True, comment="of the code as it was chosen"),
        sa.Column(
            "name", sa.String(), nullable=False, comment="the place's name as it was entered"
        ),
        sa.Column("precision", sa.String(), nullable=False, comment="of the list place-precision"),
        sa.Column(
            "number",
            sa.Integer(),
            nullable=False,
            comment="its turn among the places of the threat",
        ),
        sa.Column("threat_id", sa.Uuid(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_threat_place_area_id")),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_threat_place_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_threat_place_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["threat_id"], ["threat.id"], name=op.f("fk_threat_place_threat_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threat_place")),
    )
    with op.batch_alter_table("threat_place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_threat_place_area_id"), ["area_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_threat_place_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_threat_place_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_threat_place_threat_id"), ["threat_id"], unique=False)

    op.create_table(
        "threat_region",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("area_id", sa.Uuid(), nullable=False),
        sa.Column("threat_id", sa.Uuid(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_threat_region_area_id")),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_threat_region_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_threat_region_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["threat_id"], ["threat.id"], name=op.f("fk_threat_region_threat_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threat_region")),
        sa.UniqueConstraint(
            "threat_id", "area_id", name=op.f("uq_threat_region_threat_id_area_id")
        ),
    )
    with op.batch_alter_table("threat_region", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_threat_region_area_id"), ["area_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_threat_region_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_threat_region_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_threat_region_threat_id"), ["threat_id"], unique=False)

    op.create_table(
        "threat_taken_over",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("threat_id", sa.Uuid(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_threat_taken_over_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_threat_taken_over_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["threat_id"], ["threat.id"], name=op.f("fk_threat_taken_over_threat_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threat_taken_over")),
        sa.UniqueConstraint("threat_id", name=op.f("uq_threat_taken_over_threat_id")),
    )
    with op.batch_alter_table("threat_taken_over", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_threat_taken_over_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_threat_taken_over_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_threat_taken_over_threat_id"), ["threat_id"], unique=False
        )

    op.create_table(
        "threat_words",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("field_class", sa.String(), nullable=False),
        sa.Column(
            "words", sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql"), nullable=False
        ),
        sa.Column(
            "tags",
            sa.String(),
            nullable=False,
            comment="a word for each group that finds it by this row",
        ),
        sa.Column("threat_id", sa.Uuid(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_threat_words_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_threat_words_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["threat_id"], ["threat.id"], name=op.f("fk_threat_words_threat_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threat_words")),
    )
    with op.batch_alter_table("threat_words", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_threat_words_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_threat_words_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_threat_words_threat_id"), ["threat_id"], unique=False)

    op.create_table(
        "widening",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("threat_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(), nullable=False, comment="asked, confirmed, taken-back"),
        sa.Column("choice", sa.JSON(), nullable=False, comment="level and who is named"),
        sa.Column(
            "on_audience", sa.Uuid(), nullable=False, comment="who saw it when this was asked"
        ),
        sa.Column(
            "until",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="it must be confirmed before",
        ),
        sa.Column(
            "alone_from",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="who asked may confirm it from then on; empty = never",
        ),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.Column(
            "person_id", sa.Uuid(), nullable=True, comment="who pressed the button; empty = import"
        ),
        sa.Column("seat_id", sa.Uuid(), nullable=True, comment="the seat that gave the power to"),
        sa.Column(
            "on_behalf_of", sa.Uuid(), nullable=True, comment="institution spoken for, if another"
        ),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when it was written down",
        ),
        sa.Column(
            "effective_on", sa.Date(), nullable=True, comment="the day it speaks of, if not that"
        ),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.Column("previous_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_widening_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_widening_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["widening.id"], name=op.f("fk_widening_previous_id")
        ),
        sa.ForeignKeyConstraint(["threat_id"], ["threat.id"], name=op.f("fk_widening_threat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_widening")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_widening_previous_id")),
    )
    with op.batch_alter_table("widening", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_widening_audience_id"), ["audience_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_widening_import_id"), ["import_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_widening_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_widening_threat_id"), ["threat_id"], unique=False)
        batch_op.create_index(
            "ux_widening_first",
            ["threat_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "assessment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("stance", sa.String(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=True, comment="empty = not assessed"),
        sa.Column("scale_id", sa.String(), nullable=False),
        sa.Column("likelihood", sa.String(), nullable=False, comment="empty = not said"),
        sa.Column("trend", sa.String(), nullable=False),
        sa.Column("how_known", sa.String(), nullable=False),
        sa.Column(
            "is_independent",
            sa.Boolean(),
            nullable=False,
            comment="its sources are not the record's",
        ),
        sa.Column("rationale", sa.String(), nullable=False),
        sa.Column("observed_from", sa.Date(), nullable=True),
        sa.Column("observed_to", sa.Date(), nullable=True),
        sa.Column("reach", sa.String(), nullable=False),
        sa.Column("attribution", sa.String(), nullable=False),
        sa.Column(
            "shows_dissent",
            sa.Boolean(),
            nullable=False,
            comment="beside an agreed severity that differs",
        ),
        sa.Column(
            "verified_by", sa.String(), nullable=False, comment="a body that verifies, cited"
        ),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("act_id", sa.Uuid(), nullable=False, comment="it came from"),
        sa.Column("threat_id", sa.Uuid(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.CheckConstraint("observed_to >= observed_from", name=op.f("ck_assessment_observed")),
        sa.CheckConstraint("severity BETWEEN 1 AND 5", name=op.f("ck_assessment_severity")),
        sa.ForeignKeyConstraint(
            ["act_id"], ["assessment_act.id"], name=op.f("fk_assessment_act_id")
        ),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_assessment_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_assessment_own_audience_id")
        ),
        sa.ForeignKeyConstraint(["threat_id"], ["threat.id"], name=op.f("fk_assessment_threat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint(
            "threat_id",
            "organisation_id",
            "period",
            name=op.f("uq_assessment_threat_id_organisation_id_period"),
        ),
    )
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_assessment_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_assessment_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_assessment_threat_id"), ["threat_id"], unique=False)

    op.create_table(
        "proposal_act",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("deed", sa.String(), nullable=False),
        sa.Column("taken", sa.JSON(), nullable=False, comment="fields that were accepted"),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("threat_id", sa.Uuid(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.Column(
            "person_id", sa.Uuid(), nullable=True, comment="who pressed the button; empty = import"
        ),
        sa.Column("seat_id", sa.Uuid(), nullable=True, comment="the seat that gave the power to"),
        sa.Column(
            "on_behalf_of", sa.Uuid(), nullable=True, comment="institution spoken for, if another"
        ),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when it was written down",
        ),
        sa.Column(
            "effective_on", sa.Date(), nullable=True, comment="the day it speaks of, if not that"
        ),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.Column("previous_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_proposal_act_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_proposal_act_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["proposal_act.id"], name=op.f("fk_proposal_act_previous_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_act_proposal_id")
        ),
        sa.ForeignKeyConstraint(
            ["threat_id"], ["threat.id"], name=op.f("fk_proposal_act_threat_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_act")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_proposal_act_previous_id")),
    )
    with op.batch_alter_table("proposal_act", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_proposal_act_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_proposal_act_import_id"), ["import_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_proposal_act_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_proposal_act_threat_id"), ["threat_id"], unique=False)
        batch_op.create_index(
            "ux_proposal_act_first",
            ["proposal_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "severity_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False, comment="organisation"),
        sa.Column("act_id", sa.Uuid(), nullable=False),
        sa.Column("threat_id", sa.Uuid(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["act_id"], ["severity_act.id"], name=op.f("fk_severity_note_act_id")
        ),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_severity_note_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_severity_note_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["threat_id"], ["threat.id"], name=op.f("fk_severity_note_threat_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_severity_note")),
        sa.UniqueConstraint("threat_id", name=op.f("uq_severity_note_threat_id")),
    )
    with op.batch_alter_table("severity_note", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_severity_note_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_severity_note_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_severity_note_threat_id"), ["threat_id"], unique=False)

    op.create_table(
        "threat_party_name",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("threat_id", sa.Uuid(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_threat_party_name_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_threat_party_name_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["party_id"], ["threat_party.id"], name=op.f("fk_threat_party_name_party_id")
        ),
        sa.ForeignKeyConstraint(
            ["threat_id"], ["threat.id"], name=op.f("fk_threat_party_name_threat_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threat_party_name")),
        sa.UniqueConstraint("party_id", name=op.f("uq_threat_party_name_party_id")),
    )
    with op.batch_alter_table("threat_party_name", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_threat_party_name_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_threat_party_name_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_threat_party_name_threat_id"), ["threat_id"], unique=False
        )

    op.create_table(
        "threat_point",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=False, comment="degrees, north is positive"),
        sa.Column("longitude", sa.Double(), nullable=False, comment="degrees, east is positive"),
        sa.Column("threat_id", sa.Uuid(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.CheckConstraint("latitude BETWEEN -90 AND 90", name=op.f("ck_threat_point_latitude")),
        sa.CheckConstraint(
            "longitude BETWEEN -180 AND 180", name=op.f("ck_threat_point_longitude")
        ),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_threat_point_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_threat_point_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["threat_place.id"], name=op.f("fk_threat_point_place_id")
        ),
        sa.ForeignKeyConstraint(
            ["threat_id"], ["threat.id"], name=op.f("fk_threat_point_threat_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threat_point")),
        sa.UniqueConstraint("place_id", name=op.f("uq_threat_point_place_id")),
    )
    with op.batch_alter_table("threat_point", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_threat_point_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_threat_point_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_threat_point_threat_id"), ["threat_id"], unique=False)

    op.create_table(
        "ask_raising",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("act_id", sa.Uuid(), nullable=False),
        sa.Column("ask_id", sa.Uuid(), nullable=False),
        sa.Column("whom", sa.String(), nullable=False, comment="by role, never by name"),
        sa.Column("reply", sa.String(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True, comment="when to raise it again"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(["act_id"], ["ask_act.id"], name=op.f("fk_ask_raising_act_id")),
        sa.ForeignKeyConstraint(["ask_id"], ["ask.id"], name=op.f("fk_ask_raising_ask_id")),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_ask_raising_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_ask_raising_own_audience_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ask_raising")),
        sa.UniqueConstraint("act_id", name=op.f("uq_ask_raising_act_id")),
    )
    with op.batch_alter_table("ask_raising", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ask_raising_ask_id"), ["ask_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_ask_raising_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index("ix_ask_raising_next", ["organisation_id", "next_on"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_ask_raising_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "assessment_contributor",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("threat_id", sa.Uuid(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_assessment_contributor_assessment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_assessment_contributor_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"],
            ["audience.id"],
            name=op.f("fk_assessment_contributor_own_audience_id"),
        ),
        sa.ForeignKeyConstraint(
            ["threat_id"], ["threat.id"], name=op.f("fk_assessment_contributor_threat_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_contributor")),
        sa.UniqueConstraint("assessment_id", name=op.f("uq_assessment_contributor_assessment_id")),
    )
    with op.batch_alter_table("assessment_contributor", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_assessment_contributor_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_assessment_contributor_organisation_id"),
            ["organisation_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_assessment_contributor_threat_id"), ["threat_id"], unique=False
        )

    op.create_table(
        "assessment_detail",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("threat_id", sa.Uuid(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_assessment_detail_assessment_id")
        ),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_assessment_detail_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_assessment_detail_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["threat_id"], ["threat.id"], name=op.f("fk_assessment_detail_threat_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_detail")),
        sa.UniqueConstraint("assessment_id", name=op.f("uq_assessment_detail_assessment_id")),
    )
    with op.batch_alter_table("assessment_detail", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_assessment_detail_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_assessment_detail_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_assessment_detail_threat_id"), ["threat_id"], unique=False
        )

    op.create_table(
        "read_annexes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("text_id", sa.Uuid(), nullable=False),
        sa.Column(
            "annexes", sa.JSON(), nullable=False, comment="id, number, title and file of each"
        ),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_read_annexes_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_read_annexes_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["text_id"], ["read_text.id"], name=op.f("fk_read_annexes_text_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_read_annexes")),
        sa.UniqueConstraint("text_id", name=op.f("uq_read_annexes_text_id")),
    )
    with op.batch_alter_table("read_annexes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_read_annexes_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_read_annexes_organisation_id"), ["organisation_id"], unique=False
        )

    with op.batch_alter_table("threat", schema=None) as batch_op:
        batch_op.create_index(
            "ix_threat_counted",
            [
                "workspace_id",
                "status",
                "audience_id",
                "risk_code",
                "area_id",
                "severity",
                "trend",
                "id",
            ],
            unique=False,
        )
        batch_op.create_index(
            "ix_threat_most",
            ["workspace_id", "status", "people_least", "checked_at", "id", "audience_id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_threat_newest",
            ["workspace_id", "status", "checked_at", "id", "audience_id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_threat_title",
            ["workspace_id", "status", "title", "id", "audience_id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_threat_worst",
            ["workspace_id", "status", "severity", "checked_at", "id", "audience_id"],
            unique=False,
        )

    with op.batch_alter_table("threat_version", schema=None) as batch_op:
        batch_op.alter_column("changes", existing_type=sqlite.JSON(), nullable=True)

    # ### end Alembic commands ###
    connection = op.get_bind()
    for table, columns in {**SEALED, **AGAIN}.items():
        seal(connection, table, columns)
    wall(connection, WALLED)
    index(connection, "threat_words", TAGGED)


def downgrade() -> None:
    connection = op.get_bind()
    unindex(connection, "threat_words")
    for table in SEALED:
        unseal(connection, table)
    # ### commands auto generated by Alembic - please adjust! ###
    with op.batch_alter_table("threat_version", schema=None) as batch_op:
        batch_op.alter_column("changes", existing_type=sqlite.JSON(), nullable=False)

    with op.batch_alter_table("threat", schema=None) as batch_op:
        batch_op.drop_index("ix_threat_worst")
        batch_op.drop_index("ix_threat_title")
        batch_op.drop_index("ix_threat_newest")
        batch_op.drop_index("ix_threat_most")
        batch_op.drop_index("ix_threat_counted")

    with op.batch_alter_table("read_annexes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_read_annexes_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_read_annexes_audience_id"))

    op.drop_table("read_annexes")
    with op.batch_alter_table("assessment_detail", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessment_detail_threat_id"))
        batch_op.drop_index(batch_op.f("ix_assessment_detail_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_assessment_detail_audience_id"))

    op.drop_table("assessment_detail")
    with op.batch_alter_table("assessment_contributor", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessment_contributor_threat_id"))
        batch_op.drop_index(batch_op.f("ix_assessment_contributor_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_assessment_contributor_audience_id"))

    op.drop_table("assessment_contributor")
    with op.batch_alter_table("ask_raising", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ask_raising_organisation_id"))
        batch_op.drop_index("ix_ask_raising_next")
        batch_op.drop_index(batch_op.f("ix_ask_raising_audience_id"))
        batch_op.drop_index(batch_op.f("ix_ask_raising_ask_id"))

    op.drop_table("ask_raising")
    with op.batch_alter_table("threat_point", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_threat_point_threat_id"))
        batch_op.drop_index(batch_op.f("ix_threat_point_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_threat_point_audience_id"))

    op.drop_table("threat_point")
    with op.batch_alter_table("threat_party_name", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_threat_party_name_threat_id"))
        batch_op.drop_index(batch_op.f("ix_threat_party_name_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_threat_party_name_audience_id"))

    op.drop_table("threat_party_name")
    with op.batch_alter_table("severity_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_severity_note_threat_id"))
        batch_op.drop_index(batch_op.f("ix_severity_note_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_severity_note_audience_id"))

    op.drop_table("severity_note")
    with op.batch_alter_table("proposal_act", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_proposal_act_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_proposal_act_threat_id"))
        batch_op.drop_index(batch_op.f("ix_proposal_act_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_proposal_act_import_id"))
        batch_op.drop_index(batch_op.f("ix_proposal_act_audience_id"))

    op.drop_table("proposal_act")
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessment_threat_id"))
        batch_op.drop_index(batch_op.f("ix_assessment_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_assessment_audience_id"))

    op.drop_table("assessment")
    with op.batch_alter_table("widening", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_widening_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_widening_threat_id"))
        batch_op.drop_index(batch_op.f("ix_widening_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_widening_import_id"))
        batch_op.drop_index(batch_op.f("ix_widening_audience_id"))

    op.drop_table("widening")
    with op.batch_alter_table("threat_words", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_threat_words_threat_id"))
        batch_op.drop_index(batch_op.f("ix_threat_words_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_threat_words_audience_id"))

    op.drop_table("threat_words")
    with op.batch_alter_table("threat_taken_over", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_threat_taken_over_threat_id"))
        batch_op.drop_index(batch_op.f("ix_threat_taken_over_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_threat_taken_over_audience_id"))

    op.drop_table("threat_taken_over")
    with op.batch_alter_table("threat_region", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_threat_region_threat_id"))
        batch_op.drop_index(batch_op.f("ix_threat_region_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_threat_region_audience_id"))
        batch_op.drop_index(batch_op.f("ix_threat_region_area_id"))

    op.drop_table("threat_region")
    with op.batch_alter_table("threat_place", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_threat_place_threat_id"))
        batch_op.drop_index(batch_op.f("ix_threat_place_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_threat_place_audience_id"))
        batch_op.drop_index(batch_op.f("ix_threat_place_area_id"))

    op.drop_table("threat_place")
    with op.batch_alter_table("threat_party", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_threat_party_threat_id"))
        batch_op.drop_index(batch_op.f("ix_threat_party_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_threat_party_audience_id"))

    op.drop_table("threat_party")
    with op.batch_alter_table("threat_nobodys_words", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_threat_nobodys_words_threat_id"))
        batch_op.drop_index(batch_op.f("ix_threat_nobodys_words_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_threat_nobodys_words_audience_id"))

    op.drop_table("threat_nobodys_words")
    with op.batch_alter_table("threat_nature", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_threat_nature_threat_id"))
        batch_op.drop_index(batch_op.f("ix_threat_nature_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_threat_nature_audience_id"))

    op.drop_table("threat_nature")
    with op.batch_alter_table("threat_merge", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_threat_merge_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_threat_merge_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_threat_merge_import_id"))
        batch_op.drop_index(batch_op.f("ix_threat_merge_audience_id"))

    op.drop_table("threat_merge")
    with op.batch_alter_table("threat_into", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_threat_into_threat_id"))
        batch_op.drop_index(batch_op.f("ix_threat_into_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_threat_into_audience_id"))

    op.drop_table("threat_into")
    with op.batch_alter_table("threat_figure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_threat_figure_threat_id"))
        batch_op.drop_index(batch_op.f("ix_threat_figure_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_threat_figure_audience_id"))

    op.drop_table("threat_figure")
    with op.batch_alter_table("threat_erasure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_threat_erasure_threat_id"))
        batch_op.drop_index(batch_op.f("ix_threat_erasure_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_threat_erasure_audience_id"))

    op.drop_table("threat_erasure")
    with op.batch_alter_table("threat_distinct", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_threat_distinct_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_threat_distinct_audience_id"))

    op.drop_table("threat_distinct")
    with op.batch_alter_table("threat_blocks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_threat_blocks_threat_id"))
        batch_op.drop_index(batch_op.f("ix_threat_blocks_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_threat_blocks_audience_id"))

    op.drop_table("threat_blocks")
    with op.batch_alter_table("share_opening", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_share_opening_share_id"))

    op.drop_table("share_opening")
    with op.batch_alter_table("severity_agreed", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_severity_agreed_threat_id"))
        batch_op.drop_index(batch_op.f("ix_severity_agreed_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_severity_agreed_audience_id"))

    op.drop_table("severity_agreed")
    with op.batch_alter_table("severity_act", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_severity_act_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_severity_act_threat_id"))
        batch_op.drop_index(batch_op.f("ix_severity_act_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_severity_act_import_id"))
        batch_op.drop_index(batch_op.f("ix_severity_act_audience_id"))

    op.drop_table("severity_act")
    with op.batch_alter_table("ring_member", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_ring_member_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_ring_member_ring_id"))
        batch_op.drop_index(batch_op.f("ix_ring_member_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_ring_member_import_id"))
        batch_op.drop_index(batch_op.f("ix_ring_member_audience_id"))

    op.drop_table("ring_member")
    with op.batch_alter_table("protocol_acceptance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_protocol_acceptance_protocol_id"))
        batch_op.drop_index(batch_op.f("ix_protocol_acceptance_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_protocol_acceptance_audience_id"))

    op.drop_table("protocol_acceptance")
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposal_threat_id"))
        batch_op.drop_index(batch_op.f("ix_proposal_owner_id"))
        batch_op.drop_index(batch_op.f("ix_proposal_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_proposal_audience_id"))

    op.drop_table("proposal")
    with op.batch_alter_table("outcome_wording", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_outcome_wording_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_outcome_wording_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_outcome_wording_import_id"))
        batch_op.drop_index(batch_op.f("ix_outcome_wording_audience_id"))

    op.drop_table("outcome_wording")
    with op.batch_alter_table("outcome_second", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_outcome_second_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_outcome_second_outcome_id"))
        batch_op.drop_index(batch_op.f("ix_outcome_second_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_outcome_second_import_id"))
        batch_op.drop_index(batch_op.f("ix_outcome_second_audience_id"))

    op.drop_table("outcome_second")
    with op.batch_alter_table("outcome_part", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_outcome_part_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_outcome_part_outcome_id"))
        batch_op.drop_index(batch_op.f("ix_outcome_part_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_outcome_part_import_id"))
        batch_op.drop_index(batch_op.f("ix_outcome_part_audience_id"))

    op.drop_table("outcome_part")
    with op.batch_alter_table("outcome_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outcome_note_outcome_id"))
        batch_op.drop_index(batch_op.f("ix_outcome_note_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_outcome_note_audience_id"))

    op.drop_table("outcome_note")
    with op.batch_alter_table("outcome_event", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_outcome_event_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index("ix_outcome_event_outcome")
        batch_op.drop_index(batch_op.f("ix_outcome_event_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_outcome_event_import_id"))
        batch_op.drop_index(batch_op.f("ix_outcome_event_audience_id"))

    op.drop_table("outcome_event")
    with op.batch_alter_table("institution_succession", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_institution_succession_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_institution_succession_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_institution_succession_into_id"))
        batch_op.drop_index(batch_op.f("ix_institution_succession_import_id"))
        batch_op.drop_index(batch_op.f("ix_institution_succession_audience_id"))

    op.drop_table("institution_succession")
    with op.batch_alter_table("hand_over", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_hand_over_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_hand_over_to_id"))
        batch_op.drop_index(batch_op.f("ix_hand_over_threat_id"))
        batch_op.drop_index(batch_op.f("ix_hand_over_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_hand_over_import_id"))
        batch_op.drop_index(batch_op.f("ix_hand_over_audience_id"))

    op.drop_table("hand_over")
    with op.batch_alter_table("extract_end", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_extract_end_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_extract_end_audience_id"))

    op.drop_table("extract_end")
    with op.batch_alter_table("assessment_act", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_assessment_act_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_assessment_act_threat_id"))
        batch_op.drop_index(batch_op.f("ix_assessment_act_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_assessment_act_import_id"))
        batch_op.drop_index(batch_op.f("ix_assessment_act_audience_id"))

    op.drop_table("assessment_act")
    with op.batch_alter_table("area_word", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_area_word_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_area_word_threat_id"))
        batch_op.drop_index(batch_op.f("ix_area_word_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_area_word_lead_id"))
        batch_op.drop_index(batch_op.f("ix_area_word_import_id"))
        batch_op.drop_index(batch_op.f("ix_area_word_audience_id"))

    op.drop_table("area_word")
    with op.batch_alter_table("share", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_share_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_share_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_share_audience_id"))

    op.drop_table("share")
    with op.batch_alter_table("saved_view", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_saved_view_person_id"))
        batch_op.drop_index(batch_op.f("ix_saved_view_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_saved_view_audience_id"))

    op.drop_table("saved_view")
    with op.batch_alter_table("ring", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ring_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_ring_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_ring_audience_id"))

    op.drop_table("ring")
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_report_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_report_audience_id"))

    op.drop_table("report")
    with op.batch_alter_table("protocol", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_protocol_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_protocol_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_protocol_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_protocol_import_id"))
        batch_op.drop_index(batch_op.f("ix_protocol_audience_id"))

    op.drop_table("protocol")
    with op.batch_alter_table("outcome", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outcome_organisation_id"))
        batch_op.drop_index("ix_outcome_newest")
        batch_op.drop_index(batch_op.f("ix_outcome_audience_id"))

    op.drop_table("outcome")
    with op.batch_alter_table("intake_sheet", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_intake_sheet_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_intake_sheet_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_intake_sheet_audience_id"))

    op.drop_table("intake_sheet")
    with op.batch_alter_table("extract", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_extract_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_extract_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_extract_audience_id"))

    op.drop_table("extract")
    with op.batch_alter_table("disclosure_limit", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_disclosure_limit_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_disclosure_limit_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_disclosure_limit_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_disclosure_limit_import_id"))
        batch_op.drop_index(batch_op.f("ix_disclosure_limit_audience_id"))

    op.drop_table("disclosure_limit")
    op.drop_table("area_shape")
    with op.batch_alter_table("area_name", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_area_name_area_id"))

    op.drop_table("area_name")
    with op.batch_alter_table("area_lead", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_area_lead_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_area_lead_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_area_lead_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_area_lead_import_id"))
        batch_op.drop_index(batch_op.f("ix_area_lead_audience_id"))

    op.drop_table("area_lead")
    # ### end Alembic commands ###
    for table, columns in AGAIN.items():
        seal(connection, table, columns)
