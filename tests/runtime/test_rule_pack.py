"""The installed rule pack, and how strictly a pack is read."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import desktop
from desktop.domain.errors import WorldError
from desktop.domain.law.rules import RuleLookupError, RulePack, Unit
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.package_readers import LENGTHS_ONLY
from desktop.runtime.packages.rule_pack import FILE, HOLIDAYS, load_rule_pack
from desktop.runtime.texts.catalogue import LANGUAGES, Catalogue

TODAY = date(2026, 11, 24)
RULE = """
[[rule]]
id = "stop.validity"
value = 48
unit = "hours"
article = "86"
valid_from = 2016-06-01
checked = 2026-11-24
"""
PACK = f'[pack]\nname = "x"\nversion = "1"\n{RULE}'


@pytest.fixture(scope="module")
def rule_pack() -> RulePack:
    return load_rule_pack(resource_path("rules"))


def load(folder: Path, text: str) -> RulePack:
    (folder / FILE).write_text(text, "utf-8")
    (folder / HOLIDAYS).write_bytes(resource_path(f"rules/{HOLIDAYS}").read_bytes())
    return load_rule_pack(folder)


@pytest.mark.parametrize(
    ("id_", "length"),
    [
        ("golden.window", timedelta(minutes=30)),
        ("entry.duty", timedelta(minutes=30)),
        ("revoke.two_hours", timedelta(hours=2)),
        ("revoke.next_day", timedelta(hours=24)),
        ("stop.validity", timedelta(hours=48)),
        ("freeze.margin", timedelta(hours=6)),
        ("filing.ordinary", timedelta(days=3)),
    ],
)
def test_the_clocks_of_a_stop(rule_pack: RulePack, id_: str, length: timedelta) -> None:
    assert rule_pack.duration(id_, on=TODAY) == length


def test_thresholds(rule_pack: RulePack) -> None:
    assert rule_pack.times("stop.maximum", TODAY) == 2
    assert rule_pack.fen("fraud.large", TODAY) == 300_000
    assert rule_pack.fen("fraud.huge", TODAY) == 3_000_000
    assert rule_pack.fen("fraud.especially_huge", TODAY) == 50_000_000


def test_a_fine_depends_on_the_day(rule_pack: RulePack) -> None:
    assert rule_pack.fen("public_order.fine", date(2025, 12, 31)) == 50_000
    assert rule_pack.fen("public_order.fine", date(2026, 1, 1)) == 200_000


def test_terms_in_months_end_on_the_calendar(rule_pack: RulePack) -> None:
    start = datetime(2026, 8, 31, 10, tzinfo=UTC)
    assert rule_pack.end("freeze.deposit", start, TODAY) == datetime(2027, 2, 28, 10, tzinfo=UTC)
    assert rule_pack.end("freeze.securities", start, TODAY) == datetime(2028, 8, 31, 10, tzinfo=UTC)
    assert rule_pack.end("stop.validity", start, TODAY) == datetime(2026, 9, 2, 10, tzinfo=UTC)


def test_every_rule_has_a_source_and_a_name_in_every_language(rule_pack: RulePack) -> None:
    for language in LANGUAGES:
        texts = Catalogue.load(language, strict=True)
        for rule in rule_pack.rules:
            assert f"rules.{rule.id}" in texts, rule.id
            assert f"rules.unit.{rule.unit}" in texts


def test_a_typed_slip_of_the_year_still_has_a_clock(rule_pack: RulePack) -> None:
    assert rule_pack.duration("stop.validity", date(1926, 11, 24)) == timedelta(hours=48)


def test_what_a_programmer_gets_wrong_is_loud(rule_pack: RulePack) -> None:
    with pytest.raises(RuleLookupError):
        rule_pack.rule("no.such_rule", TODAY)
    with pytest.raises(RuleLookupError):
        rule_pack.duration("freeze.deposit", TODAY)
    with pytest.raises(RuleLookupError):
        rule_pack.fen("stop.validity", TODAY)
    with pytest.raises(RuleLookupError):
        RulePack("1", rule_pack.rules + rule_pack.rules).value("stop.maximum", TODAY, Unit.TIMES)


def test_a_lapsed_rule_is_not_guessed(tmp_path: Path) -> None:
    rule_pack = load(tmp_path, PACK + "valid_until = 2020-01-01\n")
    with pytest.raises(RuleLookupError):
        rule_pack.duration("stop.validity", TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not toml",
        PACK.replace("48", "0"),
        PACK.replace("48", "-1"),
        PACK.replace("48", "48.0"),
        PACK.replace("48", "true"),
        PACK.replace("48", '"48"'),
        PACK.replace('"hours"', '"fortnights"'),
        PACK.replace('"86"', '" "'),
        PACK.replace("stop.validity", "stop"),
        PACK.replace("= 2016-06-01", "= 2016-06-01T00:00:00Z"),
        PACK.replace('article = "86"\n', ""),
        PACK + 'extra = "x"\n',
        PACK + "valid_until = 2016-05-31\n",
        PACK + RULE,
        PACK + RULE.replace("2016-06-01", "2020-06-01"),
        PACK + "\n[other]\n",
        PACK.replace('version = "1"\n', ""),
    ],
)
def test_a_pack_with_a_fault_is_refused_whole(tmp_path: Path, text: str) -> None:
    with pytest.raises(WorldError) as caught:
        load(tmp_path, text)
    assert caught.value.code == "rules.damaged"


def test_a_missing_pack_is_reported(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match=r"^rules\.damaged$"):
        load_rule_pack(tmp_path)


def test_one_version_may_follow_another(tmp_path: Path) -> None:
    later = RULE.replace("2016-06-01", "2027-01-01").replace("48", "72")
    rule_pack = load(tmp_path, PACK + "valid_until = 2026-12-31\n" + later)
    assert rule_pack.duration("stop.validity", date(2026, 12, 31)) == timedelta(hours=48)
    assert rule_pack.duration("stop.validity", date(2027, 1, 1)) == timedelta(hours=72)


def test_whatever_is_added_without_a_calendar_is_kept_to_fixed_lengths() -> None:
    asked = re.compile(r'duration\(\s*"([a-z_.]+)"')
    sources = Path(desktop.__file__).parent.rglob("*.py")
    found = {name for path in sources for name in asked.findall(path.read_text("utf-8"))}
    assert len(found) > 15
    assert sorted(name for name in found if not name.startswith(LENGTHS_ONLY)) == []
