"""What the form of a step calls optional."""

import pytest
from flask import Flask

from advocacy.asks.rules import Kind
from advocacy.steps.forms import StepForm


@pytest.mark.parametrize(
    ("kind", "demanded"),
    [
        (Kind.CLAIM, {"effective_on", "evidence_on"}),
        (Kind.UPDATE, {"text", "evidence_on"}),
        (Kind.DATE_CHANGE, {"due_on"}),
    ],
)
def test_no_field_that_a_step_demands_is_called_optional(
    app: Flask, kind: Kind, demanded: set[str]
) -> None:
    with app.test_request_context():
        form = StepForm()
        form.offer(kind, frozenset())
        assert not [name for name in demanded if form[name].flags.optional]
        assert form.url.flags.optional
