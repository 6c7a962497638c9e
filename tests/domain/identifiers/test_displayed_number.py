"""What a display shows, and what hides in it."""

from __future__ import annotations

import pytest

from desktop.domain.identifiers import CheckVerdict
from tests.domain.identifiers.conftest import Checking
from tests.support.every_row import every_row


@every_row(
    ("shown", "owner"),
    [
        ("110", "公安报警"),
        ("+86110", "公安报警"),
        ("+86 110", "公安报警"),
        ("0086110", "公安报警"),
        ("00110", "公安报警"),
        ("000000110", "公安报警"),
        ("0931110", "公安报警"),
        ("0931-96110", "反电信网络诈骗专线"),
        ("+86 931 96110", "反电信网络诈骗专线"),
        ("95588", "中国工商银行"),
        ("+95588", "中国工商银行"),
        ("0086 95588", "中国工商银行"),
        ("17951 95588", "中国工商银行"),
        ("12381", "涉诈预警劝阻短信"),
        ("400-889-6588", "徽商银行"),
    ],
)
def test_an_official_number_is_found_behind_what_is_put_before_it(
    checking: Checking, shown: str, owner: str
) -> None:
    found = checking("displayed_number", shown)
    assert (found.verdict, found.problems) == (CheckVerdict.WARN, ("imitates_official",))
    assert found.facts["owner"] == owner


@pytest.mark.parametrize(
    ("shown", "normal", "origin", "family"),
    [
        ("13993112345", "13993112345", "domestic", "mobile"),
        ("+86 139 9311 2345", "13993112345", "domestic", "mobile"),
        ("0931-8888888", "0931-8888888", "domestic", "landline"),
        ("+86 931 8888888", "0931-8888888", "domestic", "landline"),
        ("400 123 4567", "4001234567", "domestic", "free_400"),
        ("+44 20 7946 0000", "+442079460000", "foreign", None),
        ("0085212345678", "+85212345678", "foreign", None),
    ],
)
def test_ordinary_displays(
    checking: Checking, shown: str, normal: str, origin: str, family: str | None
) -> None:
    found = checking("displayed_number", shown)
    assert (found.normal, found.verdict) == (normal, CheckVerdict.VALID)
    assert (found.facts["origin"], found.facts.get("family")) == (origin, family)


@pytest.mark.parametrize(
    ("shown", "problem"),
    [("未知号码", "no_number"), ("+1234", "length"), ("7777", "form_unknown")],
)
def test_odd_displays_are_kept(checking: Checking, shown: str, problem: str) -> None:
    found = checking("displayed_number", shown)
    assert (found.verdict, found.problems) == (CheckVerdict.WARN, (problem,))


def test_nothing_shown(checking: Checking) -> None:
    assert checking("displayed_number", " ").problems == ("empty",)


def test_a_country_that_no_code_names_is_doubted(checking: Checking) -> None:
    assert checking("displayed_number", "+210123456789").problems == ("country_unknown",)
    assert checking("displayed_number", "+85251234567").problems == ()
