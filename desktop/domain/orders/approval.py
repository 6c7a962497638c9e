"""Who approved an order, on which paper; and who took one back, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Level(StrEnum):
    """Whose approval an order needs."""

    NONE = "none"
    DEPARTMENT = "department"
    """办案部门负责人。"""
    COUNTY = "county"
    """县级以上公安机关负责人。"""
    CITY = "city"
    """设区的市一级以上公安机关负责人。"""


@dataclass(frozen=True, slots=True)
class Approval:
    """The approval of an order.

    It is given on paper, outside the desk: ``by`` is who gave it and ``number`` the paper's. ``officer`` is who
    recorded it here, a second person. ``refused`` says why it was not given.
    """

    by: str = ""
    number: str = ""
    at: datetime | None = None
    officer: str = ""
    refused: str = ""

    @property
    def given(self) -> bool:
        """Whether the order may be sent."""
        return self.at is not None and not self.refused


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An order taken back before it was answered."""

    reason: str = ""
    at: datetime | None = None
    officer: str = ""


NOT_APPROVED = Approval()
NOT_WITHDRAWN = Withdrawal()
