"""What a case tells."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured number. goal: at least (or at most) this; none where it is only told."""

    case: str
    figure: float
    unit: str
    goal: float | None = None
    is_most: bool = False
    note: str = ""

    @property
    def holds(self) -> bool | None:
        """Whether the goal is met; none without a goal."""
        if self.goal is None:
            return None
        return self.figure <= self.goal if self.is_most else self.figure >= self.goal

    def row(self) -> tuple[str, str, str, str]:
        """In words, for the table."""
        if self.unit == "skipped":
            return self.case, f"skipped: {self.note}", "", ""
        goal = "" if self.goal is None else f"{'<=' if self.is_most else '>='} {self.goal:,.7g}"
        holds = {None: "", True: "yes", False: "NO"}[self.holds]
        note = f" ({self.note})" if self.note else ""
        figure = f"{self.figure:,.0f}" if self.figure >= 10_000 else f"{self.figure:,.4g}"
        return self.case, f"{figure} {self.unit}{note}", goal, holds
