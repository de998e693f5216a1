"""Evidence, talk and ties; what walls and counts ask, they ask once.

Data and schema move apart. A column is removed one release after its last use. After a batch
operation on a sealed table call `seal` again: batch mode drops triggers without a word.
"""

import sqlalchemy as sa
from alembic import op

from advocacy.access.schema import rewall, wall
from advocacy.counting.schema import unwatch, watch
from advocacy.ground.acts import seal, unseal

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


# Rows of these tables are written once; the columns are those that may not change.
SEALED = {
    "ask_due_mail": [
        "id",
        "to_id",
        "step",
        "recorded_at",
        "organisation_id",
        "audience_id",
        "own_audience_id",
    ],
    "opportunity": [
        "id",
        "workspace_id",
        "window_id",
        "name",
        "forum",
        "begins_on",
        "ends_on",
        "is_off",
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
    "exhibit_act": [
        "id",
        "exhibit_id",
        "what",
        "why",
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
    "opportunity_use": [
        "id",
        "window_id",
        "recommendation_id",
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
    "recommendation_tie": [
        "id",
        "workspace_id",
        "source_id",
        "target_id",
        "kind",
        "stands",
        "text",
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
    "recommendation_wording": [
        "id",
        "recommendation_id",
        "language",
        "text",
        "is_official",
        "source",
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
    "ask_focal": [
        "id",
        "ask_id",
        "focal_id",
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
    "ask_minding": [
        "id",
        "ask_id",
        "from_id",
        "to_id",
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
    "ask_snooze": [
        "id",
        "ask_id",
        "until_on",
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
    "milestone": [
        "id",
        "milestone_id",
        "ask_id",
        "text",
        "due_on",
        "due_precision",
        "state",
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
    "threat_remark_act": [
        "id",
        "remark_id",
        "deed",
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
    "recommendation": [
        "workspace_id",
        "ref",
        "text",
        "language",
        "import_id",
    ],
}
# Tables that only their audience may read: row-level security on PostgreSQL.
WALLED = [
    "ask_due_mail",
    "ask_focal",
    "ask_minding",
    "ask_snooze",
    "exhibit",
    "exhibit_act",
    "exhibit_file",
    "feed",
    "milestone",
    "opportunity",
    "opportunity_use",
    "recommendation_batch",
    "recommendation_tie",
    "recommendation_wording",
    "threat_remark",
    "threat_remark_act",
    "threat_remark_ask",
]


def upgrade() -> None:
    # ### commands auto generated by Alembic - please adjust! ###
    op.create_table(
        "ask_due_mail",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(), nullable=False, comment="workspace, organisation and week"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_ask_due_mail_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_ask_due_mail_own_audience_id")
        ),
        sa.ForeignKeyConstraint(["to_id"], ["person.id"], name=op.f("fk_ask_due_mail_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ask_due_mail")),
        sa.UniqueConstraint("to_id", "step", name=op.f("uq_ask_due_mail_to_id_step")),
    )
    with op.batch_alter_table("ask_due_mail", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ask_due_mail_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_ask_due_mail_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "feed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column(
            "with_titles",
            sa.Boolean(),
            nullable=False,
            comment="of a calendar: the titles of asks too",
        ),
        sa.Column("bearer_id", sa.Uuid(), nullable=False, comment="what opens it"),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.CheckConstraint("what IN ('calendar', 'news')", name=op.f("ck_feed_what")),
        sa.ForeignKeyConstraint(["audience_id"], ["audience.id"], name=op.f("fk_feed_audience_id")),
        sa.ForeignKeyConstraint(["bearer_id"], ["bearer.id"], name=op.f("fk_feed_bearer_id")),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_feed_own_audience_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_feed_person_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_feed_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed")),
    )
    with op.batch_alter_table("feed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feed_audience_id"), ["audience_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_feed_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_feed_person_id"), ["person_id"], unique=False)

    op.create_table(
        "opportunity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("window_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("forum", sa.String(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False, comment="its last day"),
        sa.Column("is_off", sa.Boolean(), nullable=False, comment="it does not take place"),
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
        sa.CheckConstraint("begins_on <= ends_on", name=op.f("ck_opportunity_days")),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_opportunity_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_opportunity_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["opportunity.id"], name=op.f("fk_opportunity_previous_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_opportunity_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_opportunity_previous_id")),
    )
    with op.batch_alter_table("opportunity", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_opportunity_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index("ix_opportunity_days", ["workspace_id", "ends_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_opportunity_import_id"), ["import_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_opportunity_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "ux_opportunity_first",
            ["window_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "recommendation_batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(), nullable=False, comment="of the file"),
        sa.Column("digest", sa.String(), nullable=False, comment="sha256 of what was sent, hex"),
        sa.Column("header", sa.JSON(), nullable=False),
        sa.Column(
            "lines", sa.JSON(), nullable=False, comment="[line in the file, cells] of each row"
        ),
        sa.Column(
            "refused", sa.JSON(), nullable=False, comment="[line, code, facts] of rows not readable"
        ),
        sa.Column(
            "notes", sa.JSON(), nullable=False, comment="[code, facts]: what was found of the file"
        ),
        sa.Column("matched", sa.JSON(), nullable=False, comment="column -> field, as confirmed"),
        sa.Column("about", sa.JSON(), nullable=False, comment="what holds for every row"),
        sa.Column(
            "owners",
            sa.JSON(),
            nullable=False,
            comment="name, as compared -> institution, new:kind, or empty: leave it out",
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
            ["audience_id"], ["audience.id"], name=op.f("fk_recommendation_batch_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"],
            ["audience.id"],
            name=op.f("fk_recommendation_batch_own_audience_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_recommendation_batch_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_batch")),
    )
    with op.batch_alter_table("recommendation_batch", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recommendation_batch_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_recommendation_batch_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_recommendation_batch_workspace_id"), ["workspace_id"], unique=False
        )

    op.create_table(
        "exhibit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "period",
            sa.String(),
            nullable=False,
            comment="the view's quarter, 2026-Q4; empty = of the record itself",
        ),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False, comment="what it is, in one sentence"),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column(
            "is_held", sa.Boolean(), nullable=False, comment="by its organisation, not shared"
        ),
        sa.Column(
            "ask",
            sa.String(),
            nullable=False,
            comment="whom to ask, in words of a role; empty = nobody",
        ),
        sa.Column("consent", sa.String(), nullable=False),
        sa.Column("consent_to", sa.String(), nullable=False, comment="what was agreed to"),
        sa.Column(
            "consent_by", sa.String(), nullable=False, comment="who agreed, in words of a role"
        ),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("reach", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_why", sa.String(), nullable=False),
        sa.Column("threat_id", sa.Uuid(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_why = '')", name=op.f("ck_exhibit_withdrawn")
        ),
        sa.CheckConstraint("NOT is_held OR ask <> ''", name=op.f("ck_exhibit_whom")),
        sa.CheckConstraint(
            "consent IN ('given', 'not-needed', 'not-asked')", name=op.f("ck_exhibit_consent")
        ),
        sa.CheckConstraint(
            "direction IN ('supports', 'weakens')", name=op.f("ck_exhibit_direction")
        ),
        sa.CheckConstraint("is_held OR consent <> 'not-asked'", name=op.f("ck_exhibit_agreed")),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_exhibit_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_exhibit_own_audience_id")
        ),
        sa.ForeignKeyConstraint(["threat_id"], ["threat.id"], name=op.f("fk_exhibit_threat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exhibit")),
    )
    with op.batch_alter_table("exhibit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exhibit_audience_id"), ["audience_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_exhibit_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_exhibit_threat_id"), ["threat_id"], unique=False)

    op.create_table(
        "exhibit_act",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("exhibit_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(), nullable=False, comment="added, withdrawn"),
        sa.Column("why", sa.String(), nullable=False),
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
            ["audience_id"], ["audience.id"], name=op.f("fk_exhibit_act_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_exhibit_act_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["exhibit_act.id"], name=op.f("fk_exhibit_act_previous_id")
        ),
        sa.ForeignKeyConstraint(
            ["threat_id"], ["threat.id"], name=op.f("fk_exhibit_act_threat_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exhibit_act")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_exhibit_act_previous_id")),
    )
    with op.batch_alter_table("exhibit_act", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_exhibit_act_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_exhibit_act_exhibit_id"), ["exhibit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_exhibit_act_import_id"), ["import_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_exhibit_act_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_exhibit_act_threat_id"), ["threat_id"], unique=False)
        batch_op.create_index(
            "ux_exhibit_act_first",
            ["exhibit_id", "organisation_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "opportunity_use",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("window_id", sa.Uuid(), nullable=False),
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
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
            ["audience_id"], ["audience.id"], name=op.f("fk_opportunity_use_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_opportunity_use_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["opportunity_use.id"], name=op.f("fk_opportunity_use_previous_id")
        ),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.id"],
            name=op.f("fk_opportunity_use_recommendation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity_use")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_opportunity_use_previous_id")),
    )
    with op.batch_alter_table("opportunity_use", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_opportunity_use_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_opportunity_use_import_id"), ["import_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_opportunity_use_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_opportunity_use_recommendation_id"), ["recommendation_id"], unique=False
        )
        batch_op.create_index(
            "ux_opportunity_use_first",
            ["window_id", "recommendation_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "recommendation_tie",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False, comment="false: the tie was ended"),
        sa.Column("text", sa.String(), nullable=False, comment="why"),
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
        sa.CheckConstraint("source_id <> target_id", name=op.f("ck_recommendation_tie_two_ends")),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_recommendation_tie_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_recommendation_tie_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"],
            ["recommendation_tie.id"],
            name=op.f("fk_recommendation_tie_previous_id"),
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["recommendation.id"], name=op.f("fk_recommendation_tie_source_id")
        ),
        sa.ForeignKeyConstraint(
            ["target_id"], ["recommendation.id"], name=op.f("fk_recommendation_tie_target_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_recommendation_tie_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_tie")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_recommendation_tie_previous_id")),
    )
    with op.batch_alter_table("recommendation_tie", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recommendation_tie_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_recommendation_tie_import_id"), ["import_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_recommendation_tie_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index("ix_recommendation_tie_target", ["target_id", "kind"], unique=False)
        batch_op.create_index("ix_recommendation_tie_workspace", ["workspace_id"], unique=False)
        batch_op.create_index(
            "ux_recommendation_tie_first",
            ["source_id", "target_id", "kind"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "recommendation_wording",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(), nullable=False, comment="BCP 47"),
        sa.Column("text", sa.String(), nullable=False, comment="word for word"),
        sa.Column(
            "is_official",
            sa.Boolean(),
            nullable=False,
            comment="issued like this; else our translation",
        ),
        sa.Column(
            "source", sa.String(), nullable=False, comment="where the official text is found"
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
            "NOT is_official OR source <> ''",
            name=op.f("ck_recommendation_wording_official_source"),
        ),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_recommendation_wording_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"],
            ["audience.id"],
            name=op.f("fk_recommendation_wording_own_audience_id"),
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"],
            ["recommendation_wording.id"],
            name=op.f("fk_recommendation_wording_previous_id"),
        ),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.id"],
            name=op.f("fk_recommendation_wording_recommendation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_wording")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_recommendation_wording_previous_id")),
    )
    with op.batch_alter_table("recommendation_wording", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recommendation_wording_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_recommendation_wording_import_id"), ["import_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_recommendation_wording_organisation_id"),
            ["organisation_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_recommendation_wording_recommendation_id"),
            ["recommendation_id"],
            unique=False,
        )
        batch_op.create_index(
            "ux_recommendation_wording_first",
            ["recommendation_id", "language"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "threat_mark",
        sa.Column("audience_id", sa.Uuid(), nullable=False),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_threat_mark_audience_id")
        ),
        sa.PrimaryKeyConstraint("audience_id", name=op.f("pk_threat_mark")),
    )
    op.create_table(
        "threat_remark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("said_to", sa.String(), nullable=False, comment="whom it is for"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
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
            ["audience_id"], ["audience.id"], name=op.f("fk_threat_remark_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_threat_remark_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["threat_id"], ["threat.id"], name=op.f("fk_threat_remark_threat_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threat_remark")),
    )
    with op.batch_alter_table("threat_remark", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_threat_remark_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_threat_remark_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index("ix_threat_remark_said", ["threat_id", "at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_threat_remark_threat_id"), ["threat_id"], unique=False)

    op.create_table(
        "ask_focal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ask_id", sa.Uuid(), nullable=False),
        sa.Column("focal_id", sa.Uuid(), nullable=True, comment="empty = all focal points of it"),
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
        sa.ForeignKeyConstraint(["ask_id"], ["ask.id"], name=op.f("fk_ask_focal_ask_id")),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_ask_focal_audience_id")
        ),
        sa.ForeignKeyConstraint(["focal_id"], ["person.id"], name=op.f("fk_ask_focal_focal_id")),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_ask_focal_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["ask_focal.id"], name=op.f("fk_ask_focal_previous_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ask_focal")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_ask_focal_previous_id")),
    )
    with op.batch_alter_table("ask_focal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ask_focal_ask_id"), ["ask_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ask_focal_audience_id"), ["audience_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ask_focal_focal_id"), ["focal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ask_focal_import_id"), ["import_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_ask_focal_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "ux_ask_focal_first",
            ["ask_id", "organisation_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "ask_minding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ask_id", sa.Uuid(), nullable=False),
        sa.Column(
            "from_id", sa.Uuid(), nullable=True, comment="organisation before; empty = nobody"
        ),
        sa.Column("to_id", sa.Uuid(), nullable=False),
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
        sa.ForeignKeyConstraint(["ask_id"], ["ask.id"], name=op.f("fk_ask_minding_ask_id")),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_ask_minding_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_ask_minding_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["ask_minding.id"], name=op.f("fk_ask_minding_previous_id")
        ),
        sa.ForeignKeyConstraint(["to_id"], ["organisation.id"], name=op.f("fk_ask_minding_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ask_minding")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_ask_minding_previous_id")),
    )
    with op.batch_alter_table("ask_minding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ask_minding_ask_id"), ["ask_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_ask_minding_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_ask_minding_import_id"), ["import_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_ask_minding_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "ux_ask_minding_first",
            ["ask_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "ask_snooze",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ask_id", sa.Uuid(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True, comment="it comes back on this day"),
        sa.Column("reason", sa.String(), nullable=False),
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
        sa.ForeignKeyConstraint(["ask_id"], ["ask.id"], name=op.f("fk_ask_snooze_ask_id")),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_ask_snooze_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_ask_snooze_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["ask_snooze.id"], name=op.f("fk_ask_snooze_previous_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ask_snooze")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_ask_snooze_previous_id")),
    )
    with op.batch_alter_table("ask_snooze", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ask_snooze_ask_id"), ["ask_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_ask_snooze_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_ask_snooze_import_id"), ["import_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_ask_snooze_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "ux_ask_snooze_first",
            ["ask_id", "organisation_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "exhibit_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("exhibit_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("media", sa.String(), nullable=False, comment="its type, found by what it holds"),
        sa.Column("size", sa.Integer(), nullable=False, comment="bytes"),
        sa.Column(
            "tells",
            sa.JSON(),
            nullable=False,
            comment="what it says of its writers, in closed words",
        ),
        sa.Column(
            "scanned_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="empty = not scanned for viruses",
        ),
        sa.Column(
            "scanned_by",
            sa.String(),
            nullable=False,
            comment="the scanner and the day of its signatures",
        ),
        sa.Column("data", sa.LargeBinary(), nullable=False),
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
            ["audience_id"], ["audience.id"], name=op.f("fk_exhibit_file_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["exhibit_id"],
            ["exhibit.id"],
            name=op.f("fk_exhibit_file_exhibit_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_exhibit_file_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["threat_id"], ["threat.id"], name=op.f("fk_exhibit_file_threat_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exhibit_file")),
        sa.UniqueConstraint("exhibit_id", name=op.f("uq_exhibit_file_exhibit_id")),
    )
    with op.batch_alter_table("exhibit_file", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_exhibit_file_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_exhibit_file_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_exhibit_file_threat_id"), ["threat_id"], unique=False)

    op.create_table(
        "milestone",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("milestone_id", sa.Uuid(), nullable=False),
        sa.Column("ask_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_precision", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
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
            "state IN ('open', 'reached', 'dropped')", name=op.f("ck_milestone_state")
        ),
        sa.ForeignKeyConstraint(["ask_id"], ["ask.id"], name=op.f("fk_milestone_ask_id")),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_milestone_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_milestone_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["milestone.id"], name=op.f("fk_milestone_previous_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_milestone_previous_id")),
    )
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestone_ask_id"), ["ask_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_milestone_audience_id"), ["audience_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_milestone_import_id"), ["import_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_milestone_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "ux_milestone_first",
            ["milestone_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "threat_remark_act",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("remark_id", sa.Uuid(), nullable=False),
        sa.Column("deed", sa.String(), nullable=False),
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
            ["audience_id"], ["audience.id"], name=op.f("fk_threat_remark_act_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_threat_remark_act_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["threat_remark_act.id"], name=op.f("fk_threat_remark_act_previous_id")
        ),
        sa.ForeignKeyConstraint(
            ["remark_id"], ["threat_remark.id"], name=op.f("fk_threat_remark_act_remark_id")
        ),
        sa.ForeignKeyConstraint(
            ["threat_id"], ["threat.id"], name=op.f("fk_threat_remark_act_threat_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threat_remark_act")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_threat_remark_act_previous_id")),
    )
    with op.batch_alter_table("threat_remark_act", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_threat_remark_act_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_threat_remark_act_import_id"), ["import_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_threat_remark_act_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_threat_remark_act_remark_id"), ["remark_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_threat_remark_act_threat_id"), ["threat_id"], unique=False
        )
        batch_op.create_index(
            "ux_threat_remark_act_first",
            ["remark_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "threat_remark_ask",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("remark_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False, comment="organisation"),
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
            ["audience_id"], ["audience.id"], name=op.f("fk_threat_remark_ask_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_threat_remark_ask_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["remark_id"], ["threat_remark.id"], name=op.f("fk_threat_remark_ask_remark_id")
        ),
        sa.ForeignKeyConstraint(
            ["threat_id"], ["threat.id"], name=op.f("fk_threat_remark_ask_threat_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threat_remark_ask")),
        sa.UniqueConstraint("remark_id", name=op.f("uq_threat_remark_ask_remark_id")),
    )
    with op.batch_alter_table("threat_remark_ask", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_threat_remark_ask_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_threat_remark_ask_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_threat_remark_ask_threat_id"), ["threat_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_threat_remark_ask_to_id"), ["to_id"], unique=False)

    # ### end Alembic commands ###
    connection = op.get_bind()
    for table, columns in SEALED.items():
        seal(connection, table, columns)
    wall(connection, WALLED)
    watch(connection)
    rewall(connection)


def downgrade() -> None:
    connection = op.get_bind()
    unwatch(connection)
    for table in SEALED:
        unseal(connection, table)
    # ### commands auto generated by Alembic - please adjust! ###
    with op.batch_alter_table("threat_remark_ask", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_threat_remark_ask_to_id"))
        batch_op.drop_index(batch_op.f("ix_threat_remark_ask_threat_id"))
        batch_op.drop_index(batch_op.f("ix_threat_remark_ask_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_threat_remark_ask_audience_id"))

    op.drop_table("threat_remark_ask")
    with op.batch_alter_table("threat_remark_act", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_threat_remark_act_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_threat_remark_act_threat_id"))
        batch_op.drop_index(batch_op.f("ix_threat_remark_act_remark_id"))
        batch_op.drop_index(batch_op.f("ix_threat_remark_act_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_threat_remark_act_import_id"))
        batch_op.drop_index(batch_op.f("ix_threat_remark_act_audience_id"))

    op.drop_table("threat_remark_act")
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_milestone_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_milestone_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_milestone_import_id"))
        batch_op.drop_index(batch_op.f("ix_milestone_audience_id"))
        batch_op.drop_index(batch_op.f("ix_milestone_ask_id"))

    op.drop_table("milestone")
    with op.batch_alter_table("exhibit_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exhibit_file_threat_id"))
        batch_op.drop_index(batch_op.f("ix_exhibit_file_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_exhibit_file_audience_id"))

    op.drop_table("exhibit_file")
    with op.batch_alter_table("ask_snooze", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_ask_snooze_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_ask_snooze_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_ask_snooze_import_id"))
        batch_op.drop_index(batch_op.f("ix_ask_snooze_audience_id"))
        batch_op.drop_index(batch_op.f("ix_ask_snooze_ask_id"))

    op.drop_table("ask_snooze")
    with op.batch_alter_table("ask_minding", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_ask_minding_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_ask_minding_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_ask_minding_import_id"))
        batch_op.drop_index(batch_op.f("ix_ask_minding_audience_id"))
        batch_op.drop_index(batch_op.f("ix_ask_minding_ask_id"))

    op.drop_table("ask_minding")
    with op.batch_alter_table("ask_focal", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_ask_focal_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_ask_focal_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_ask_focal_import_id"))
        batch_op.drop_index(batch_op.f("ix_ask_focal_focal_id"))
        batch_op.drop_index(batch_op.f("ix_ask_focal_audience_id"))
        batch_op.drop_index(batch_op.f("ix_ask_focal_ask_id"))

    op.drop_table("ask_focal")
    with op.batch_alter_table("threat_remark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_threat_remark_threat_id"))
        batch_op.drop_index("ix_threat_remark_said")
        batch_op.drop_index(batch_op.f("ix_threat_remark_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_threat_remark_audience_id"))

    op.drop_table("threat_remark")
    op.drop_table("threat_mark")
    with op.batch_alter_table("recommendation_wording", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_recommendation_wording_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_recommendation_wording_recommendation_id"))
        batch_op.drop_index(batch_op.f("ix_recommendation_wording_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_recommendation_wording_import_id"))
        batch_op.drop_index(batch_op.f("ix_recommendation_wording_audience_id"))

    op.drop_table("recommendation_wording")
    with op.batch_alter_table("recommendation_tie", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_recommendation_tie_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index("ix_recommendation_tie_workspace")
        batch_op.drop_index("ix_recommendation_tie_target")
        batch_op.drop_index(batch_op.f("ix_recommendation_tie_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_recommendation_tie_import_id"))
        batch_op.drop_index(batch_op.f("ix_recommendation_tie_audience_id"))

    op.drop_table("recommendation_tie")
    with op.batch_alter_table("opportunity_use", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_opportunity_use_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_opportunity_use_recommendation_id"))
        batch_op.drop_index(batch_op.f("ix_opportunity_use_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_opportunity_use_import_id"))
        batch_op.drop_index(batch_op.f("ix_opportunity_use_audience_id"))

    op.drop_table("opportunity_use")
    with op.batch_alter_table("exhibit_act", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_exhibit_act_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_exhibit_act_threat_id"))
        batch_op.drop_index(batch_op.f("ix_exhibit_act_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_exhibit_act_import_id"))
        batch_op.drop_index(batch_op.f("ix_exhibit_act_exhibit_id"))
        batch_op.drop_index(batch_op.f("ix_exhibit_act_audience_id"))

    op.drop_table("exhibit_act")
    with op.batch_alter_table("exhibit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exhibit_threat_id"))
        batch_op.drop_index(batch_op.f("ix_exhibit_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_exhibit_audience_id"))

    op.drop_table("exhibit")
    with op.batch_alter_table("recommendation_batch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recommendation_batch_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_recommendation_batch_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_recommendation_batch_audience_id"))

    op.drop_table("recommendation_batch")
    with op.batch_alter_table("opportunity", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_opportunity_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_opportunity_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_opportunity_import_id"))
        batch_op.drop_index("ix_opportunity_days")
        batch_op.drop_index(batch_op.f("ix_opportunity_audience_id"))

    op.drop_table("opportunity")
    with op.batch_alter_table("feed", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feed_person_id"))
        batch_op.drop_index(batch_op.f("ix_feed_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_feed_audience_id"))

    op.drop_table("feed")
    with op.batch_alter_table("ask_due_mail", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ask_due_mail_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_ask_due_mail_audience_id"))

    op.drop_table("ask_due_mail")
    # ### end Alembic commands ###
