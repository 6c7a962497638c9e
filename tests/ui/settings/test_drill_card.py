"""The card of restore drills: what is typed opens the copy, and what was found is said in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.demo.gallery import clipped_texts
from desktop.domain.errors import Cancelled, UserInputError
from desktop.domain.progress import Progress
from desktop.runtime.texts.catalogue import LANGUAGES
from desktop.ui.settings.backup import DrillCard
from desktop.ui.shared.kit.kit import Kit
from tests.support.clocks import START
from tests.ui.pages.window_page import WindowPage, type_text

COPY = Path("fanzha-620102540000-A-20261126-101500.fzbackup")


@dataclass(frozen=True)
class Found:
    made_at: datetime = START
    entries: int = 1234
    cases: int = 17
    evidence: int = 40
    missing: int = 0
    damaged: int = 0
    lacking: int = 0
    unsound: bool = False
    by_code: bool = False

    @property
    def whole(self) -> bool:
        return not (self.missing or self.damaged or self.lacking or self.unsound)


class Drills:
    """Tries copies; remembers with what."""

    def __init__(self) -> None:
        self.secrets: list[str] = []
        self.outcome: Found | Exception = Found()
        self.last: datetime | None = None

    def attempt(self, _file: Path, secret: str, _progress: Progress) -> Found:
        self.secrets.append(secret)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        self.last = START if self.outcome.whole else None
        return self.outcome


@pytest.fixture
def drills() -> Drills:
    return Drills()


@pytest.fixture
def page(kit: Kit, qtbot: QtBot, drills: Drills) -> WindowPage:
    host = QWidget()
    host.resize(900, 400)
    qtbot.addWidget(host)
    DrillCard(kit, drills.attempt, lambda: drills.last, host).resize(900, 300)
    page = WindowPage(qtbot, host)
    page.show()
    return page


def tried(page: WindowPage, secret: str) -> None:
    """By keys alone: the secret, then Enter."""
    card = page.widget.findChild(DrillCard)
    assert card is not None
    card.take(COPY)
    dialog = page.dialog("drill_secret_dialog")
    assert not dialog.find("drill_secret_go").isEnabled()
    assert dialog.widget.focusWidget() is dialog.find("drill_secret")
    type_text(dialog.find("drill_secret"), secret)
    QTest.keyClick(dialog.widget, Qt.Key.Key_Return)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        (Found(), "whole"),
        (Found(by_code=True), "whole_code"),
        (Found(missing=2, damaged=1), "broken"),
        (Found(missing=2, lacking=1), "broken"),
        (Found(lacking=3), "lacking"),
        (Found(unsound=True), "unsound"),
        (Cancelled(), "stopped"),
    ],
)
def test_what_was_found_is_said(
    kit: Kit,
    page: WindowPage,
    drills: Drills,
    outcome: Found | Exception,
    kind: str,
    language: str,
) -> None:
    kit.texts.set_language(language)
    assert page.text("drill_when") == kit.texts.text("settings.drill.never")
    drills.outcome = outcome
    tried(page, " Pass word 1 ")
    assert drills.secrets == [" Pass word 1 "], "exactly as typed"
    said = page.text("drill_banner_message")
    shape = kit.texts.text(f"settings.drill.{kind}", **_params(outcome))
    assert said == shape
    assert not clipped_texts(page.widget)
    passed = isinstance(outcome, Found) and outcome.whole
    assert (page.text("drill_when") == kit.texts.text("settings.drill.never")) != passed


def _params(outcome: Found | Exception) -> dict[str, str | int]:
    if isinstance(outcome, Exception):
        return {}
    return {
        "made": "2026-11-24 10:31",
        "cases": outcome.cases,
        "entries": outcome.entries,
        "evidence": outcome.evidence,
        "missing": outcome.missing,
        "damaged": outcome.damaged,
        "lacking": outcome.lacking,
    }


def test_a_wrong_secret_is_reported_and_another_can_be_tried(
    kit: Kit, page: WindowPage, drills: Drills
) -> None:
    drills.outcome = UserInputError("drill.wrong_secret")
    tried(page, "wrong")
    assert kit.texts.text("errors.drill.wrong_secret.what") in page.text("drill_banner_message")
    drills.outcome = Found()
    tried(page, "right")
    assert drills.secrets == ["wrong", "right"]
    assert page.text("drill_when") != kit.texts.text("settings.drill.never")
