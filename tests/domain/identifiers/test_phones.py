"""Mobile, landline, service numbers and SMS ports."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.identifiers import CheckVerdict, check
from desktop.domain.reference.directories import NoDirectories
from tests.domain.identifiers.conftest import TODAY, Checking
from tests.support.every_row import every_row


@every_row(
    "typed",
    [
        "13993112345",
        "139 9311 2345",
        "+86 139-9311-2345",
        "008613993112345",
        "１３９９３１１２３４５",
        "013993112345",
        "+86 (0)139 9311 2345",
        "【139】9311.2345",
    ],
)
def test_mobile_spellings(checking: Checking, typed: str) -> None:
    found = checking("mobile", typed)
    assert (found.normal, found.verdict) == ("13993112345", CheckVerdict.VALID)
    assert found.facts == {"operator": "中国移动", "place": "甘肃兰州", "area_code": "0931"}


def test_a_resold_range_is_reported(checking: Checking) -> None:
    found = checking("mobile", "17009311234")
    assert found.facts["virtual"] == "yes"


@pytest.mark.parametrize(
    ("number", "verdict", "problem"),
    [
        ("", CheckVerdict.INVALID, "empty"),
        ("1399311234", CheckVerdict.INVALID, "length"),
        ("12993112345", CheckVerdict.INVALID, "prefix"),
        ("1399311234a", CheckVerdict.INVALID, "characters"),
        ("14100000000000", CheckVerdict.INVALID, "length"),
        ("15400001234", CheckVerdict.WARN, "segment_unknown"),
    ],
)
def test_mobile_doubts(
    checking: Checking, number: str, verdict: CheckVerdict, problem: str
) -> None:
    found = checking("mobile", number)
    assert (found.verdict, found.problems) == (verdict, (problem,))


@every_row(
    ("typed", "normal", "facts"),
    [
        ("0931-8888888", "0931-8888888", {"area_code": "0931"}),
        ("+86 (0)931 8888888", "0931-8888888", {"area_code": "0931"}),
        ("+86 0931 8888888", "0931-8888888", {"area_code": "0931"}),
        ("86-931-8888888", "0931-8888888", {"area_code": "0931"}),
        ("【0931】888.8888", "0931-8888888", {"area_code": "0931"}),
        ("(0931)8888888", "0931-8888888", {"area_code": "0931"}),
        ("+86 931 8888888", "0931-8888888", {"area_code": "0931"}),
        ("01088888888", "010-88888888", {"area_code": "010"}),
        ("010-88888888转801", "010-88888888", {"area_code": "010", "extension": "801"}),
        ("0931-8888888（转分机号801）", "0931-8888888", {"area_code": "0931", "extension": "801"}),
        ("0931-8888888 内线 8", "0931-8888888", {"area_code": "0931", "extension": "8"}),
        ("021 6234 5678 Extension: 204", "021-62345678", {"area_code": "021", "extension": "204"}),
        ("0931-8888888-801", "0931-8888888", {"area_code": "0931", "extension": "801"}),
        ("+86 10 88888888 ext. 12", "010-88888888", {"area_code": "010", "extension": "12"}),
    ],
)
def test_landlines(checking: Checking, typed: str, normal: str, facts: dict[str, str]) -> None:
    found = checking("landline", typed)
    assert (found.normal, found.verdict, found.facts) == (normal, CheckVerdict.VALID, facts)


@pytest.mark.parametrize(
    ("typed", "problem"), [("8888888", "no_area_code"), ("0931-1888888", "form_unknown")]
)
def test_doubtful_landlines(checking: Checking, typed: str, problem: str) -> None:
    found = checking("landline", typed)
    assert (found.verdict, found.problems) == (CheckVerdict.WARN, (problem,))


@pytest.mark.parametrize(
    ("number", "family", "owner"),
    [
        ("110", "emergency", "公安报警"),
        ("95588", "national", "中国工商银行"),
        ("96110", "hotline", "反电信网络诈骗专线"),
        ("12381", "hotline", "涉诈预警劝阻短信"),
        ("10086", "operator", "电信运营企业"),
        ("400-123-4567", "free_400", None),
        ("96799", "provincial", "兰州银行"),
    ],
)
def test_service_numbers(checking: Checking, number: str, family: str, owner: str | None) -> None:
    found = checking("service_number", number)
    assert found.verdict is CheckVerdict.VALID
    assert (found.facts["family"], found.facts.get("owner")) == (family, owner)


@given(st.text("0123456789", max_size=10), st.sampled_from(["400", "800"]))
def test_a_leased_number_has_ten_digits(rest: str, begin: str) -> None:
    found = check("service_number", begin + rest, NoDirectories(), TODAY)
    assert (found.problems == ()) == (len(rest) == 7)
    assert ("length" in found.problems) == (len(rest) != 7)


@pytest.mark.parametrize("typed", ["400-123-4567转2", "400 1234567-2", "+86 4001234567 分机 2"])
def test_the_extension_of_a_leased_number(checking: Checking, typed: str) -> None:
    found = checking("service_number", typed)
    assert (found.normal, found.facts["extension"]) == ("4001234567", "2")


@pytest.mark.parametrize("number", ["1400012345678", "1410012345678", "1440012345678"])
@pytest.mark.parametrize("kind", ["mobile", "displayed_number"])
def test_a_number_of_a_device_exists_and_is_doubted(
    checking: Checking, kind: str, number: str
) -> None:
    for typed in (number, "1064" + number[4:]):
        found = checking(kind, typed)
        assert (found.verdict, found.normal) == (CheckVerdict.WARN, typed)
        assert found.problems == ("internet_of_things",)


def test_the_area_alone_is_no_number(checking: Checking) -> None:
    for typed in ("0931-", "010", "0755"):
        assert checking("landline", typed).problems == ("length",)


def test_a_gateway_that_is_displayed_is_of_here(checking: Checking) -> None:
    found = checking("displayed_number", "1069 0588 1234")
    assert (found.problems, found.facts["family"]) == ((), "sms_port")
    assert checking("displayed_number", "+").verdict is CheckVerdict.INVALID


def test_sms_ports(checking: Checking) -> None:
    assert checking("sms_port", "1069 0000 1234").verdict is CheckVerdict.VALID
    assert checking("sms_port", "95588").facts["owner"] == "中国工商银行"
    assert checking("sms_port", "13993112345").problems == ("form_unknown",)
    assert checking("sms_port", "106").verdict is CheckVerdict.WARN


def test_an_area_code_that_no_place_has_is_doubted(checking: Checking) -> None:
    found = checking("landline", "0300-3234567")
    assert (found.verdict, found.problems) == (CheckVerdict.WARN, ("area_unknown",))


@every_row("country", ["+86 ", "0086-", "（+86）"])
@every_row(
    ("kind", "number"),
    [
        ("service_number", "95588"),
        ("service_number", "96110"),
        ("service_number", "12345"),
        ("service_number", "10086"),
        ("sms_port", "106905881234"),
        ("landline", "010-69058812"),
    ],
)
def test_the_country_is_no_part_of_it(
    checking: Checking, kind: str, country: str, number: str
) -> None:
    typed = country + number.removeprefix("0")
    assert checking(kind, typed).normal == checking(kind, number).normal == number


@given(st.text("0123456789", min_size=1, max_size=6), st.integers(1, 4))
def test_digits_that_are_not_shown_are_no_extension(shown: str, hidden: int) -> None:
    found = check("service_number", "950" + shown + "x" * hidden, NoDirectories(), TODAY)
    assert found.problems == ("characters",)


@given(
    st.sampled_from(["+", "00"]),
    st.sampled_from("123456789"),
    st.text("0123456789", min_size=8, max_size=13),
)
def test_a_telephone_of_another_country_is_doubted(before: str, first: str, rest: str) -> None:
    if (first + rest).startswith("86"):
        return
    found = check("mobile", before + first + rest, NoDirectories(), TODAY)
    assert (found.normal, found.problems) == (f"+{first}{rest}", ("abroad",))


def test_the_zero_within_a_country_is_not_dialled_from_abroad(checking: Checking) -> None:
    for typed in ("+44 (0)20 7946 0000", "0044（0）20 7946 0000", "+44 20 7946 0000"):
        assert checking("displayed_number", typed).normal == "+442079460000"


@every_row("kind", ["wechat", "alipay"])
@every_row(
    "typed",
    ["+86 13993112345", "139-9311-2345", "86 139 9311 2345", "013993112345", "139·9311·2345"],
)
def test_an_account_that_is_a_mobile_is_spelled_like_one(
    checking: Checking, kind: str, typed: str
) -> None:
    found = checking(kind, typed)
    assert (found.normal, found.problems, found.facts["form"]) == ("13993112345", (), "mobile")


@every_row("area", ["010", *(f"02{digit}" for digit in "012345789")])
def test_a_number_of_the_large_cities_has_eight_digits(checking: Checking, area: str) -> None:
    found = checking("landline", f"{area}-6234567")
    assert (found.verdict, found.problems) == (CheckVerdict.INVALID, ("length",))
    assert checking("landline", f"{area}-62345678").problems in ((), ("area_unknown",))
    assert checking("landline", "0931-6234567").verdict is CheckVerdict.VALID
