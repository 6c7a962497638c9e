"""The program over a profile folder: what it shows first, and what it says when the folder is not as it should be."""

from __future__ import annotations

import gc
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from pathlib import Path

import pytest
from pypdfium2 import PdfDocument
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from desktop.app.backup.backup import make_backup
from desktop.app.profile.bound_settings import keep_settings
from desktop.app.windows.run_window import run_window
from desktop.app.windows.window import Program
from desktop.domain.cases.case import CaseState
from desktop.domain.errors import UserInputError, WorldError
from desktop.domain.orders.order import OrderKind
from desktop.domain.progress import SILENT
from desktop.runtime.texts.settings import Settings
from desktop.services.cases.changes.move_case import move_case
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.form.drafts import open_drafts
from desktop.services.orders.issue_order import issue_order
from desktop.ui.intake.form.paths import PAGE_EVIDENCE
from desktop.ui.settings.settings_page import SettingsPage
from desktop.ui.shared.dialogs.error_presenter import ErrorDialog
from desktop.ui.shared.kit.task_runner import InlineTaskRunner
from desktop.ui.shared.widgets.views.page_view import PageView
from desktop.ui.sign_in.setup_steps import groups_of
from desktop.ui.sign_in.setup_window import SetupWindow
from desktop.ui.sign_in.sign_in_window import SignInWindow
from tests.support.clocks import HandClock
from tests.support.failing_disk import failing_disk
from tests.support.installations import OFFICER, PASSWORD, machine, make_desk
from tests.support.sessions import a_form
from tests.support.shown_windows import ShownWindows
from tests.support.strict import all_of
from tests.support.taken_keys import taken_twice
from tests.support.texts import zh
from tests.ui.pages.errors import assert_about, tells
from tests.ui.pages.sign_in import SetupPage
from tests.ui.pages.window_page import WindowPage


@pytest.fixture
def start(qapp: QApplication):
    programs: list[Program] = []

    def begin(
        folder: Path, *, maximised: bool = False, lacks_chinese: bool = False, language: str = ""
    ) -> Program:
        program = Program(
            qapp, folder, machine=machine(), runner=InlineTaskRunner(),
            lacks_chinese=lambda _language: lacks_chinese, language=language,
        )  # fmt: skip
        programs.append(program)
        program.start(maximised=maximised)
        return program

    yield begin
    for program in programs:
        if program.front is not None:
            program.front.close()
        program.shut_down()


def test_an_empty_folder_opens_the_assistant(start, tmp_path):
    assert isinstance(start(tmp_path / "new").front, SetupWindow)


def test_the_recovery_code_is_shown_on_a_sheet_and_kept_in_no_file(start, tmp_path, qtbot):
    window = start(tmp_path / "new").front
    page = SetupPage(qtbot, window)
    qtbot.waitUntil(window.isActiveWindow)
    page.on()
    page.unit("兰州市公安局城关分局张掖路派出所", "620102540000")
    page.officer("王建国", OFFICER, PASSWORD)
    code = page.code()
    page.click("code_print")
    paper = page.dialog("paper_dialog")
    (view,) = paper.widget.findChildren(PageView)
    sheet = view._pdf
    assert sheet is not None
    (text,) = (opened.get_textpage().get_text_bounded() for opened in PdfDocument(sheet.data))
    assert all_of(group in text for group in groups_of(code))
    names = [button.objectName() for button in paper.widget.findChildren(QAbstractButton)]
    assert "paper_print" in names
    assert "paper_save" not in names
    paper.click("paper_close")
    assert QApplication.activeModalWidget() is None


def test_a_profile_opens_the_sign_in_and_then_the_board(start, tmp_path):
    make_desk(tmp_path / "desk")
    program = start(tmp_path / "desk")
    assert isinstance(program.front, SignInWindow)
    program.open_desk(program.installation.sign_in(OFFICER, PASSWORD))
    assert program.desk_window is not None
    window = program.desk_window.window
    assert program.front == window
    assert window.current_page == "board"


def test_a_language_asked_for_is_that_of_one_start(start, tmp_path):
    make_desk(tmp_path / "desk")
    english = start(tmp_path / "desk", language="en")
    assert english.kit.texts.language == "en"
    english.front.look_chosen.emit("en", "dark")
    assert english.settings.language == "zh_CN", "only the light was chosen"
    english.open_desk(english.installation.sign_in(OFFICER, PASSWORD))
    assert english.kit.texts.language == "en"
    english.desk_window.window.leave_asked.emit()
    english.shut_down()
    after = start(tmp_path / "desk")
    assert (after.kit.texts.language, after.settings.theme.value) == ("zh_CN", "dark")


