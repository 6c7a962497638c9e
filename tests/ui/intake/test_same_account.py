"""The look-up of other cases behind the typing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desktop.domain.case_file.views import SameAccount
from desktop.domain.cases.intake import IntakeForm, TransferText
from desktop.domain.errors import WorldError
from desktop.domain.ids import CaseId
from desktop.ui.intake.form.form_model import FormModel
from desktop.ui.intake.leads.same_account import SameAccounts
from tests.support.held_runner import HeldRunner
from tests.ui.intake.doubles import Alarms

pytestmark = pytest.mark.usefixtures("qapp")
FIRST, SECOND = "6230520010037788994", "6217004230001234567"


def other(case: str, day: int) -> SameAccount:
    at = datetime(2026, 11, day, tzinfo=UTC)
    return SameAccount(CaseId(case), f"62-{case}-A-0001", "T01", "雁滩派出所", at, 100)


class Bench:
    def __init__(self) -> None:
        form = IntakeForm(case_id="c1", transfers=(TransferText(id="t1"), TransferText(id="t2")))
        self.model = FormModel(form)
        self.asked: list[str] = []
        self.broken = False
        self.alarms = Alarms()
        self.runner = HeldRunner()
        self.same = SameAccounts(self.model, self.look, self.runner, self.alarms)
        (self.alarm,) = self.alarms.made

    def look(self, number: str, but: CaseId) -> tuple[SameAccount, ...]:
        assert but == "c1"
        self.asked.append(number)
        if self.broken:
            raise WorldError("database.busy")
        return (other("a", 20), other(number[-1], 23)) if number in (FIRST, SECOND) else ()

    def type(self, text: str, row: int = 0) -> None:
        self.model.put(f"transfers.{row}.payee_account", text)


def test_one_question_after_the_last_key() -> None:
    bench = Bench()
    for end in range(1, len(FIRST) + 1):
        bench.type(FIRST[:end])
    assert not bench.runner.tasks
    bench.alarm.ring()
    bench.runner.run_all()
    assert bench.asked == [FIRST]
    assert len(bench.same.appearances("6230 5200 1003 7788 994")) == 2


def test_a_stale_answer_is_dropped_and_the_new_one_counts() -> None:
    bench = Bench()
    bench.type("6230520010")
    bench.alarm.ring()
    bench.type(FIRST)
    bench.alarm.ring()
    bench.runner.run_next()
    assert bench.same.all_payees() == ()
    bench.runner.run_next()
    assert [case.case for case in bench.same.all_payees()] == ["4", "a"]


def test_each_case_once_over_all_transfers_newest_first() -> None:
    bench = Bench()
    bench.type(FIRST)
    bench.type(SECOND, row=1)
    bench.alarm.ring()
    bench.runner.run_all()
    assert {case.case for case in bench.same.all_payees()} == {"4", "7", "a"}
    assert bench.same.all_payees()[-1].case == "a"


@pytest.mark.parametrize("text", ["", "1234", "6222****1234"])
def test_what_cannot_tell_accounts_apart_is_not_asked(text: str) -> None:
    bench = Bench()
    bench.type(text)
    bench.alarm.ring()
    assert not bench.runner.tasks


def test_after_a_failure_the_next_change_asks_again() -> None:
    bench = Bench()
    bench.type(FIRST)
    bench.alarm.ring()
    bench.broken = True
    bench.runner.run_next()
    bench.broken = False
    bench.type(SECOND, row=1)
    bench.alarm.ring()
    bench.runner.run_all()
    assert set(bench.asked) == {FIRST, SECOND}
