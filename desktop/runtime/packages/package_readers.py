"""The kinds of package this program reads, each with the check its content must pass."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from desktop.domain.errors import WorldError
from desktop.domain.exchange.data_package import PackageKind, package_day
from desktop.domain.law.rules import LegalRule, Unit
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.directories import PackedDirectories
from desktop.runtime.packages.package_head import HEAD_FILE, SIGNATURE_FILE
from desktop.runtime.packages.package_shelf import PackageReader
from desktop.runtime.packages.rule_pack import load_rule_pack
from desktop.runtime.packages.script_package_check import check_script_package
from desktop.runtime.packages.scripts import types_version
from desktop.runtime.packages.watch_list import check_watch_list, watch_version

_TIMES = frozenset({
    Unit.MINUTES, Unit.HOURS, Unit.DAYS, Unit.WORKING_DAYS, Unit.MONTHS, Unit.YEARS,
})  # fmt: skip
_DAY = timedelta(days=1)
_LENGTHS = frozenset({Unit.MINUTES, Unit.HOURS, Unit.DAYS})
LENGTHS_ONLY = (
    "golden.", "clock.", "alarm.", "shift.", "handover.", "freeze.margin", "stop.validity", "query.before",
    "tracing.", "linking.", "exchange.", "backup.", "keys.", "enrolment.warn",
)  # fmt: skip
"""Beginnings of rules that are added to a time or taken from it without a calendar."""


def package_readers() -> tuple[PackageReader, ...]:
    """A line here makes a kind of data replaceable by a signed package."""
    return (
        PackageReader(
            PackageKind.RULES, resource_path("rules"), _rules_version, _check_rules, _whole_rules
        ),
        PackageReader(
            PackageKind.DIRECTORIES,
            resource_path("directories"),
            _directories_version,
            _check_directories,
        ),
        PackageReader(
            PackageKind.SCRIPTS, resource_path("scripts"), types_version, check_script_package
        ),
        PackageReader(PackageKind.WATCH, resource_path("watch"), watch_version, check_watch_list),
    )


_HEADS = "directory.toml"
_TABLES = frozenset({
    _HEADS, "cards.tsv", "mobile.tsv", "mobile.bin", "divisions.tsv",
    "hotlines.toml", "payment_institutions.toml", "protected_numbers.toml",
})  # fmt: skip
"""Files a package of directories may hold; licences travel as ``LICENSE-….txt``."""


def _directories_version(folder: Path) -> str:
    return PackedDirectories(folder).version if (folder / _HEADS).exists() else ""


def _check_directories(folder: Path) -> None:
    """A package's tables are read whole, together with the program's own that it leaves as they are."""
    tables = PackedDirectories(folder, resource_path("directories"))
    names = {path.name for path in folder.iterdir()} - {HEAD_FILE, SIGNATURE_FILE}
    strange = sorted(name for name in names - _TABLES if not name.startswith("LICENSE-"))
    if strange or not names & _TABLES:
        raise WorldError("pack.unfit", reason=strange[0] if strange else f"{_HEADS}: missing")
    try:
        tables.verify()
    except WorldError as error:
        raise WorldError("pack.unfit", reason=str(error.params.get("name", ""))) from error


def _rules_version(folder: Path) -> str:
    return load_rule_pack(folder).version


def _check_rules(folder: Path) -> None:
    """Rules the program asks for must be in a unit it can count in, and hold from the day of the package on without a
    gap; those a package leaves out are the program's own."""
    units = {rule.id: rule.unit for rule in load_rule_pack(resource_path("rules")).rules}
    rule_pack = load_rule_pack(folder)
    known = [rule for rule in rule_pack.rules if rule.id in units]
    for rule in known:
        if rule.unit not in _allowed(rule.id, units[rule.id]):
            raise WorldError("pack.unfit", reason=f"{rule.id}: {rule.unit}")
    made = package_day(rule_pack.version)
    for id_ in dict.fromkeys(rule.id for rule in known):
        _must_hold(id_, [rule for rule in known if rule.id == id_], made)


def _must_hold(id_: str, versions: list[LegalRule], made: date | None) -> None:
    """A number that begins later would count before its day, one that ends would leave a clock without a length."""
    ordered = sorted(versions, key=lambda rule: rule.valid_from)
    if made is not None and ordered[0].valid_from > made:
        raise WorldError("pack.unfit", reason=f"{id_}: {ordered[0].valid_from}…")
    for earlier, later in pairwise([*ordered, None]):
        until = earlier.valid_until if earlier is not None else None
        if until is not None and (later is None or later.valid_from > until + _DAY):
            raise WorldError("pack.unfit", reason=f"{id_}: …{until}")


def _whole_rules(folder: Path) -> None:
    """Who signs a package means to tell every rule and year the program knows: one that is not there is misspelt."""
    rules, own = load_rule_pack(folder), load_rule_pack(resource_path("rules"))
    left_out = {rule.id for rule in own.rules} - {rule.id for rule in rules.rules}
    left_out |= {f"holidays {year}" for year in own.calendar.years - rules.calendar.years}
    if left_out:
        raise WorldError("pack.unfit", reason=f"{min(left_out)}: missing")


def _allowed(id_: str, unit: Unit) -> Collection[Unit]:
    """The units in which the program can count a rule that it has in ``unit`` itself."""
    if unit not in _TIMES:
        return {unit}
    return _LENGTHS if id_.startswith(LENGTHS_ONLY) else _TIMES