def test_a_language_chosen_in_the_window_stays(start, tmp_path):
    program = start(tmp_path / "new", language="en")
    assert program.kit.texts.language == "en"
    program.front.look_chosen.emit("zh_CN", "light")
    program.front.look_chosen.emit("en", "light")
    assert program.settings.language == "en"


def test_a_screen_is_filled_from_the_first_window_to_the_last(start, tmp_path):
    make_desk(tmp_path / "desk")
    program = start(tmp_path / "desk", maximised=True)
    assert program.front.isMaximized()
    program.open_desk(program.installation.sign_in(OFFICER, PASSWORD))
    assert program.front.isMaximized()
    program.desk_window.window.leave_asked.emit()
    assert program.front.isMaximized()


def test_a_window_that_was_moved_hands_its_place_on(start, tmp_path):
    make_desk(tmp_path / "desk")
    program = start(tmp_path / "desk", maximised=True)
    program.front.showNormal()
    program.front.setGeometry(40, 30, 1280, 700)
    place = program.front.geometry()
    program.open_desk(program.installation.sign_in(OFFICER, PASSWORD))
    assert (program.front.isMaximized(), program.front.geometry()) == (False, place)


def test_signing_in_flashes_no_other_window(start, tmp_path, qapp):
    make_desk(tmp_path / "desk")
    program = start(tmp_path / "desk")
    shown = ShownWindows()
    qapp.installEventFilter(shown)
    program.open_desk(program.installation.sign_in(OFFICER, PASSWORD))
    qapp.removeEventFilter(shown)
    assert shown.names == ["MainWindow"]


def test_who_comes_to_the_counter_is_received_from_any_page(start, tmp_path, qtbot):
    make_desk(tmp_path / "desk")
    program = start(tmp_path / "desk")
    program.open_desk(program.installation.sign_in(OFFICER, PASSWORD))
    window = program.desk_window.window
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for page in ("board", "intake", "case", "orders", "sync", "series", "statistics", "settings"):
        window.show_page(page)
        program.desk_window.intake.model.put("victim.name", "王小明")
        QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        assert window.current_page == "intake", page
        assert program.desk_window.intake.model.form.untouched
    assert taken_twice(program.kit) == []
    everywhere = dict(program.kit.actions.groups())["shell.keys.everywhere"]
    assert [action.name_key for action in everywhere if action.keys == "Ctrl+N"] == ["board.new"]


def test_what_comes_through_the_shared_folder_is_seen_on_the_page_in_front(start, tmp_path):
    make_desk(tmp_path / "desk")
    program = start(tmp_path / "desk")
    session = program.installation.sign_in(OFFICER, PASSWORD)
    program.open_desk(session)
    shown = program.desk_window
    moved = shown.settings_work.shared.moved
    shown.window.show_page("board")
    case = register_report(session, a_form(session)).case
    moved.emit()
    assert [item.id for item in shown.board.items()] == [case]
    shown.navigator.open_case(case)
    shown.window.show_page("orders")
    issue_order(session, case, OrderKind.STOP, 1)
    moved.emit()
    assert [row.view.case for row in shown.orders.table.orders_model.orders] == [case]
    shown.window.show_page("case")
    move_case(session, case, CaseState.CLOSED)
    moved.emit()
    assert shown.case._sheet.file.case.state is CaseState.CLOSED


def test_the_folder_is_used_and_a_due_backup_made_though_nobody_opened_the_settings(
    start, tmp_path, qtbot
):
    own, stick = make_desk(tmp_path / "desk"), tmp_path / "stick"
    session = own.sign_in(OFFICER, PASSWORD)
    make_backup(session, own.paths, stick, SILENT)
    wanted = Settings(shared_folder=str(tmp_path / "gone"), backup_folder=str(stick))
    keep_settings(session, own.paths.settings, wanted)
    own.close()
    again = start(tmp_path / "desk")
    session = again.installation.sign_in(OFFICER, PASSWORD)
    again.open_desk(session)
    window = again.desk_window.window
    window.show_page("board")
    again.desk_window.settings_work.shared.look()
    page = WindowPage(qtbot, window)
    assert window.findChildren(SettingsPage) == []
    session.clock.advance(days=8)
    window.lock()
    assert len(list(stick.glob("*.fzbackup"))) == 2
    window.show_page("settings")
    assert page.text("shared_folder").endswith("gone")
    assert page.text("shared_banner_message"), "what the last round met"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_step_of_evidence_fits_a_window_of_1280(start, tmp_path, language):
    make_desk(tmp_path / "desk")
    program = start(tmp_path / "desk")
    program.open_desk(program.installation.sign_in(OFFICER, PASSWORD))
    program.kit.texts.set_language(language)
    program.front.resize(1280, 700)
    program.desk_window.navigator.new_intake()
    intake = program.desk_window.intake
    intake.go_to(PAGE_EVIDENCE)
    assert intake.minimumSizeHint().width() <= intake.width()


