"""Sign-off in full: modes, authority, proof, editions.

Data and schema move apart. A column is removed one release after its last use. After a batch
operation on a sealed table call `seal` again: batch mode drops triggers without a word.
"""

import sqlalchemy as sa
from alembic import op

from advocacy.access.schema import wall
from advocacy.ground.acts import seal, unseal

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


# Rows of these tables are written once; the columns are those that may not change.
SEALED = {
    "proofs_key": [
        "id",
        "kid",
        "x",
        "what",
        "at",
    ],
    "calendar_day": [
        "id",
        "workspace_id",
        "falls_on",
        "kind",
        "name",
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
    "calendar_terms": [
        "id",
        "workspace_id",
        "zone",
        "weekend",
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
    "clearance_ladder": [
        "id",
        "steps",
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
    "organisation_logo": [
        "id",
        "of_id",
        "media",
        "width",
        "height",
        "data",
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
    "reminder": [
        "id",
        "to_id",
        "step",
        "recorded_at",
        "organisation_id",
        "audience_id",
        "own_audience_id",
    ],
    "adoption_chair": [
        "id",
        "body_id",
        "chair",
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
    "thread_to": [
        "id",
        "thread_id",
        "to_id",
        "organisation_id",
        "audience_id",
        "own_audience_id",
    ],
    "channel_quiet": [
        "id",
        "position_id",
        "left_out",
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
    "counterpart": [
        "id",
        "position_id",
        "other_id",
        "organisation_id",
        "audience_id",
        "own_audience_id",
    ],
    "delegation": [
        "id",
        "holding_id",
        "principal_id",
        "delegate_id",
        "scope",
        "from_at",
        "until_at",
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
    "adoption_step": [
        "id",
        "position_id",
        "version_id",
        "number",
        "body_id",
        "body_name",
        "deed",
        "recorded_at",
        "person_id",
        "organisation_id",
        "audience_id",
        "own_audience_id",
    ],
    "version_annex": [
        "id",
        "version_id",
        "annex_id",
        "file_id",
        "title",
        "number",
        "organisation_id",
        "audience_id",
        "own_audience_id",
    ],
    "version_outlet": [
        "id",
        "version_id",
        "readers_id",
        "organisation_id",
        "audience_id",
        "own_audience_id",
    ],
    "adoption_outcome": [
        "id",
        "step_id",
        "kind",
        "met_on",
        "chair",
        "minutes",
        "minutes_url",
        "words",
        "roster",
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
    "clearance_line": [
        "id",
        "round_id",
        "expected_on",
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
    "clearance_step": [
        "id",
        "round_id",
        "step",
        "said",
        "by_name",
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
    "network_mandate": [
        "id",
        "round_id",
        "for_members",
        "mandate",
        "decided_on",
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
    "proofs_entry": [
        "id",
        "round_id",
        "place",
        "commitment",
    ],
    "proofs_tree": [
        "round_id",
        "seed",
        "batch",
    ],
    "reminder_call": [
        "id",
        "round_id",
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
    "signoff_delivery": [
        "id",
        "round_id",
        "invited_id",
        "to_id",
        "state",
        "how",
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
    "signoff_extension": [
        "id",
        "round_id",
        "closes_at",
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
    "signoff_roster": [
        "id",
        "round_id",
        "invited_id",
        "is_on",
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
    "signoff_terms": [
        "id",
        "round_id",
        "mode",
        "logos",
        "answered_id",
        "late_until",
        "body_id",
        "consulted",
        "short_reason",
        "organisation_id",
        "audience_id",
        "own_audience_id",
    ],
    "signon_behalf": [
        "id",
        "round_id",
        "for_id",
        "kind",
        "shown_name",
        "is_named",
        "logo",
        "contact",
        "how",
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
    "spelling_act": [
        "id",
        "round_id",
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
    "answer_carried": [
        "id",
        "answer_id",
        "from_answer_id",
        "how",
        "recall_until",
        "organisation_id",
        "audience_id",
        "own_audience_id",
    ],
    "answer_choice": [
        "id",
        "answer_id",
        "spelling",
        "translations",
        "organisation_id",
        "audience_id",
        "own_audience_id",
    ],
    "delivery": [
        "id",
        "release_id",
        "to_name",
        "to_role",
        "how",
        "by_name",
        "given_at",
        "note",
        "recorded_at",
        "person_id",
        "organisation_id",
        "audience_id",
        "own_audience_id",
    ],
    "objection_talk": [
        "id",
        "round_id",
        "kind",
        "text",
        "answer_id",
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
    "objection_wish": [
        "id",
        "fix",
        "clause_id",
        "wording",
        "clause_hash",
        "outside",
        "shown_name",
        "logo",
        "answer_id",
        "organisation_id",
        "audience_id",
        "own_audience_id",
    ],
    "release_end": [
        "id",
        "release_id",
        "kind",
        "reason",
        "successor_id",
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
    "release_joining": [
        "id",
        "release_id",
        "answer_id",
        "number",
        "joined_on",
        "joined_at",
        "kind_of",
        "shown_name",
        "logo",
        "note",
        "clause_ids",
        "compiled",
        "list_hash",
        "organisation_id",
        "audience_id",
        "own_audience_id",
    ],
    "release_opening": [
        "id",
        "release_id",
        "who",
        "opens_at",
        "zone",
        "organisation_id",
        "audience_id",
        "own_audience_id",
    ],
    "signon_by": [
        "id",
        "name",
        "role",
        "answer_id",
        "organisation_id",
        "audience_id",
        "own_audience_id",
    ],
    "delivery_act": [
        "id",
        "delivery_id",
        "kind",
        "words",
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
    "delivery_address": [
        "id",
        "delivery_id",
        "address",
        "language",
        "organisation_id",
        "audience_id",
        "own_audience_id",
    ],
}
# Older tables of such rows that change here; batch mode drops their triggers without a word, so
# they are put back, both ways. `release`: what a body adopted in a meeting goes out with no round.
AGAIN = {
    "release": [
        "id",
        "position_id",
        "version_id",
        "round_id",
        "workspace_id",
        "channel",
        "delivered_to",
        "title",
        "language",
        "number",
        "attribution",
        "content_hash",
        "clauses",
        "compiled",
        "smallest_cell",
        "list_hash",
        "released_at",
        "person_id",
        "organisation_id",
        "audience_id",
        "own_audience_id",
    ],
}
# Tables that only their audience may read: row-level security on PostgreSQL.
WALLED = [
    "adoption_chair",
    "adoption_outcome",
    "adoption_step",
    "annex",
    "annex_file",
    "answer_carried",
    "answer_choice",
    "calendar_day",
    "calendar_terms",
    "channel_quiet",
    "clearance_ladder",
    "clearance_line",
    "clearance_step",
    "counterpart",
    "delegation",
    "delivery",
    "delivery_act",
    "delivery_address",
    "network_mandate",
    "objection_talk",
    "objection_wish",
    "organisation_logo",
    "proofs_signature",
    "proofs_statement",
    "release_end",
    "release_joining",
    "release_opening",
    "reminder",
    "reminder_call",
    "signoff_delivery",
    "signoff_extension",
    "signoff_roster",
    "signoff_terms",
    "signon_behalf",
    "signon_by",
    "spelling_act",
    "thread_to",
    "version_annex",
    "version_outlet",
]


def upgrade() -> None:
    # ### commands auto generated by Alembic - please adjust! ###
    op.create_table(
        "proofs_key",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kid", sa.String(), nullable=False, comment="RFC 7638 thumbprint"),
        sa.Column("x", sa.String(), nullable=False, comment="the 32 bytes, base64 for addresses"),
        sa.Column("what", sa.String(), nullable=False, comment="used, retired, compromised"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proofs_key")),
        sa.UniqueConstraint("kid", "what", name=op.f("uq_proofs_key_kid_what")),
    )
    op.create_table(
        "signon_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=False, comment="bearer"),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.String(), nullable=False, comment="Argon2id; empty = not sent yet"),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False, comment="wrong ones"),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signon_code")),
    )
    with op.batch_alter_table("signon_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signon_code_link_id"), ["link_id"], unique=False)

    op.create_table(
        "calendar_day",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("falls_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
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
            ["audience_id"], ["audience.id"], name=op.f("fk_calendar_day_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_calendar_day_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["calendar_day.id"], name=op.f("fk_calendar_day_previous_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_calendar_day_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_day")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_calendar_day_previous_id")),
    )
    with op.batch_alter_table("calendar_day", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_calendar_day_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_calendar_day_import_id"), ["import_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_calendar_day_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_calendar_day_workspace_id"), ["workspace_id"], unique=False
        )
        batch_op.create_index(
            "ux_calendar_day_first",
            ["workspace_id", "falls_on"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "calendar_terms",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False, comment="IANA zone its days are counted in"),
        sa.Column("weekend", sa.String(), nullable=False, comment="weekdays off, Monday is 0"),
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
            ["audience_id"], ["audience.id"], name=op.f("fk_calendar_terms_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_calendar_terms_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["calendar_terms.id"], name=op.f("fk_calendar_terms_previous_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_calendar_terms_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_terms")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_calendar_terms_previous_id")),
    )
    with op.batch_alter_table("calendar_terms", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_calendar_terms_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_calendar_terms_import_id"), ["import_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_calendar_terms_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_calendar_terms_workspace_id"), ["workspace_id"], unique=False
        )
        batch_op.create_index(
            "ux_calendar_terms_first",
            ["workspace_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "clearance_ladder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False, comment="names, in the order they are asked"),
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
            ["audience_id"], ["audience.id"], name=op.f("fk_clearance_ladder_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_clearance_ladder_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["clearance_ladder.id"], name=op.f("fk_clearance_ladder_previous_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearance_ladder")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_clearance_ladder_previous_id")),
    )
    with op.batch_alter_table("clearance_ladder", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_clearance_ladder_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_clearance_ladder_import_id"), ["import_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_clearance_ladder_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "ux_clearance_ladder_first",
            ["organisation_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "code_app",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "salt",
            sa.String(),
            nullable=False,
            comment="with the server's secret makes the app's secret",
        ),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "last_step", sa.Integer(), nullable=False, comment="half minute of the last code taken"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_code_app_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_code_app")),
    )
    op.create_table(
        "mail_choice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column(
            "quiet_from", sa.Integer(), nullable=False, comment="hour of the person's zone, 0 to 23"
        ),
        sa.Column(
            "quiet_until",
            sa.Integer(),
            nullable=False,
            comment="hour; the same as from = never quiet",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_mail_choice_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_choice")),
        sa.UniqueConstraint("person_id", name=op.f("uq_mail_choice_person_id")),
    )
    op.create_table(
        "organisation_logo",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("of_id", sa.Uuid(), nullable=False, comment="the organisation"),
        sa.Column("media", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
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
            ["audience_id"], ["audience.id"], name=op.f("fk_organisation_logo_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_organisation_logo_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["organisation_logo.id"], name=op.f("fk_organisation_logo_previous_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_logo")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_organisation_logo_previous_id")),
    )
    with op.batch_alter_table("organisation_logo", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organisation_logo_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_organisation_logo_import_id"), ["import_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_organisation_logo_of_id"), ["of_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_organisation_logo_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "ux_organisation_logo_first",
            ["of_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "passkey",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("credential", sa.String(), nullable=False, comment="id that the device gave it"),
        sa.Column("public_key", sa.String(), nullable=False, comment="COSE, base64 for addresses"),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False, comment="what its owner calls it"),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_passkey_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential", name=op.f("uq_passkey_credential")),
    )
    with op.batch_alter_table("passkey", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_passkey_person_id"), ["person_id"], unique=False)

    op.create_table(
        "recovery_sheet",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used", sa.JSON(), nullable=False, comment="numbers of the codes that were used"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_recovery_sheet_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_recovery_sheet")),
    )
    op.create_table(
        "reminder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column(
            "step",
            sa.String(),
            nullable=False,
            comment="round, organisation and step; or the day of a digest",
        ),
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
            ["audience_id"], ["audience.id"], name=op.f("fk_reminder_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_reminder_own_audience_id")
        ),
        sa.ForeignKeyConstraint(["to_id"], ["person.id"], name=op.f("fk_reminder_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("to_id", "step", name=op.f("uq_reminder_to_id_step")),
    )
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reminder_audience_id"), ["audience_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_reminder_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "adoption_chair",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("chair", sa.String(), nullable=False),
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
            ["audience_id"], ["audience.id"], name=op.f("fk_adoption_chair_audience_id")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_adoption_chair_body_id")),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_adoption_chair_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["adoption_chair.id"], name=op.f("fk_adoption_chair_previous_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoption_chair")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_adoption_chair_previous_id")),
    )
    with op.batch_alter_table("adoption_chair", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_adoption_chair_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_adoption_chair_body_id"), ["body_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_adoption_chair_import_id"), ["import_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_adoption_chair_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "ux_adoption_chair_first",
            ["body_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "annex_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("media", sa.String(), nullable=False, comment="its type, found by what it holds"),
        sa.Column("size", sa.Integer(), nullable=False, comment="bytes"),
        sa.Column(
            "tells",
            sa.JSON(),
            nullable=False,
            comment="what it says of its writers, in closed words",
        ),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_annex_file_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["draft.id"], name=op.f("fk_annex_file_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_annex_file_own_audience_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annex_file")),
        sa.UniqueConstraint("document_id", "sha256", name=op.f("uq_annex_file_document_id_sha256")),
    )
    with op.batch_alter_table("annex_file", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_annex_file_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_annex_file_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "thread_to",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False, comment="organisation"),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_thread_to_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_thread_to_own_audience_id")
        ),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_thread_to_thread_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread_to")),
        sa.UniqueConstraint("thread_id", name=op.f("uq_thread_to_thread_id")),
    )
    with op.batch_alter_table("thread_to", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_thread_to_audience_id"), ["audience_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_thread_to_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_thread_to_to_id"), ["to_id"], unique=False)

    op.create_table(
        "annex",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="its place, from 1"),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_annex_audience_id")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["draft.id"], name=op.f("fk_annex_document_id")),
        sa.ForeignKeyConstraint(["file_id"], ["annex_file.id"], name=op.f("fk_annex_file_id")),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_annex_own_audience_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annex")),
        sa.UniqueConstraint("document_id", "file_id", name=op.f("uq_annex_document_id_file_id")),
    )
    with op.batch_alter_table("annex", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_annex_audience_id"), ["audience_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_annex_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "channel_quiet",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("position_id", sa.Uuid(), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False, comment="readers who do not get the name"),
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
            ["audience_id"], ["audience.id"], name=op.f("fk_channel_quiet_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_channel_quiet_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["position_id"], ["position.id"], name=op.f("fk_channel_quiet_position_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["channel_quiet.id"], name=op.f("fk_channel_quiet_previous_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_quiet")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_channel_quiet_previous_id")),
    )
    with op.batch_alter_table("channel_quiet", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_channel_quiet_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_channel_quiet_import_id"), ["import_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_channel_quiet_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_channel_quiet_position_id"), ["position_id"], unique=False
        )
        batch_op.create_index(
            "ux_channel_quiet_first",
            ["position_id", "organisation_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "counterpart",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("position_id", sa.Uuid(), nullable=False, comment="the first"),
        sa.Column("other_id", sa.Uuid(), nullable=False, comment="begun from it"),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_counterpart_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["position.id"], name=op.f("fk_counterpart_other_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_counterpart_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["position_id"], ["position.id"], name=op.f("fk_counterpart_position_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counterpart")),
        sa.UniqueConstraint("other_id", name=op.f("uq_counterpart_other_id")),
        sa.UniqueConstraint("position_id", name=op.f("uq_counterpart_position_id")),
    )
    with op.batch_alter_table("counterpart", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_counterpart_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_counterpart_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "delegation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("holding_id", sa.Uuid(), nullable=False),
        sa.Column("principal_id", sa.Uuid(), nullable=False, comment="who lends"),
        sa.Column("delegate_id", sa.Uuid(), nullable=False, comment="who acts"),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
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
            ["audience_id"], ["audience.id"], name=op.f("fk_delegation_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["delegate_id"], ["person.id"], name=op.f("fk_delegation_delegate_id")
        ),
        sa.ForeignKeyConstraint(
            ["holding_id"], ["holding.id"], name=op.f("fk_delegation_holding_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_delegation_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["delegation.id"], name=op.f("fk_delegation_previous_id")
        ),
        sa.ForeignKeyConstraint(
            ["principal_id"], ["person.id"], name=op.f("fk_delegation_principal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_delegation_previous_id")),
    )
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_delegation_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_delegation_holding_id"), ["holding_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_delegation_import_id"), ["import_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_delegation_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "ux_delegation_first",
            ["holding_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "adoption_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("position_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("body_name", sa.String(), nullable=False, comment="as it was called then"),
        sa.Column("deed", sa.String(), nullable=False, comment="adopts, or clears"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_adoption_step_audience_id")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_adoption_step_body_id")),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_adoption_step_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["position_id"], ["position.id"], name=op.f("fk_adoption_step_position_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_adoption_step_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoption_step")),
        sa.UniqueConstraint(
            "version_id", "number", name=op.f("uq_adoption_step_version_id_number")
        ),
    )
    with op.batch_alter_table("adoption_step", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_adoption_step_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_adoption_step_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_adoption_step_position_id"), ["position_id"], unique=False
        )

    op.create_table(
        "version_annex",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column(
            "annex_id", sa.Uuid(), nullable=False, comment="the same in each version it is in"
        ),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_version_annex_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["annex_file.id"], name=op.f("fk_version_annex_file_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_version_annex_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_version_annex_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version_annex")),
        sa.UniqueConstraint(
            "version_id", "number", name=op.f("uq_version_annex_version_id_number")
        ),
    )
    with op.batch_alter_table("version_annex", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_version_annex_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_version_annex_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "version_outlet",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("readers_id", sa.Uuid(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_version_outlet_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_version_outlet_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["readers_id"], ["audience.id"], name=op.f("fk_version_outlet_readers_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_version_outlet_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version_outlet")),
        sa.UniqueConstraint("version_id", name=op.f("uq_version_outlet_version_id")),
    )
    with op.batch_alter_table("version_outlet", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_version_outlet_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_version_outlet_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "adoption_outcome",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("step_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=False),
        sa.Column("chair", sa.String(), nullable=False),
        sa.Column("minutes", sa.String(), nullable=False, comment="in words"),
        sa.Column("minutes_url", sa.String(), nullable=False, comment="where the minutes lie"),
        sa.Column("words", sa.String(), nullable=False, comment="the change, where to, or why not"),
        sa.Column(
            "roster", sa.JSON(), nullable=False, comment="ids of the organisations in the body then"
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
            ["audience_id"], ["audience.id"], name=op.f("fk_adoption_outcome_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_adoption_outcome_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["adoption_outcome.id"], name=op.f("fk_adoption_outcome_previous_id")
        ),
        sa.ForeignKeyConstraint(
            ["step_id"], ["adoption_step.id"], name=op.f("fk_adoption_outcome_step_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoption_outcome")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_adoption_outcome_previous_id")),
    )
    with op.batch_alter_table("adoption_outcome", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_adoption_outcome_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_adoption_outcome_import_id"), ["import_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_adoption_outcome_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_adoption_outcome_step_id"), ["step_id"], unique=False)
        batch_op.create_index(
            "ux_adoption_outcome_first",
            ["step_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "clearance_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=True, comment="empty = taken back"),
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
            ["audience_id"], ["audience.id"], name=op.f("fk_clearance_line_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_clearance_line_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["clearance_line.id"], name=op.f("fk_clearance_line_previous_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["signoff_round.id"], name=op.f("fk_clearance_line_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearance_line")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_clearance_line_previous_id")),
    )
    with op.batch_alter_table("clearance_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_clearance_line_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_clearance_line_import_id"), ["import_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_clearance_line_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_clearance_line_round_id"), ["round_id"], unique=False)
        batch_op.create_index(
            "ux_clearance_line_first",
            ["round_id", "organisation_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "clearance_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column(
            "by_name",
            sa.String(),
            nullable=False,
            comment="who said so, in words; needs no account",
        ),
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
            ["audience_id"], ["audience.id"], name=op.f("fk_clearance_step_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_clearance_step_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["clearance_step.id"], name=op.f("fk_clearance_step_previous_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["signoff_round.id"], name=op.f("fk_clearance_step_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearance_step")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_clearance_step_previous_id")),
    )
    with op.batch_alter_table("clearance_step", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_clearance_step_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_clearance_step_import_id"), ["import_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_clearance_step_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_clearance_step_round_id"), ["round_id"], unique=False)
        batch_op.create_index(
            "ux_clearance_step_first",
            ["round_id", "organisation_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "network_mandate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("for_members", sa.Boolean(), nullable=False),
        sa.Column(
            "mandate",
            sa.String(),
            nullable=False,
            comment="who decided, and how; the network's own words",
        ),
        sa.Column("decided_on", sa.Date(), nullable=True),
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
            ["audience_id"], ["audience.id"], name=op.f("fk_network_mandate_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_network_mandate_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["network_mandate.id"], name=op.f("fk_network_mandate_previous_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["signoff_round.id"], name=op.f("fk_network_mandate_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_mandate")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_network_mandate_previous_id")),
    )
    with op.batch_alter_table("network_mandate", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_network_mandate_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_network_mandate_import_id"), ["import_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_network_mandate_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_network_mandate_round_id"), ["round_id"], unique=False)
        batch_op.create_index(
            "ux_network_mandate_first",
            ["round_id", "organisation_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "proofs_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column(
            "commitment", sa.String(), nullable=False, comment="SHA-256 of salt and statement"
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["signoff_round.id"], name=op.f("fk_proofs_entry_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proofs_entry")),
        sa.UniqueConstraint("round_id", "place", name=op.f("uq_proofs_entry_round_id_place")),
    )
    op.create_table(
        "proofs_tree",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column(
            "seed",
            sa.String(),
            nullable=False,
            comment="what the entries that mean nothing are made of",
        ),
        sa.Column(
            "batch",
            sa.Integer(),
            nullable=False,
            comment="entries that each head adds; a power of two",
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["signoff_round.id"], name=op.f("fk_proofs_tree_round_id")
        ),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_proofs_tree")),
    )
    op.create_table(
        "reminder_call",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
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
            ["audience_id"], ["audience.id"], name=op.f("fk_reminder_call_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_reminder_call_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["reminder_call.id"], name=op.f("fk_reminder_call_previous_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["signoff_round.id"], name=op.f("fk_reminder_call_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_call")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_reminder_call_previous_id")),
    )
    with op.batch_alter_table("reminder_call", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reminder_call_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_reminder_call_import_id"), ["import_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_reminder_call_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "ux_reminder_call_first",
            ["round_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "signoff_delivery",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("invited_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False, comment="who was written to"),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False, comment="kind of the failure, no text"),
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
            ["audience_id"], ["audience.id"], name=op.f("fk_signoff_delivery_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["invited_id"], ["organisation.id"], name=op.f("fk_signoff_delivery_invited_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_signoff_delivery_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["signoff_delivery.id"], name=op.f("fk_signoff_delivery_previous_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["signoff_round.id"], name=op.f("fk_signoff_delivery_round_id")
        ),
        sa.ForeignKeyConstraint(["to_id"], ["person.id"], name=op.f("fk_signoff_delivery_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signoff_delivery")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_signoff_delivery_previous_id")),
    )
    with op.batch_alter_table("signoff_delivery", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_signoff_delivery_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_signoff_delivery_import_id"), ["import_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_signoff_delivery_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_signoff_delivery_round_id"), ["round_id"], unique=False
        )
        batch_op.create_index(
            "ux_signoff_delivery_first",
            ["round_id", "invited_id", "to_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "signoff_extension",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
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
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_signoff_extension_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_signoff_extension_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["signoff_extension.id"], name=op.f("fk_signoff_extension_previous_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["signoff_round.id"], name=op.f("fk_signoff_extension_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signoff_extension")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_signoff_extension_previous_id")),
    )
    with op.batch_alter_table("signoff_extension", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_signoff_extension_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_signoff_extension_import_id"), ["import_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_signoff_extension_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_signoff_extension_round_id"), ["round_id"], unique=False
        )
        batch_op.create_index(
            "ux_signoff_extension_first",
            ["round_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "signoff_roster",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("invited_id", sa.Uuid(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
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
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_signoff_roster_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["invited_id"], ["organisation.id"], name=op.f("fk_signoff_roster_invited_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_signoff_roster_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["signoff_roster.id"], name=op.f("fk_signoff_roster_previous_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["signoff_round.id"], name=op.f("fk_signoff_roster_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signoff_roster")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_signoff_roster_previous_id")),
    )
    with op.batch_alter_table("signoff_roster", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_signoff_roster_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_signoff_roster_import_id"), ["import_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_signoff_roster_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_signoff_roster_round_id"), ["round_id"], unique=False)
        batch_op.create_index(
            "ux_signoff_roster_first",
            ["round_id", "invited_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "signoff_terms",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("logos", sa.Boolean(), nullable=False, comment="a logo may stand under the text"),
        sa.Column(
            "answered_id",
            sa.Uuid(),
            nullable=True,
            comment="who answered; set = others' answers wait for that",
        ),
        sa.Column(
            "late_until",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="names may still be added",
        ),
        sa.Column("body_id", sa.Uuid(), nullable=True),
        sa.Column(
            "consulted",
            sa.String(),
            nullable=False,
            comment="where the text was consulted, for silence",
        ),
        sa.Column(
            "short_reason",
            sa.String(),
            nullable=False,
            comment="why silence has under three working days",
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
            ["answered_id"], ["access_group.id"], name=op.f("fk_signoff_terms_answered_id")
        ),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_signoff_terms_audience_id")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_signoff_terms_body_id")),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_signoff_terms_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["signoff_round.id"], name=op.f("fk_signoff_terms_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signoff_terms")),
        sa.UniqueConstraint("round_id", name=op.f("uq_signoff_terms_round_id")),
    )
    with op.batch_alter_table("signoff_terms", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_signoff_terms_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_signoff_terms_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "signon_behalf",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("for_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("shown_name", sa.String(), nullable=False),
        sa.Column(
            "is_named", sa.Boolean(), nullable=False, comment="the name was given to be shown"
        ),
        sa.Column("logo", sa.Boolean(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False, comment="who said so, in words"),
        sa.Column("how", sa.String(), nullable=False, comment="phone, mail or sheet"),
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
            ["audience_id"], ["audience.id"], name=op.f("fk_signon_behalf_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["for_id"], ["organisation.id"], name=op.f("fk_signon_behalf_for_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_signon_behalf_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["signon_behalf.id"], name=op.f("fk_signon_behalf_previous_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["signoff_round.id"], name=op.f("fk_signon_behalf_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signon_behalf")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_signon_behalf_previous_id")),
    )
    with op.batch_alter_table("signon_behalf", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_signon_behalf_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_signon_behalf_for_id"), ["for_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_signon_behalf_import_id"), ["import_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_signon_behalf_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_signon_behalf_round_id"), ["round_id"], unique=False)
        batch_op.create_index(
            "ux_signon_behalf_first",
            ["round_id", "for_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "spelling_act",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
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
            ["audience_id"], ["audience.id"], name=op.f("fk_spelling_act_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_spelling_act_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["spelling_act.id"], name=op.f("fk_spelling_act_previous_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["signoff_round.id"], name=op.f("fk_spelling_act_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spelling_act")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_spelling_act_previous_id")),
    )
    with op.batch_alter_table("spelling_act", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_spelling_act_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_spelling_act_import_id"), ["import_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_spelling_act_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "ux_spelling_act_first",
            ["round_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "answer_carried",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column("from_answer_id", sa.Uuid(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column(
            "recall_until",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="for spelling: 24 hours",
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
            ["answer_id"], ["signoff_answer.id"], name=op.f("fk_answer_carried_answer_id")
        ),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_answer_carried_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["from_answer_id"], ["signoff_answer.id"], name=op.f("fk_answer_carried_from_answer_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_answer_carried_own_audience_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_carried")),
        sa.UniqueConstraint("answer_id", name=op.f("uq_answer_carried_answer_id")),
    )
    with op.batch_alter_table("answer_carried", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_answer_carried_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_answer_carried_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "answer_choice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column(
            "spelling",
            sa.Boolean(),
            nullable=False,
            comment="spelling and layout need not come back to us",
        ),
        sa.Column(
            "translations",
            sa.Boolean(),
            nullable=False,
            comment="our name may stand under translations",
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
            ["answer_id"], ["signoff_answer.id"], name=op.f("fk_answer_choice_answer_id")
        ),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_answer_choice_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_answer_choice_own_audience_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_choice")),
        sa.UniqueConstraint("answer_id", name=op.f("uq_answer_choice_answer_id")),
    )
    with op.batch_alter_table("answer_choice", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_answer_choice_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_answer_choice_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "delivery",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("to_name", sa.String(), nullable=False),
        sa.Column("to_role", sa.String(), nullable=False),
        sa.Column(
            "how", sa.String(), nullable=False, comment="hand, mail, post, meeting, read or other"
        ),
        sa.Column("by_name", sa.String(), nullable=False, comment="who gave it, in words"),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_delivery_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_delivery_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_delivery_release_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delivery_audience_id"), ["audience_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_delivery_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_delivery_release_id"), ["release_id"], unique=False)

    op.create_table(
        "objection_talk",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False, comment="said or cleared"),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("answer_id", sa.Uuid(), nullable=False),
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
            ["answer_id"], ["signoff_answer.id"], name=op.f("fk_objection_talk_answer_id")
        ),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_objection_talk_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_objection_talk_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["objection_talk.id"], name=op.f("fk_objection_talk_previous_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["signoff_round.id"], name=op.f("fk_objection_talk_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection_talk")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_objection_talk_previous_id")),
    )
    with op.batch_alter_table("objection_talk", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_objection_talk_answer_id"), ["answer_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_objection_talk_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_objection_talk_import_id"), ["import_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_objection_talk_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_objection_talk_round_id"), ["round_id"], unique=False)
        batch_op.create_index(
            "ux_objection_talk_first",
            ["answer_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "objection_wish",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("fix", sa.String(), nullable=False, comment="what would settle it"),
        sa.Column(
            "clause_id", sa.Uuid(), nullable=True, comment="we endorse if this clause reads …"
        ),
        sa.Column("wording", sa.String(), nullable=False, comment="… exactly so"),
        sa.Column(
            "clause_hash", sa.String(), nullable=False, comment="the clause's with this wording"
        ),
        sa.Column("outside", sa.String(), nullable=False, comment="how we would then be shown"),
        sa.Column("shown_name", sa.String(), nullable=False),
        sa.Column("logo", sa.Boolean(), nullable=False),
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["signoff_answer.id"], name=op.f("fk_objection_wish_answer_id")
        ),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_objection_wish_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_objection_wish_own_audience_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection_wish")),
        sa.UniqueConstraint("answer_id", name=op.f("uq_objection_wish_answer_id")),
    )
    with op.batch_alter_table("objection_wish", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_objection_wish_answer_id"), ["answer_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_objection_wish_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_objection_wish_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "proofs_signature",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column(
            "passkey_id",
            sa.Uuid(),
            nullable=False,
            comment="as it was enrolled; it may be gone since",
        ),
        sa.Column(
            "signed",
            sa.JSON(),
            nullable=False,
            comment="public key, authenticator data, client data, signature",
        ),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["signoff_answer.id"], name=op.f("fk_proofs_signature_answer_id")
        ),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_proofs_signature_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_proofs_signature_own_audience_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proofs_signature")),
        sa.UniqueConstraint("answer_id", name=op.f("uq_proofs_signature_answer_id")),
    )
    with op.batch_alter_table("proofs_signature", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_proofs_signature_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_proofs_signature_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "proofs_statement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("statement", sa.JSON(), nullable=False),
        sa.Column("conditions", sa.JSON(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["signoff_answer.id"], name=op.f("fk_proofs_statement_answer_id")
        ),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_proofs_statement_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_proofs_statement_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["signoff_round.id"], name=op.f("fk_proofs_statement_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proofs_statement")),
        sa.UniqueConstraint("answer_id", name=op.f("uq_proofs_statement_answer_id")),
    )
    with op.batch_alter_table("proofs_statement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_proofs_statement_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_proofs_statement_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "release_end",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column(
            "reason",
            sa.String(),
            nullable=False,
            comment="in the words that readers of the page get",
        ),
        sa.Column("successor_id", sa.Uuid(), nullable=True),
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
            ["audience_id"], ["audience.id"], name=op.f("fk_release_end_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_release_end_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["release_end.id"], name=op.f("fk_release_end_previous_id")
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_release_end_release_id")
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["release.id"], name=op.f("fk_release_end_successor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_end")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_release_end_previous_id")),
    )
    with op.batch_alter_table("release_end", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_release_end_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_release_end_import_id"), ["import_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_release_end_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "ux_release_end_first",
            ["release_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "release_joining",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column(
            "number",
            sa.Integer(),
            nullable=False,
            comment="in the order of joining, from 1; shown nowhere",
        ),
        sa.Column("joined_on", sa.Date(), nullable=False, comment="in the time zone of the round"),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind_of", sa.String(), nullable=False),
        sa.Column("shown_name", sa.String(), nullable=False),
        sa.Column("logo", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("clause_ids", sa.JSON(), nullable=False),
        sa.Column(
            "compiled", sa.JSON(), nullable=False, comment="the addendum, after what it follows"
        ),
        sa.Column("list_hash", sa.String(), nullable=False, comment="SHA-256 of the addendum"),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["signoff_answer.id"], name=op.f("fk_release_joining_answer_id")
        ),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_release_joining_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_release_joining_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_release_joining_release_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_joining")),
        sa.UniqueConstraint(
            "release_id", "number", name=op.f("uq_release_joining_release_id_number")
        ),
        sa.UniqueConstraint(
            "release_id",
            "organisation_id",
            name=op.f("uq_release_joining_release_id_organisation_id"),
        ),
    )
    with op.batch_alter_table("release_joining", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_release_joining_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_release_joining_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "release_opening",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column(
            "who", sa.String(), nullable=False, comment="members, observers, donors or public"
        ),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("zone", sa.String(), nullable=False, comment="IANA zone the instant was said in"),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_release_opening_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_release_opening_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_release_opening_release_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_opening")),
        sa.UniqueConstraint("release_id", "who", name=op.f("uq_release_opening_release_id_who")),
    )
    with op.batch_alter_table("release_opening", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_release_opening_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_release_opening_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "signon_by",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["signoff_answer.id"], name=op.f("fk_signon_by_answer_id")
        ),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_signon_by_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_signon_by_own_audience_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signon_by")),
        sa.UniqueConstraint("answer_id", name=op.f("uq_signon_by_answer_id")),
    )
    with op.batch_alter_table("signon_by", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signon_by_answer_id"), ["answer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_signon_by_audience_id"), ["audience_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_signon_by_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "delivery_act",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False, comment="reply or told"),
        sa.Column("words", sa.String(), nullable=False),
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
            ["audience_id"], ["audience.id"], name=op.f("fk_delivery_act_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_delivery_act_delivery_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_delivery_act_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["delivery_act.id"], name=op.f("fk_delivery_act_previous_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_act")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_delivery_act_previous_id")),
    )
    with op.batch_alter_table("delivery_act", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_delivery_act_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_delivery_act_delivery_id"), ["delivery_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_delivery_act_import_id"), ["import_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_delivery_act_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "ux_delivery_act_first",
            ["delivery_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "delivery_address",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_delivery_address_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_delivery_address_delivery_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_delivery_address_own_audience_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_address")),
        sa.UniqueConstraint("delivery_id", name=op.f("uq_delivery_address_delivery_id")),
    )
    with op.batch_alter_table("delivery_address", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_delivery_address_audience_id"), ["audience_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_delivery_address_organisation_id"), ["organisation_id"], unique=False
        )

    with op.batch_alter_table("ask", schema=None) as batch_op:
        batch_op.create_index(
            "ix_ask_closing",
            ["closing_to"],
            unique=False,
            sqlite_where=sa.text("closing_to IS NOT NULL"),
            postgresql_where=sa.text("closing_to IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_ask_state", ["workspace_id", "progress", "audience_id"], unique=False
        )

    with op.batch_alter_table("ask_act", schema=None) as batch_op:
        batch_op.create_index("ix_ask_act_lately", ["kind", "recorded_at"], unique=False)

    with op.batch_alter_table("position_stage", schema=None) as batch_op:
        batch_op.create_index("ix_position_stage_lately", ["stage", "recorded_at"], unique=False)
        batch_op.create_index(
            "ix_position_stage_of_lately", ["position_id", "stage", "recorded_at"], unique=False
        )

    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.alter_column("round_id", existing_type=sa.Uuid(), nullable=True)

    with op.batch_alter_table("threat_version", schema=None) as batch_op:
        batch_op.create_index("ix_threat_version_lately", ["field_class", "at"], unique=False)

    # ### end Alembic commands ###
    connection = op.get_bind()
    for table, columns in {**SEALED, **AGAIN}.items():
        seal(connection, table, columns)
    wall(connection, WALLED)


def downgrade() -> None:
    connection = op.get_bind()
    for table in SEALED:
        unseal(connection, table)
    # ### commands auto generated by Alembic - please adjust! ###
    with op.batch_alter_table("threat_version", schema=None) as batch_op:
        batch_op.drop_index("ix_threat_version_lately")

    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.alter_column("round_id", existing_type=sa.Uuid(), nullable=False)

    with op.batch_alter_table("position_stage", schema=None) as batch_op:
        batch_op.drop_index("ix_position_stage_of_lately")
        batch_op.drop_index("ix_position_stage_lately")

    with op.batch_alter_table("ask_act", schema=None) as batch_op:
        batch_op.drop_index("ix_ask_act_lately")

    with op.batch_alter_table("ask", schema=None) as batch_op:
        batch_op.drop_index("ix_ask_state")
        batch_op.drop_index(
            "ix_ask_closing",
            sqlite_where=sa.text("closing_to IS NOT NULL"),
            postgresql_where=sa.text("closing_to IS NOT NULL"),
        )

    with op.batch_alter_table("delivery_address", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delivery_address_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_delivery_address_audience_id"))

    op.drop_table("delivery_address")
    with op.batch_alter_table("delivery_act", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_delivery_act_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_delivery_act_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_delivery_act_import_id"))
        batch_op.drop_index(batch_op.f("ix_delivery_act_delivery_id"))
        batch_op.drop_index(batch_op.f("ix_delivery_act_audience_id"))

    op.drop_table("delivery_act")
    with op.batch_alter_table("signon_by", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signon_by_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_signon_by_audience_id"))
        batch_op.drop_index(batch_op.f("ix_signon_by_answer_id"))

    op.drop_table("signon_by")
    with op.batch_alter_table("release_opening", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_release_opening_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_release_opening_audience_id"))

    op.drop_table("release_opening")
    with op.batch_alter_table("release_joining", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_release_joining_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_release_joining_audience_id"))

    op.drop_table("release_joining")
    with op.batch_alter_table("release_end", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_release_end_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_release_end_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_release_end_import_id"))
        batch_op.drop_index(batch_op.f("ix_release_end_audience_id"))

    op.drop_table("release_end")
    with op.batch_alter_table("proofs_statement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proofs_statement_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_proofs_statement_audience_id"))

    op.drop_table("proofs_statement")
    with op.batch_alter_table("proofs_signature", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proofs_signature_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_proofs_signature_audience_id"))

    op.drop_table("proofs_signature")
    with op.batch_alter_table("objection_wish", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_objection_wish_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_objection_wish_audience_id"))
        batch_op.drop_index(batch_op.f("ix_objection_wish_answer_id"))

    op.drop_table("objection_wish")
    with op.batch_alter_table("objection_talk", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_objection_talk_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_objection_talk_round_id"))
        batch_op.drop_index(batch_op.f("ix_objection_talk_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_objection_talk_import_id"))
        batch_op.drop_index(batch_op.f("ix_objection_talk_audience_id"))
        batch_op.drop_index(batch_op.f("ix_objection_talk_answer_id"))

    op.drop_table("objection_talk")
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delivery_release_id"))
        batch_op.drop_index(batch_op.f("ix_delivery_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_delivery_audience_id"))

    op.drop_table("delivery")
    with op.batch_alter_table("answer_choice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_choice_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_answer_choice_audience_id"))

    op.drop_table("answer_choice")
    with op.batch_alter_table("answer_carried", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_carried_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_answer_carried_audience_id"))

    op.drop_table("answer_carried")
    with op.batch_alter_table("spelling_act", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_spelling_act_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_spelling_act_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_spelling_act_import_id"))
        batch_op.drop_index(batch_op.f("ix_spelling_act_audience_id"))

    op.drop_table("spelling_act")
    with op.batch_alter_table("signon_behalf", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_signon_behalf_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_signon_behalf_round_id"))
        batch_op.drop_index(batch_op.f("ix_signon_behalf_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_signon_behalf_import_id"))
        batch_op.drop_index(batch_op.f("ix_signon_behalf_for_id"))
        batch_op.drop_index(batch_op.f("ix_signon_behalf_audience_id"))

    op.drop_table("signon_behalf")
    with op.batch_alter_table("signoff_terms", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signoff_terms_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_signoff_terms_audience_id"))

    op.drop_table("signoff_terms")
    with op.batch_alter_table("signoff_roster", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_signoff_roster_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_signoff_roster_round_id"))
        batch_op.drop_index(batch_op.f("ix_signoff_roster_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_signoff_roster_import_id"))
        batch_op.drop_index(batch_op.f("ix_signoff_roster_audience_id"))

    op.drop_table("signoff_roster")
    with op.batch_alter_table("signoff_extension", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_signoff_extension_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_signoff_extension_round_id"))
        batch_op.drop_index(batch_op.f("ix_signoff_extension_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_signoff_extension_import_id"))
        batch_op.drop_index(batch_op.f("ix_signoff_extension_audience_id"))

    op.drop_table("signoff_extension")
    with op.batch_alter_table("signoff_delivery", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_signoff_delivery_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_signoff_delivery_round_id"))
        batch_op.drop_index(batch_op.f("ix_signoff_delivery_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_signoff_delivery_import_id"))
        batch_op.drop_index(batch_op.f("ix_signoff_delivery_audience_id"))

    op.drop_table("signoff_delivery")
    with op.batch_alter_table("reminder_call", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_reminder_call_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_reminder_call_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_reminder_call_import_id"))
        batch_op.drop_index(batch_op.f("ix_reminder_call_audience_id"))

    op.drop_table("reminder_call")
    op.drop_table("proofs_tree")
    op.drop_table("proofs_entry")
    with op.batch_alter_table("network_mandate", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_network_mandate_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_network_mandate_round_id"))
        batch_op.drop_index(batch_op.f("ix_network_mandate_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_network_mandate_import_id"))
        batch_op.drop_index(batch_op.f("ix_network_mandate_audience_id"))

    op.drop_table("network_mandate")
    with op.batch_alter_table("clearance_step", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_clearance_step_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_clearance_step_round_id"))
        batch_op.drop_index(batch_op.f("ix_clearance_step_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_clearance_step_import_id"))
        batch_op.drop_index(batch_op.f("ix_clearance_step_audience_id"))

    op.drop_table("clearance_step")
    with op.batch_alter_table("clearance_line", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_clearance_line_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_clearance_line_round_id"))
        batch_op.drop_index(batch_op.f("ix_clearance_line_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_clearance_line_import_id"))
        batch_op.drop_index(batch_op.f("ix_clearance_line_audience_id"))

    op.drop_table("clearance_line")
    with op.batch_alter_table("adoption_outcome", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_adoption_outcome_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_adoption_outcome_step_id"))
        batch_op.drop_index(batch_op.f("ix_adoption_outcome_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_adoption_outcome_import_id"))
        batch_op.drop_index(batch_op.f("ix_adoption_outcome_audience_id"))

    op.drop_table("adoption_outcome")
    with op.batch_alter_table("version_outlet", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_version_outlet_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_version_outlet_audience_id"))

    op.drop_table("version_outlet")
    with op.batch_alter_table("version_annex", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_version_annex_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_version_annex_audience_id"))

    op.drop_table("version_annex")
    with op.batch_alter_table("adoption_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_adoption_step_position_id"))
        batch_op.drop_index(batch_op.f("ix_adoption_step_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_adoption_step_audience_id"))

    op.drop_table("adoption_step")
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_delegation_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_delegation_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_delegation_import_id"))
        batch_op.drop_index(batch_op.f("ix_delegation_holding_id"))
        batch_op.drop_index(batch_op.f("ix_delegation_audience_id"))

    op.drop_table("delegation")
    with op.batch_alter_table("counterpart", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_counterpart_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_counterpart_audience_id"))

    op.drop_table("counterpart")
    with op.batch_alter_table("channel_quiet", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_channel_quiet_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_channel_quiet_position_id"))
        batch_op.drop_index(batch_op.f("ix_channel_quiet_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_channel_quiet_import_id"))
        batch_op.drop_index(batch_op.f("ix_channel_quiet_audience_id"))

    op.drop_table("channel_quiet")
    with op.batch_alter_table("annex", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_annex_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_annex_audience_id"))

    op.drop_table("annex")
    with op.batch_alter_table("thread_to", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_thread_to_to_id"))
        batch_op.drop_index(batch_op.f("ix_thread_to_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_thread_to_audience_id"))

    op.drop_table("thread_to")
    with op.batch_alter_table("annex_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_annex_file_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_annex_file_audience_id"))

    op.drop_table("annex_file")
    with op.batch_alter_table("adoption_chair", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_adoption_chair_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_adoption_chair_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_adoption_chair_import_id"))
        batch_op.drop_index(batch_op.f("ix_adoption_chair_body_id"))
        batch_op.drop_index(batch_op.f("ix_adoption_chair_audience_id"))

    op.drop_table("adoption_chair")
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminder_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_reminder_audience_id"))

    op.drop_table("reminder")
    op.drop_table("recovery_sheet")
    with op.batch_alter_table("passkey", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_passkey_person_id"))

    op.drop_table("passkey")
    with op.batch_alter_table("organisation_logo", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_organisation_logo_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_organisation_logo_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_organisation_logo_of_id"))
        batch_op.drop_index(batch_op.f("ix_organisation_logo_import_id"))
        batch_op.drop_index(batch_op.f("ix_organisation_logo_audience_id"))

    op.drop_table("organisation_logo")
    op.drop_table("mail_choice")
    op.drop_table("code_app")
    with op.batch_alter_table("clearance_ladder", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_clearance_ladder_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_clearance_ladder_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_clearance_ladder_import_id"))
        batch_op.drop_index(batch_op.f("ix_clearance_ladder_audience_id"))

    op.drop_table("clearance_ladder")
    with op.batch_alter_table("calendar_terms", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_calendar_terms_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_calendar_terms_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_calendar_terms_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_calendar_terms_import_id"))
        batch_op.drop_index(batch_op.f("ix_calendar_terms_audience_id"))

    op.drop_table("calendar_terms")
    with op.batch_alter_table("calendar_day", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_calendar_day_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_calendar_day_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_calendar_day_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_calendar_day_import_id"))
        batch_op.drop_index(batch_op.f("ix_calendar_day_audience_id"))

    op.drop_table("calendar_day")
    with op.batch_alter_table("signon_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signon_code_link_id"))

    op.drop_table("signon_code")
    op.drop_table("proofs_key")
    # ### end Alembic commands ###
    for table, columns in AGAIN.items():
        seal(connection, table, columns)
