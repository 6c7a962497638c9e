"""The program with its window: sign in or set up, then the desk, until it is closed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app.backup.upgrade_copy import copy_before_upgrade, copy_due
from desktop.app.installation import Installation, Machine
from desktop.app.qt.window_kit import make_kit
from desktop.app.windows.first_window import FirstWindow, bring_forward
from desktop.app.windows.given_files import GivenFiles
from desktop.app.windows.manual_help import ManualHelp
from desktop.app.windows.modules_ahead import modules_ahead
from desktop.app.windows.sign_in_calls import sign_in_calls
from desktop.domain.errors import AppError, WorldError
from desktop.domain.installation.backup_summary import BackupSummary
from desktop.domain.installation.bound_files import SETTINGS
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.progress import Progress
from desktop.runtime.texts.settings import (
    Settings,
    ThemeChoice,
    load_settings,
    save_settings,
    steering_text,
)
from desktop.ui.shared.dialogs.error_presenter import LastNet, present, warn
from desktop.ui.shared.kit.collector import GuiCollector
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import Runner, work_of
from desktop.ui.shared.kit.theme import Scheme
from desktop.ui.shared.kit.thread_runner import TaskRunner
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.sign_in.earlier_data import UpgradeWindow
from desktop.ui.sign_in.setup_window import SetupWindow
from desktop.ui.sign_in.sign_in_window import SignInWindow

if TYPE_CHECKING:
    from desktop.app.windows.centre_screens import CentreWindow
    from desktop.app.windows.manual import CommandReference
    from desktop.app.windows.screens import DeskWindow
    from desktop.app.windows.window_traces import WindowTraces
    from desktop.services.ports import Pdf
    from desktop.services.session import Session


_KEPT = Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen


def take_place(window: QWidget, former: QWidget) -> None:
    """Give ``window``, not shown yet, the place and the size of ``former``; maximised stays maximised."""
    window.setGeometry(former.normalGeometry())
    window.setWindowState(former.windowState() & _KEPT)


class Program(QObject):
    """One run of the program over one profile folder."""

    def __init__(
        self,
        app: QApplication,
        folder: Path,
        *,
        machine: Machine | None = None,
        runner: Runner | None = None,
        lacks_chinese: Callable[[str], bool] = lambda _language: False,
        commands: CommandReference | None = None,
        language: str = "",
    ) -> None:
        """``lacks_chinese``: whether Chinese is expected, by the language of the window, and cannot be typed.
        ``language``: of this start, whatever the settings say; empty for theirs."""
        sys.setswitchinterval(_SWITCH)
        super().__init__()
        self.installation = Installation(folder, machine)
        self.settings, self._damage = self._load_settings()
        self.runner = runner or TaskRunner()
        self._language = language
        """Of this start, until another one is chosen in it."""
        shown = replace(self.settings, language=language) if language else self.settings
        self.kit: Kit = make_kit(app, shown, self.installation.machine.clock, self.runner)
        self._lacks_chinese = lacks_chinese
        self._help = ManualHelp(self.kit, commands)
        self._collector = GuiCollector(self._nobody_works)
        self._net: LastNet | None = None
        self._maximised = False
        self._first = FirstWindow(folder, self)
        self._first.called.connect(self._called)
        self.given = GivenFiles(self)
        """What was double-clicked."""
        self._uncounted = 0
        """Wrong passwords at the lock that a full disk did not let be counted."""
        self.front: QWidget | None = None
        """The window in front: setup, sign-in or the desk."""
        self._ended: AppError | None = None
        """Why nobody may go on at this PC, for the next sign-in window to say."""
        self.session: Session | None = None
        self._traces: WindowTraces | None = None
        self.desk_window: DeskWindow | None = None
        self.centre_window: CentreWindow | None = None

    def _load_settings(self) -> tuple[Settings, tuple[AppError, ...]]:
        """The settings, and what is to be told of them to whoever signs in next."""
        loaded = load_settings(self.installation.paths.settings)
        return loaded.settings, (loaded.warning,) if loaded.warning is not None else ()

    def start(self, *, maximised: bool = False) -> None:
        """Show the first window. ``maximised``: on a real screen, where a title bar and a task bar take room too."""
        self._maximised = maximised
        self._first.listen()
        self.kit.ticks.start()
        self._collector.start()
        waits = self.installation.waits_to_join()
        if copy_due(self.installation.paths) and not waits:
            self._show_upgrade()
        elif self.installation.exists() and not waits:
            self._show_sign_in()
        else:
            window = SetupWindow(self.kit, sign_in_calls(self.installation))
            window.look_chosen.connect(self._keep_look)
            window.signed_in.connect(self.open_desk)
            window.code.sheet_ready.connect(partial(self._show_sheet, window))
            window.restored.connect(self._restored)
            self._bring(window)
            if waits:
                window.show_join()

    def _show_upgrade(self) -> None:
        """The data of another version are copied before anybody opens them."""
        installation = self.installation

        def copy(folder: Path | None, progress: Progress) -> Path:
            return copy_before_upgrade(
                installation.paths, installation.machine.clock, progress, folder
            )

        window = UpgradeWindow(self.kit, copy)
        window.copied.connect(self._show_sign_in)
        self._bring(window)

    def _show_sheet(self, window: SetupWindow, sheet: Pdf) -> None:
        """The recovery code on paper only: in a file it would lie beside what it opens."""
        from desktop.app.pages.pictures import draw_page  # noqa: PLC0415 - no window waits for it at start
        from desktop.ui.paper.paper_dialog import PaperDialog  # noqa: PLC0415

        title = self.kit.texts.text("sign_in.setup.code.step")
        dialog = PaperDialog(self.kit, window, sheet, title, draw_page, keeps=False)
        dialog.printed.connect(window.code.show_printed)
        dialog.open()

    def _restored(self, copy: object) -> None:
        """An installation came back from a backup, and with it what its officers had chosen."""
        self.settings, self._damage = self._load_settings()
        self.kit.texts.set_language(self._language or self.settings.language)
        self.kit.theme.set_scheme(Scheme(self.settings.theme.value))
        window = self._show_sign_in()
        if isinstance(copy, BackupSummary):
            window.show_restored(copy)

    def _show_sign_in(self, _copied: object = None) -> SignInWindow:
        problem: AppError | None = None
        unit, on_server = "", False
        try:
            profile = self.installation.profile()
            unit, on_server = profile.unit_name, profile.on_server
        except AppError:
            problem = WorldError("bound.unread")
        window = SignInWindow(
            self.kit, sign_in_calls(self.installation), unit_name=unit, on_server=on_server
        )
        window.look_chosen.connect(self._keep_look)
        window.signed_in.connect(self.open_desk)
        if problem is not None:
            window.show_startup_error(problem)
        self._bring(window)
        QTimer.singleShot(0, partial(self._load_ahead, modules_ahead(_AHEAD)))
        return window

    def _load_ahead(self, modules: Iterator[str]) -> None:
        """Load what the desk's window needs while the officer types: one module in each pause, so that no key waits for
        all."""
        name = next(modules, None)
        if name is not None:
            import_module(name)
            QTimer.singleShot(0, partial(self._load_ahead, modules))

    def _bring(self, window: MainWindow | SetupWindow | SignInWindow | UpgradeWindow) -> None:
        # Nothing is typed while the data are copied.
        lacks = self._lacks_chinese(self.kit.texts.language)
        if lacks and not isinstance(window, UpgradeWindow):
            window.show_letters_only()
        former, self.front = self.front, window
        if self._net is None:
            self._net = LastNet(self.kit, window, self._report_number)
            self._net.install()
        self._net.set_window(window)
        self._help.offer(window)
        if former is None:
            window.resize(*_SIZE)
            if self._maximised:
                window.setWindowState(Qt.WindowState.WindowMaximized)
        else:
            take_place(window, former)
        window.show()
        if former is not None:
            former.hide()
            former.deleteLater()

    def open_desk(self, session: object) -> None:
        """Show the main window of a signed-in officer."""
        # A third of a second that no sign-in window waits for.
        from desktop.app.pages.backup_card import copies_of  # noqa: PLC0415
        from desktop.app.pages.seats import enrol_of  # noqa: PLC0415
        from desktop.app.profile.bound_settings import followed_settings  # noqa: PLC0415
        from desktop.app.windows.screens import DeskWindow, Parts  # noqa: PLC0415
        from desktop.app.windows.window_traces import WindowTraces  # noqa: PLC0415
        from desktop.services.session import Session  # noqa: PLC0415
        from desktop.ui.settings.settings_page import ChosenSettings  # noqa: PLC0415

        if not isinstance(session, Session):
            raise TypeError("a sign-in gives a desk")

        self.session = session
        self.settings = followed_settings(session, self.settings)
        unlock = partial(self.unlock, session.officer.number)
        chosen = ChosenSettings(self.settings)
        chosen.changed.connect(self._keep)
        parts = Parts(
            self.kit, session, chosen, session.scripts.types, unlock, self.unlock,
            copies_of(session, self.installation), enrol_of(session, self.installation),
        )  # fmt: skip
        if session.profile.role is InstallationRole.CENTRE:
            from desktop.app.windows.centre_screens import CentreWindow  # noqa: PLC0415 - only at a centre

            self.centre_window = CentreWindow(parts)
            clerk = session.officer.only_own_institution
            window, first = self.centre_window.window, "institution" if clerk else "inbox"
            self.centre_window.status.taken_away.connect(self._taken_away)
        else:
            self.desk_window = DeskWindow(parts)
            window, first = self.desk_window.window, "board"
        self._traces = WindowTraces(self.kit, session, window)
        window.closed.connect(self._close)
        window.leave_asked.connect(self._leave)
        self._bring(window)
        window.show_page("audit" if session.officer.only_audits else first)
        self._first.listen()  # a profile that was made just now had no place for it
        if not (session.officer.only_audits or session.officer.only_own_institution):
            page = "sync" if self.centre_window is None else "inbox"
            self.given.open_in(window, page, self._take_files)
        self._tell(window, session)

    def _tell(self, window: MainWindow, session: Session) -> None:
        """What the sign-in noticed, and when the officer was here before."""
        from desktop.app.pages.bound_dialogs import tell_files  # noqa: PLC0415 - goes with the screens

        last = self.installation.last_sign_in
        if last is not None:
            window.set_last_sign_in(last.at, last.failures)
        noticed = self.installation.files
        reported_already = any(item.path == SETTINGS for item in noticed.changes)
        damage = () if reported_already else self._damage
        for warning in (*self.installation.warnings, *damage):
            warn(self.kit, window, warning)
        tell_files(self.kit, window, session, noticed)
        self._damage = ()

    def _take_files(self, files: tuple[Path, ...]) -> None:
        if self.centre_window is not None:
            self.centre_window.inbox.take_files(files)
        elif self.desk_window is not None:
            self.desk_window.sync.take_files(files)

    def _called(self, files: tuple[Path, ...]) -> None:
        if self.front is not None:
            bring_forward(self.front)
        self.given.add(files)

    def _nobody_works(self) -> bool:
        """Whether a pause of a second would go unnoticed."""
        front = self.front
        return (
            isinstance(front, MainWindow)
            and not self.runner.busy
            and front.untouched() >= _UNTOUCHED
        )

    def _report_number(self) -> str:
        return self.installation.machine.ids.new_id()[-6:].upper()

    def unlock(self, number: str, password: str) -> None:
        """Let an officer back to a locked desk. A disk that is full keeps nobody from what is unsaved: the attempts are
        counted in memory then. Raises as :meth:`Installation.confirm`."""
        try:
            self.installation.confirm(number, password)
        except WorldError as error:
            if error.code != "disk.full":
                raise
            self._uncounted += 1
            self.installation.key_file().unlock_uncounted(number, password, self._uncounted - 1)
        self._uncounted = 0

    def _keep_look(self, language: str, theme: str) -> None:
        if language == self._language:  # of this start only: nobody chose it for the next one
            language = self.settings.language
        else:
            self._language = ""
        self._keep(replace(self.settings, language=language, theme=ThemeChoice(theme)))

    def _keep(self, settings: object) -> None:
        if not isinstance(settings, Settings):
            return
        steered = steering_text(settings) != steering_text(self.settings)
        before, self.settings = self.settings, settings
        file = self.installation.paths.settings
        if steered and self.session is not None:
            from desktop.app.profile.bound_settings import keep_settings  # noqa: PLC0415 - goes with the desk

            work = work_of(keep_settings, self.session, file, settings)
            self.runner.start("db", work, self._setting_written, self._setting_failed)
        elif self.installation.paths.root.is_dir():
            save_settings(file, settings)
        if isinstance(self.front, MainWindow):
            self.front.set_idle_minutes(settings.idle_lock_minutes)
            if self._traces is not None:
                self._traces.settings_changed(before, settings)

    def _setting_written(self, _nothing: object) -> None:
        """The setting is bound and written."""

    def _setting_failed(self, error: Exception) -> None:
        if self.front is not None:
            present(self.kit, self.front, error)

    def _leave(self) -> None:
        """Another officer wants to sign in: first what this one typed is saved, and nothing works on it any more."""
        if isinstance(self.front, MainWindow):
            self.front.setEnabled(False)
            self.front.closing.emit()
        self.runner.cancel_all("files")
        self.runner.cancel_all("survey")
        self.runner.when_idle(self._left)

    def _taken_away(self, error: object) -> None:
        """This PC works for its centre no longer: nothing that is typed can be recorded, so nobody types on."""
        if isinstance(error, AppError) and self._ended is None:
            self._ended = error
            self._leave()

    def _left(self) -> None:
        if isinstance(self.front, MainWindow) and self.front.hold_back(self._left):
            return
        self.installation.close()
        self.given.forget_window()
        self.session = self.desk_window = self.centre_window = None
        window, ended = self._show_sign_in(), self._ended
        self._ended = None
        if ended is not None:
            window.show_startup_error(ended)

    def _close(self) -> None:
        self.installation.close()

    def shut_down(self) -> None:
        """Stop the threads and close the database."""
        self._first.close()
        self.kit.ticks.stop()
        self._collector.stop()
        self._help.close()
        if self._net is not None:
            self._net.remove()
        self.runner.shutdown()
        self.installation.close()


_SWITCH: Final = 0.0005
"""Seconds. A thread that reads many cases gives way ten times sooner than by itself: a key must not wait for it."""
_AHEAD: Final = (
    "desktop.app.sign_in.sign_in_record",
    "desktop.app.processes.decoders",
    "desktop.app.windows.screens",
    "desktop.app.windows.window_traces",
)
"""What comes after the sign-in: its own part, readers of files, and the windows with all their pages."""
_SIZE = (1366, 768)
_UNTOUCHED: Final = timedelta(minutes=1)