def test_who_leaves_has_everything_saved(start, tmp_path, qtbot):
    make_desk(tmp_path / "desk")
    program = start(tmp_path / "desk")
    program.open_desk(program.installation.sign_in(OFFICER, PASSWORD))
    program.desk_window.navigator.new_intake()
    program.desk_window.intake.model.put("victim.name", "王小明")
    program.desk_window.window.leave_asked.emit()
    assert isinstance(program.front, SignInWindow)
    session = program.installation.sign_in(OFFICER, PASSWORD)
    assert [draft.form.victim.name for draft in open_drafts(session)] == ["王小明"]


def test_nobody_else_signs_in_over_what_a_full_disk_did_not_take(start, tmp_path, qtbot):
    make_desk(tmp_path / "desk")
    program = start(tmp_path / "desk")
    program.open_desk(program.installation.sign_in(OFFICER, PASSWORD))
    window = program.desk_window.window
    program.desk_window.navigator.new_intake()
    with failing_disk(1):
        program.desk_window.intake.model.put("victim.name", "王小明")
        window.leave_asked.emit()
    assert program.front is window
    assert window.isEnabled()
    WindowPage(qtbot, window).dialog("confirm_dialog").click("confirm_cancel")
    window.leave_asked.emit()
    assert isinstance(program.front, SignInWindow)
    session = program.installation.sign_in(OFFICER, PASSWORD)
    assert [draft.form.victim.name for draft in open_drafts(session)] == ["王小明"]


def test_a_window_that_was_left_leaves_nothing_behind(start, tmp_path):
    before = set(QApplication.topLevelWidgets())
    make_desk(tmp_path / "desk")
    program = start(tmp_path / "desk")
    program.open_desk(program.installation.sign_in(OFFICER, PASSWORD))
    program.desk_window.window.leave_asked.emit()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert set(QApplication.topLevelWidgets()) - before == {program.front}


def test_a_full_disk_does_not_keep_who_locked_from_what_is_unsaved(start, tmp_path):
    make_desk(tmp_path / "desk")
    program = start(tmp_path / "desk")
    program.open_desk(program.installation.sign_in(OFFICER, PASSWORD))
    with failing_disk(1):
        program.unlock(OFFICER, PASSWORD)
        for left in (4, 3, 2, 1, 0):
            with pytest.raises(UserInputError) as wrong:
                program.unlock(OFFICER, "wrong")
            assert (wrong.value.code, wrong.value.params) == ("password.wrong", {"tries": left})
        with pytest.raises(WorldError, match=r"^disk\.full$"):
            program.unlock(OFFICER, PASSWORD)
    program.unlock(OFFICER, PASSWORD)


def test_a_clock_set_back_is_reported_as_a_warning_not_as_a_failure(qapp, tmp_path):
    clock = HandClock()
    make_desk(tmp_path / "desk", own=machine(clock))
    clock.advance(days=-400)
    program = Program(qapp, tmp_path / "desk", machine=machine(clock), runner=InlineTaskRunner())
    program.start()
    program.open_desk(program.installation.sign_in(OFFICER, PASSWORD))
    window = program.front
    assert window is not None
    (dialog,) = window.findChildren(ErrorDialog)
    assert_about(dialog, "clock.set_back")
    assert dialog.windowTitle() == zh("shared.error.warning")
    dialog.close()
    window.close()
    program.shut_down()


