"""A slip is handed over before its bundle comes; by commands: ``tests/cli/test_waiting_slips.py``."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.folder_round import folder_round
from desktop.centre.hand_over_slip import hand_over_slip, handover_of
from desktop.centre.ingest import ingest
from desktop.domain.orders.claim import work_of_batch
from desktop.domain.progress import SILENT
from desktop.domain.records.fields import Json
from desktop.domain.time.clock import to_wire
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import SLIP_RECEIVED
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.orders.answers.slip_batches import batch_slips
from desktop.services.orders.claim_work import claim_work
from desktop.services.orders.issue_order import issue_stop
from desktop.services.session import Session
from tests.support.error_texts import refused
from tests.support.sessions import a_form


def test_nobody_was_called_in_time_to_come(centre: Session) -> None:
    later = centre.clock.now() + timedelta(minutes=1)
    refused("slip.handed_later", lambda: hand_over_slip(centre, "o1", "农行 王五", at=later))
    assert handover_of(centre, "o1") is None


def scanned(session: Session, centre: Session, odd: dict[str, str | int]) -> str:
    """The id of an order whose slip the centre read, with what is ``odd`` about the slip."""
    order = issue_stop(session, a_form(session), 0, confirmed=True).order.id
    with session.store.read() as reader:
        on_slip = {**reader.current(f"order/{order}"), **odd}
    fields: dict[str, Json] = {
        "device": session.profile.device, "told": on_slip, "case_number": "1",
        "received_at": to_wire(centre.clock.now()), "received_by": "620001",
    }  # fmt: skip
    with centre.store.write() as transaction:
        transaction.append("620001", NewEntry(SLIP_RECEIVED, f"slip/{order}", fields))
    return order


def sent_in(centre: Session, order: str) -> str:
    """The batch that the order went out in, "" for none."""
    with centre.store.read() as reader:
        (view,) = reader.orders_named((order,))
    return view.order.dispatch.pack


@pytest.mark.parametrize("odd", [{}, {"amount_fen": 1}, {"payee.account": "6230520010037788902"}])
def test_only_the_order_of_its_slip_counts_as_sent(
    session: Session, centre: Session, quick_folder: Path, odd: dict[str, str | int]
) -> None:
    """A slip that told the bank of another sum or account under the same id does not stand for the order."""
    order = scanned(session, centre, odd)
    (batch,) = batch_slips(centre)
    work = work_of_batch(batch.number, batch.made_at)
    assert claim_work(centre, work).about == work
    export_bundle(session, quick_folder, SILENT)
    ingest(centre, Quarantine(quick_folder / "no"), [quick_folder], SILENT)
    assert sent_in(centre, order) == ("" if odd else batch.number)


def test_an_order_that_comes_by_a_shared_folder_was_sent_by_its_slip_too(
    session: Session, centre: Session, quick_folder: Path
) -> None:
    order = scanned(session, centre, {})
    (batch,) = batch_slips(centre)
    export_bundle(session, quick_folder, SILENT)
    folder_round(centre, quick_folder, SILENT)
    assert sent_in(centre, order) == batch.number
