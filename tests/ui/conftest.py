"""What every window test needs: the offscreen platform and a kit with real looks and words."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("FANZHA_STRICT_TEXTS", "1")

from collections.abc import Generator, Iterator
from datetime import timedelta, timezone

import pytest
from PySide6.QtWidgets import QApplication

from desktop.runtime.files.resources import resource_path
from desktop.runtime.texts.catalogue import Catalogue
from desktop.ui.shared.kit.actions import ActionRegistry
from desktop.ui.shared.kit.icons import Icons
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import InlineTaskRunner
from desktop.ui.shared.kit.theme import Scheme, Theme
from desktop.ui.shared.kit.ticks import TickSource
from desktop.ui.shared.kit.translator import Translator
from tests.support.clocks import HandClock
from tests.support.dialog_widths import watched_dialogs
from tests.support.seat_fixtures import centre, centre_seat, seat, session, tmp_path
from tests.support.switched_words import AskedTexts, left_behind
from tests.support.waiting_helpers import waiting_helpers

__all__ = ["centre", "centre_seat", "seat", "session", "tmp_path", "waiting_helpers"]
BEIJING = timezone(timedelta(hours=8))


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    """One theme for the session: fonts are loaded once, as in the program."""
    return Theme(qapp, resource_path, scheme=Scheme.LIGHT)


@pytest.fixture
def kit(theme: Theme) -> Iterator[Kit]:
    """A kit with a fixed clock (10:31:07 in Beijing) and a runner that works inline."""
    theme.set_scheme(Scheme.LIGHT)
    yield Kit(
        theme=theme,
        texts=Translator(Catalogue.load),
        icons=Icons(theme, resource_path),
        ticks=TickSource(HandClock()),
        runner=InlineTaskRunner(),
        actions=ActionRegistry(),
        zone=BEIJING,
    )
    theme.set_scheme(Scheme.LIGHT)
    QApplication.clipboard().clear()  # what a test put there must not outlive Python


@pytest.fixture(autouse=True)
def cut_dialogs() -> Iterator[list[str]]:
    """No dialog that a test opens cuts its contents at the side; what was found so far."""
    with watched_dialogs() as cut:
        yield cut
    assert cut == []


@pytest.fixture(autouse=True)
def asked_texts() -> Iterator[AskedTexts]:
    """What is asked for in Chinese while pages are made and worked with."""
    asked = AskedTexts()
    with asked.noted():
        yield asked


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Function) -> Generator[None, object, object]:
    """Whatever a test leaves open follows a change of the language."""
    result = yield
    asked = item.funcargs["asked_texts"]
    assert isinstance(asked, AskedTexts)
    assert left_behind(asked) == []
    return result
