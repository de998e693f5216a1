"""The house, all of its rooms.

Data and schema move apart. A column is removed one release after its last use. After a batch
operation on a sealed table call `seal` again: batch mode drops triggers without a word.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from advocacy.access.schema import wall
from advocacy.ground.acts import seal, unseal
from advocacy.ground.search import index, unindex

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


# Rows of these tables are written once; the columns are those that may not change.
SEALED = {
    "audit_event": [
        "id",
        "book",
        "sequence",
        "at",
        "name",
        "about_id",
        "person_id",
        "seat_id",
        "organisation_id",
        "commitment",
        "previous_hash",
        "hash",
    ],
    "comment": [
        "id",
        "thread_id",
        "person_id",
        "number",
        "at",
        "text",
        "html",
        "html_by",
        "organisation_id",
        "audience_id",
        "own_audience_id",
    ],
    "thread_act": [
        "id",
        "thread_id",
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
    "ask_act": [
        "id",
        "ask_id",
        "axis",
        "kind",
        "value",
        "text",
        "facts",
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
    "draft_clause_act": [
        "id",
        "cid",
        "document_id",
        "what",
        "heading",
        "text",
        "number",
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
    "position_stage": [
        "id",
        "position_id",
        "stage",
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
    "version": [
        "id",
        "position_id",
        "number",
        "title",
        "language",
        "terms",
        "content_hash",
        "plain_digest",
        "frozen_at",
        "person_id",
        "organisation_id",
        "audience_id",
        "own_audience_id",
    ],
    "ask_evidence": [
        "id",
        "ask_id",
        "act_id",
        "url",
        "text",
        "direction",
        "dated_on",
        "recorded_at",
        "organisation_id",
        "audience_id",
        "own_audience_id",
    ],
    "harm_check": [
        "id",
        "position_id",
        "version_id",
        "by_speaking",
        "by_silence",
        "mitigation",
        "consent",
        "checked_by",
        "checked_on",
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
    "signoff_round": [
        "id",
        "position_id",
        "version_id",
        "workspace_id",
        "content_hash",
        "blocks",
        "answers",
        "closes_at",
        "zone",
        "participants_id",
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
    "version_clause": [
        "id",
        "version_id",
        "cid",
        "number",
        "kind",
        "heading",
        "text",
        "html",
        "html_by",
        "language",
        "hash",
        "organisation_id",
        "audience_id",
        "own_audience_id",
    ],
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
    "signoff_answer": [
        "id",
        "round_id",
        "version_id",
        "content_hash",
        "kind",
        "outside",
        "inside",
        "shown_name",
        "logo",
        "note",
        "printed",
        "clauses",
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
    "signoff_end": [
        "id",
        "round_id",
        "kind",
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
    "signoff_invitation": [
        "id",
        "round_id",
        "invited_id",
        "organisation_id",
        "audience_id",
        "own_audience_id",
    ],
    "release_entry": [
        "id",
        "release_id",
        "outside",
        "cell",
        "kind_of",
        "shown_name",
        "logo",
        "note",
        "clause_ids",
        "organisation_id",
        "audience_id",
        "own_audience_id",
    ],
}
# Tables that only their audience may read: row-level security on PostgreSQL.
WALLED = [
    "ask",
    "ask_act",
    "ask_evidence",
    "body",
    "comment",
    "draft",
    "draft_clause",
    "draft_clause_act",
    "harm_check",
    "institution",
    "link",
    "membership",
    "position",
    "position_stage",
    "recommendation",
    "release",
    "release_entry",
    "signoff_answer",
    "signoff_end",
    "signoff_invitation",
    "signoff_round",
    "thread",
    "thread_act",
    "threat",
    "threat_members",
    "threat_restricted",
    "threat_version",
    "version",
    "version_clause",
]


def upgrade() -> None:
    # ### commands auto generated by Alembic - please adjust! ###
    op.create_table(
        "access_group",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=True, comment="workspace, body, position"),
        sa.Column(
            "within_id",
            sa.Uuid(),
            nullable=True,
            comment="the group whose members include all of this one's",
        ),
        sa.ForeignKeyConstraint(
            ["within_id"], ["access_group.id"], name=op.f("fk_access_group_within_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_group")),
    )
    op.create_index(op.f("ix_access_group_about_id"), "access_group", ["about_id"], unique=False)
    op.create_table(
        "area",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("country", sa.String(), nullable=False, comment="ISO 3166 alpha-3"),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column(
            "code", sa.String(), nullable=False, comment="P-code: text, even where it is all digits"
        ),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False, comment="language -> name"),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True, comment="first day on which it is no more"),
        sa.CheckConstraint("(level = 0) = (parent_id IS NULL)", name=op.f("ck_area_parent")),
        sa.CheckConstraint("level BETWEEN 0 AND 5", name=op.f("ck_area_level")),
        sa.ForeignKeyConstraint(["parent_id"], ["area.id"], name=op.f("fk_area_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area")),
        sa.UniqueConstraint("country", "level", "code", name=op.f("uq_area_country_level_code")),
    )
    op.create_index(
        op.f("ix_area_country_level_name"), "area", ["country", "level", "name"], unique=False
    )
    op.create_index(op.f("ix_area_parent_id"), "area", ["parent_id"], unique=False)
    op.create_table(
        "attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    op.create_index("ix_attempt_about_at", "attempt", ["about", "at"], unique=False)
    op.create_table(
        "audience",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False, comment="SHA-256 over the sorted parts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audience")),
        sa.UniqueConstraint("key", name=op.f("uq_audience_key")),
    )
    op.create_table(
        "audit_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "book", sa.String(), nullable=False, comment="kind:uuid of what the chain is about"
        ),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "about_id", sa.Uuid(), nullable=False, comment="the record; who sees it sees this"
        ),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("seat_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("commitment", sa.String(), nullable=False, comment="SHA-256 of salt and detail"),
        sa.Column("previous_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
        sa.UniqueConstraint("book", "sequence", name=op.f("uq_audit_event_book_sequence")),
    )
    op.create_index(op.f("ix_audit_event_about_id"), "audit_event", ["about_id"], unique=False)
    op.create_table(
        "audit_head",
        sa.Column("book", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("book", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "bearer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "purpose", sa.String(), nullable=False, comment="session, sign-in link, invite, reset"
        ),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bearer")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_bearer_token_hash")),
    )
    op.create_index(op.f("ix_bearer_person_id"), "bearer", ["person_id"], unique=False)
    op.create_table(
        "import_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.String(),
            nullable=False,
            comment="name of the mapper, for example recommendations.upr",
        ),
        sa.Column("workspace_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column(
            "file_hash", sa.String(), nullable=False, comment="sha256 of the file's bytes, hex"
        ),
        sa.Column(
            "state",
            sa.String(),
            nullable=False,
            comment="while 'undoing', triggers let this run's acts be deleted",
        ),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "state IN ('applied', 'undoing', 'undone')", name=op.f("ck_import_run_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    op.create_index(
        op.f("ix_import_run_organisation_id_at"),
        "import_run",
        ["organisation_id", "at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_import_run_workspace_id"), "import_run", ["workspace_id"], unique=False
    )
    op.create_table(
        "once",
        sa.Column("key", sa.String(), nullable=False, comment="person or visitor, and form key"),
        sa.Column("endpoint", sa.String(), nullable=False),
        sa.Column("location", sa.String(), nullable=False, comment="where the first answer led"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_once")),
    )
    op.create_index(op.f("ix_once_at"), "once", ["at"], unique=False)
    op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("short_name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column(
            "registered_email",
            sa.String(),
            nullable=False,
            comment="contact registered at joining; where codes and notices go",
        ),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "fault", sa.String(), nullable=False, comment="kind of the last failure, no text"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_index("ix_outbox_open", "outbox", ["done_at", "due_at"], unique=False)
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False, comment="lower case, trimmed"),
        sa.Column(
            "password_hash", sa.String(), nullable=False, comment="Argon2id; empty = none set"
        ),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_table(
        "protection_risk",
        sa.Column("code", sa.String(), nullable=False, comment="PR01 to PR15"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False, comment="language -> name"),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column(
            "aor",
            sa.JSON(),
            nullable=False,
            comment="areas of responsibility, for example CP, GBV; empty = protection in general",
        ),
        sa.Column("default_sensitivity", sa.Integer(), nullable=False, comment="1 low to 4 severe"),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("replaced_by", sa.String(), nullable=True),
        sa.Column("version", sa.String(), nullable=False, comment="of the data file it came from"),
        sa.CheckConstraint(
            "default_sensitivity BETWEEN 1 AND 4", name=op.f("ck_protection_risk_sensitivity")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_protection_risk")),
        sa.UniqueConstraint("number", name=op.f("uq_protection_risk_number")),
    )
    op.create_table(
        "search_entry",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column(
            "words", sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql"), nullable=False
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_search_entry")),
        sa.UniqueConstraint("kind", "record_id", name=op.f("uq_search_entry_kind_record_id")),
    )
    op.create_table(
        "workspace",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False, comment="ISO 3166-1 alpha-3"),
        sa.Column("severity_scale", sa.String(), nullable=False),
        sa.Column(
            "smallest_cell", sa.Integer(), nullable=False, comment="below: shown as fewer than"
        ),
        sa.Column("weekend", sa.String(), nullable=False, comment="weekdays off, Monday is 0"),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("smallest_cell >= 3", name=op.f("ck_workspace_smallest_cell")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspace")),
        sa.UniqueConstraint("slug", name=op.f("uq_workspace_slug")),
    )
    op.create_table(
        "access_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"], ["access_group.id"], name=op.f("fk_access_member_group_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_member")),
    )
    op.create_index(op.f("ix_access_member_group_id"), "access_member", ["group_id"], unique=False)
    op.create_index(
        "ix_access_member_organisation_group",
        "access_member",
        ["organisation_id", "group_id"],
        unique=False,
    )
    op.create_table(
        "audience_part",
        sa.Column("audience_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_audience_part_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["access_group.id"], name=op.f("fk_audience_part_group_id")
        ),
        sa.PrimaryKeyConstraint("audience_id", "group_id", name=op.f("pk_audience_part")),
    )
    op.create_index(op.f("ix_audience_part_group_id"), "audience_part", ["group_id"], unique=False)
    op.create_table(
        "audit_detail",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["audit_event.id"], name=op.f("fk_audit_detail_event_id")
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_audit_detail")),
    )
    op.create_table(
        "body",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False, comment="the access group of its members"),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(["audience_id"], ["audience.id"], name=op.f("fk_body_audience_id")),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_body_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_body_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body")),
    )
    op.create_index(op.f("ix_body_audience_id"), "body", ["audience_id"], unique=False)
    op.create_index(op.f("ix_body_organisation_id"), "body", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_body_workspace_id"), "body", ["workspace_id"], unique=False)
    op.create_table(
        "draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(), nullable=False, comment="BCP 47"),
        sa.Column("order", sa.JSON(), nullable=False, comment="ids of the clauses, first to last"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "closed_at", sa.DateTime(timezone=True), nullable=True, comment="no edits from then on"
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
            ["audience_id"], ["audience.id"], name=op.f("fk_draft_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_draft_own_audience_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
    )
    op.create_index(op.f("ix_draft_audience_id"), "draft", ["audience_id"], unique=False)
    op.create_index(op.f("ix_draft_organisation_id"), "draft", ["organisation_id"], unique=False)
    op.create_table(
        "import_row",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False, comment="the mapper's key of the record"),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=False, comment="the record made or changed"),
        sa.Column("fingerprint", sa.String(), nullable=False, comment="of the record as imported"),
        sa.Column(
            "before",
            sa.JSON(none_as_null=True),
            nullable=True,
            comment="the record before; empty when it is new",
        ),
        sa.CheckConstraint("verdict IN ('new', 'changed')", name=op.f("ck_import_row_verdict")),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"], name=op.f("fk_import_row_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_row")),
        sa.UniqueConstraint("run_id", "key", name=op.f("uq_import_row_run_id_key")),
    )
    op.create_index(op.f("ix_import_row_target_id"), "import_row", ["target_id"], unique=False)
    op.create_table(
        "institution",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False, comment="the name as it is compared"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False, comment="ISO 3166-1 alpha-3"),
        sa.Column("aliases", sa.JSON(), nullable=False, comment="other names, as written"),
        sa.Column(
            "member_id", sa.Uuid(), nullable=True, comment="the organisation it is, with an account"
        ),
        sa.Column(
            "is_sensitive",
            sa.Boolean(),
            nullable=False,
            comment="armed group, de facto authority or listed: practice A8",
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
            ["audience_id"], ["audience.id"], name=op.f("fk_institution_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["organisation.id"], name=op.f("fk_institution_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_institution_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_institution_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_institution")),
    )
    op.create_index(
        op.f("ix_institution_audience_id"), "institution", ["audience_id"], unique=False
    )
    op.create_index(op.f("ix_institution_member_id"), "institution", ["member_id"], unique=False)
    op.create_index(
        op.f("ix_institution_organisation_id"), "institution", ["organisation_id"], unique=False
    )
    op.create_index(
        "ix_institution_workspace_folded", "institution", ["workspace_id", "folded"], unique=False
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("seats", sa.JSON(), nullable=False),
        sa.Column(
            "email", sa.String(), nullable=False, comment="lower case; only this address may accept"
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False, comment="handover note to the successor"),
        sa.Column(
            "replaces_id", sa.Uuid(), nullable=True, comment="holding that ends as theirs begins"
        ),
        sa.Column("invited_by", sa.Uuid(), nullable=True, comment="person; empty = a coordinator"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "confirmed_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when the link could go; a signatory waits for a second word",
        ),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_invitation_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
    )
    op.create_index(
        op.f("ix_invitation_organisation_id"), "invitation", ["organisation_id"], unique=False
    )
    op.create_table(
        "link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_kind", sa.String(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("target_kind", sa.String(), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(["audience_id"], ["audience.id"], name=op.f("fk_link_audience_id")),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_link_own_audience_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint(
            "organisation_id",
            "source_kind",
            "source_id",
            "target_kind",
            "target_id",
            name="link_once",
        ),
    )
    op.create_index(op.f("ix_link_audience_id"), "link", ["audience_id"], unique=False)
    op.create_index(op.f("ix_link_organisation_id"), "link", ["organisation_id"], unique=False)
    op.create_index("ix_link_target", "link", ["target_kind", "target_id"], unique=False)
    op.create_table(
        "membership",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_membership_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["organisation.id"], name=op.f("fk_membership_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_membership_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_membership_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    op.create_index(op.f("ix_membership_audience_id"), "membership", ["audience_id"], unique=False)
    op.create_index(op.f("ix_membership_member_id"), "membership", ["member_id"], unique=False)
    op.create_index(
        op.f("ix_membership_organisation_id"), "membership", ["organisation_id"], unique=False
    )
    op.create_index(
        op.f("ix_membership_workspace_id"), "membership", ["workspace_id"], unique=False
    )
    op.create_index(
        "ux_membership_open",
        "membership",
        ["workspace_id", "member_id"],
        unique=True,
        sqlite_where=sa.text("until_at IS NULL"),
        postgresql_where=sa.text("until_at IS NULL"),
    )
    op.create_table(
        "recommendation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column(
            "ref", sa.String(), nullable=False, comment="text: keeps leading zeros; for ever"
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False, comment="word for word"),
        sa.Column("language", sa.String(), nullable=False, comment="BCP 47"),
        sa.Column("issuers", sa.JSON(), nullable=False, comment="names of those who put it"),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("position_id", sa.Uuid(), nullable=True),
        sa.Column("version_id", sa.Uuid(), nullable=True),
        sa.Column(
            "clause_id", sa.Uuid(), nullable=True, comment="identity of the clause in the version"
        ),
        sa.Column(
            "source", sa.String(), nullable=False, comment="symbol, report and page, or address"
        ),
        sa.Column("session", sa.Integer(), nullable=True, comment="of the review it comes from"),
        sa.Column(
            "specificity", sa.Integer(), nullable=True, comment="1 minimal to 5 specific action"
        ),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.Column("import_key", sa.String(), nullable=True),
        sa.Column(
            "fingerprint", sa.String(), nullable=False, comment="of what an import would set"
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
        sa.CheckConstraint(
            "specificity BETWEEN 1 AND 5", name=op.f("ck_recommendation_specificity")
        ),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_recommendation_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_recommendation_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_recommendation_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
        sa.UniqueConstraint(
            "workspace_id",
            "organisation_id",
            "import_key",
            name=op.f("uq_recommendation_workspace_id_organisation_id_import_key"),
        ),
        sa.UniqueConstraint(
            "workspace_id",
            "organisation_id",
            "ref",
            name=op.f("uq_recommendation_workspace_id_organisation_id_ref"),
        ),
    )
    op.create_index(
        op.f("ix_recommendation_audience_id"), "recommendation", ["audience_id"], unique=False
    )
    op.create_index(
        op.f("ix_recommendation_import_id"), "recommendation", ["import_id"], unique=False
    )
    op.create_index(
        "ix_recommendation_newest",
        "recommendation",
        ["workspace_id", "created_at", "id", "audience_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_recommendation_organisation_id"),
        "recommendation",
        ["organisation_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_recommendation_position_id"), "recommendation", ["position_id"], unique=False
    )
    op.create_index(
        "ix_recommendation_session",
        "recommendation",
        ["workspace_id", "session", "created_at"],
        unique=False,
    )
    op.create_table(
        "seat",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_seat_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
        sa.UniqueConstraint("organisation_id", "kind", name=op.f("uq_seat_organisation_id_kind")),
    )
    op.create_table(
        "thread",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=False, comment="the record, a position"),
        sa.Column(
            "lead_id", sa.Uuid(), nullable=False, comment="organisation that leads the record"
        ),
        sa.Column("clause_id", sa.Uuid(), nullable=True, comment="the clause; empty = the whole"),
        sa.Column(
            "clause_hash", sa.String(), nullable=False, comment="as the clause read on that day"
        ),
        sa.Column(
            "quote",
            sa.String(),
            nullable=False,
            comment="the words pointed at; empty = all of them",
        ),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False, comment="kept fold of its acts"),
        sa.Column(
            "last_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="of the last comment, kept",
        ),
        sa.Column(
            "last_by", sa.Uuid(), nullable=False, comment="organisation of the last comment, kept"
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
            ["audience_id"], ["audience.id"], name=op.f("fk_thread_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_thread_own_audience_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread")),
    )
    op.create_index(op.f("ix_thread_about_id"), "thread", ["about_id"], unique=False)
    op.create_index(op.f("ix_thread_audience_id"), "thread", ["audience_id"], unique=False)
    op.create_index("ix_thread_lead_state", "thread", ["lead_id", "state"], unique=False)
    op.create_index(op.f("ix_thread_organisation_id"), "thread", ["organisation_id"], unique=False)
    op.create_table(
        "threat",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False, comment="10 base32 characters, says nothing"),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("risk_code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False, comment="who does what"),
        sa.Column(
            "summary",
            sa.String(),
            nullable=False,
            comment="without names, exact places or exact figures",
        ),
        sa.Column(
            "words", sa.String(), nullable=False, comment="title and summary, folded for searching"
        ),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column(
            "area_id",
            sa.Uuid(),
            nullable=True,
            comment="level 1 at most; empty = the whole country",
        ),
        sa.Column("severity", sa.Integer(), nullable=True, comment="empty = not assessed"),
        sa.Column("scale_id", sa.String(), nullable=False),
        sa.Column("trend", sa.String(), nullable=False),
        sa.Column(
            "people_least", sa.Integer(), nullable=True, comment="of the band; empty = not known"
        ),
        sa.Column("people_most", sa.Integer(), nullable=True, comment="of the band; empty = open"),
        sa.Column(
            "sensitivity",
            sa.Integer(),
            nullable=False,
            comment="1 low to 4 severe; caps the audience",
        ),
        sa.Column(
            "is_survivor_record",
            sa.Boolean(),
            nullable=False,
            comment="of a child or of sexual violence",
        ),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("next_review", sa.Date(), nullable=True, comment="as its owner chose"),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "edition", sa.Integer(), nullable=False, comment="what an edit is based on; never shown"
        ),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.CheckConstraint("people_most >= people_least", name=op.f("ck_threat_people")),
        sa.CheckConstraint("sensitivity BETWEEN 1 AND 4", name=op.f("ck_threat_sensitivity")),
        sa.CheckConstraint("severity BETWEEN 1 AND 5", name=op.f("ck_threat_severity")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_threat_area_id")),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_threat_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_threat_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["risk_code"], ["protection_risk.code"], name=op.f("fk_threat_risk_code")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_threat_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threat")),
        sa.UniqueConstraint("ref", name=op.f("uq_threat_ref")),
    )
    op.create_index(op.f("ix_threat_audience_id"), "threat", ["audience_id"], unique=False)
    op.create_index(op.f("ix_threat_organisation_id"), "threat", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_threat_risk_code"), "threat", ["risk_code"], unique=False)
    op.create_index(
        "ix_threat_workspace_checked", "threat", ["workspace_id", "checked_at", "id"], unique=False
    )
    op.create_table(
        "ask",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column(
            "addressee",
            sa.String(),
            nullable=False,
            comment="the institution's name when it was asked",
        ),
        sa.Column("is_duty_bearer", sa.Boolean(), nullable=False),
        sa.Column(
            "is_sensitive",
            sa.Boolean(),
            nullable=False,
            comment="kept from donors until published (A8)",
        ),
        sa.Column(
            "is_published",
            sa.Boolean(),
            nullable=False,
            comment="the lead let it be seen although it is sensitive",
        ),
        sa.Column(
            "addressed_id",
            sa.Uuid(),
            nullable=True,
            comment="the organisation that the institution is, if it has an account",
        ),
        sa.Column(
            "minder_id",
            sa.Uuid(),
            nullable=True,
            comment="organisation that follows up; empty = nobody",
        ),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True, comment="of the recommendation"),
        sa.Column("delivered_on", sa.Date(), nullable=True, comment="put to the addressee itself"),
        sa.Column(
            "do_how", sa.String(), nullable=False, comment="what donors can do: fund and so on"
        ),
        sa.Column("do_words", sa.String(), nullable=False),
        sa.Column("do_by", sa.Date(), nullable=True),
        sa.Column(
            "original_due_on", sa.Date(), nullable=True, comment="the first date; never changes"
        ),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_precision", sa.String(), nullable=False),
        sa.Column(
            "original_end_on", sa.Date(), nullable=True, comment="last day of the first date"
        ),
        sa.Column("late_after", sa.Date(), nullable=True, comment="last day before it is late"),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.Column("response", sa.String(), nullable=False),
        sa.Column("response_on", sa.Date(), nullable=True),
        sa.Column("progress", sa.String(), nullable=False),
        sa.Column("progress_on", sa.Date(), nullable=True),
        sa.Column("held_from", sa.Date(), nullable=True, comment="first day on which it was done"),
        sa.Column("held_to", sa.Date(), nullable=True, comment="the day it was reversed"),
        sa.Column(
            "claimed_by", sa.Uuid(), nullable=True, comment="organisation of the latest report"
        ),
        sa.Column("verified_by", sa.Uuid(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=False, comment="the day it was recorded"),
        sa.Column(
            "touched_on", sa.Date(), nullable=False, comment="last act; stale is counted from here"
        ),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.CheckConstraint(
            "progress <> 'implemented' OR (claimed_by IS NOT NULL AND verified_by IS NOT NULL AND claimed_by <> verified_by AND (addressed_id IS NULL OR addressed_id <> verified_by) AND (minder_id IS NULL OR minder_id <> verified_by))",
            name=op.f("ck_ask_confirmed_by_another"),
        ),
        sa.CheckConstraint(
            "progress IN ('not_started', 'in_progress', 'partial', 'claimed', 'implemented', 'regressed', 'closed_unmet', 'superseded', 'overtaken')",
            name=op.f("ck_ask_prog"),
        ),
        sa.CheckConstraint(
            "response IN ('none', 'considering', 'accepted', 'in_part', 'noted', 'rejected', 'no_reply_expected')",
            name=op.f("ck_ask_resp"),
        ),
        sa.CheckConstraint("role IN ('lead', 'contributing')", name=op.f("ck_ask_role")),
        sa.CheckConstraint(
            "(due_on IS NULL) = (original_due_on IS NULL)", name=op.f("ck_ask_first_date")
        ),
        sa.ForeignKeyConstraint(["audience_id"], ["audience.id"], name=op.f("fk_ask_audience_id")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_ask_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_ask_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_ask_recommendation_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_ask_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ask")),
        sa.UniqueConstraint(
            "recommendation_id",
            "institution_id",
            name=op.f("uq_ask_recommendation_id_institution_id"),
        ),
    )
    op.create_index(op.f("ix_ask_addressed_id"), "ask", ["addressed_id"], unique=False)
    op.create_index(op.f("ix_ask_audience_id"), "ask", ["audience_id"], unique=False)
    op.create_index(op.f("ix_ask_institution_id"), "ask", ["institution_id"], unique=False)
    op.create_index("ix_ask_late", "ask", ["workspace_id", "late_after"], unique=False)
    op.create_index(op.f("ix_ask_minder_id"), "ask", ["minder_id"], unique=False)
    op.create_index(op.f("ix_ask_organisation_id"), "ask", ["organisation_id"], unique=False)
    op.create_index("ix_ask_progress", "ask", ["workspace_id", "progress"], unique=False)
    op.create_index("ix_ask_readers", "ask", ["workspace_id", "audience_id"], unique=False)
    op.create_index("ix_ask_response", "ask", ["workspace_id", "response"], unique=False)
    op.create_index(
        "ux_ask_lead",
        "ask",
        ["recommendation_id"],
        unique=True,
        sqlite_where=sa.text("role = 'lead'"),
        postgresql_where=sa.text("role = 'lead'"),
    )
    op.create_table(
        "comment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column(
            "number", sa.Integer(), nullable=False, comment="its place in the thread, from 1"
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("html_by", sa.String(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_comment_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_comment_own_audience_id")
        ),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_comment_thread_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    op.create_index(op.f("ix_comment_audience_id"), "comment", ["audience_id"], unique=False)
    op.create_index(
        op.f("ix_comment_organisation_id"), "comment", ["organisation_id"], unique=False
    )
    op.create_index(op.f("ix_comment_thread_id"), "comment", ["thread_id"], unique=False)
    op.create_table(
        "draft_clause",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=False, comment="the text, rendered and cleaned"),
        sa.Column("html_by", sa.String(), nullable=False, comment="the cleaner's version"),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "changed_by", sa.Uuid(), nullable=False, comment="organisation of the last change"
        ),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("act_id", sa.Uuid(), nullable=True, comment="its last act, kept"),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_draft_clause_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["draft.id"], name=op.f("fk_draft_clause_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_draft_clause_own_audience_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_clause")),
    )
    op.create_index(
        op.f("ix_draft_clause_audience_id"), "draft_clause", ["audience_id"], unique=False
    )
    op.create_index(
        op.f("ix_draft_clause_document_id"), "draft_clause", ["document_id"], unique=False
    )
    op.create_index(
        op.f("ix_draft_clause_organisation_id"), "draft_clause", ["organisation_id"], unique=False
    )
    op.create_table(
        "holding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seat_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("appointed_by", sa.Uuid(), nullable=True, comment="person; empty = at founding"),
        sa.Column("note", sa.String(), nullable=False, comment="handover note to the successor"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_holding_person_id")),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_holding_seat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holding")),
    )
    op.create_index("ix_holding_person_until", "holding", ["person_id", "until_at"], unique=False)
    op.create_index(op.f("ix_holding_seat_id"), "holding", ["seat_id"], unique=False)
    op.create_table(
        "position",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column(
            "audience_words", sa.String(), nullable=False, comment="who will read it, in words"
        ),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("attribution", sa.String(), nullable=False, comment="whose names stand under it"),
        sa.Column("sensitivity", sa.Integer(), nullable=False, comment="1 low to 4 severe"),
        sa.Column(
            "language", sa.String(), nullable=False, comment="BCP 47; the language that is signed"
        ),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("participants_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False, comment="kept fold of its stage acts"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.CheckConstraint("sensitivity BETWEEN 1 AND 4", name=op.f("ck_position_sensitivity")),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_position_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["draft.id"], name=op.f("fk_position_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_position_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["participants_id"], ["access_group.id"], name=op.f("fk_position_participants_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_position_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position")),
        sa.UniqueConstraint("document_id", name=op.f("uq_position_document_id")),
    )
    op.create_index(op.f("ix_position_audience_id"), "position", ["audience_id"], unique=False)
    op.create_index(
        op.f("ix_position_organisation_id"), "position", ["organisation_id"], unique=False
    )
    op.create_index(op.f("ix_position_stage"), "position", ["stage"], unique=False)
    op.create_index(op.f("ix_position_workspace_id"), "position", ["workspace_id"], unique=False)
    op.create_table(
        "recommendation_tag",
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.id"],
            name=op.f("fk_recommendation_tag_recommendation_id"),
        ),
        sa.PrimaryKeyConstraint("recommendation_id", "folded", name=op.f("pk_recommendation_tag")),
    )
    op.create_index(
        op.f("ix_recommendation_tag_folded"), "recommendation_tag", ["folded"], unique=False
    )
    op.create_table(
        "thread_act",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
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
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_thread_act_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_thread_act_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["thread_act.id"], name=op.f("fk_thread_act_previous_id")
        ),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_thread_act_thread_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread_act")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_thread_act_previous_id")),
    )
    op.create_index(op.f("ix_thread_act_audience_id"), "thread_act", ["audience_id"], unique=False)
    op.create_index(op.f("ix_thread_act_import_id"), "thread_act", ["import_id"], unique=False)
    op.create_index(
        op.f("ix_thread_act_organisation_id"), "thread_act", ["organisation_id"], unique=False
    )
    op.create_index(op.f("ix_thread_act_thread_id"), "thread_act", ["thread_id"], unique=False)
    op.create_index(
        "ux_thread_act_first",
        "thread_act",
        ["thread_id"],
        unique=True,
        sqlite_where=sa.text("previous_id IS NULL"),
        postgresql_where=sa.text("previous_id IS NULL"),
    )
    op.create_table(
        "threat_members",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("threat_id", sa.Uuid(), nullable=False),
        sa.Column("area_id", sa.Uuid(), nullable=True, comment="as chosen"),
        sa.Column(
            "place", sa.String(), nullable=False, comment="the place's name as it was entered"
        ),
        sa.Column(
            "people_low", sa.Integer(), nullable=True, comment="empty = not known, which is not 0"
        ),
        sa.Column("people_high", sa.Integer(), nullable=True),
        sa.Column("how_known", sa.String(), nullable=False),
        sa.Column(
            "party", sa.String(), nullable=False, comment="category of the party, never its name"
        ),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.CheckConstraint(
            "(people_low IS NULL) = (people_high IS NULL)",
            name=op.f("ck_threat_members_people_known"),
        ),
        sa.CheckConstraint("people_high >= people_low", name=op.f("ck_threat_members_people_high")),
        sa.CheckConstraint("people_low >= 0", name=op.f("ck_threat_members_people_low")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_threat_members_area_id")),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_threat_members_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_threat_members_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["threat_id"], ["threat.id"], name=op.f("fk_threat_members_threat_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threat_members")),
        sa.UniqueConstraint("threat_id", name=op.f("uq_threat_members_threat_id")),
    )
    op.create_index(
        op.f("ix_threat_members_audience_id"), "threat_members", ["audience_id"], unique=False
    )
    op.create_index(
        op.f("ix_threat_members_organisation_id"),
        "threat_members",
        ["organisation_id"],
        unique=False,
    )
    op.create_table(
        "threat_restricted",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("threat_id", sa.Uuid(), nullable=False),
        sa.Column("narrative", sa.String(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_threat_restricted_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_threat_restricted_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["threat_id"], ["threat.id"], name=op.f("fk_threat_restricted_threat_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threat_restricted")),
        sa.UniqueConstraint("threat_id", name=op.f("uq_threat_restricted_threat_id")),
    )
    op.create_index(
        op.f("ix_threat_restricted_audience_id"), "threat_restricted", ["audience_id"], unique=False
    )
    op.create_index(
        op.f("ix_threat_restricted_organisation_id"),
        "threat_restricted",
        ["organisation_id"],
        unique=False,
    )
    op.create_table(
        "threat_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("threat_id", sa.Uuid(), nullable=False),
        sa.Column(
            "number",
            sa.Integer(),
            nullable=False,
            comment="of the act; never shown, gaps would tell",
        ),
        sa.Column("field_class", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False, comment="field -> [before, after]"),
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
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_threat_version_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_threat_version_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["threat_id"], ["threat.id"], name=op.f("fk_threat_version_threat_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threat_version")),
        sa.UniqueConstraint(
            "threat_id",
            "number",
            "field_class",
            name=op.f("uq_threat_version_threat_id_number_field_class"),
        ),
    )
    op.create_index(
        op.f("ix_threat_version_audience_id"), "threat_version", ["audience_id"], unique=False
    )
    op.create_index(
        op.f("ix_threat_version_organisation_id"),
        "threat_version",
        ["organisation_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_threat_version_threat_id"), "threat_version", ["threat_id"], unique=False
    )
    op.create_table(
        "ask_act",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ask_id", sa.Uuid(), nullable=False),
        sa.Column("axis", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column(
            "facts", sa.JSON(), nullable=False, comment="closed words and dates of this kind of act"
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
            "import_id IS NULL OR axis = 'response'", name=op.f("ck_ask_act_import_never_done")
        ),
        sa.ForeignKeyConstraint(["ask_id"], ["ask.id"], name=op.f("fk_ask_act_ask_id")),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_ask_act_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_ask_act_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["ask_act.id"], name=op.f("fk_ask_act_previous_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ask_act")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_ask_act_previous_id")),
    )
    op.create_index("ix_ask_act_ask", "ask_act", ["ask_id", "recorded_at"], unique=False)
    op.create_index(op.f("ix_ask_act_audience_id"), "ask_act", ["audience_id"], unique=False)
    op.create_index(op.f("ix_ask_act_import_id"), "ask_act", ["import_id"], unique=False)
    op.create_index(
        op.f("ix_ask_act_organisation_id"), "ask_act", ["organisation_id"], unique=False
    )
    op.create_index(
        "ux_ask_act_first",
        "ask_act",
        ["ask_id", "axis"],
        unique=True,
        sqlite_where=sa.text("previous_id IS NULL"),
        postgresql_where=sa.text("previous_id IS NULL"),
    )
    op.create_table(
        "draft_clause_act",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cid", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column(
            "number",
            sa.Integer(),
            nullable=False,
            comment="its place after the edit, from 1; 0 = removed",
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
            ["audience_id"], ["audience.id"], name=op.f("fk_draft_clause_act_audience_id")
        ),
        sa.ForeignKeyConstraint(["cid"], ["draft_clause.id"], name=op.f("fk_draft_clause_act_cid")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["draft.id"], name=op.f("fk_draft_clause_act_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_draft_clause_act_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["draft_clause_act.id"], name=op.f("fk_draft_clause_act_previous_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_clause_act")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_draft_clause_act_previous_id")),
    )
    op.create_index(
        op.f("ix_draft_clause_act_audience_id"), "draft_clause_act", ["audience_id"], unique=False
    )
    op.create_index(op.f("ix_draft_clause_act_cid"), "draft_clause_act", ["cid"], unique=False)
    op.create_index(
        op.f("ix_draft_clause_act_document_id"), "draft_clause_act", ["document_id"], unique=False
    )
    op.create_index(
        op.f("ix_draft_clause_act_import_id"), "draft_clause_act", ["import_id"], unique=False
    )
    op.create_index(
        op.f("ix_draft_clause_act_organisation_id"),
        "draft_clause_act",
        ["organisation_id"],
        unique=False,
    )
    op.create_index(
        "ux_draft_clause_act_first",
        "draft_clause_act",
        ["cid"],
        unique=True,
        sqlite_where=sa.text("previous_id IS NULL"),
        postgresql_where=sa.text("previous_id IS NULL"),
    )
    op.create_table(
        "position_stage",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("position_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
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
            ["audience_id"], ["audience.id"], name=op.f("fk_position_stage_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_position_stage_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["position_id"], ["position.id"], name=op.f("fk_position_stage_position_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["position_stage.id"], name=op.f("fk_position_stage_previous_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position_stage")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_position_stage_previous_id")),
    )
    op.create_index(
        op.f("ix_position_stage_audience_id"), "position_stage", ["audience_id"], unique=False
    )
    op.create_index(
        op.f("ix_position_stage_import_id"), "position_stage", ["import_id"], unique=False
    )
    op.create_index(
        op.f("ix_position_stage_organisation_id"),
        "position_stage",
        ["organisation_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_position_stage_position_id"), "position_stage", ["position_id"], unique=False
    )
    op.create_index(
        "ux_position_stage_first",
        "position_stage",
        ["position_id"],
        unique=True,
        sqlite_where=sa.text("previous_id IS NULL"),
        postgresql_where=sa.text("previous_id IS NULL"),
    )
    op.create_table(
        "version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("position_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column(
            "plain_digest",
            sa.String(),
            nullable=False,
            comment="words alone: finds the version of a printed copy",
        ),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
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
            ["audience_id"], ["audience.id"], name=op.f("fk_version_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_version_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["position_id"], ["position.id"], name=op.f("fk_version_position_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version")),
        sa.UniqueConstraint("position_id", "number", name=op.f("uq_version_position_id_number")),
    )
    op.create_index(op.f("ix_version_audience_id"), "version", ["audience_id"], unique=False)
    op.create_index(op.f("ix_version_content_hash"), "version", ["content_hash"], unique=False)
    op.create_index(
        op.f("ix_version_organisation_id"), "version", ["organisation_id"], unique=False
    )
    op.create_index(op.f("ix_version_plain_digest"), "version", ["plain_digest"], unique=False)
    op.create_index(op.f("ix_version_position_id"), "version", ["position_id"], unique=False)
    op.create_table(
        "ask_evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ask_id", sa.Uuid(), nullable=False),
        sa.Column("act_id", sa.Uuid(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.CheckConstraint(
            "direction IN ('supports', 'contradicts', 'context')",
            name=op.f("ck_ask_evidence_direction"),
        ),
        sa.CheckConstraint("url <> '' OR text <> ''", name=op.f("ck_ask_evidence_something")),
        sa.ForeignKeyConstraint(["act_id"], ["ask_act.id"], name=op.f("fk_ask_evidence_act_id")),
        sa.ForeignKeyConstraint(["ask_id"], ["ask.id"], name=op.f("fk_ask_evidence_ask_id")),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_ask_evidence_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_ask_evidence_own_audience_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ask_evidence")),
    )
    op.create_index(op.f("ix_ask_evidence_act_id"), "ask_evidence", ["act_id"], unique=False)
    op.create_index(op.f("ix_ask_evidence_ask_id"), "ask_evidence", ["ask_id"], unique=False)
    op.create_index(
        op.f("ix_ask_evidence_audience_id"), "ask_evidence", ["audience_id"], unique=False
    )
    op.create_index(
        op.f("ix_ask_evidence_organisation_id"), "ask_evidence", ["organisation_id"], unique=False
    )
    op.create_table(
        "harm_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("position_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column(
            "by_speaking",
            sa.String(),
            nullable=False,
            comment="who could be hurt when this is said",
        ),
        sa.Column(
            "by_silence", sa.String(), nullable=False, comment="who could be hurt when it is not"
        ),
        sa.Column("mitigation", sa.String(), nullable=False),
        sa.Column(
            "consent", sa.String(), nullable=False, comment="for testimony: none-used or given"
        ),
        sa.Column("checked_by", sa.String(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
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
            ["audience_id"], ["audience.id"], name=op.f("fk_harm_check_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_harm_check_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["position_id"], ["position.id"], name=op.f("fk_harm_check_position_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["harm_check.id"], name=op.f("fk_harm_check_previous_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_harm_check_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_harm_check")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_harm_check_previous_id")),
    )
    op.create_index(op.f("ix_harm_check_audience_id"), "harm_check", ["audience_id"], unique=False)
    op.create_index(op.f("ix_harm_check_import_id"), "harm_check", ["import_id"], unique=False)
    op.create_index(
        op.f("ix_harm_check_organisation_id"), "harm_check", ["organisation_id"], unique=False
    )
    op.create_index(op.f("ix_harm_check_position_id"), "harm_check", ["position_id"], unique=False)
    op.create_index(
        "ux_harm_check_first",
        "harm_check",
        ["version_id"],
        unique=True,
        sqlite_where=sa.text("previous_id IS NULL"),
        postgresql_where=sa.text("previous_id IS NULL"),
    )
    op.create_table(
        "signoff_round",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("position_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column(
            "content_hash",
            sa.String(),
            nullable=False,
            comment="of the version, with its release terms",
        ),
        sa.Column(
            "blocks",
            sa.String(),
            nullable=False,
            comment="what a change that is asked for holds back",
        ),
        sa.Column("answers", sa.JSON(), nullable=False, comment="the answers this round allows"),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "zone", sa.String(), nullable=False, comment="IANA zone the deadline was said in"
        ),
        sa.Column(
            "participants_id", sa.Uuid(), nullable=False, comment="access group of the position"
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
            ["audience_id"], ["audience.id"], name=op.f("fk_signoff_round_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_signoff_round_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["position_id"], ["position.id"], name=op.f("fk_signoff_round_position_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["signoff_round.id"], name=op.f("fk_signoff_round_previous_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_signoff_round_version_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_signoff_round_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signoff_round")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_signoff_round_previous_id")),
    )
    op.create_index(
        op.f("ix_signoff_round_audience_id"), "signoff_round", ["audience_id"], unique=False
    )
    op.create_index(
        op.f("ix_signoff_round_import_id"), "signoff_round", ["import_id"], unique=False
    )
    op.create_index(
        op.f("ix_signoff_round_organisation_id"), "signoff_round", ["organisation_id"], unique=False
    )
    op.create_index(
        op.f("ix_signoff_round_position_id"), "signoff_round", ["position_id"], unique=False
    )
    op.create_index(
        "ux_signoff_round_first",
        "signoff_round",
        ["position_id"],
        unique=True,
        sqlite_where=sa.text("previous_id IS NULL"),
        postgresql_where=sa.text("previous_id IS NULL"),
    )
    op.create_table(
        "version_clause",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("cid", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("html_by", sa.String(), nullable=False),
        sa.Column(
            "language",
            sa.String(),
            nullable=False,
            comment="where it differs from the text's, else empty",
        ),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_version_clause_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_version_clause_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_version_clause_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version_clause")),
        sa.UniqueConstraint(
            "version_id", "number", name=op.f("uq_version_clause_version_id_number")
        ),
    )
    op.create_index(
        op.f("ix_version_clause_audience_id"), "version_clause", ["audience_id"], unique=False
    )
    op.create_index(
        op.f("ix_version_clause_organisation_id"),
        "version_clause",
        ["organisation_id"],
        unique=False,
    )
    op.create_table(
        "release",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("position_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column(
            "delivered_to", sa.String(), nullable=False, comment="to whom and how, if private"
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="of the version"),
        sa.Column("attribution", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column(
            "clauses",
            sa.JSON(),
            nullable=False,
            comment="cid, kind, heading, rendered copy, language",
        ),
        sa.Column(
            "compiled", sa.JSON(), nullable=False, comment="the list as it was at that instant"
        ),
        sa.Column(
            "smallest_cell",
            sa.Integer(),
            nullable=False,
            comment="of the workspace, at that instant",
        ),
        sa.Column("list_hash", sa.String(), nullable=False, comment="SHA-256 of the compiled list"),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
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
            ["audience_id"], ["audience.id"], name=op.f("fk_release_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_release_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["position_id"], ["position.id"], name=op.f("fk_release_position_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["signoff_round.id"], name=op.f("fk_release_round_id")
        ),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_release_version_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_release_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("round_id", name=op.f("uq_release_round_id")),
    )
    op.create_index(op.f("ix_release_audience_id"), "release", ["audience_id"], unique=False)
    op.create_index(
        op.f("ix_release_organisation_id"), "release", ["organisation_id"], unique=False
    )
    op.create_index(op.f("ix_release_position_id"), "release", ["position_id"], unique=False)
    op.create_table(
        "signoff_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False, comment="what the signer was shown"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("outside", sa.String(), nullable=False),
        sa.Column("inside", sa.String(), nullable=False),
        sa.Column(
            "shown_name", sa.String(), nullable=False, comment="confirmed by the organisation"
        ),
        sa.Column("logo", sa.Boolean(), nullable=False),
        sa.Column(
            "note", sa.String(), nullable=False, comment="the reservation, or the change asked"
        ),
        sa.Column(
            "printed", sa.Boolean(), nullable=False, comment="the note goes out with the text"
        ),
        sa.Column(
            "clauses", sa.JSON(), nullable=False, comment="cid and hash of the clauses it is about"
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
            ["audience_id"], ["audience.id"], name=op.f("fk_signoff_answer_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_signoff_answer_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["signoff_answer.id"], name=op.f("fk_signoff_answer_previous_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["signoff_round.id"], name=op.f("fk_signoff_answer_round_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_signoff_answer_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signoff_answer")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_signoff_answer_previous_id")),
    )
    op.create_index(
        op.f("ix_signoff_answer_audience_id"), "signoff_answer", ["audience_id"], unique=False
    )
    op.create_index(
        op.f("ix_signoff_answer_import_id"), "signoff_answer", ["import_id"], unique=False
    )
    op.create_index(
        op.f("ix_signoff_answer_organisation_id"),
        "signoff_answer",
        ["organisation_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_signoff_answer_round_id"), "signoff_answer", ["round_id"], unique=False
    )
    op.create_index(
        "ux_signoff_answer_first",
        "signoff_answer",
        ["round_id", "organisation_id"],
        unique=True,
        sqlite_where=sa.text("previous_id IS NULL"),
        postgresql_where=sa.text("previous_id IS NULL"),
    )
    op.create_table(
        "signoff_end",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
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
            ["audience_id"], ["audience.id"], name=op.f("fk_signoff_end_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_signoff_end_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["signoff_end.id"], name=op.f("fk_signoff_end_previous_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["signoff_round.id"], name=op.f("fk_signoff_end_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signoff_end")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_signoff_end_previous_id")),
    )
    op.create_index(
        op.f("ix_signoff_end_audience_id"), "signoff_end", ["audience_id"], unique=False
    )
    op.create_index(op.f("ix_signoff_end_import_id"), "signoff_end", ["import_id"], unique=False)
    op.create_index(
        op.f("ix_signoff_end_organisation_id"), "signoff_end", ["organisation_id"], unique=False
    )
    op.create_index(
        "ux_signoff_end_first",
        "signoff_end",
        ["round_id"],
        unique=True,
        sqlite_where=sa.text("previous_id IS NULL"),
        postgresql_where=sa.text("previous_id IS NULL"),
    )
    op.create_table(
        "signoff_invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("invited_id", sa.Uuid(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_signoff_invitation_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["invited_id"], ["organisation.id"], name=op.f("fk_signoff_invitation_invited_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_signoff_invitation_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["signoff_round.id"], name=op.f("fk_signoff_invitation_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signoff_invitation")),
        sa.UniqueConstraint(
            "round_id", "invited_id", name=op.f("uq_signoff_invitation_round_id_invited_id")
        ),
    )
    op.create_index(
        op.f("ix_signoff_invitation_audience_id"),
        "signoff_invitation",
        ["audience_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_signoff_invitation_invited_id"), "signoff_invitation", ["invited_id"], unique=False
    )
    op.create_index(
        op.f("ix_signoff_invitation_organisation_id"),
        "signoff_invitation",
        ["organisation_id"],
        unique=False,
    )
    op.create_table(
        "release_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("outside", sa.String(), nullable=False),
        sa.Column(
            "cell",
            sa.String(),
            nullable=False,
            comment="the number it was counted in; empty = in none",
        ),
        sa.Column("kind_of", sa.String(), nullable=False),
        sa.Column("shown_name", sa.String(), nullable=False),
        sa.Column("logo", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("clause_ids", sa.JSON(), nullable=False),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            nullable=False,
            comment="whose act it is; never whom it concerns",
        ),
        sa.Column("audience_id", sa.Uuid(), nullable=False, comment="effective: parent meets own"),
        sa.Column("own_audience_id", sa.Uuid(), nullable=False, comment="as its owner asked for"),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_release_entry_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["own_audience_id"], ["audience.id"], name=op.f("fk_release_entry_own_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_release_entry_release_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_entry")),
        sa.UniqueConstraint(
            "release_id",
            "organisation_id",
            name=op.f("uq_release_entry_release_id_organisation_id"),
        ),
    )
    op.create_index(
        op.f("ix_release_entry_audience_id"), "release_entry", ["audience_id"], unique=False
    )
    op.create_index(
        op.f("ix_release_entry_organisation_id"), "release_entry", ["organisation_id"], unique=False
    )
    # ### end Alembic commands ###
    connection = op.get_bind()
    for table, columns in SEALED.items():
        seal(connection, table, columns)
    wall(connection, WALLED)
    index(connection)


def downgrade() -> None:
    connection = op.get_bind()
    for table in SEALED:
        unseal(connection, table)
    unindex(connection)
    # ### commands auto generated by Alembic - please adjust! ###
    op.drop_index(op.f("ix_release_entry_organisation_id"), table_name="release_entry")
    op.drop_index(op.f("ix_release_entry_audience_id"), table_name="release_entry")
    op.drop_table("release_entry")
    op.drop_index(op.f("ix_signoff_invitation_organisation_id"), table_name="signoff_invitation")
    op.drop_index(op.f("ix_signoff_invitation_invited_id"), table_name="signoff_invitation")
    op.drop_index(op.f("ix_signoff_invitation_audience_id"), table_name="signoff_invitation")
    op.drop_table("signoff_invitation")
    op.drop_index(
        "ux_signoff_end_first",
        table_name="signoff_end",
        sqlite_where=sa.text("previous_id IS NULL"),
        postgresql_where=sa.text("previous_id IS NULL"),
    )
    op.drop_index(op.f("ix_signoff_end_organisation_id"), table_name="signoff_end")
    op.drop_index(op.f("ix_signoff_end_import_id"), table_name="signoff_end")
    op.drop_index(op.f("ix_signoff_end_audience_id"), table_name="signoff_end")
    op.drop_table("signoff_end")
    op.drop_index(
        "ux_signoff_answer_first",
        table_name="signoff_answer",
        sqlite_where=sa.text("previous_id IS NULL"),
        postgresql_where=sa.text("previous_id IS NULL"),
    )
    op.drop_index(op.f("ix_signoff_answer_round_id"), table_name="signoff_answer")
    op.drop_index(op.f("ix_signoff_answer_organisation_id"), table_name="signoff_answer")
    op.drop_index(op.f("ix_signoff_answer_import_id"), table_name="signoff_answer")
    op.drop_index(op.f("ix_signoff_answer_audience_id"), table_name="signoff_answer")
    op.drop_table("signoff_answer")
    op.drop_index(op.f("ix_release_position_id"), table_name="release")
    op.drop_index(op.f("ix_release_organisation_id"), table_name="release")
    op.drop_index(op.f("ix_release_audience_id"), table_name="release")
    op.drop_table("release")
    op.drop_index(op.f("ix_version_clause_organisation_id"), table_name="version_clause")
    op.drop_index(op.f("ix_version_clause_audience_id"), table_name="version_clause")
    op.drop_table("version_clause")
    op.drop_index(
        "ux_signoff_round_first",
        table_name="signoff_round",
        sqlite_where=sa.text("previous_id IS NULL"),
        postgresql_where=sa.text("previous_id IS NULL"),
    )
    op.drop_index(op.f("ix_signoff_round_position_id"), table_name="signoff_round")
    op.drop_index(op.f("ix_signoff_round_organisation_id"), table_name="signoff_round")
    op.drop_index(op.f("ix_signoff_round_import_id"), table_name="signoff_round")
    op.drop_index(op.f("ix_signoff_round_audience_id"), table_name="signoff_round")
    op.drop_table("signoff_round")
    op.drop_index(
        "ux_harm_check_first",
        table_name="harm_check",
        sqlite_where=sa.text("previous_id IS NULL"),
        postgresql_where=sa.text("previous_id IS NULL"),
    )
    op.drop_index(op.f("ix_harm_check_position_id"), table_name="harm_check")
    op.drop_index(op.f("ix_harm_check_organisation_id"), table_name="harm_check")
    op.drop_index(op.f("ix_harm_check_import_id"), table_name="harm_check")
    op.drop_index(op.f("ix_harm_check_audience_id"), table_name="harm_check")
    op.drop_table("harm_check")
    op.drop_index(op.f("ix_ask_evidence_organisation_id"), table_name="ask_evidence")
    op.drop_index(op.f("ix_ask_evidence_audience_id"), table_name="ask_evidence")
    op.drop_index(op.f("ix_ask_evidence_ask_id"), table_name="ask_evidence")
    op.drop_index(op.f("ix_ask_evidence_act_id"), table_name="ask_evidence")
    op.drop_table("ask_evidence")
    op.drop_index(op.f("ix_version_position_id"), table_name="version")
    op.drop_index(op.f("ix_version_plain_digest"), table_name="version")
    op.drop_index(op.f("ix_version_organisation_id"), table_name="version")
    op.drop_index(op.f("ix_version_content_hash"), table_name="version")
    op.drop_index(op.f("ix_version_audience_id"), table_name="version")
    op.drop_table("version")
    op.drop_index(
        "ux_position_stage_first",
        table_name="position_stage",
        sqlite_where=sa.text("previous_id IS NULL"),
        postgresql_where=sa.text("previous_id IS NULL"),
    )
    op.drop_index(op.f("ix_position_stage_position_id"), table_name="position_stage")
    op.drop_index(op.f("ix_position_stage_organisation_id"), table_name="position_stage")
    op.drop_index(op.f("ix_position_stage_import_id"), table_name="position_stage")
    op.drop_index(op.f("ix_position_stage_audience_id"), table_name="position_stage")
    op.drop_table("position_stage")
    op.drop_index(
        "ux_draft_clause_act_first",
        table_name="draft_clause_act",
        sqlite_where=sa.text("previous_id IS NULL"),
        postgresql_where=sa.text("previous_id IS NULL"),
    )
    op.drop_index(op.f("ix_draft_clause_act_organisation_id"), table_name="draft_clause_act")
    op.drop_index(op.f("ix_draft_clause_act_import_id"), table_name="draft_clause_act")
    op.drop_index(op.f("ix_draft_clause_act_document_id"), table_name="draft_clause_act")
    op.drop_index(op.f("ix_draft_clause_act_cid"), table_name="draft_clause_act")
    op.drop_index(op.f("ix_draft_clause_act_audience_id"), table_name="draft_clause_act")
    op.drop_table("draft_clause_act")
    op.drop_index(
        "ux_ask_act_first",
        table_name="ask_act",
        sqlite_where=sa.text("previous_id IS NULL"),
        postgresql_where=sa.text("previous_id IS NULL"),
    )
    op.drop_index(op.f("ix_ask_act_organisation_id"), table_name="ask_act")
    op.drop_index(op.f("ix_ask_act_import_id"), table_name="ask_act")
    op.drop_index(op.f("ix_ask_act_audience_id"), table_name="ask_act")
    op.drop_index("ix_ask_act_ask", table_name="ask_act")
    op.drop_table("ask_act")
    op.drop_index(op.f("ix_threat_version_threat_id"), table_name="threat_version")
    op.drop_index(op.f("ix_threat_version_organisation_id"), table_name="threat_version")
    op.drop_index(op.f("ix_threat_version_audience_id"), table_name="threat_version")
    op.drop_table("threat_version")
    op.drop_index(op.f("ix_threat_restricted_organisation_id"), table_name="threat_restricted")
    op.drop_index(op.f("ix_threat_restricted_audience_id"), table_name="threat_restricted")
    op.drop_table("threat_restricted")
    op.drop_index(op.f("ix_threat_members_organisation_id"), table_name="threat_members")
    op.drop_index(op.f("ix_threat_members_audience_id"), table_name="threat_members")
    op.drop_table("threat_members")
    op.drop_index(
        "ux_thread_act_first",
        table_name="thread_act",
        sqlite_where=sa.text("previous_id IS NULL"),
        postgresql_where=sa.text("previous_id IS NULL"),
    )
    op.drop_index(op.f("ix_thread_act_thread_id"), table_name="thread_act")
    op.drop_index(op.f("ix_thread_act_organisation_id"), table_name="thread_act")
    op.drop_index(op.f("ix_thread_act_import_id"), table_name="thread_act")
    op.drop_index(op.f("ix_thread_act_audience_id"), table_name="thread_act")
    op.drop_table("thread_act")
    op.drop_index(op.f("ix_recommendation_tag_folded"), table_name="recommendation_tag")
    op.drop_table("recommendation_tag")
    op.drop_index(op.f("ix_position_workspace_id"), table_name="position")
    op.drop_index(op.f("ix_position_stage"), table_name="position")
    op.drop_index(op.f("ix_position_organisation_id"), table_name="position")
    op.drop_index(op.f("ix_position_audience_id"), table_name="position")
    op.drop_table("position")
    op.drop_index(op.f("ix_holding_seat_id"), table_name="holding")
    op.drop_index("ix_holding_person_until", table_name="holding")
    op.drop_table("holding")
    op.drop_index(op.f("ix_draft_clause_organisation_id"), table_name="draft_clause")
    op.drop_index(op.f("ix_draft_clause_document_id"), table_name="draft_clause")
    op.drop_index(op.f("ix_draft_clause_audience_id"), table_name="draft_clause")
    op.drop_table("draft_clause")
    op.drop_index(op.f("ix_comment_thread_id"), table_name="comment")
    op.drop_index(op.f("ix_comment_organisation_id"), table_name="comment")
    op.drop_index(op.f("ix_comment_audience_id"), table_name="comment")
    op.drop_table("comment")
    op.drop_index(
        "ux_ask_lead",
        table_name="ask",
        sqlite_where=sa.text("role = 'lead'"),
        postgresql_where=sa.text("role = 'lead'"),
    )
    op.drop_index("ix_ask_response", table_name="ask")
    op.drop_index("ix_ask_readers", table_name="ask")
    op.drop_index("ix_ask_progress", table_name="ask")
    op.drop_index(op.f("ix_ask_organisation_id"), table_name="ask")
    op.drop_index(op.f("ix_ask_minder_id"), table_name="ask")
    op.drop_index("ix_ask_late", table_name="ask")
    op.drop_index(op.f("ix_ask_institution_id"), table_name="ask")
    op.drop_index(op.f("ix_ask_audience_id"), table_name="ask")
    op.drop_index(op.f("ix_ask_addressed_id"), table_name="ask")
    op.drop_table("ask")
    op.drop_index("ix_threat_workspace_checked", table_name="threat")
    op.drop_index(op.f("ix_threat_risk_code"), table_name="threat")
    op.drop_index(op.f("ix_threat_organisation_id"), table_name="threat")
    op.drop_index(op.f("ix_threat_audience_id"), table_name="threat")
    op.drop_table("threat")
    op.drop_index(op.f("ix_thread_organisation_id"), table_name="thread")
    op.drop_index("ix_thread_lead_state", table_name="thread")
    op.drop_index(op.f("ix_thread_audience_id"), table_name="thread")
    op.drop_index(op.f("ix_thread_about_id"), table_name="thread")
    op.drop_table("thread")
    op.drop_table("seat")
    op.drop_index("ix_recommendation_session", table_name="recommendation")
    op.drop_index(op.f("ix_recommendation_position_id"), table_name="recommendation")
    op.drop_index(op.f("ix_recommendation_organisation_id"), table_name="recommendation")
    op.drop_index("ix_recommendation_newest", table_name="recommendation")
    op.drop_index(op.f("ix_recommendation_import_id"), table_name="recommendation")
    op.drop_index(op.f("ix_recommendation_audience_id"), table_name="recommendation")
    op.drop_table("recommendation")
    op.drop_index(
        "ux_membership_open",
        table_name="membership",
        sqlite_where=sa.text("until_at IS NULL"),
        postgresql_where=sa.text("until_at IS NULL"),
    )
    op.drop_index(op.f("ix_membership_workspace_id"), table_name="membership")
    op.drop_index(op.f("ix_membership_organisation_id"), table_name="membership")
    op.drop_index(op.f("ix_membership_member_id"), table_name="membership")
    op.drop_index(op.f("ix_membership_audience_id"), table_name="membership")
    op.drop_table("membership")
    op.drop_index("ix_link_target", table_name="link")
    op.drop_index(op.f("ix_link_organisation_id"), table_name="link")
    op.drop_index(op.f("ix_link_audience_id"), table_name="link")
    op.drop_table("link")
    op.drop_index(op.f("ix_invitation_organisation_id"), table_name="invitation")
    op.drop_table("invitation")
    op.drop_index("ix_institution_workspace_folded", table_name="institution")
    op.drop_index(op.f("ix_institution_organisation_id"), table_name="institution")
    op.drop_index(op.f("ix_institution_member_id"), table_name="institution")
    op.drop_index(op.f("ix_institution_audience_id"), table_name="institution")
    op.drop_table("institution")
    op.drop_index(op.f("ix_import_row_target_id"), table_name="import_row")
    op.drop_table("import_row")
    op.drop_index(op.f("ix_draft_organisation_id"), table_name="draft")
    op.drop_index(op.f("ix_draft_audience_id"), table_name="draft")
    op.drop_table("draft")
    op.drop_index(op.f("ix_body_workspace_id"), table_name="body")
    op.drop_index(op.f("ix_body_organisation_id"), table_name="body")
    op.drop_index(op.f("ix_body_audience_id"), table_name="body")
    op.drop_table("body")
    op.drop_table("audit_detail")
    op.drop_index(op.f("ix_audience_part_group_id"), table_name="audience_part")
    op.drop_table("audience_part")
    op.drop_index("ix_access_member_organisation_group", table_name="access_member")
    op.drop_index(op.f("ix_access_member_group_id"), table_name="access_member")
    op.drop_table("access_member")
    op.drop_table("workspace")
    op.drop_table("search_entry")
    op.drop_table("protection_risk")
    op.drop_table("person")
    op.drop_index("ix_outbox_open", table_name="outbox")
    op.drop_table("outbox")
    op.drop_table("organisation")
    op.drop_index(op.f("ix_once_at"), table_name="once")
    op.drop_table("once")
    op.drop_index(op.f("ix_import_run_workspace_id"), table_name="import_run")
    op.drop_index(op.f("ix_import_run_organisation_id_at"), table_name="import_run")
    op.drop_table("import_run")
    op.drop_index(op.f("ix_bearer_person_id"), table_name="bearer")
    op.drop_table("bearer")
    op.drop_table("audit_head")
    op.drop_index(op.f("ix_audit_event_about_id"), table_name="audit_event")
    op.drop_table("audit_event")
    op.drop_table("audience")
    op.drop_index("ix_attempt_about_at", table_name="attempt")
    op.drop_table("attempt")
    op.drop_index(op.f("ix_area_parent_id"), table_name="area")
    op.drop_index(op.f("ix_area_country_level_name"), table_name="area")
    op.drop_table("area")
    op.drop_index(op.f("ix_access_group_about_id"), table_name="access_group")
    op.drop_table("access_group")
    # ### end Alembic commands ###
