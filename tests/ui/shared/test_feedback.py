"""Errors, questions, confirmations, progress, search: what the program says back."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from itertools import chain, repeat
from weakref import ref

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.case_file.case_filter import CaseFilter
from desktop.domain.errors import Cancelled, WorldError
from desktop.ui.shared.dialogs.confirm import ask
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.dialogs.error_presenter import LastNet, present
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.quantities import remaining_text, size_text
from desktop.ui.shared.widgets.input.line_edit import Combo
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.pages.progress_row import ProgressRow
from desktop.ui.shared.widgets.pages.toast import Toast, toast
from desktop.ui.shared.widgets.tables.search_results import HitsModel, SearchHit, SearchHits
from desktop.ui.shared.widgets.texts.label import Chip, ElidedLabel, Label, StruckLabel
from desktop.ui.shell.search_filter_bar import SearchChoices
from desktop.ui.shell.top_bar import SearchField
from tests.support.texts import zh
from tests.ui.pages.window_page import WindowPage, compose, type_text


@pytest.fixture
def window(kit: Kit, qtbot: QtBot) -> WindowPage:
    widget = QWidget()
    qtbot.addWidget(widget)
    QVBoxLayout(widget)
    page = WindowPage(qtbot, widget)
    page.show(800, 600)
    return page


class Listener(QObject):
    """Counts."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def hear(self) -> None:
        self.count += 1


def _words(page: WindowPage) -> list[str]:
    return [label.text() for label in page.widget.findChildren(QLabel) if label.isVisible()]


def test_an_error_says_what_is_safe_and_what_to_do(kit: Kit, window: WindowPage) -> None:
    present(kit, window.widget, WorldError("disk.full"))
    dialog = window.dialog("error_dialog")
    said = " ".join(_words(dialog))
    for part in ("what", "safe", "do"):
        assert kit.texts.text(f"errors.disk.full.{part}") in said
    dialog.press(Qt.Key.Key_Escape)
    assert not dialog.widget.isVisible()


def test_a_wish_to_stop_is_no_error(kit: Kit, window: WindowPage, qtbot: QtBot) -> None:
    present(kit, window.widget, Cancelled())
    with pytest.raises(AssertionError):
        window.dialog("error_dialog")


@pytest.fixture
def net(kit: Kit, window: WindowPage) -> Iterator[LastNet]:
    made = LastNet(kit, window.widget, lambda: "7QK2M9")
    before = sys.excepthook
    made.install()
    yield made
    made.remove()
    sys.excepthook = before


def test_the_unforeseen_gets_a_number_and_keeps_its_secrets(
    net: LastNet, kit: Kit, window: WindowPage, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise ValueError("李秀兰 620102196804152046")

    with caplog.at_level(logging.ERROR):
        try:
            fail()
        except ValueError as error:
            present(kit, window.widget, error)
    qtbot.waitUntil(lambda: bool(window.dialog("error_dialog")))
    assert "7QK2M9" in " ".join(_words(window.dialog("error_dialog")))
    assert "7QK2M9" in caplog.text
    assert "test_feedback" in caplog.text
    assert "620102196804152046" not in caplog.text
    window.dialog("error_dialog").press(Qt.Key.Key_Return)


def test_threads_fall_into_the_same_net(
    net: LastNet, window: WindowPage, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise RuntimeError

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: "7QK2M9" in caplog.text)
    qtbot.waitUntil(lambda: bool(window.dialog("error_dialog")))
    window.dialog("error_dialog").press(Qt.Key.Key_Escape)


def test_only_what_a_reading_ends_goes_with_it(kit: Kit, qtbot: QtBot) -> None:
    banner = Banner(kit)
    qtbot.addWidget(banner)
    banner.show_unread(WorldError("database.server_gone"))
    banner.was_read()
    assert banner.message.text() == ""
    banner.show_unread(WorldError("database.server_gone"))
    banner.show_error(WorldError("disk.full"))
    banner.was_read()
    assert banner.message.text() == kit.texts.text("errors.disk.full.what")


def test_a_banner_speaks_and_falls_silent(kit: Kit, window: WindowPage) -> None:
    banner = Banner(kit, closable=True)
    layout = window.widget.layout()
    assert layout is not None
    layout.addWidget(banner)
    assert not banner.isVisible()
    banner.show_error(WorldError("disk.full"))
    assert banner.isVisible()
    assert kit.texts.text("errors.disk.full.do") in window.text("banner_detail")
    assert kit.texts.text("errors.disk.full.what") in banner.accessibleName()
    banner.show_error(WorldError("disk.full"), lambda: "3")
    banner.add_line("shared.save")
    kit.texts.set_language("en")
    words = [kit.texts.text(f"errors.disk.full.{part}") for part in ("what", "safe", "do")]
    assert window.text("banner_message") == words[0]
    assert window.text("banner_detail").split("\n") == [words[1], "3", words[2], "Save"]
    assert banner.accessibleName().startswith(words[0])
    kit.texts.set_language("zh_CN")
    banner.show_key(Tone.OK, "shared.save")
    assert window.text("banner_message") == zh("shared.save")
    assert banner.accessibleName() == zh("shared.save")
    window.click("banner_close")
    assert not banner.isVisible()
    banner.show_error(Cancelled())
    assert not banner.isVisible()


@pytest.mark.parametrize("path", ["/media/" + "n" * 400, "D:\\" + r"目录\long_name" * 40])
def test_a_banner_breaks_what_has_no_blanks(kit: Kit, window: WindowPage, path: str) -> None:
    banner = Banner(kit)
    layout = window.widget.layout()
    assert layout is not None
    layout.addWidget(banner)
    banner.show_lines(Tone.WARN, lambda: (path, path))
    assert layout.minimumSize().width() < 400
    assert window.text("banner_message") == path
    assert path in banner.accessibleName()


def test_data_that_would_turn_the_writing_shows_how(kit: Kit, qtbot: QtBot) -> None:
    """Of what a bundle brings, a name must not look like another one."""
    for label in (Label(kit), Label(kit, wrap=True), ElidedLabel(kit), StruckLabel(kit), Chip(kit)):
        qtbot.addWidget(label)
        label.set_text("陈\u202e强志")
        shown = label.whole_text() if isinstance(label, ElidedLabel) else label.text()
        assert shown == "陈‹202E›强志"


def test_what_can_be_copied_holds_no_breaks(kit: Kit, window: WindowPage) -> None:
    label = Label(kit, wrap=True)
    label.set_text("0f" * 32)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSelection(0, 64)
    assert label.selectedText() == "0f" * 32


@pytest.mark.parametrize("danger", [True, False])
def test_a_question_is_answered_by_keys(kit: Kit, window: WindowPage, danger: bool) -> None:
    listener = Listener()
    dialog = ask(
        kit,
        window.widget,
        "shared.save",
        "shared.cancel",
        "shared.save",
        listener.hear,
        danger=danger,
    )
    QTest.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Return)
    # Before something that cannot be undone a stray Enter lands on the way back.
    assert listener.count == (0 if danger else 1)


