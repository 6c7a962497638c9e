"""A real centre under its screens, which are shown orders and stations that nobody recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pytest

from desktop.centre.inbox import StationRow
from desktop.centre.replies import ReplyBundle
from desktop.centre.scan import Scanned, ScannedSlip
from desktop.centre.waiting_slips import WaitingSlip
from desktop.domain.case_file.views import OrderView
from desktop.domain.errors import AppError, TrustError
from desktop.domain.evidence.item import Evidence
from desktop.domain.exchange.peers import Peer
from desktop.domain.exchange.volumes import WrittenVolume
from desktop.domain.ids import CaseId, OrderId
from desktop.domain.orders.order import OrderReply
from desktop.domain.orders.sending.slip_collector import SlipCode, SlipCollector
from desktop.domain.progress import Progress
from desktop.services.exchange.take_in.apply_bundle import AppliedBundle
from desktop.services.orders.answers.record_reply import ReplyBaseline
from desktop.services.orders.page_dispatch import DispatchView
from desktop.services.ports import NO_CHOICES, OrderChoices, OrdersOnly
from desktop.services.ports.exchange.quarantine import NoQuarantine, Quarantined
from desktop.services.session import Session
from tests.support.counted_orders import whole_dispatch
from tests.support.noted import noted
from tests.ui.centre.samples import INGESTED, on_clock
from tests.ui.conftest import BEIJING


class Refused(NoQuarantine):
    """Holds what a test puts there."""

    def __init__(self) -> None:
        self.refused: tuple[Quarantined, ...] = ()

    def rows(self) -> tuple[Quarantined, ...]:
        return self.refused


@dataclass
class CentreBench:
    """What is read is what a test sets; what is recorded is kept in ``calls``, ``replies`` and ``seen``.

    The next call raises ``fail_with``.
    """

    session: Session
    monkeypatch: pytest.MonkeyPatch
    stations: tuple[StationRow, ...] = ()
    alone: tuple[WaitingSlip, ...] = ()
    views: tuple[OrderView, ...] = ()
    choices: OrderChoices = NO_CHOICES
    attached: dict[CaseId, tuple[Evidence, ...]] = field(default_factory=dict)
    found: AppliedBundle = INGESTED
    ends: tuple[Peer, ...] = ()
    slip: ScannedSlip | None = None
    codes: tuple[bytes, ...] = ()
    unwritten: tuple[ReplyBundle, ...] = ()
    fail_with: AppError | None = None
    replies: list[tuple[OrderId, OrderReply]] = field(default_factory=list)
    seen: OrderReply | None = None
    calls: list[str] = field(default_factory=list)
    quarantine: Refused = field(default_factory=Refused)

    def __post_init__(self) -> None:
        self.session = replace(self.session, quarantine=self.quarantine)
        for place, mine in (
            ("inbox_screen.stations", self._stations),
            ("inbox_screen.waiting_slips", lambda _session: self.alone),
            ("inbox_screen.expiring", lambda _session: self.ends),
            ("dispatch_screen.dispatch_view", self._dispatch),
            ("order_evidence.case_evidence", lambda _session, case: self.attached.get(case, ())),
            ("inbox_screen.ingest", self._ingest),
            ("inbox_screen.release_quarantine", self._release),
            ("answering.answering_page.reply", self._reply),
            ("dispatch_screen.write_replies", self._write),
            ("scanning.take_codes", self._take_codes),
        ):
            self.monkeypatch.setattr(f"desktop.ui.centre.{place}", mine)
        self.monkeypatch.setattr("desktop.ui.shared.kit.revealing.reveal_case", self._reveal)
        self.monkeypatch.setattr(
            type(self.session.slips), "scan_frame", lambda _slips, _frame: self.codes
        )

    def note(self, place: str, *errors: Exception, **answer: object) -> list[tuple[object, ...]]:
        """See :func:`tests.support.noted.noted`; of any module of windows."""
        return noted(self.monkeypatch, f"desktop.ui.{place}", *errors, **answer)

    def scan(self, _session: Session, _picture: bytes) -> tuple[bytes, ...]:
        """What the codes of a picture say."""
        if not self.codes:
            raise TrustError("slip.not_found")
        return self.codes

    def _stations(self, _session: Session) -> tuple[StationRow, ...]:
        self._stumble()
        return self.stations

    def _dispatch(
        self,
        session: Session,
        only: OrdersOnly,
        _today: tuple[datetime, datetime],
        _shown: int,
        _progress: Progress,
    ) -> DispatchView:
        self._stumble()
        view = whole_dispatch(on_clock(*self.views), only, session.clock.now(), BEIJING)
        return replace(view, choices=self.choices)

    def _reveal(self, _session: Session, case: CaseId) -> None:
        self._stumble()
        self.calls.append(f"reveal {case}")

    def _ingest(
        self,
        _session: Session,
        _quarantine: object,
        _paths: Sequence[Path],
        progress: Progress,
        *,
        dry_run: bool,
    ) -> AppliedBundle:
        progress.check()
        self._stumble()
        self.calls.append("look" if dry_run else "ingest")
        return self.found

    def _release(self, _session: Session, progress: Progress) -> AppliedBundle:
        progress.check()
        self.calls.append("release")
        return self.found

    def _reply(
        self, _session: Session, order: OrderId, answer: OrderReply, seen: ReplyBaseline
    ) -> None:
        self._stumble()
        self.seen = seen.reply
        self.replies.append((order, answer))

    def _write(
        self, _session: Session, folder: Path, progress: Progress
    ) -> tuple[ReplyBundle, ...]:
        progress.check()
        self._stumble()
        self.calls.append(f"write {folder}")
        volume = WrittenVolume("C-000871-1.fzb", 38_000, "", "")
        return (
            ReplyBundle("张掖路派出所", "C-000871", (volume,), 1),
            ReplyBundle("酒泉路派出所", "C-000872", (volume,), 1),
            *self.unwritten,
        )

    def _take_codes(
        self, _session: Session, collector: SlipCollector, codes: Sequence[bytes]
    ) -> Scanned:
        """A code is ``<slip> <number> <count>``."""
        self._stumble()
        for code in codes:
            name, number, count = code.decode().split()
            one = SlipCode(name, int(number), int(count), code)
            collector = collector.put(one)
            begun = collector.of(one)
            if begun is not None and not begun.missing:
                return Scanned(collector.without(begun), (self.slip,) if self.slip else ())
        return Scanned(collector)

    def _stumble(self) -> None:
        if self.fail_with is not None:
            error, self.fail_with = self.fail_with, None
            raise error
