"""The main window: rail, top bar, page, status bar, and the lock over all of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QStackedWidget, QWidget
from shiboken6 import isValid

from desktop.domain.law.alarms import Alarm
from desktop.ui.shared.dialogs.confirm import ask
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look, set_shown
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.layout.scroll import FollowingScroll
from desktop.ui.shared.widgets.pages.page import Page
from desktop.ui.shared.widgets.pages.toast import toast
from desktop.ui.shell.alarm_strip import AlarmStrip
from desktop.ui.shell.keys_overlay import Group, KeysOverlay
from desktop.ui.shell.lock_screen import IdleWatch, LockScreen, OpenDialogs
from desktop.ui.shell.nav_rail import NavRail, WayBack
from desktop.ui.shell.status_bar import StatusBar
from desktop.ui.shell.top_bar import TopBar
from desktop.ui.shell.window_host import DeskStatus, WindowHost


class Leaving(QObject):
    """Of ``window``; ``give_back`` gives the keyboard back. ``begun``: it closes once all is done."""

    def __init__(
        self,
        kit: Kit,
        window: QWidget,
        dialogs: OpenDialogs,
        give_back: Callable[[QWidget | None], None],
    ) -> None:
        super().__init__(window)
        self._kit = kit
        self._window = window
        self._dialogs = dialogs
        self._give_back = give_back
        self.unsaved: Callable[[], bool] = bool
        """Whether going now would lose something that could not be saved."""
        self.begun = False
        self._given_up = False
        """The person would rather lose what cannot be saved."""
        self._go_on: Callable[[], object] = window.close
        self._typing: QWidget | None = None

    def waits(self) -> bool:
        """Whether something still runs; then it is let finish or stopped, and the window closed after it."""
        if not self._kit.runner.busy:
            return False
        if not self.begun:
            self.begun = True
            self._typing = self._window.focusWidget()
            self._window.setEnabled(False)
            with self._dialogs.letting():
                toast(self._kit, self._window, "shell.finishing", tone=Tone.INFO)
            self._kit.runner.cancel_all("files")
            self._kit.runner.cancel_all("survey")
            self._kit.runner.when_idle(self._window.close)
        return True

    def hold_back(self, go_on: Callable[[], object]) -> bool:
        """Whether something would be lost; then the person is asked, and ``go_on`` called if it is to be so."""
        if self._given_up or not self.unsaved():
            return False
        self.begun = False
        self._window.setEnabled(True)
        self._give_back(self._typing)
        self._go_on = go_on
        with self._dialogs.letting():
            ask(
                self._kit, self._window, "shell.unsaved.title", "shell.unsaved.text",
                "shell.unsaved.accept", self._give_up, danger=True,
            )  # fmt: skip
        return True

    def _give_up(self) -> None:
        self._given_up = True
        self._go_on()


class _Ground(QWidget):
    """Lays the stack out by hand: a layout would ask every page how high it would like to be."""

    def __init__(self, stack: QStackedWidget) -> None:
        super().__init__()
        self._stack = stack
        stack.setParent(self)

    def event(self, event: QEvent) -> bool:
        """A page asks for another size."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The page takes all there is."""
        super().resizeEvent(event)
        self._stack.resize(self.size())

    def minimumSizeHint(self) -> QSize:
        """What the page in front needs; the others do not count."""
        page = self._stack.currentWidget()
        return page.minimumSizeHint().expandedTo(page.minimumSize()) if page else QSize()