def test_a_veil_lies_over_the_window_while_a_question_waits(kit: Kit, window: WindowPage) -> None:
    listener = Listener()
    dialog = ask(kit, window.widget, "shared.save", "shared.cancel", "shared.save", listener.hear)
    veil = window.find("scrim")
    assert veil.isVisible()
    window.widget.resize(900, 700)
    assert veil.size() == window.widget.size()
    dialog.reject()
    assert not veil.isVisible()


def test_a_window_may_go_together_with_its_dialog(kit: Kit, qtbot: QtBot) -> None:
    """Nothing but its dialog knows the window any more: neither may destroy the other while it dies itself."""
    for _ in range(20):
        host = QWidget()
        host.show()
        dialog = DialogFrame(kit, host, "shared.save")
        dialog.open()
        dialog.reject()
        known = ref(host)
        del host, dialog
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert known() is None


def test_escape_answers_no(kit: Kit, window: WindowPage) -> None:
    listener = Listener()
    dialog = ask(kit, window.widget, "shared.save", "shared.cancel", "shared.save", listener.hear)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert listener.count == 0


def test_a_toast_is_named_and_replaced_by_the_next(kit: Kit, window: WindowPage) -> None:
    first = toast(kit, window.widget, "shared.save")
    assert first.isVisible()
    assert first.accessibleName() == zh("shared.save")
    second = toast(kit, window.widget, "shared.cancel")
    assert second is first
    assert len(window.widget.findChildren(Toast)) == 1
    kit.texts.set_language("en")
    assert second.accessibleName() == second.message.text() == "Cancel"
    window.widget.resize(900, 700)
    assert window.widget.rect().contains(second.geometry())


def test_progress_tells_rate_and_remaining_time_and_can_be_stopped(
    kit: Kit, window: WindowPage, qtbot: QtBot
) -> None:
    row = ProgressRow(kit, monotonic=chain((0.0, 0.0), repeat(10.0)).__next__)
    layout = window.widget.layout()
    assert layout is not None
    layout.addWidget(row)
    row.begin("shared.save")
    assert row.isVisible()
    mib = 1024 * 1024
    row.advance(100 * mib, 280 * mib)
    assert window.text("progress_status") == "100 MB / 280 MB · 每秒 10 MB · 剩余 18 秒"
    assert row.bar.share == pytest.approx(100 / 280)
    with qtbot.waitSignal(row.cancelled):
        window.click("progress_cancel")
    row.advance(120 * mib, 280 * mib)
    assert window.text("progress_status") == zh("shared.progress.stopping")
    kit.texts.set_language("en")
    assert window.text("progress_status") == "Stopping…"
    row.finish()
    assert not row.isVisible()


def test_items_of_unknown_number(kit: Kit, window: WindowPage) -> None:
    row = ProgressRow(kit, "items", monotonic=lambda: 0.0)
    layout = window.widget.layout()
    assert layout is not None
    layout.addWidget(row)
    row.begin("shared.save")
    row.advance(3, 0)
    assert window.text("progress_status") == "3 项"
    assert row.bar.share == 0


