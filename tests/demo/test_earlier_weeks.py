"""The sample weeks hold what the desk's own checks take for right, and the station shows all of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest

from desktop.domain.cases.case import CaseState
from desktop.domain.identifiers import CheckVerdict
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.directories import PackedDirectories
from desktop.services.cases.form.check_identifier import check_identifier

TOLD = json.loads(resource_path("samples/earlier_weeks.json").read_text("utf-8"))
DIRECTORIES = PackedDirectories(resource_path("directories"))
REPORTS = [item["report"] for item in TOLD["cases"]]


def numbers() -> Iterator[tuple[str, str]]:
    """Every number of the sample with its kind."""
    for report in REPORTS:
        yield "resident_id", report["victim"]["id_number"]
        yield "mobile", report["victim"]["phone"]
        for payment in report["transfers"]:
            yield "bank_card", payment["payer"]["account"]
            yield "bank_card", payment["payee"]["account"]
        for lead in report["identifiers"]:
            yield lead["kind"], lead["value"]


@pytest.mark.parametrize(("kind", "value"), sorted(set(numbers())))
def test_every_number_is_one_that_can_be(kind: str, value: str) -> None:
    found = check_identifier(kind, value, DIRECTORIES, date(2026, 11, 27))
    assert found.verdict is not CheckVerdict.INVALID


def test_every_card_is_of_the_bank_that_is_named() -> None:
    for report in REPORTS:
        for payment in report["transfers"]:
            for side in ("payer", "payee"):
                account = payment[side]
                found = check_identifier(
                    "bank_card", account["account"], DIRECTORIES, date(2026, 11, 27)
                )
                assert dict(found.facts)["bank"] == account["bank"]


def test_cases_stand_in_every_column_and_share_accounts() -> None:
    states = {item.get("state") for item in TOLD["cases"]}
    assert {state.value for state in CaseState} - states <= {"new", "stopping"}
    payees = [pay["payee"]["account"] for report in REPORTS for pay in report["transfers"]]
    assert len(set(payees)) < len(payees)


def test_every_report_that_is_answered_is_answered_for_every_payment() -> None:
    for item in TOLD["cases"]:
        assert len(item["minutes"]) == len(item["report"]["transfers"])
        assert len(item.get("answers", item["minutes"])) == len(item["minutes"])
