"""What the screen says while somebody types: advice for every text there is, "bad" only for the impossible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.cases.intake import IdentifierText, IntakeForm, TransferText
from desktop.domain.cases.payments.transfer import Arrival, Channel
from desktop.domain.cases.people.victim import VictimText
from desktop.domain.identifiers import KINDS
from desktop.domain.time.local_time import CHINA
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.directories import PackedDirectories
from desktop.runtime.texts.catalogue import LANGUAGES, Catalogue
from desktop.services.cases.form.payment_hints import PaymentHints
from desktop.services.cases.form.read_form import (
    Hint,
    bank_of,
    golden_window,
    hints,
    stop_elements,
)
from desktop.services.session import Session
from tests.support.clocks import START
from tests.support.sessions import a_form, take_seat
from tests.support.strict import all_of
from tests.support.sweep import examples


@pytest.fixture(scope="module")
def session(quick_disk: Path) -> Iterator[Session]:
    seat = take_seat(quick_disk / "typing", "A")
    yield replace(seat.session, directories=PackedDirectories(resource_path("directories")))
    seat.session.store.close()


def money(session: Session, **changes: Any) -> IntakeForm:
    form = a_form(session)
    return replace(form, transfers=(replace(form.transfers[0], **changes),))


TRANSFERS: list[tuple[dict[str, str], str, str, str, dict[str, object]]] = [
    ({"time": "10:12:35"}, "time", "ok", "ago_minutes", {"minutes": 18, "seconds": 32}),
    ({"time": "11-22 10:31"}, "time", "ok", "ago_days", {"days": 2}),
    ({"time": "2026-11-23 10:31:00"}, "time", "ok", "ago_hours", {"hours": 24, "minutes": 0}),
    ({"time": "2026-11-24 10:34:00"}, "time", "bad", "problems.time_past_clock", {}),
    ({"time": "2026-11-24 11:34:00"}, "time", "bad", "problems.time_in_future", {}),
    ({"time": "2026-11-24 10:33:00"}, "time", "ok", "ago_minutes", {"minutes": 0, "seconds": 0}),
    ({"time": "刚才"}, "time", "bad", "problems.time_unreadable", {}),
    ({"time": "0001-01-01 00:00"}, "time", "bad", "problems.time_unreadable", {}),
    ({"time": "9999-12-31 23:59:59"}, "time", "bad", "problems.time_unreadable", {}),
    ({"amount": "9.8万"}, "amount", "ok", "capitals", {"text": "玖万捌仟元整"}),
    ({"amount": "98,00"}, "amount", "bad", "problems.amount_unreadable", {}),
    ({"amount": "0"}, "amount", "bad", "problems.amount_zero", {}),
    ({}, "arrival", "warn", "revocable", {"left": "23:41:28", "hotline": "95533"}),
    ({"arrival": "two_hours"}, "arrival", "warn", "revocable", {"left": "01:41:28", "hotline": "95533"}),
    ({"payer_account": "", "payer_bank": "某村镇银行"}, "arrival", "warn", "revocable_bank", {"left": "23:41:28"}),
    ({}, "payee_account", "ok", "card_debit", {"bank": "中国农业银行"}),
    ({"payee_account": "6230520010037788997"}, "payee_account", "warn", "problems.payee_checksum", {}),
    ({"payee_account": "622848*********1234"},
    "payee_account", "bad", "masked_bank", {"bank": "中国农业银行", "length": "19", "missing": "9"}),
    ({"payee_account": "622202******1234"},
    "payee_account", "bad", "masked_bank", {"bank": "中国工商银行", "length": "19", "missing": "9"}),
    ({"payee_account": "159****3321"}, "payee_account", "bad", "masked", {"missing": "4"}),
    ({"payee_account": "6228****1234"}, "payee_account", "bad", "masked_unknown", {"tail": "1234"}),
    ({"payee_account": "尾号 1234"}, "payee_account", "bad", "masked_tail", {"tail": "1234"}),
    ({"payee_account": "799273987130012*"}, "payee_account", "bad", "masked_digit", {"digit": "3"}),
    ({"payee_account": "6230520010037788996", "payee_masked": "6230****8997"},
    "payee_account", "warn", "unlike_receipt", {"receipt": "6230****8997"}),
    ({"payee_account": "6228*1234", "order_number": "2026112422"}, "payee_account", "ok", "masked_with_order", {}),
    ({"channel": "alipay", "payee_account": "13919364417"},
    "order_number", "warn", "problems.wallet_needs_order_number", {}),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "field", "state", "code", "params"), TRANSFERS)
def test_hints_about_the_money(
    session: Session,
    typed: dict[str, str],
    field: str,
    state: str,
    code: str,
    params: dict[str, str],
) -> None:
    found = hints(session, money(session, **typed), START)[f"transfers.0.{field}"]
    assert found == Hint(state, code if "." in code else f"hints.{code}", params)


UNITS = {
    "hints.ago_minutes": ("minutes", "seconds"),
    "hints.ago_hours": ("hours", "minutes"),
    "hints.ago_days": ("days",),
}
EDGES = [
    timedelta(seconds=seconds + step)
    for seconds in (0, 60, 3600, 24 * 3600, 48 * 3600, 72 * 3600)
    for step in (-1, 0, 1)
    if seconds + step >= 0
]


@given(st.sampled_from(EDGES) | st.timedeltas(timedelta(), timedelta(days=9)))
def test_how_long_ago_is_said_in_as_large_units_as_fit(session: Session, span: timedelta) -> None:
    """Never 60 minutes nor 48 hours; what is told and less than one of its smallest unit make the span."""
    span = timedelta(seconds=int(span.total_seconds()))
    typed = (START - span).astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")
    hint = hints(session, money(session, time=typed), START)["transfers.0.time"]
    assert tuple(hint.params) == UNITS[hint.code]
    told = timedelta(**{unit: int(count) for unit, count in hint.params.items()})
    smallest = timedelta(**{UNITS[hint.code][-1]: 1})
    assert timedelta() <= span - told < smallest
    limits = {"hints.ago_minutes": timedelta(hours=1), "hints.ago_hours": timedelta(hours=48)}
    fits = next((code for code, limit in limits.items() if span < limit), "hints.ago_days")
    assert hint.code == fits
    assert all_of(int(hint.params.get(unit, 0)) < 60 for unit in ("minutes", "seconds"))


def test_no_hint_where_there_is_nothing_to_say(session: Session) -> None:
    for typed in ({"arrival": "real_time"}, {"time": "2026-11-22 10:00:00"}, {"arrival": ""}):
        assert "transfers.0.arrival" not in hints(session, money(session, **typed), START)
    with_order = money(session, channel="wechat", order_number="1000039801")
    assert "transfers.0.order_number" not in hints(session, with_order, START)
    assert hints(session, IntakeForm("c", transfers=(TransferText("t"),)), START) == {}


VICTIMS: list[tuple[str, str, str, str, dict[str, object]]] = [
    ("id_number", "620102196804152044", "ok", "hints.identity_female", {"age": "58", "place": "甘肃省兰州市城关区"}),
    ("id_number", "620102196804152045", "bad", "problems.id_checksum", {}),
    ("phone", "139 1936 4417", "ok", "hints.phone", {"operator": "中国移动", "place": "甘肃兰州"}),
    ("phone", "17012345678", "ok", "hints.phone_virtual", {"operator": "中国电信", "place": "浙江杭州"}),
    ("phone", "1391936441", "bad", "identifiers.problem.length", {}),
]  # fmt: skip


@pytest.mark.parametrize(("field", "typed", "state", "code", "params"), VICTIMS)
def test_hints_about_the_person(
    session: Session, field: str, typed: str, state: str, code: str, params: dict[str, str]
) -> None:
    form = IntakeForm("c", victim=VictimText(**{field: typed}))
    assert hints(session, form, START) == {f"victim.{field}": Hint(state, code, params)}


TYPED = st.one_of(
    st.text(max_size=30),
    st.text("0123456789 -:.,*xX年月日元万", max_size=24),
    st.datetimes().map(str),
    st.integers(0, 10**20).map(str),
)
ENDS = ("time", "amount", "payer_account", "payer_bank", "payee_name", "payee_account", "serial")
LINES = st.builds(
    TransferText,
    st.just("t"),
    channel=st.sampled_from(["", *Channel]),
    arrival=st.sampled_from(["", *Arrival]),
    order_number=TYPED,
    **dict.fromkeys(ENDS, TYPED),
)
FORMS = st.builds(
    IntakeForm,
    st.just("c"),
    victim=st.builds(VictimText, TYPED, st.sampled_from(KINDS), TYPED, TYPED),
    transfers=st.lists(LINES, max_size=2).map(tuple),
    narrative=TYPED,
    identifiers=st.lists(
        st.builds(IdentifierText, st.just("i"), st.sampled_from(["", *KINDS]), TYPED), max_size=2
    ).map(tuple),
)
CATALOGUES = [Catalogue.load(language, strict=True) for language in LANGUAGES]


@settings(max_examples=examples(150), suppress_health_check=list(HealthCheck))
@given(FORMS, st.integers(-(10**6), 10**6))
def test_every_text_gets_its_hints_in_words(
    session: Session, form: IntakeForm, minutes: int
) -> None:
    now = START + timedelta(minutes=minutes)
    for path, hint in hints(session, form, now).items():
        assert hint.state in {"ok", "warn", "bad"}, path
        for words in CATALOGUES:
            assert words.text(hint.code, **hint.params) or hint.code == "hints.normal"
    assert len(stop_elements(session, form)) == 5
    window = golden_window(session, form)
    assert window is None or window.ends_at - window.starts_at == timedelta(minutes=30)


def done(session: Session, form: IntakeForm) -> set[str]:
    return {element.key for element in stop_elements(session, form) if element.done}


def test_the_five_elements_of_a_stop(session: Session) -> None:
    form = a_form(session)
    everything = {"victim", "payer", "amount_time", "payee", "story"}
    assert done(session, form) == everything
    assert done(session, IntakeForm("c")) == set()
    line = form.transfers[0]

    def without(**changes: Any) -> set[str]:
        return everything - done(session, replace(form, transfers=(replace(line, **changes),)))

    assert without(payer_account="") == {"payer"}
    assert without(payer_bank="") == set(), "the number tells the bank"
    assert without(payer_bank="", payer_account="abc") == {"payer"}
    assert without(payer_bank="", payer_account="abc", channel="wechat") == set()
    assert without(time="bald") == {"amount_time"}
    assert without(amount="") == {"amount_time"}
    assert without(payee_name="") == {"payee"}
    assert without(payee_account="6230****8996") == {"payee"}
    assert without(payee_account="", payee_name="", order_number="2026112422") == set()
    assert everything - done(session, replace(form, narrative="", type="")) == {"story"}
    second = replace(line, id="2" * 32, amount="")
    assert everything - done(session, replace(form, transfers=(line, second))) == {"amount_time"}
    blank = TransferText("3" * 32)
    assert done(session, replace(form, transfers=(line, blank))) == everything


def test_the_golden_window_is_of_the_newest_transfer(session: Session) -> None:
    line = a_form(session).transfers[0]

    def starts(*times: str) -> datetime | None:
        lines = tuple(replace(line, time=time) for time in times)
        window = golden_window(session, IntakeForm("c", transfers=lines))
        return window.starts_at if window else None

    assert starts("10:00", "10:20", "10:10") == datetime(2026, 11, 24, 2, 20, tzinfo=UTC)
    assert starts("10:00", "2026-11-24 11:00:00", "neulich") == datetime(
        2026, 11, 24, 2, 0, tzinfo=UTC
    )
    assert starts("2026-11-24 11:00:00") is None, "a time to come starts no clock"
    assert starts() is None


def test_the_bank_of_a_card(session: Session) -> None:
    assert bank_of(session, "6217 0042 3000 1234 569") == "中国建设银行"
    assert bank_of(session, "rw_jd") == ""


class _Counted:
    """Directories that tell how often a card was looked up."""

    def __init__(self, found: Any) -> None:
        self._found = found
        self.looked_up = 0

    def card_issuer(self, number: str) -> Any:
        self.looked_up += 1
        return self._found.card_issuer(number)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._found, name)


def test_of_hundreds_of_payments_only_the_one_that_changed_is_looked_up(session: Session) -> None:
    counted = _Counted(session.directories)
    counting = replace(session, directories=counted)
    form = a_form(session)
    rows = tuple(
        replace(form.transfers[0], id=f"{number:032x}", payee_account=f"62305200100377{number:05}")
        for number in range(200)
    )
    form, kept = replace(form, transfers=rows), PaymentHints(counting)
    before = hints(counting, form, START, kept)
    whole = counted.looked_up
    changed = replace(rows[7], payee_account="6222021111111111")
    named = tuple(replace(row, payer_name="王小明") for row in rows)
    for transfers in ((*rows[:7], changed, *rows[8:]), named, named[:7] + named[8:]):
        counted.looked_up = 0
        other = replace(form, transfers=transfers)
        told = hints(counting, other, START + timedelta(seconds=1), kept)
        assert counted.looked_up <= whole / 100
        assert told == hints(session, other, START + timedelta(seconds=1))
    assert before != told