def test_sizes_and_times_in_words(kit: Kit) -> None:
    sizes = [
        size_text(kit.texts, count) for count in (0, 1023, 1024, 38 * 1024, 1932735283, 1 << 50)
    ]
    assert sizes == ["0 B", "1023 B", "1.0 KB", "38 KB", "1.8 GB", "1024 TB"]
    left = [remaining_text(kit.texts, seconds) for seconds in (0.1, 18, 61, 3900)]
    assert left == ["剩余 1 秒", "剩余 18 秒", "剩余 2 分钟", "剩余 1 小时 05 分"]


HITS = (
    SearchHit("case", "李秀兰", "1124-A-0017", "case/1"),
    SearchHit("account", "6230", "农业银行", "account/2"),
)


@pytest.fixture
def search(kit: Kit, window: WindowPage) -> SearchField:
    def find(text: str, only: CaseFilter) -> SearchHits:
        if only.state == "closed":
            return SearchHits()
        if text == "broken":
            raise WorldError("disk.failed", errno=5)
        if text == "620-01":
            return SearchHits(HITS[1:])
        return SearchHits(HITS if text in ("62", "李") else ())

    choices = SearchChoices(
        "1001", ("new", "closed"), (), ("T01",), str, lambda: ("东岗所", "雁滩所")
    )
    field = SearchField(kit, "search", "shared.save", find, choices, keys="Ctrl+K")
    layout = window.widget.layout()
    assert layout is not None
    layout.addWidget(field)
    elsewhere = QLineEdit()
    elsewhere.setObjectName("elsewhere")
    layout.addWidget(elsewhere)
    field.setFocus()
    return field


def test_search_by_keys(search: SearchField, window: WindowPage, qtbot: QtBot) -> None:
    QTest.keyClicks(search, "62")
    search.search_now()
    popup = window.find("search_popup")
    assert popup.isVisible()
    QTest.keyClick(search, Qt.Key.Key_Down)
    QTest.keyClick(search, Qt.Key.Key_Down)
    with qtbot.waitSignal(search.opened) as told:
        QTest.keyClick(search, Qt.Key.Key_Return)
    assert told.args == ["account/2"]
    assert not popup.isVisible()
    assert search.text() == ""


def test_search_waits_for_the_end_of_a_composition(search: SearchField, window: WindowPage) -> None:
    compose(search, "li")
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert window.widget.findChild(QWidget, "search_popup") is None
    type_text(search, "李")
    search.search_now()
    assert window.find("search_popup").isVisible()


def test_what_a_scanner_types_opens_its_own_hit_never_one_of_before(
    search: SearchField, qtbot: QtBot
) -> None:
    QTest.keyClicks(search, "62")
    search.search_now()
    search.selectAll()
    QTest.keyClicks(search, "620-01")
    with qtbot.waitSignal(search.opened) as told:
        QTest.keyClick(search, Qt.Key.Key_Return)
    assert told.args == ["account/2"]


def test_of_several_hits_enter_opens_none_before_they_were_seen(
    search: SearchField, window: WindowPage
) -> None:
    opened: list[object] = []
    search.opened.connect(opened.append)
    QTest.keyClicks(search, "62")
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert window.find("search_popup").isVisible()
    assert opened == []


def test_search_says_when_nothing_is_found_or_it_fails(
    search: SearchField, window: WindowPage, kit: Kit
) -> None:
    for text, key in (("zz", "nothing"), ("broken", "failed")):
        search.setText(text)
        search.search_now()
        assert window.text("search_note") == kit.texts.text(f"shared.search.{key}")
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert window.find("search_popup").isHidden()
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == ""


def test_leaving_closes_the_list(search: SearchField, window: WindowPage) -> None:
    search.setText("62")
    search.search_now()
    window.find("elsewhere").setFocus()
    assert not window.find("search_popup").isVisible()


def test_hits_are_narrowed_by_keys_alone_while_the_list_stays(
    search: SearchField, window: WindowPage, kit: Kit
) -> None:
    QTest.keyClicks(search, "62")
    search.search_now()
    QTest.keyClick(search, Qt.Key.Key_Tab)
    state = window.find("search_state", Combo)
    assert state.hasFocus()
    QTest.keyClick(state, Qt.Key.Key_End)
    popup = window.find("search_popup")
    assert popup.isVisible()
    assert state.value() == "closed"
    assert window.text("search_note") == kit.texts.text("shared.search.nothing_chosen")
    QTest.keyClick(state, Qt.Key.Key_Escape)
    assert search.hasFocus()
    assert popup.isVisible()
    search.clear()
    QTest.keyClicks(search, "62")
    search.search_now()
    assert state.value() == ""
    window.find("search_unit").setFocus()
    window.find("elsewhere").setFocus()
    assert not popup.isVisible()


def test_the_model_of_hits_is_sound(qtbot: QtBot) -> None:
    model = HitsModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_hits(HITS)
    model.set_hits(())
    model.set_hits(HITS[:1])
    assert model.rowCount() == 1
