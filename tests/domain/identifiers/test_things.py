"""Handsets, plates, parcels, case numbers; and guesses over all kinds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.identifiers import CheckVerdict, check, guess_kind
from desktop.domain.identifiers.documents.papers import s10_digit
from desktop.domain.reference.directories import NoDirectories
from tests.domain.identifiers.conftest import TODAY, Checking
from tests.domain.identifiers.test_every_kind import SAMPLES
from tests.support.every_row import every_row

V, W, I = CheckVerdict.VALID, CheckVerdict.WARN, CheckVerdict.INVALID  # noqa: E741 - a table of verdicts below


@every_row(
    ("kind", "typed", "normal", "verdict", "hint"),
    [
        ("imei", "49-015420-323751-8", "490154203237518", V, None),
        ("imei", "49015420323751", "490154203237518", W, "check_digit_missing"),
        ("imei", "4901542032375101", "490154203237518", W, "other_number"),
        ("imei", "490154203237517", "490154203237517", I, "checksum"),
        ("imei", "460001234567891", "460001234567891", W, "other_number"),
        ("imei", "89860012345678901234", "89860012345678901234", W, "other_number"),
        ("imei", "A0000012345678", "A0000012345678", V, "meid"),
        ("imei", "000000000000000", "000000000000000", I, "repeated"),
        ("imei", "123", "123", I, "length"),
        ("plate", "甘A·12345", "甘A12345", V, "ordinary"),
        ("plate", "甘 ad12345", "甘AD12345", V, "new_energy"),
        ("plate", "甘I12345", "甘I12345", I, "characters"),
        ("plate", "甘A1234警", "甘A1234警", V, "special"),
        ("plate", "使123456", "使123456", V, "embassy"),
        ("plate", "ABC", "ABC", I, "length"),
        ("plate", "兰A12345", "兰A12345", I, "prefix"),
        ("plate", "A12345", "A12345", W, "form_unknown"),
        ("parcel", "rr 473 124 829 gb", "RR473124829GB", V, "post"),
        ("parcel", "RR473124828GB", "RR473124828GB", I, "checksum"),
        ("parcel", "SF1234567890123", "SF1234567890123", V, "sf"),
        ("parcel", "75312345678901", "75312345678901", V, None),
        ("parcel", "123", "123", I, "length"),
        ("parcel", "中通快递：75312345678901", "75312345678901", V, "zto"),
        ("parcel", "韵达 432112345678901", "432112345678901", V, "yunda"),
        ("case_number", "A4401181705002024106001", "A4401181705002024106001", V, "national"),
        ("case_number", "A4401181705002024136001", "A4401181705002024136001", I, "month"),
        ("case_number", "A0001181705002024106001", "A0001181705002024106001", W, "place_unknown"),
        ("case_number", "620102540000-20261124-A-0017", "620102540000-20261124-A-0017", V, "local"),
        ("case_number", "警情 12", "警情12", W, "form_unknown"),
        ("case_number", "A620102170000202611003", "A620102170000202611003", I, "length"),
        ("case_number", "A6201021700001926110031", "A6201021700001926110031", I, "month"),
    ],
)  # fmt: skip
def test_things(
    checking: Checking, kind: str, typed: str, normal: str, verdict: CheckVerdict, hint: str | None
) -> None:
    found = checking(kind, typed)
    assert (found.normal, found.verdict) == (normal, verdict)
    facts = found.facts
    result = found.problems[0] if found.problems else facts.get("form") or facts.get("carrier")
    assert result == hint


@pytest.mark.parametrize(
    ("serial", "digit"), [("47312482", "9"), ("12345678", "5"), ("00000000", "5")]
)
def test_postal_check_digits(serial: str, digit: str) -> None:
    assert s10_digit(serial) == digit


NO_SHAPE = {"facetime", "ecny_wallet", "swift", "taiwan_pass"}
"""A mail address, sixteen digits, eight letters, eight digits: what they belong to must be said."""


@every_row("kind", sorted(SAMPLES.keys() - NO_SHAPE))
def test_a_sample_is_guessed_among_its_kinds(kind: str) -> None:
    guesses = guess_kind(SAMPLES[kind])
    assert kind in guesses
    if kind not in ("bank_account", "qq", "app"):
        assert guesses[0] == kind


@every_row(
    ("text", "first"),
    [
        (" 6222 0200 0000 0000 000 ", "bank_card"),
        ("622202******1234", "masked_card"),
        ("+86110", "displayed_number"),
        ("139-9311-2345", "mobile"),
        ("hxxp://a[.]cn", "url"),
        ("某某优选", "app"),
        ("620102540000", "bank_account"),
        ("102100099996", "bank_code"),
    ],
)
def test_the_likeliest_kind_comes_first(text: str, first: str) -> None:
    assert guess_kind(text)[0] == first


@pytest.mark.parametrize("text", ["", " ", "\u200b"])
def test_nothing_is_guessed_from_nothing(text: str) -> None:
    assert guess_kind(text) == ()


BEHIND_OFFICE = st.text("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", min_size=5, max_size=5)


@given(sample=BEHIND_OFFICE, at=st.integers(0, 4), sign=st.sampled_from("IOio"))
def test_a_plate_is_never_read_for_another(sample: str, at: int, sign: str) -> None:
    """O and I among its digits are for whoever sees it to read."""
    typed = f"甘A{sample[:at]}{sign}{sample[at + 1 :]}"
    found = check("plate", typed, NoDirectories(), TODAY)
    assert (found.verdict, found.problems, found.normal) == (I, ("plate_letter",), typed.upper())


@pytest.mark.parametrize(
    ("offices", "verdict"),
    [
        ("宁E 青H 藏J 粤Z 苏U 鲁Y 豫U 京Q 渝H 甘P 冀X 京O", V),
        ("宁F 宁K 青J 青R 藏K 藏N 贵K 琼G", W),
    ],
)
def test_a_letter_that_no_office_is_known_to_have_is_doubted(
    checking: Checking, offices: str, verdict: CheckVerdict
) -> None:
    for office in offices.split():
        found = checking("plate", f"{office}12345")
        assert (office, found.verdict) == (office, verdict)
        assert found.problems == (() if verdict is V else ("office_unknown",))


@given(st.lists(st.integers(0, 999), min_size=4, max_size=4))
def test_a_site_of_four_numbers_is_an_address_or_nothing(numbers: list[int]) -> None:
    found = check("url", "http://" + ".".join(map(str, numbers)) + "/", NoDirectories(), TODAY)
    assert (found.verdict is I) == (max(numbers) > 255)


@pytest.mark.parametrize(
    ("host", "verdict"),
    [("192.168.1", V), ("10.70000", V), ("1.2.3.4.5", I), ("example.123", I), ("4.cn", V)],
)
def test_a_host_that_ends_in_a_number(checking: Checking, host: str, verdict: CheckVerdict) -> None:
    assert checking("url", f"https://{host}/a").verdict is verdict
