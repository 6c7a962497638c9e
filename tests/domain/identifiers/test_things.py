"""Handsets, plates, parcels, case numbers; and guesses over all kinds."""

from __future__ import annotations

import pytest

from desktop.domain.identifiers import CheckVerdict, guess_kind
from desktop.domain.identifiers.documents.papers import s10_digit
from tests.domain.identifiers.conftest import Checking
from tests.domain.identifiers.test_every_kind import SAMPLES

V, W, I = CheckVerdict.VALID, CheckVerdict.WARN, CheckVerdict.INVALID  # noqa: E741 - a table of verdicts below


@pytest.mark.parametrize(
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
        ("plate", "甘AO1I34", "甘A01134", V, "ordinary"),
        ("plate", "甘AOI234", "甘A01234", V, "ordinary"),
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


@pytest.mark.parametrize("kind", sorted(SAMPLES.keys() - NO_SHAPE))
def test_a_sample_is_guessed_among_its_kinds(kind: str) -> None:
    guesses = guess_kind(SAMPLES[kind])
    assert kind in guesses
    if kind not in ("bank_account", "qq", "app"):
        assert guesses[0] == kind


@pytest.mark.parametrize(
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
