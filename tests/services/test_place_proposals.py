"""Which field each proposal is for, and that nothing typed is replaced by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.cases.intake import IntakeForm, TransferText
from desktop.domain.statements.proposal import Confidence
from desktop.domain.time.local_time import CHINA
from desktop.readers.pasted.pasted_text import PastedTextReader
from desktop.services.extraction.place_proposals import (
    Offer,
    ProposalPlace,
    place_proposals,
    placed_again,
)
from tests.readers.measuring import DIRECTORIES

NOW = datetime(2026, 11, 24, 10, 40, tzinfo=CHINA)
TEXT = "2026-11-24 10:12:35 转了98000元到 6230520010037788996，户名陈志强，微信 wxid_abc123def"
READING = PastedTextReader(DIRECTORIES).read(TEXT, NOW)

values = st.sampled_from(
    ["", "98000", "9.8万", "陈志强", "李建国", "6230 5200 1003 7788 996", "尾号8996", "x"]
)
rows = st.builds(
    TransferText,
    id=st.just("t"),
    amount=values,
    payee_name=values,
    payee_account=values,
    time=values,
)


def offers(form: IntakeForm) -> dict[str, Offer]:
    return {offer.path: offer for offer in place_proposals(form, READING)}


@given(st.lists(rows, max_size=3).map(tuple))
def test_only_empty_fields_are_filled_by_themselves(transfers: tuple[TransferText, ...]) -> None:
    form = IntakeForm(case_id="c", transfers=transfers)
    for offer in place_proposals(form, READING):
        part, _, rest = offer.path.partition(".")
        if part == "transfers":
            index, _, name = rest.partition(".")
            there = getattr(transfers[int(index)], name) if int(index) < len(transfers) else ""
            assert offer.present == there
            assert offer.wanted == (not there)
    assert placed_again(form, offers(form).values()) == tuple(offers(form).values())


def test_what_is_unsure_is_shown_and_not_taken_along_by_itself() -> None:
    (made,) = READING.transfers
    unsure = {
        name: replace(part, confidence=Confidence.UNSURE) for name, part in made.parts.items()
    }
    reading = replace(READING, transfers=(replace(made, parts=unsure),))
    found = place_proposals(IntakeForm(case_id="c"), reading)
    paths = {offer.path for offer in found if not offer.wanted}
    assert {"transfers.0.amount", "transfers.0.payee_name", "transfers.0.payee_account"} <= paths
    assert [offer.path for offer in found if offer.wanted] == ["identifiers.wechat"]


@given(st.lists(st.booleans(), min_size=1, max_size=5))
def test_what_is_unsure_as_a_whole_stands_behind_all_that_is_taken_along(sure: list[bool]) -> None:
    """And has the last places of the form, whichever order the text has."""
    (made,) = READING.transfers
    unsure = {
        name: replace(part, confidence=Confidence.UNSURE) for name, part in made.parts.items()
    }
    mixed = tuple(made if one else replace(made, parts=unsure) for one in sure)
    found = place_proposals(IntakeForm(case_id="c"), replace(READING, transfers=mixed))
    wanted = [offer.wanted for offer in found]
    assert wanted == sorted(wanted, reverse=True)
    places = [int(offer.path.split(".")[1]) for offer in found if offer.path.endswith(".amount")]
    assert places == list(range(len(sure)))
    assert wanted.count(True) == sure.count(True) * len(made.parts) + len(READING.loose)


def test_a_payment_already_typed_is_known_by_its_sum_account_or_number() -> None:
    known = TransferText(id="t", amount="98,000.00", payee_name="李建国")
    other = TransferText(id="u", amount="5")
    found = offers(IntakeForm(case_id="c", transfers=(other, known)))
    assert found["transfers.1.amount"].place is ProposalPlace.SAME
    assert found["transfers.1.payee_name"].place is ProposalPlace.TAKEN
    assert found["transfers.1.payee_account"].wanted
    assert "identifiers.wechat" in found
    assert "transfers.2.amount" in offers(
        IntakeForm(case_id="c", transfers=(other, replace(known, amount="7")))
    )


def test_a_tail_says_nothing_new_beside_the_whole_number() -> None:
    reading = PastedTextReader(DIRECTORIES).read("转了98000元给对方，对方账户尾号8996", NOW)
    row = TransferText(id="t", amount="98000", payee_account="6230 5200 1003 7788 996")
    (offer,) = (
        item
        for item in place_proposals(IntakeForm(case_id="c", transfers=(row,)), reading)
        if item.path.endswith("payee_account")
    )
    assert offer.place is ProposalPlace.SAME


def test_money_that_came_in_is_no_payment_of_the_victim() -> None:
    reading = PastedTextReader(DIRECTORIES).read("收到陈志强转账300元", NOW)
    found = place_proposals(IntakeForm(case_id="c"), reading)
    assert found
    assert not any(item.path for item in found)


def test_a_payment_in_other_money_leaves_the_amount_to_the_officer() -> None:
    reading = PastedTextReader(DIRECTORIES).read(
        "转账成功\nHKD 35,000.00\n收款人 CHEUNG MAN LOK\n收款账号 012-693-2-004518-7\n交易时间 2026-11-23 16:43:20",
        NOW,
    )
    found = place_proposals(IntakeForm(case_id="c"), reading)
    assert {offer.path: offer.text for offer in found if offer.wanted} == {
        "transfers.0.payee_name": "CHEUNG MAN LOK",
        "transfers.0.payee_account": "01269320045187",
        "transfers.0.time": "2026-11-23 16:43:20",
    }
    assert [offer.text for offer in found if offer.place is ProposalPlace.FOREIGN] == [
        "HKD 35,000.00"
    ]
