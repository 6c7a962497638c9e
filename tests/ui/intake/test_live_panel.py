"""Beside the form: other cases of an account are listed or counted, or it is said that there is none."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.case_file.views import SameAccount
from desktop.domain.ids import CaseId
from desktop.ui.intake.live_panel import SHOWN, SameCasesCard
from desktop.ui.intake.setup import IntakeSetup
from desktop.ui.shared.kit.kit import Kit
from tests.support.clocks import START
from tests.support.sweep import examples
from tests.support.texts import zh

HOUR = timedelta(hours=1)
SETUP = IntakeSetup((), str, lambda _case, _sink: QWidget(), HOUR, HOUR)


def other(number: int) -> SameAccount:
    return SameAccount(CaseId(f"c{number}"), f"A-{number}", f"T{number}", "雁滩派出所", START, 100)


def line_of_the_rest(count: int, most: int) -> list[str]:
    """That there are more than are listed."""
    return [zh("intake.panel.more", count=count - most)] if count > most else []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(20))
@given(
    st.lists(st.tuples(st.integers(0, SHOWN + 2), st.integers(1, SHOWN), st.booleans()), min_size=1)
)
def test_each_other_case_is_a_line_or_counted(
    kit: Kit, qtbot: QtBot, turns: list[tuple[int, int, bool]]
) -> None:
    """Where there is none, that is said, unless it goes without saying; whatever was shown before."""
    panel = QWidget()
    qtbot.addWidget(panel)
    card = SameCasesCard(kit, SETUP)
    card.setParent(panel)
    panel.show()
    for count, most, hides_empty in turns:
        card.set_most(most, hide_empty=hides_empty)
        card.show_cases(tuple(other(number) for number in range(count)))
        assert card.isVisibleTo(panel) is (count > 0 or not hides_empty)
        said = [label.text() for label in card.findChildren(QLabel) if label.isVisibleTo(card)]
        assert [text for text in said if text.startswith("T")] == [
            f"T{number}" for number in range(min(count, most))
        ]
        assert (zh("intake.panel.none") in said) is (count == 0)
        possible = {zh("intake.panel.more", count=number) for number in range(SHOWN + 3)}
        assert [text for text in said if text in possible] == line_of_the_rest(count, most)
