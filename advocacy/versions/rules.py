"""A version as a file."""

from advocacy.positions.rows import VersionRow


def as_markdown(of: VersionRow) -> str:
    """A version as Markdown: title, clauses, and what was frozen with them."""
    parts = [f"# {of.title}"]
    for clause in of.clauses:
        parts += [f"## {clause.heading}"] if clause.heading else []
        parts += [clause.text] if clause.text else []
    return "\n\n".join([*parts, "---", *_foot(of)]) + "\n"


def as_text(of: VersionRow) -> str:
    """A version as plain text, the words as they were written."""
    parts = [of.title, "=" * 60]
    for number, clause in enumerate(of.clauses, 1):
        parts.append(f"{number}. {clause.heading}\n\n{clause.text}".strip())
    return "\n\n".join([*parts, "-" * 60, *_foot(of)]) + "\n"


def _foot(of: VersionRow) -> list[str]:
    # Machine words, the same in every language: they name the version, they are not its text.
    terms = of.terms
    lines = (
        f"version: {of.number}",
        f"sha-256: {of.content_hash}",
        f"frozen: {of.frozen_at.isoformat()}",
        f"audience: {terms.audience}",
        f"channel: {terms.channel}",
        f"attribution: {terms.attribution}",
    )
    return ["  \n".join(lines)]
