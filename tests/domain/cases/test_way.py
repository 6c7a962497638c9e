"""Ways of payment: what a payment looks like, what is missing of its way, and who may be asked at once."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.cases.payments.transfer import TRANSFER_FIELDS, Account, Channel, Transfer
from desktop.domain.cases.payments.way import (
    WAY_FIELDS,
    Chain,
    Handover,
    PaymentWay,
    Used,
    WayKind,
)
from desktop.domain.cases.payments.way_checks import (
    chain_of,
    is_coin_unsaid,
    way_kind,
    way_problems,
)
from desktop.domain.ids import TransferId
from desktop.domain.law.deadlines import revocable
from desktop.domain.money.cash_out import is_chain_address
from desktop.domain.orders.order import OrderKind
from desktop.domain.orders.sending.way_orders import as_asked, asked_about, urgent_kind
from desktop.domain.problems import Severity
from desktop.runtime.texts.catalogue import LANGUAGES, Catalogue
from tests.support.every_row import every_row
from tests.support.sessions import RULES
from tests.support.strict import all_of
from tests.support.way_fields import OWN_FIELDS

TRON = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"
ETHER = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
BITCOIN = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"
PAID_AT = datetime(2026, 11, 24, 2, 12, 35, tzinfo=UTC)
WORDS = tuple(Catalogue.load(language, strict=True) for language in LANGUAGES)
CODES = {row.attribute: sorted(row.type.codes) for row in WAY_FIELDS.rows}
FORM_FIELDS = {row.form for row in (*TRANSFER_FIELDS.rows, *WAY_FIELDS.rows)}
NUMBERS = st.sampled_from(
    ["", TRON, ETHER, BITCOIN, TRON[:-1] + "7", "6217004230001234569", "GB82WEST12345698765432"]
) | st.text(max_size=30)
WAYS = st.builds(
    PaymentWay,
    st.just(TransferId("t")),
    **{
        row.attribute: st.sampled_from(["", *CODES[row.attribute], "newer"]) | st.text(max_size=12)
        for row in WAY_FIELDS.rows
    },
)


def a_transfer(kind: str = "", number: str = "", bank: str = "", **way: str) -> Transfer:
    """A payment of ¥98,000."""
    left = PaymentWay(TransferId("t"), kind, **way)
    payer = Account("李秀兰", "6217004230001234569", "中国建设银行")
    payee = Account("", number, bank)
    return Transfer(
        TransferId("t"), 1, PAID_AT, 98_000_00, None, None, payer, payee, way=left
    )  # fmt: skip


TRANSFERS = st.builds(
    Transfer,
    st.just(TransferId("t")),
    st.just(1),
    st.just(PAID_AT) | st.none(),
    st.integers(0, 10**9),
    st.sampled_from([None, *Channel]),
    st.none(),
    st.builds(Account, st.text(max_size=3), NUMBERS, st.text(max_size=3)),
    st.builds(Account, st.text(max_size=3), NUMBERS, st.text(max_size=3)),
    order_number=NUMBERS,
    way=WAYS,
)


@given(TRANSFERS)
def test_any_payment_is_judged_in_words_that_exist(transfer: Transfer) -> None:
    for problem in way_problems(transfer):
        assert problem.field in FORM_FIELDS
        assert all_of(f"problems.{problem.code}" in words for words in WORDS)


@given(TRANSFERS)
def test_no_stop_ever_goes_to_an_address_on_a_chain_that_a_bank_is_asked_about(
    transfer: Transfer,
) -> None:
    if is_chain_address(transfer.payee.number) and not transfer.way.kind:
        assert way_kind(transfer) == WayKind.COIN
        assert urgent_kind(transfer) is None
        assert "chain_address_as_account" in {item.code for item in way_problems(transfer)}
    if is_coin_unsaid(transfer):
        assert urgent_kind(transfer) is not OrderKind.STOP


@given(TRANSFERS)
def test_what_is_asked_says_what_the_payment_says(transfer: Transfer) -> None:
    asked = as_asked(transfer)
    assert as_asked(asked) == asked
    assert replace(asked, payee=transfer.payee, serial=transfer.serial) == transfer
    for typed, sent in (
        (transfer.payee.number, asked.payee.number),
        (transfer.serial, asked.serial),
    ):
        assert sent == typed or not typed
    if not transfer.way.kind:
        assert asked == transfer


def test_without_a_word_the_channel_and_the_account_say_the_way() -> None:
    plain = a_transfer(number="6217004230001234569")
    assert way_kind(plain) == WayKind.BANK
    assert way_kind(replace(plain, channel=Channel.ALIPAY)) == WayKind.WALLET
    assert way_kind(a_transfer(number=TRON)) == WayKind.COIN
    assert way_kind(a_transfer("newer", number=TRON)) == "newer"


@pytest.mark.parametrize(
    ("address", "chain"), [(TRON, "tron"), (BITCOIN, "bitcoin"), (ETHER, ""), ("6217", ""), ("", "")]
)  # fmt: skip
def test_an_address_tells_its_chain_where_only_one_has_its_form(address: str, chain: str) -> None:
    assert chain_of(address) == chain


@every_row(
    ("transfer", "codes", "blocks"),
    [
        (a_transfer(), set(), False),
        (a_transfer(number=TRON), {"chain_address_as_account"}, True),
        (a_transfer("bank", TRON), {"chain_address_as_account"}, True),
        (a_transfer("newer"), {"way_unknown"}, True),
        (a_transfer("coin", TRON, "OKX"), set(), False),
        (a_transfer("coin", TRON), {"coin_exchange_missing"}, True),
        (a_transfer("coin", TRON[:-1] + "7", "OKX", chain="tron"), {"coin_address_wrong"}, False),
        (a_transfer("coin", ETHER, "OKX"), {"coin_chain_missing"}, False),
        (a_transfer("coin", ETHER, "OKX", chain="bsc"), set(), False),
        (a_transfer("coin", TRON, "OKX", chain="bitcoin"), {"coin_chain_differs"}, False),
        (a_transfer("coin", TRON, "OKX", hash="ab"), {"coin_hash_wrong"}, False),
        (a_transfer("coin", TRON, "OKX", hash="0x" + "ab" * 32), set(), False),
        (a_transfer("coin", "So1anaAddress", "OKX", chain="other", hash="x"), set(), False),
        (a_transfer("coin", "", "OKX", chain="newer"), {"coin_address_missing"}, True),
        (a_transfer("cash"), {"cash_platform_missing", "cash_trace_missing"}, True),
        (a_transfer("cash", bank="滴滴", plate="甘A12345"), set(), False),
        (a_transfer("cash", bank="滴滴", plate="甘12"), {"cash_plate_unlikely"}, False),
        (a_transfer("cash", bank="滴滴", driver="王师傅", handover="handed_over"), {"cash_handed_over"}, False),
        (a_transfer("voucher"), {"voucher_issuer_missing", "voucher_code_missing"}, True),
        (a_transfer("voucher", bank="京东", code="E1", used="used"), {"voucher_used"}, False),
        (a_transfer("ecny", "0062010012345678", "工行"), set(), False),
        (a_transfer("ecny", "62", "工行"), {"ecny_wallet_unlikely"}, False),
        (a_transfer("cross_border", "GB82WEST12345698765432"), {"swift_missing"}, False),
        (a_transfer("cross_border", "GB81WEST12345698765432", swift="HSBCHKHH", currency="dollar",
                    foreign_amount="many"),
         {"iban_wrong", "currency_unlikely", "foreign_amount_unreadable"}, False),
        (a_transfer("cross_border", swift="HSBCHKH", currency="hkd", foreign_amount="98,000"), {"swift_wrong"},
         False),
        (replace(a_transfer("cross_border", swift="HSBCHKHH"), payer=Account()), {"recall_bank_missing"}, True),
    ],
)  # fmt: skip
def test_what_is_missing_of_a_way(transfer: Transfer, codes: set[str], blocks: bool) -> None:
    found = way_problems(transfer)
    assert {item.code for item in found} == codes
    assert any(item.severity is Severity.BLOCK for item in found) == blocks


@every_row(
    ("kind", "order", "asked"),
    [
        ("bank", OrderKind.STOP, "甲"),
        ("wallet", OrderKind.STOP, "甲"),
        ("ecny", OrderKind.STOP, "甲"),
        ("coin", OrderKind.REVOKE, "甲"),
        ("cash", OrderKind.REVOKE, "甲"),
        ("voucher", OrderKind.REVOKE, "甲"),
        ("cross_border", OrderKind.REVOKE, "中国建设银行"),
        ("newer", None, "甲"),
    ],
)
def test_who_is_asked_for_what(kind: str, order: OrderKind | None, asked: str) -> None:
    transfer = a_transfer(kind, "6217", "甲")
    assert urgent_kind(transfer) is order
    assert asked_about(order or OrderKind.STOP, transfer) == asked
    assert asked_about(OrderKind.STOP, transfer) == "甲", "a stop reaches the account"
    back = "中国建设银行" if kind in {"bank", "cross_border"} else "甲"
    assert asked_about(OrderKind.REVOKE, transfer) == back


def test_an_order_names_what_the_receiver_finds_it_by() -> None:
    assert as_asked(a_transfer("coin", TRON, hash="ab")).serial == "ab"
    courier = as_asked(a_transfer("cash", plate="甘A12345", driver="王师傅"))
    assert (courier.payee.number, courier.serial) == ("甘A12345", "王师傅")
    assert as_asked(a_transfer("voucher", code="E1")).payee.number == "E1"
    assert as_asked(a_transfer("cross_border", "GB82", swift="HSBCHKHH")).serial == "HSBCHKHH"


@pytest.mark.parametrize(
    ("kind", "hours"), [("cross_border", 72), ("coin", 24), ("cash", 2), ("voucher", 24)]
)
def test_a_way_that_can_be_called_back_has_its_time(kind: str, hours: int) -> None:
    clock = revocable(RULES, a_transfer(kind))
    assert clock is not None
    assert (clock.name, clock.rule) == ("recall", f"recall.{kind}")
    assert clock.at == PAID_AT + timedelta(hours=hours)


@pytest.mark.parametrize("kind", ["", "bank", "wallet", "ecny", "newer"])
def test_no_other_way_has(kind: str) -> None:
    assert revocable(RULES, a_transfer(kind, number=TRON)) is None


def test_every_way_has_its_words() -> None:
    keys = [f"{row.codes}.{code}" for row in WAY_FIELDS.rows for code in CODES[row.attribute]]
    keys += [row.label for row in WAY_FIELDS.rows]
    keys += [f"ways.note.{kind}" for kind in WayKind if kind not in {"bank", "wallet"}]
    keys += [f"ways.ask.{kind}" for kind in WayKind if _asks(kind) is OrderKind.REVOKE]
    assert all_of(key in words for key in keys for words in WORDS)


def _asks(kind: WayKind) -> OrderKind | None:
    return urgent_kind(a_transfer(kind))


def test_every_fact_of_a_way_belongs_to_one() -> None:
    own = [name for names in OWN_FIELDS.values() for name in names]
    assert sorted(own) == sorted({item.name for item in fields(PaymentWay)} - {"id", "kind"})
    assert all_of(re.fullmatch(r"[a-z_]+", name) for name in own)
    assert {*Chain, *Handover, *Used} <= {code for codes in CODES.values() for code in codes}


def test_what_only_a_payment_says_is_no_way() -> None:
    assert PaymentWay(TransferId("t")).is_unsaid
    assert not PaymentWay(TransferId("t"), place="东方红广场").is_unsaid
