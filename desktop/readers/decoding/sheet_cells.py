"""A spreadsheet's cell as the text a person sees."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

_EXACT: Final = 15
"""Significant digits a spreadsheet keeps; the rest of a longer number is gone for ever."""


def sheet_cell(cell: object) -> str:
    """A spreadsheet's cell as the text a person sees: whole numbers without a point, moments in ISO order."""
    match cell:
        case str():
            return cell.strip()
        case bool():
            return str(cell).upper()
        case float():
            return number_text(cell)
        case datetime():
            return cell.isoformat(" ", "seconds")
        case timedelta():
            return str(cell)
        case date() | time():
            return cell.isoformat()
        case _:
            return "" if cell is None else str(cell)


def number_text(value: float) -> str:
    """A spreadsheet's number as text; with more digits than it can hold exactly in E-notation, so that it is seen."""
    if value.is_integer():
        whole = str(int(value))
        return whole if len(whole.lstrip("-")) <= _EXACT else f"{value:.{_EXACT - 1}E}"
    return repr(value)
