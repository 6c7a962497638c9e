"""Tell the stations concerned that their cases belong to a series: counts and their own values, never others' victims.

The proposal stands on the case itself and travels in the stream of its unit, with the next reply bundle.
"""

from __future__ import annotations

from desktop.domain.errors import RuleError
from desktop.domain.identifiers.plain import clean
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.records.fields import Fields, number, text, texts
from desktop.domain.series.series import SeriesHint, SeriesSheet
from desktop.domain.time.clock import from_wire, to_wire
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import SERIES_PROPOSED
from desktop.services.series.show_series import show_series
from desktop.services.session import Session


def propose_series(session: Session, case: str, note: str = "") -> int:
    """Propose the series a case belongs to to every station of its cases; how many cases were told of.

    Raises:
        UserInputError: ``series.unknown``. RuleError: ``series.not_a_centre``.
    """
    session.require(Permission.DISPATCH)
    if session.profile.role is not InstallationRole.CENTRE:
        raise RuleError("series.not_a_centre")
    sheet = show_series(session, case)
    with session.store.write() as transaction:
        for item in sheet.cases:
            entry = NewEntry(
                SERIES_PROPOSED,
                f"case/{item.id}",
                _fields(session, sheet, item.id, note),
                session.profile.stream_for(item.unit_code),
            )
            transaction.append(session.officer.number, entry)
    return len(sheet.cases)


def _fields(session: Session, sheet: SeriesSheet, case: CaseId, note: str) -> Fields:
    own = sorted({link.normal for link in sheet.links if case in link.cases})
    return {
        "linked.cases": len(sheet.cases),
        "linked.units": sheet.series.units,
        "linked.loss_fen": sheet.series.loss_fen,
        "linked.by": [*own],
        "linked.note": clean(note),
        "linked.at": to_wire(session.clock.now()),
    }


def series_hint(session: Session, case: CaseId) -> SeriesHint | None:
    """What the centre said of a case; None while it said nothing."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        fields = reader.current(f"case/{case}")
    at = text(fields, "linked.at")
    if not at:
        return None
    return SeriesHint(
        number(fields, "linked.cases"),
        number(fields, "linked.units"),
        number(fields, "linked.loss_fen"),
        texts(fields, "linked.by"),
        text(fields, "linked.note"),
        from_wire(at),
    )