@pytest.mark.parametrize(
    ("whole", "damaged"),
    [
        ('role = "desk"', "role = "), ("version = 1", 'version = "q"'), ("version = 1", "version = []"),
        ('unit_code = "6', 'unit_code = "q'), ('device_letter = "A"', "device_letter = 1"),
    ],
)  # fmt: skip
def test_a_damaged_profile_is_reported_before_anybody_types(start, tmp_path, whole, damaged):
    make_desk(tmp_path / "desk")
    file = tmp_path / "desk" / "profile.toml"
    text = file.read_text("utf-8")
    assert whole in text
    file.write_text(text.replace(whole, damaged), "utf-8")
    program = start(tmp_path / "desk")
    assert isinstance(program.front, SignInWindow)
    told = program.front.findChild(QLabel, "sign_in_banner_message")
    assert told is not None
    assert tells(told.text(), "bound.unread")


def test_settings_that_were_lost_are_reported_once(start, tmp_path):
    make_desk(tmp_path / "desk")
    (tmp_path / "desk" / "settings.toml").write_bytes(b"shared_folder = ")
    program = start(tmp_path / "desk")
    program.open_desk(program.installation.sign_in(OFFICER, PASSWORD))
    (dialog,) = program.front.findChildren(ErrorDialog)
    assert_about(dialog, "settings.damaged")
    dialog.close()
    program.desk_window.window.leave_asked.emit()
    program.open_desk(program.installation.sign_in(OFFICER, PASSWORD))
    assert not [one for one in program.front.findChildren(ErrorDialog) if one.isVisible()]


def test_a_log_that_can_not_be_written_does_not_keep_the_window_shut(qapp, tmp_path, monkeypatch):
    make_desk(tmp_path / "desk")
    log = tmp_path / "desk" / "log" / "fanzha.log"
    log.mkdir(parents=True)
    monkeypatch.setattr("desktop.app.windows.run_window.QApplication", lambda _arguments: qapp)
    monkeypatch.setattr(type(qapp), "exec", lambda *_: 0)
    assert run_window(tmp_path / "desk") == 0


def modal() -> QWidget:
    found = QApplication.activeModalWidget()
    assert found is not None
    return found


def test_what_was_changed_outside_is_shown_at_sign_in_and_restored_by_enter(start, tmp_path):
    installation = make_desk(tmp_path / "desk")
    file = installation.paths.root / "profile.toml"
    sound = file.read_text("utf-8")
    file.write_text(sound.replace("620102540000", "620102990000"), "utf-8")
    program = start(tmp_path / "desk")
    program.open_desk(program.installation.sign_in(OFFICER, PASSWORD))
    dialog = modal()
    assert dialog.objectName() == "changed_files_dialog"
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert QApplication.activeModalWidget() is None
    assert file.read_text("utf-8") == sound


@pytest.mark.parametrize("name", ["profile.toml", "settings.toml"])
def test_the_counter_opens_without_its_files(start, tmp_path, name):
    installation = make_desk(tmp_path / "desk")
    file = installation.paths.root / name
    file.unlink(missing_ok=True)
    os.mkfifo(file)
    program = start(tmp_path / "desk")
    assert isinstance(program.front, SignInWindow)
    program.open_desk(program.installation.sign_in(OFFICER, PASSWORD))
    assert program.desk_window is not None
    modal().close()


def test_a_setting_that_steers_is_bound_as_it_is_chosen(start, tmp_path, qtbot):
    make_desk(tmp_path / "desk")
    program = start(tmp_path / "desk")
    program.open_desk(program.installation.sign_in(OFFICER, PASSWORD))
    program.desk_window.window.show_page("settings")
    WindowPage(qtbot, program.front).click("idle_minutes_3")
    program.desk_window.window.leave_asked.emit()
    file = tmp_path / "desk" / "settings.toml"
    file.write_text(file.read_text("utf-8").replace("= 3", "= 15"), "utf-8")
    again = start(tmp_path / "desk")
    again.open_desk(again.installation.sign_in(OFFICER, PASSWORD))
    assert again.settings.idle_lock_minutes == 3
    modal().close()


@pytest.mark.parametrize("lacking", [True, False])
def test_every_window_says_that_only_letters_can_be_typed(start, tmp_path, lacking):
    def says(window: QWidget, name: str = "letters_only") -> bool:
        label = window.findChild(QLabel, name)
        assert label is not None
        return label.isVisible()

    assert says(start(tmp_path / "new", lacks_chinese=lacking).front) is lacking
    make_desk(tmp_path / "desk")
    program = start(tmp_path / "desk", lacks_chinese=lacking)
    assert says(program.front) is lacking
    program.open_desk(program.installation.sign_in(OFFICER, PASSWORD))
    assert says(program.front, "status_letters_only") is lacking
