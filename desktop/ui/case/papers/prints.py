"""How often a paper left the screen, as far as the journal says: printed, or kept as a file; when last, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.domain.case_file.views import HistoryRow
from desktop.journal.kinds import DOCUMENT_PRINTED
from desktop.ui.case.sheet import CaseSheet
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.moment_text import clock_or_day

_OF_PAPERS: Final = "paper/"


@dataclass(frozen=True, slots=True)
class Went:
    """One way out. ``copies``: sheets of paper handed out, where it was the printer; ``by``: the officer's name."""

    times: int
    copies: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Prints:
    """Both ways; None for one never taken."""

    printed: Went | None = None
    kept: Went | None = None


NEVER: Final = Prints()


def prints_of(sheet: CaseSheet, form: str, paper: str = "") -> Prints:
    """Of one paper; without ``paper``: of the form where there was none, for the case or for an order of it.

    What an earlier version of the program only noted as drawn counts as neither: nobody knows what became of it.
    """
    rows = [row for row in sheet.history if _is_of(row, form, paper)]
    return Prints(
        _went(sheet, [row for row in rows if _copies(row) > 0]),
        _went(sheet, [row for row in rows if dict(row.fields).get("copies") == "0"]),
    )


def _is_of(row: HistoryRow, form: str, paper: str) -> bool:
    if row.kind != DOCUMENT_PRINTED or dict(row.fields).get("form") != form:
        return False
    return row.subject == _OF_PAPERS + paper if paper else not row.subject.startswith(_OF_PAPERS)


def _went(sheet: CaseSheet, rows: list[HistoryRow]) -> Went | None:
    if not rows:
        return None
    last = max(rows, key=_wall)
    return Went(len(rows), sum(map(_copies, rows)), last.wall, sheet.officer(last.officer))


def _copies(row: HistoryRow) -> int:
    return int(dict(row.fields).get("copies") or 0)


def _wall(row: HistoryRow) -> datetime:
    return row.wall


class PrintTexts:
    """What a list and the line below it say of it."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    def short(self, prints: Prints) -> str:
        """For a narrow column; empty while the paper never left the screen."""
        if prints.printed is not None:
            return self._kit.texts.text("papers.out.times", times=prints.printed.times)
        return self._kit.texts.text("papers.out.file") if prints.kept is not None else ""

    def whole(self, prints: Prints) -> str:
        """How often, how many copies, when last and by whom."""
        ways = (("printed", prints.printed), ("kept", prints.kept))
        told = [self._way(name, went) for name, went in ways if went is not None]
        return "\n".join(told) or self._kit.texts.text("papers.out.never")

    def _way(self, name: str, went: Went) -> str:
        return self._kit.texts.text(
            f"papers.out.{name}",
            times=went.times,
            copies=went.copies,
            at=clock_or_day(self._kit, went.at),
            by=went.by,
        )
