"""Words that fit, in every language and theme; everything reachable by key."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.exchange.delivery import Delivery, DeliveryStage
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Scheme
from tests.ui.pages.looks import LOOKS
from tests.ui.sync.conftest import MakePage, SyncDesk
from tests.ui.sync.samples import NOW, a_row, what_is_left

DELIVERY = Delivery(
    entries={
        DeliveryStage.HERE: 120,
        DeliveryStage.EXPORTED: 40,
        DeliveryStage.CARRIED: 3,
        DeliveryStage.CLOSED: 12_480,
    },
    files={
        DeliveryStage.HERE: 2,
        DeliveryStage.EXPORTED: 46,
        DeliveryStage.ACKNOWLEDGED: 5,
        DeliveryStage.CLOSED: 1_893,
    },
)
ROWS = (a_row("A-000213", "exported"), a_row("A-000212", "partial", missing=("ab",)))


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
@pytest.mark.parametrize("enrolled", [True, False])
def test_nothing_is_clipped_and_the_window_does_not_grow(
    make_page: MakePage,
    desk: SyncDesk,
    kit: Kit,
    language: str,
    scheme: Scheme,
    enrolled: bool,
) -> None:
    desk.stop()
    desk.changed_status = {"bundles": ROWS, "delivery": DELIVERY, "left": (what_is_left("B", 12),)}
    if not enrolled:
        desk.changed_status |= {"centre": None, "pending": None}
    kit.theme.set_scheme(scheme)
    kit.texts.set_language(language)
    page = make_page()
    page.history.select_key("A-000212")
    if enrolled:
        assert "2" in page.text("sync_stages_files")
        page.click("sync_export")
    page.qtbot.waitUntil(lambda: clipped_texts(page.widget) + overlaps(page.widget) == [])
    assert (page.widget.width(), page.widget.height()) == (1294, 692)


def test_every_control_is_named_and_reached_with_tab(make_page: MakePage, desk: SyncDesk) -> None:
    desk.stop()
    desk.changed_status["bundles"] = ROWS
    page = make_page()
    page.history.select_key("A-000212")
    reached: set[str] = set()
    for _ in range(30):
        focused = page.focused()
        reached.add(focused.objectName())
        assert focused.accessibleName() or focused is page.widget, focused.objectName()
        page.press(Qt.Key.Key_Tab)
    for button in page.widget.findChildren(QAbstractButton):
        if button.isVisible() and button.isEnabled():
            assert button.objectName() in reached
    assert {"sync_history", "sync_target"} <= reached


def test_the_language_is_switched_live(make_page: MakePage, desk: SyncDesk, kit: Kit) -> None:
    desk.stop()
    desk.changed_status["bundles"] = ROWS
    page = make_page()
    kit.texts.set_language("en")
    assert "order" in page.text("sync_details")
    assert page.cell(0, 5) == "exported, no receipt yet"
    assert "free" in page.target.currentText()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_times_and_states_of_another_year_fit_their_columns(
    make_page: MakePage, desk: SyncDesk, kit: Kit, language: str
) -> None:
    old = NOW - timedelta(days=400)
    states = ("begun", "continued", "void", "exported", "elsewhere", "partial", "refused")
    desk.changed_status["bundles"] = (
        a_row("A-000100", "acknowledged", at=old, answered_at=old),
        a_row("A-000099", "acknowledged", at=old, missing=("ab",) * 123),
        *(a_row(f"A-00000{place}", state, at=old) for place, state in enumerate(states)),
    )
    kit.texts.set_language(language)
    page = make_page()
    table, model = page.history, page.history.model()
    cut = [
        model.index(row, column).data()
        for row in range(model.rowCount())
        for column in (0, 1, 5)
        if table.sizeHintForIndex(model.index(row, column)).width() > table.columnWidth(column)
    ]
    assert cut == []
