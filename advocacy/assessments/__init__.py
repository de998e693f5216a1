"""Assessments: what each organisation says of a threat, and the severity that was agreed.

assessment: one organisation's view for one quarter: stance, severity, how it knows. Nobody
overwrites anybody: every act is kept for its organisation alone, and `assessment` holds what is
current. contributor: whose view it is; a table of its own, so that a name is read by those it was
given to and by nobody else. agreed severity: a decision of a coordinator, with who sees it
differently; the severity of a threat is the agreed one where there is one, else its owner's
(`queries.agreed_severity` for lists in SQL, `queries.agreed` for one record).

Invariants: a view is read no wider than the members part of its threat; `organisation_id` of a
view never leaves the room, names come from `contributor` alone; of children and sexual violence no
name at all; a spread is of three organisations at least; "corroborated" is computed and stored
nowhere, "verified" is a citation of a body that verifies.
"""
