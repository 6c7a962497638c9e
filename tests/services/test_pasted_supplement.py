"""Pasted text beside a registered case: recorded as an entry of its own, in which nothing old is replaced."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from desktop.domain.cases.intake import IntakeForm, TransferText
from desktop.domain.cases.people.victim import VictimText
from desktop.readers.pasted.pasted_text import PastedTextReader
from desktop.services.cases.changes.add_supplement import add_supplement
from desktop.services.cases.changes.register_report import register_report
from desktop.services.extraction.pasted_supplement import offers_beside, supplement_of
from desktop.services.look_up import case_file
from tests.readers.measuring import DIRECTORIES
from tests.support.sessions import Seat

OLD = "今天 10:12 转了9.8万给陈志强"
NEW = "今天 10:20 又转了3.2万给王海涛，微信 13919364417，微信 wxid_abc123def"


def test_only_what_is_new_comes_to_the_case(seat: Seat) -> None:
    session, now = seat.session, seat.clock.now()
    row = TransferText(id=session.ids.new_id(), time="10:12", amount="98000", payee_name="陈志强")
    form = IntakeForm(session.ids.new_id(), victim=VictimText(name="李秀兰"), transfers=(row,))
    case = register_report(session, form).case
    reading = PastedTextReader(DIRECTORIES).read(f"{OLD}\n\n{NEW}", now)
    offers = offers_beside(case_file(session, case), reading)
    chosen = [offer for offer in offers if offer.wanted]
    assert not any(offer.text == "98,000.00" for offer in chosen)
    typed = supplement_of(chosen, reading.text, now)
    add_supplement(session, case, replace(typed, reported_at=now - timedelta(seconds=1)))
    file = case_file(session, case)
    assert [item.amount_fen for item in file.transfers] == [9_800_000, 3_200_000]
    assert [(item.kind, item.value) for item in file.identifiers] == [
        ("wechat", "13919364417"), ("wechat", "wxid_abc123def"),
    ]  # fmt: skip
    assert file.supplements[0].text == reading.text
