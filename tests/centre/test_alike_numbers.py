"""Stations number alike: in one letter every order has a number of its own, by which its answer is known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.answers import take_files
from desktop.centre.batch_files import write_batches
from desktop.centre.ingest import ingest
from desktop.domain.orders.order import OrderState
from desktop.domain.progress import SILENT
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.peers.trust import own_card
from desktop.services.look_up import orders
from desktop.services.orders.answers.dispatch_batches import batch_orders
from desktop.services.orders.issue_order import issue_stop
from desktop.services.session import Session
from tests.centre.answer_files import save, sheets_of
from tests.documents.making import new_printers
from tests.documents.pdf_text import all_text
from tests.support.ceremony import approve, trust_peer
from tests.support.sessions import a_form, take_seat

_NUMBER = "本地指令号"
_REPLY = {
    "办理结果": "部分成功",
    "执行金额(元)": "100.50",
    "措施起始时间": "2026年11月24日10时31分",
}


def test_each_order_of_a_letter_is_known_by_its_number_alone(
    session: Session, centre: Session, quick_folder: Path
) -> None:
    seat = take_seat(
        quick_folder / "other", "A", unit_code="620103550000", unit_name="七里河派出所"
    )
    trust_peer(seat.session, approve(centre, own_card(seat.session)))
    for one in (session, seat.session):
        station = replace(one, ids=one.ids.bound_to(one.profile.device))
        form = a_form(station)
        paid = replace(form.transfers[0], payee_account=f"6228480010{station.profile.unit_code}")
        issue_stop(station, replace(form, transfers=(paid,)), 0, confirmed=True)
        stick = quick_folder / station.profile.unit_code
        stick.mkdir()
        export_bundle(station, stick, SILENT)
        ingest(centre, Quarantine(quick_folder / "no"), [stick], SILENT)
    seat.session.store.close()
    centre = replace(centre, sheets=new_printers().sheets)
    (written,) = write_batches(centre, batch_orders(centre), quick_folder / "out", SILENT)
    head, *rows = next(iter(sheets_of(written.workbook).values()))
    numbers = [row[head.index(_NUMBER)] for row in rows]
    assert len(set(numbers)) == 2, numbers
    letter = all_text(written.letter.read_bytes())
    assert not [number for number in numbers if number not in letter]

    answer = [[_NUMBER, *_REPLY], [numbers[1], *_REPLY.values()]]
    (file,) = take_files(centre, [save(quick_folder / "a.xlsx", {"回函": answer})], SILENT)
    assert file.taken is not None
    assert file.taken.taken == 1
    (answered,) = (view for view in orders(centre) if view.state is OrderState.PARTIAL)
    assert numbers[1].startswith(answered.order.unit_code)
