"""One table of what sets each kind of order apart; everything an order says by it is kept, and reaches its target."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import pytest

from desktop.cli.orders.order_commands import terms_row, with_fields
from desktop.documents.printing.form_texts import FormTexts
from desktop.documents.sheets.desk_sheets import asked_in
from desktop.domain.cases.intake import IdentifierText
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.ids import CaseId
from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.kinds import SPECS, OrderTarget
from desktop.domain.orders.money import Freeze, FreezeType, MoneyTerms
from desktop.domain.orders.number import LineKind, NumberTerms
from desktop.domain.orders.order import OrderKind, OrderState
from desktop.domain.orders.term import measure_end
from desktop.domain.orders.term_fields import names_of, read
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.directories import PackedDirectories
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.cases.changes.register_report import register_report
from desktop.services.look_up import case_file, order
from desktop.services.orders.approve_order import approve_order
from desktop.services.orders.issue_order import check_order
from desktop.services.orders.order_request import OrderRequest, name_target, propose_order
from desktop.services.session import Session
from tests.services.test_order_kinds import PAID, answer, file_case, issue, made
from tests.support.sessions import Seat, a_form

CARD, ORDER_NUMBER, PHONE = "6230520010037788996", "2026112422001400000000000001", "13893140277"


@dataclass(frozen=True, slots=True)
class Row:
    """``target``: what it is about. ``part``: the reply may be "in part"; ``holds``: it gives a period."""

    letter: str
    target: str
    part: bool
    holds: bool
    fields: str


_STOP: Final = (
    "account_type addressing pos_serial merchant application urgency original_application "
    "account_mark remark evidence"
)
_FREEZE: Final = (
    "freeze.type freeze.amount_fen freeze.property holder_id_number freeze.scope urgency remark freeze.yield_included "
    "freeze.major freeze.queued evidence"
)
_EXTENSION: Final = "freeze.type freeze.amount_fen freeze.property original_application remark freeze.major evidence"
_END: Final = "original_application remark evidence"
_NUMBER: Final = (
    "line number_kind direction first_at last_at calls seconds victim_number victim_carrier basis message urgency "
    "anomalies forwarded wants_holder evidence"
)
TABLE: Final = {
    "revoke": Row("X", "payment", part=False, holds=False, fields="remark"),
    "stop": Row("Z", "payment", part=True, holds=True, fields=_STOP),
    "second_stop": Row("Z", "payment", part=True, holds=True, fields=_STOP),
    "lift": Row("J", "payment", part=False, holds=False, fields=_END),
    "freeze": Row("D", "payment", part=True, holds=True, fields=_FREEZE),
    "extend_freeze": Row("D", "payment", part=True, holds=True, fields=_EXTENSION),
    "unfreeze": Row("J", "payment", part=False, holds=False, fields=_END),
    "query_details": Row(
        "C", "payment", part=True, holds=False,
        fields="query.from_at query.to_at query.reply_by evidence",
    ),
    "query_holder": Row(
        "C", "payment", part=False, holds=False, fields="query.reply_by remark evidence"
    ),
    "query_accounts": Row(
        "C", "payment", part=True, holds=False,
        fields="holder_id_number query.content query.reply_by evidence",
    ),
    "watch": Row(
        "C", "payment", part=False, holds=True, fields="starts_at expires_at evidence"
    ),
    "shutdown": Row("G", "number", part=False, holds=False, fields=_NUMBER),
    "intercept": Row("L", "number", part=False, holds=False, fields=_NUMBER),
    "block": Row("F", "number", part=True, holds=False, fields=_NUMBER),
    "trace": Row("S", "number", part=True, holds=False, fields=_NUMBER),
    "evidence_request": Row(
        "Q", "holder", part=True, holds=False, fields="holder address wanted due_at electronic"
    ),
}  # fmt: skip
SAID: Final = {
    "account_type": "02", "addressing": "A3", "pos_serial": "P-77", "merchant": "某某商行", "application": "05",
    "urgency": "01", "original_application": "YW1", "account_mark": "00012", "remark": "请先电话联系",
    "evidence": "ab" * 32,
    "freeze.type": "02", "freeze.amount_fen": "5万", "freeze.property": "securities", "freeze.scope": "余额及利息",
    "freeze.yield_included": "no", "freeze.major": "yes", "freeze.queued": "yes",
    "holder_id_number": "620102199001011234",
    "query.from_at": "2026-11-20T00:00:00.000Z", "query.to_at": "2026-11-23T00:00:00.000Z",
    "query.reply_by": "2026-12-24T00:00:00.000Z", "query.content": "02", "starts_at": "2026-11-25T00:00:00.000Z",
    "expires_at": "2026-12-25T00:00:00.000Z", "line": "displayed", "number_kind": "voip", "direction": "from_victim",
    "first_at": "2026-11-23T01:00:00.000Z", "last_at": "2026-11-23T02:00:00.000Z", "calls": "3", "seconds": "95",
    "victim_number": "13900001234", "victim_carrier": "中国电信", "basis": "冒充客服", "message": "您的账户异常",
    "anomalies": "leading_zeros,differs_from_callback", "forwarded": "yes", "wants_holder": "yes", "holder": "某某公司",
    "address": "某路 1 号", "wanted": "开户资料", "due_at": "2026-12-24T00:00:00.000Z", "electronic": "no",
}  # fmt: skip
"""A value for each field that no proposal has of itself."""


@pytest.fixture
def case(session: Session) -> CaseId:
    form = a_form(session)
    second = replace(
        form.transfers[0], id=session.ids.new_id(), amount="20,000", channel="wechat",
        payee_account="", payee_bank="财付通", order_number="100004990120261124000123",
    )  # fmt: skip
    kinds = {"mobile": PHONE, "bank_card": CARD, "order_number": ORDER_NUMBER}
    leads = tuple(
        IdentifierText(session.ids.new_id(), kind, value) for kind, value in kinds.items()
    )
    form = replace(form, transfers=(*form.transfers, second), identifiers=leads)
    return register_report(session, form).case


def prepare(session: Session, case: CaseId, kind: OrderKind) -> None:
    """What has to be there before the kind may be ordered."""
    if kind in {OrderKind.SECOND_STOP, OrderKind.LIFT}:
        answer(session, made(session, case, OrderKind.STOP))
    if kind in {OrderKind.FREEZE, OrderKind.EXTEND_FREEZE, OrderKind.UNFREEZE}:
        file_case(session, case)
    if kind in {OrderKind.EXTEND_FREEZE, OrderKind.UNFREEZE}:
        freeze = made(session, case, OrderKind.FREEZE)
        approve_order(session, freeze.id, "张局长")
        answer(session, freeze)


def proposal(session: Session, case: CaseId, kind: OrderKind) -> OrderRequest:
    file = case_file(session, case)
    lead = PHONE if SPECS[kind].target is OrderTarget.NUMBER else ""
    return propose_order(session, file, kind, name_target(file, kind, 1, lead))


def test_every_kind_has_its_row() -> None:
    assert list(TABLE) == [kind.value for kind in OrderKind]


@pytest.mark.parametrize("kind", OrderKind)
def test_a_kind_is_what_its_row_says(kind: OrderKind) -> None:
    row, spec = TABLE[kind.value], SPECS[kind]
    assert (spec.letter, spec.target.value) == (row.letter, row.target)
    assert (spec.in_part, spec.holds) == (row.part, row.holds)
    assert " ".join(names_of(kind)) == row.fields


@pytest.mark.parametrize("kind", OrderKind)
def test_every_field_of_a_kind_is_recorded_as_it_was_typed(
    seat: Seat, case: CaseId, kind: OrderKind
) -> None:
    session = seat.session
    prepare(session, case, kind)
    asked = proposal(session, case, kind)
    names = TABLE[kind.value].fields.split()
    said = with_fields(asked, [f"{name}={SAID[name]}" for name in names])
    done = issue(session, case, replace(said, addressee="某某机构")).order
    seat.reopen()
    kept = order(seat.session, done.id).order
    assert kept == done
    assert kept.addressee == "某某机构"
    assert kept.terms is not None
    for name in names:
        assert read(kept.terms, name) == read(said.terms, name) != read(asked.terms, name), name
    assert set(names) <= set(terms_row(kept)) | {"electronic", "freeze.yield_included"}


@pytest.mark.parametrize("kind", OrderKind)
def test_a_reply_is_in_part_and_for_a_period_where_the_row_says_so(
    session: Session, case: CaseId, kind: OrderKind
) -> None:
    row = TABLE[kind.value]
    prepare(session, case, kind)
    asked = proposal(session, case, kind)
    if isinstance(asked.terms, EvidenceTerms):
        asked = replace(asked, terms=replace(asked.terms, wanted="开户资料"))
    if isinstance(asked.terms, NumberTerms):
        asked = replace(asked, terms=replace(asked.terms, line=LineKind.REAL))
    done = issue(session, case, asked).order
    assert (measure_end(session.rules, done, session.clock.now()) is not None) is row.holds
    if order(session, done.id).state is OrderState.PROPOSED:
        approve_order(session, done.id, "张局长")
    if row.part:
        answer(session, done, "partial", fen=0)
        assert order(session, done.id).state is OrderState.PARTIAL
    else:
        with pytest.raises(RuleError, match=r"^order\.no_part$"):
            answer(session, done, "partial", fen=0)


MONEY: Final = [kind for kind, row in TABLE.items() if row.target == "payment"]


@pytest.mark.parametrize("kind", MONEY)
def test_money_is_found_by_payment_by_account_and_by_order_number(
    session: Session, case: CaseId, kind: str
) -> None:
    file, wanted = case_file(session, case), OrderKind(kind)

    def ask(position: int, identifier: str = "") -> OrderRequest:
        return propose_order(session, file, wanted, name_target(file, wanted, position, identifier))

    first, second = ask(1), ask(2)
    assert (first.target, second.target) == tuple(f"transfer/{t.id}" for t in file.transfers)
    assert (first.transfer.amount_fen, second.transfer.amount_fen) == (PAID, 2_000_000)
    card = ask(2, CARD)
    assert (card.target, card.transfer.payee.number) == (f"account/{CARD}", CARD)
    assert (card.transfer.id, card.transfer.order_number) == ("", "")
    wallet = ask(1, ORDER_NUMBER)
    assert (wallet.target, wallet.transfer.payee.number) == (f"account/{ORDER_NUMBER}", "")
    assert wallet.transfer.order_number == ORDER_NUMBER
    with pytest.raises(UserInputError, match=r"^order\.no_target$"):
        ask(1, PHONE)
    with pytest.raises(UserInputError, match=r"^order\.no_identifier$"):
        ask(1, "6222021001116245702")


def test_evidence_is_asked_for_by_payment_and_by_identifier(session: Session, case: CaseId) -> None:
    file, kind = case_file(session, case), OrderKind.EVIDENCE_REQUEST
    about = {
        said: propose_order(session, file, kind, name_target(file, kind, position, identifier))
        for said, position, identifier in (
            (CARD, 1, ""), ("100004990120261124000123", 2, ""), (PHONE, 1, PHONE), (ORDER_NUMBER, 2, ORDER_NUMBER),
        )
    }  # fmt: skip
    for said, asked in about.items():
        assert isinstance(asked.terms, EvidenceTerms)
        assert (asked.target, asked.terms.about) == (f"holder/{said}", said)


@pytest.mark.parametrize(
    ("kind", "value"),
    [("mobile", "+86 95588"), ("landline", "0931-96110"), ("service_number", "95588"), ("sms_port", "95588"),
     ("displayed_number", "+86 110")],
)  # fmt: skip
def test_an_official_number_is_never_shut_down_whatever_it_was_recorded_as(
    session: Session, kind: str, value: str
) -> None:
    session = replace(session, directories=PackedDirectories(resource_path("directories")))
    lead = IdentifierText(session.ids.new_id(), kind, value)
    case = register_report(session, a_form(session, identifiers=(lead,))).case
    file = case_file(session, case)
    (found,) = file.identifiers
    asked = propose_order(
        session, file, OrderKind.SHUTDOWN, name_target(file, OrderKind.SHUTDOWN, 1, found.value)
    )
    with pytest.raises(RuleError, match=r"^order\.protected$"):
        check_order(session, file, asked)


@pytest.mark.parametrize(
    ("freeze", "scope"),
    [
        (Freeze(FreezeType.FULL), "全额冻结，只收不付"),
        (Freeze(FreezeType.LIMITED, 100), "限额冻结，只收不付"),
        (Freeze(FreezeType.FULL, scope="余额及利息"), "余额及利息"),
        (Freeze(FreezeType.LIMITED), ""),
    ],
)
def test_a_sheet_says_how_far_a_freeze_goes(freeze: Freeze, scope: str) -> None:
    texts = FormTexts(Catalogue.load("zh_CN"))
    said = asked_in(MoneyTerms(freeze=freeze), texts).split("　")
    told = [part for part in said if "冻结" in part or "余额" in part]
    assert told == ([scope] if scope else [])