class PageRoom(FollowingScroll):
    """``pages`` fill it."""

    def __init__(self, kit: Kit) -> None:
        pages = QStackedWidget()
        ground = _Ground(pages)
        super().__init__(kit, ground)
        self.pages = pages
        self.pages.currentChanged.connect(ground.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        """The window may be as small as it likes."""
        return QSize(1, 1)


class LateCount(QObject):
    """``show`` takes the instants; the count follows the clock by itself. ``key`` names the words with their count."""

    def __init__(self, kit: Kit, rail: NavRail, page: str, key: str) -> None:
        super().__init__(rail)
        self._kit = kit
        self._rail = rail
        self._page = page
        self._key = key
        self._dues: tuple[datetime, ...] = ()
        self._late = 0
        kit.ticks.ticked.connect(self._count)
        kit.texts.changed.connect(self._recount)

    def show(self, dues: tuple[datetime, ...], late: int = 0) -> None:
        """When they are due, earliest first; ``late``: how many others were due before."""
        self._dues, self._late = dues, late
        self._recount()

    def _recount(self) -> None:
        self._count(self._kit.ticks.now())

    def _count(self, now: datetime) -> None:
        item = self._rail.item(self._page)
        if item is not None:
            late = self._late + bisect_right(self._dues, now)
            item.set_badge(late, self._kit.texts.text(self._key, count=late))


GROUP = "shell.keys.everywhere"
_PAUSE: Final = timedelta(seconds=1)


class MainWindow(QWidget):
    """Add pages, then ``show_page`` one and show the window. A page is made when it is first wanted.

    ``search_opened(target)``: a hit was chosen. ``leave_asked``: somebody else wants to sign in.
    ``closing``: pages should save what is being typed. ``closed``: the runner has nothing left.
    """

    page_changed = Signal(str)
    search_opened = Signal(object)
    lock_changed = Signal(bool)
    manual_asked = Signal()
    leave_asked = Signal()
    closing = Signal()
    closed = Signal()

    def __init__(self, kit: Kit, host: WindowHost, *, idle_minutes: int) -> None:
        super().__init__()
        self._kit = kit
        self._pages: dict[str, Page] = {}
        self._makers: dict[str, Callable[[], Page]] = {}
        """Of pages that nobody wanted yet; all others are made."""
        self._ahead: list[str] = []
        """Pages to be made in a pause, the first one next."""
        self._way = WayBack()
        self._last_focus: QWidget | None = None
        self._dialogs = OpenDialogs(kit.theme.app, self)
        self._leaving = Leaving(kit, self, self._dialogs, self._return_to)
        self.setObjectName("main_window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_look(self, ground="canvas")
        kit.texts.bind(self.setWindowTitle, "shell.window_title")
        self.content = QWidget()
        """Everything but the lock: the scope for actions that work on every page."""
        self._build(host)
        self._late = LateCount(kit, self._rail, "board", "shell.late_tasks")
        self._overdue = LateCount(kit, self._rail, "orders", "shell.overdue_clocks")
        self._watch = IdleWatch(kit.theme.app, kit.ticks, timedelta(minutes=idle_minutes))
        self._watch.idle.connect(self.lock)
        self._watch.lock_pressed.connect(self.lock)
        kit.ticks.ticked.connect(self._make_ahead)

    @property
    def current_page(self) -> str:
        """The key of the page in front."""
        return self._way.current

    @property
    def page_keys(self) -> tuple[str, ...]:
        """The keys of all pages, made or not, as they were added."""
        return self._way.pages

    @property
    def locked(self) -> bool:
        """Whether the data is hidden."""
        return self._stack.currentWidget() is self._lock_screen

    def add_page(
        self,
        key: str,
        icon: str,
        title_key: str,
        make: Callable[[], Page],
        shortcut: str = "",
        *,
        bottom: bool = False,
        under: str = "",
    ) -> Action | None:
        """Add a page with an item in the rail; ``make`` is called when it is first wanted.

        ``bottom`` puts the item at the rail's foot. A page ``under`` another one (a case under the
        board) has no item; the other one's is marked while it is in front.
        """
        self._makers[key] = make
        self._way.add(key, under)
        if not under:
            self._rail.add(key, icon, title_key, shortcut, bottom=bottom)
        if not shortcut:
            return None
        return self._kit.actions.add(
            self.content,
            title_key,
            shortcut,
            partial(self.show_page, key),
            group_key=GROUP,
        )

    def page(self, key: str) -> Page:
        """The page of that key, made if nobody wanted it yet; ``KeyError`` if it does not exist."""
        if key not in self._pages:
            page = self._pages[key] = self._makers.pop(key)()
            self._room.pages.addWidget(page)
            page.heading_changed.connect(self._heading_changed)
        return self._pages[key]

    def make_in_a_pause(self, *keys: str) -> None:
        """Make pages before they are wanted, one after the other, and of each one part after the other, in moments in
        which nobody types and nothing is read: to make a large one takes as long as three frames."""
        self._ahead += keys

    def _make_ahead(self, _now: object) -> None:
        if not self._ahead or self._watch.untouched() < _PAUSE or self._kit.runner.busy:
            return
        page = self._pages.get(self._ahead[0])
        if page is None:
            self.page(self._ahead[0])
        elif not page.make_one():
            self._ahead.pop(0)

    def reread(self) -> None:
        """The page in front may tell of what was just recorded."""
        if self.current_page:
            self._pages[self.current_page].reread()

    def show_page(self, key: str) -> None:
        """Bring a page to the front; ``KeyError`` if it does not exist."""
        page = self.page(key)
        self._way.go_to(key)
        self._room.pages.setCurrentWidget(page)
        self._rail.set_active(self._way.head(key))
        self._top.show_heading(page)
        page.opened()
        self._focus_page()
        self.page_changed.emit(key)

    def set_status(self, status: DeskStatus) -> None:
        """What the status bar says."""
        self._status.set_status(status)
        if status.server is not None:
            self._top.place.show_answering(answers=status.server)
        self._late.show(status.task_dues)

    def set_last_sign_in(self, at: datetime, failures: int) -> None:
        """When the officer was signed in here before, and how many wrong passwords came since."""
        self._status.set_last_sign_in(at, failures)

    def set_share_stuck(self, stuck: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Say on every page that bundles do not move by themselves now."""
        set_shown(self._status.stuck, shown=stuck)

    def offer_trust_news(self, action: Action) -> None:
        """How the news of trust are opened."""
        self._status.offer_trust_news(action)

    def set_trust_news(self, text: str) -> None:
        """Say on every page what changed in whom this computer trusts; "" for nothing."""
        self._status.set_trust_news(text)

    def add_notice(self, strip: QWidget) -> None:
        """A strip above every page, below the alarms."""
        self._notices.addWidget(strip)

    def show_letters_only(self) -> None:
        """Say on every page that no input method is there to type Chinese with."""
        self._status.letters.show()

    def show_clocks(
        self, ends: tuple[datetime, ...], alarms: tuple[Alarm, ...], late: int = 0
    ) -> None:
        """When clocks run out, earliest first, and how many did before, counted beside the orders; and the alarms that
        are new."""
        self._overdue.show(ends, late)
        self._alarms.raise_alarms(alarms)
        if self.locked:
            self._lock_screen.reread()

    def untouched(self) -> timedelta:
        """For how long nobody has pressed a key or moved the mouse."""
        return self._watch.untouched()

    def unattended(self) -> timedelta:
        """For how long nobody works here; who locks has gone."""
        return timedelta.max if self.locked else self._watch.untouched()

    def set_idle_minutes(self, minutes: int) -> None:
        """Lock after that many minutes without a touch."""
        self._watch.set_limit(timedelta(minutes=minutes))

    def hide_search(self) -> None:
        """For who reads no case: there is nothing to find."""
        self._searching.set_enabled(enabled=False)
        self._top.search.hide()

    def show_keys(self) -> None:
        """The overview of keys: of all pages in their order in the rail, whether they were wanted yet or not."""
        pages = tuple(map(self.page, self.page_keys))
        for page in pages:
            page.make_whole()

        def place(group: Group) -> int:
            scope = group[1][0].scope
            return next((n for n, page in enumerate(pages) if page.isAncestorOf(scope)), -1)

        KeysOverlay(self._kit, self, sorted(self._kit.actions.groups(), key=place)).open()

    def lock(self) -> None:
        """Hide the data, dialogs included, and ask for the password."""
        if self.locked or not self.current_page:
            return
        self._last_focus = self.focusWidget()
        self._dialogs.hide()
        self._stack.setCurrentWidget(self._lock_screen)
        self._lock_screen.enter()
        self.lock_changed.emit(True)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let saving finish and stop the rest before the window goes."""
        if not self._leaving.begun:
            self.closing.emit()
        if self._leaving.waits() or self.hold_back(self.close):
            event.ignore()
            return
        event.accept()
        self.closed.emit()

    def watch_unsaved(self, unsaved: Callable[[], bool]) -> None:
        """``unsaved``: whether going now would lose something that could not be saved."""
        self._leaving.unsaved = unsaved

    def hold_back(self, go_on: Callable[[], object]) -> bool:
        """Whether something would be lost; then the person is asked, and ``go_on`` called if it is to be so."""
        return self._leaving.hold_back(go_on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Holding Ctrl shows the keys of the pages."""
        if event.key() == Qt.Key.Key_Control:
            self._rail.set_hinting(hinting=True)
        elif event.key() == Qt.Key.Key_Escape:
            self._go_back()
        super().keyPressEvent(event)

    def _go_back(self) -> None:
        """Out of the search; from a case to the page it was opened from, out of a field of it first."""
        back = self._way.back()
        if self._top.search.hasFocus():
            self._focus_page()
        elif back and isinstance(self.focusWidget(), QLineEdit | QPlainTextEdit):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        elif back:
            self.show_page(back)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Letting go hides them."""
        if event.key() == Qt.Key.Key_Control:
            self._rail.set_hinting(hinting=False)
        super().keyReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Coming back to the front: the clocks are read at once, no key is held."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange:
            self._rail.set_hinting(hinting=False)
            if self.isActiveWindow():
                self._kit.ticks.tick()

    def _build(self, host: WindowHost) -> None:
        kit = self._kit
        add = partial(kit.actions.add, self.content, group_key=GROUP)
        keys = add("shell.action.keys", "F1", self.show_keys)
        manual = add("shell.action.manual", "Shift+F1", self.manual_asked.emit)
        lock = add("shell.action.lock", "F12", self.lock)
        self._searching = add("shell.action.search", "Ctrl+K", self._go_to_search)
        self._rail = NavRail(kit)
        self._rail.chosen.connect(self.show_page)
        self._top = TopBar(kit, host, lock)
        self._top.search.opened.connect(self.search_opened)
        self._room = PageRoom(self._kit)
        self._status = StatusBar(kit, manual, keys)
        across = Row(kit, self.content)
        across.setSpacing(0)
        across.addWidget(self._rail)
        down = Column(kit)
        down.setSpacing(0)
        down.addWidget(self._top)
        self._alarms, self._notices = AlarmStrip(kit, self.content), Column(kit)
        self._alarms.opened.connect(self.search_opened)
        down.addWidget(self._alarms)
        down.addLayout(self._notices)
        down.addWidget(self._room, 1)
        down.addWidget(self._status)
        across.addLayout(down, 1)
        self._lock_screen = LockScreen(kit, host)
        self._lock_screen.unlocked.connect(self._unlock)
        self._lock_screen.leave_asked.connect(self.leave_asked)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.content)
        self._stack.addWidget(self._lock_screen)
        whole = Column(kit, self)
        whole.addWidget(self._stack)

    def _unlock(self) -> None:
        self._stack.setCurrentWidget(self.content)
        self._watch.touch()
        self._dialogs.show()
        self._return_to(self._last_focus)
        self.lock_changed.emit(False)

    def _return_to(self, place: QWidget | None) -> None:
        """Give the keyboard back. What was read meanwhile may have put something else in that place."""
        if place is None:
            return
        if isValid(place) and place.isVisible():
            place.setFocus()
        else:
            self._focus_page()

    def _focus_page(self) -> None:
        """Give the keyboard to the page, or to its rail item if the page names no widget."""
        current = self.current_page
        target = self._pages[current].first_focus() or self._rail.item(self._way.head(current))
        if target is not None:
            # While the page is still being read nothing beside it takes the keys: Enter would turn a page.
            (target if target.isEnabled() else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to_search(self) -> None:
        self._top.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._top.search.selectAll()

    def _heading_changed(self) -> None:
        page = self._pages.get(self.current_page)
        if page is not None and self.sender() is page:
            self._top.show_heading(page)
