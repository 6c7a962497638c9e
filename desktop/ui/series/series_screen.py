"""串并案: every series on the left, the chosen one on the right, and what people decide about it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.errors import Cancelled
from desktop.domain.ids import CaseId
from desktop.domain.progress import Progress
from desktop.domain.series.series import LikePair, LinkedCases, LinkVerdict, SeriesSheet
from desktop.runtime.files.atomic_file import write_beside
from desktop.services.series.decide_link import decide_links, mark_hub, take_back
from desktop.services.series.find_series import FoundSeries, find_series
from desktop.services.series.propose_series import propose_series
from desktop.services.series.show_series import like_pairs, show_series
from desktop.services.session import Session
from desktop.ui.series.detail import LinkDecision, PaneMaker, SeriesDetail
from desktop.ui.series.tables import series_table
from desktop.ui.shared.dialogs.one_work import OneWork
from desktop.ui.shared.dialogs.reason_dialog import ReasonDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import Latest
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.kit.thread_runner import YieldingProgress
from desktop.ui.shared.widgets.input.button import Button, Size, Variant
from desktop.ui.shared.widgets.input.file_chooser import choose_folder
from desktop.ui.shared.widgets.layout.card import Card, Column, Row
from desktop.ui.shared.widgets.pages.empty_state import EmptyState
from desktop.ui.shared.widgets.pages.toast import toast
from desktop.ui.shared.widgets.pages.work_card import WorkCard
from desktop.ui.shared.widgets.tables.list_page import ListPage
from desktop.ui.shared.widgets.texts.label import Label

_LISTED: Final = 2_000
"""Series in the list; a province has hundreds of thousands, and the largest losses count."""


class WatchListFlow(Protocol):
    """A signed list. ``values``: how many it holds; ``version``: the day it counts from."""

    @property
    def data(self) -> bytes:
        """The bytes of its file."""
        ...

    @property
    def version(self) -> str:
        """As ``2026-11-24``."""
        ...

    @property
    def values(self) -> int:
        """How many accounts and numbers."""
        ...


class Watching(QObject):
    """``written(path, values)``; ``failed(error)``."""

    written = Signal(object, int)
    failed = Signal(object)

    def __init__(self, kit: Kit, page: QWidget, make: Callable[[], WatchListFlow]) -> None:
        super().__init__(page)
        self._kit = kit
        self._page = page
        self._make = make

    def choose(self) -> None:
        """Ask where to."""
        choose_folder(self._kit, self._page, "series.watch.choose", self.write)

    def write(self, folders: tuple[Path, ...]) -> None:
        """Make it of what links cases now, and write it there."""
        if folders:
            name = self._kit.texts.text("series.watch.file")
            work = partial(_write, self._make, folders[0], name)
            self._kit.runner.start("files", work, self._done, self._fail)

    def _done(self, found: tuple[Path, int]) -> None:
        self.written.emit(*found)

    def _fail(self, error: Exception) -> None:
        self.failed.emit(error)


def _write(
    make: Callable[[], WatchListFlow], folder: Path, name: str, _progress: Progress
) -> tuple[Path, int]:
    made = make()
    path = write_beside(folder / f"{name}-{made.version}.fzp", made.data, mode=0o644)
    return path, made.values


class SeriesMoney:
    """``place`` shows it above the page of the series."""

    def __init__(self, make: PaneMaker, place: QStackedWidget) -> None:
        self._make = make
        self._place = place
        self._pane: QWidget | None = None
        self._read: Callable[[], None] | None = None
        self._group: LinkedCases | None = None

    @property
    def shown(self) -> bool:
        """Whether somebody looks at it."""
        return self._pane is not None

    def open(self, sheet: SeriesSheet) -> None:
        """Show the money of all cases of a series, with the keyboard in it."""
        self._pane, self._read = self._make([case.id for case in sheet.cases])
        self._group = sheet.series.group
        self._place.addWidget(self._pane)
        self._place.setCurrentWidget(self._pane)
        self._pane.setFocus()

    def close(self) -> None:
        """Show the page of the series again."""
        if self._pane is not None:
            self._place.removeWidget(self._pane)
            self._pane.hide()
            self._pane.deleteLater()
        self._pane, self._read, self._group = None, None, None

    def still_shows(self, group: LinkedCases | None) -> bool:
        """After a search: whether it is still the money of the chosen series. Then it is read anew, within the span of
        time and with the statements that were chosen."""
        if self._group is None or group is None or group.id != self._group.id:
            return False
        if self._read is not None and group.cases == self._group.cases:
            self._read()
        return True

    def renew(self, sheet: SeriesSheet) -> None:
        """A series that gained or lost cases has other money."""
        if self._group is not None and sheet.series.group.cases != self._group.cases:
            self.close()
            self.open(sheet)


class Searching(QObject):
    """``found(FoundSeries)``, then ``stories(tuple)``. ``stopped``: what was shown before still stands.
    ``failed(error)``. All of it is Python and can wait: it gives way to keys."""

    found = Signal(object)
    stories = Signal(object)
    stopped = Signal()
    failed = Signal(object)

    def __init__(self, kit: Kit, session: Session, card: WorkCard, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._work = OneWork(kit, card, self)
        self._again = False
        self._left = False

    def leave(self) -> bool:
        """Stop, as nobody looks any more. Whether something was going on."""
        if self._work.busy:
            self._left, self._again = True, False
            self._work.stop()
        return self._work.busy

    def start(self) -> None:
        """Search anew; while a search is going on, once more after it, since more was said meanwhile."""
        if self._work.busy:
            self._again = True
            return
        self._again = self._left = False
        self._work.start("series.searching", self._find, self._found, self._failed)

    def _find(self, progress: Progress) -> FoundSeries:
        return find_series(self._session, YieldingProgress(progress), _LISTED)

    def _compare(self, progress: Progress) -> tuple[LikePair, ...]:
        return like_pairs(self._session, YieldingProgress(progress))

    def _found(self, found: FoundSeries) -> None:
        self.found.emit(found)
        if self._again:
            self.start()
        elif not self._left:
            self._work.start("series.comparing", self._compare, self._show_pairs, self._failed)

    def _show_pairs(self, pairs: tuple[LikePair, ...]) -> None:
        self.stories.emit(pairs)
        if self._again:
            self.start()

    def _failed(self, error: Exception) -> None:
        again, self._again = self._left and self._again, False
        if again:
            self.start()
        elif self._left:
            return
        elif isinstance(error, Cancelled):
            self.stopped.emit()
        else:
            self.failed.emit(error)


_Back = Callable[[], None]


class SeriesScreen(ListPage[FoundSeries]):
    """``case_wanted(CaseId)``: show the page of a case. ``proposes``: whether stations can be told, at a centre;
    ``watch`` makes the list by which their desks warn. ``makers`` make the money flow and the page of the persons."""

    case_wanted = Signal(object)

    def __init__(
        self, kit: Kit, session: Session, type_name: Callable[[str], str], makers: tuple[PaneMaker, PaneMaker], *,
        proposes: bool, watch: Callable[[], WatchListFlow] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(
            kit, "series.title", "series", "series.title", again="series.action.refresh"
        )
        self._session = session
        self.table = series_table(kit)
        self.detail = SeriesDetail(kit, type_name, makers[1])
        self._empty = EmptyState(kit, "link", "series.none")
        self._whole, self._right = QStackedWidget(), QStackedWidget()
        self._money = SeriesMoney(makers[0], self._right)
        self._rest = Label(kit, role="small", ink="muted", wrap=True)
        self._rest.hide()
        self._card = WorkCard(kit, "share", name="series_work")
        self._searching = Searching(kit, session, self._card, self)
        self._sheets = Latest(kit.runner, self)
        self._back: _Back | None = None
        """Takes back what was said last."""
        self.watching = Watching(kit, self, watch) if watch is not None else None
        self._build(proposes=proposes)
        self._searching.found.connect(self._was_read)
        self._searching.stories.connect(self._show_stories)
        self._searching.stopped.connect(self._stopped)
        self._searching.failed.connect(self._not_read)
        self.table.current_changed.connect(self._load)
        self.detail.opened.connect(self.case_wanted)
        self.detail.parts.chosen.connect(self._part_chosen)

    def reload(self) -> None:
        """Search anew."""
        self._owed = False
        self._searching.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever left waits for no search either."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._owed = self._searching.leave()

    def _stopped(self) -> None:
        """The person has seen enough; a later search takes up everything again."""
        self.banner.show_key(Tone.INFO, "series.stopped")

    def _show_stories(self, pairs: tuple[LikePair, ...]) -> None:
        """Also where no account links any case, somebody may see that stories are one."""
        self.detail.show_stories(pairs)
        if pairs:
            self._whole.setCurrentIndex(1)

    def first_focus(self) -> QWidget | None:
        """The list of series."""
        return self.table

    def show_view(self, view: FoundSeries) -> None:
        """Show a search; the chosen series stays chosen while it is still there."""
        # The value that held the last series together is taken back below; without the page nobody could.
        undone = any(hub.chosen for hub in view.hubs)
        self._whole.setCurrentIndex(1 if view.series or undone else 0)
        self.detail.show_hubs(view.hubs)
        self.table.show_rows(view.series)
        if not view.series:
            self.detail.forget()
        set_shown(self._rest, shown=view.left_off > 0)
        self._rest.set_key("series.left_off", shown=len(view.series), count=view.left_off)
        if self.table.selected() is None and view.series:
            self.table.select_key(view.series[0].group.id)
        else:
            self._load()

    def show_sheet(self, sheet: SeriesSheet) -> None:
        """Show one series."""
        self.detail.show_sheet(sheet)
        self._money.renew(sheet)

    def _load(self) -> None:
        series = self.table.selected()
        if not self._money.still_shows(series.group if series is not None else None):
            self._close_flow()
        if series is None:
            self._sheets.stop()
        else:
            work = partial(_show, self._session, series.group.cases[0])
            self._sheets.start("files", work, self.show_sheet, self.fail)

    def _build(self, *, proposes: bool) -> None:
        kit = self.kit
        self._left = left = Card(kit, "series.title")
        left.setMinimumWidth(kit.theme.space("side_card"))
        left.setMaximumWidth(kit.theme.space("side_card_wide"))
        if self.watching is not None:
            left.header.addWidget(self._watch_button(self.watching))
        left.body.addWidget(self.table)
        left.body.addWidget(self._rest)
        right = QWidget()
        column = Column(kit, right, gap="card_gap")
        column.addLayout(self._action_row(proposes=proposes))
        self._right.addWidget(self.detail)
        column.addWidget(self._right, 1)
        filled = QWidget()
        row = Row(kit, filled, gap="card_gap")
        row.addWidget(left, 1)
        row.addWidget(right, 2)
        self._whole.addWidget(self._empty)
        self._whole.addWidget(filled)
        self.body.addWidget(self.banner)
        self.body.addWidget(self._card)
        self.body.addWidget(self._whole, 1)

    def _action_row(self, *, proposes: bool) -> Row:
        row = Row(self.kit)
        actions: list[tuple[str, str, Callable[[], object]]] = [
            ("same", "Ctrl+T", partial(self._decide, LinkVerdict.SAME)),
            ("different", "Ctrl+D", self._ask_different),
            ("undecided", "Ctrl+U", partial(self._decide, LinkVerdict.UNDECIDED)),
            ("undo", "Ctrl+Z", self._undo),
            ("hub", "Ctrl+B", self._mark_hub),
            ("flow", "Ctrl+L", self._toggle_flow),
        ]
        if proposes:
            actions.append(("propose", "Ctrl+P", self._ask_propose))
        for name, keys, handler in actions:
            action = self.add(f"series.action.{name}", keys, handler)
            variant = Variant.PRIMARY if name == "propose" else Variant.PLAIN
            button = Button.of(self.kit, action, variant=variant, size=Size.COMPACT)
            button.setObjectName(f"series_{name}")
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _watch_button(self, watching: Watching) -> Button:
        watching.written.connect(self._watch_written)
        watching.failed.connect(self.fail)
        action = self.add("series.action.watch", "Ctrl+W", watching.choose)
        return Button.of(self.kit, action, size=Size.COMPACT, name="series_watch")

    def _watch_written(self, path: Path, values: int) -> None:
        self.banner.show_key(Tone.OK, "series.watch.written", count=values, file=str(path))

    def _decide(self, verdict: LinkVerdict) -> None:
        asked = self.detail.asked_about()
        if asked is None:
            self._say_choose()
        else:
            self._record(asked, verdict, "")

    def _ask_different(self) -> None:
        """What the question names is what the answer is about, whatever was read behind it meanwhile."""
        asked = self.detail.asked_about()
        if asked is None:
            self._say_choose()
            return
        dialog = ReasonDialog(
            self.kit, self, "series.ask.different", "series_different", person=asked.victim
        )
        dialog.given.connect(partial(self._record, asked, LinkVerdict.DIFFERENT))
        dialog.open()

    def _record(self, asked: LinkDecision, verdict: LinkVerdict, reason: str) -> None:
        self._run(partial(_decided, self._session, asked, verdict, reason))

    def _undo(self) -> None:
        """What stands chosen in front, a decision or a value that was called a hub; else what was said last: the series
        that would show it may be gone by it."""
        decision, hub = self.detail.decisions.selected(), self.detail.hubs.selected()
        if self.detail.part() == "hubs" and hub is not None and hub.chosen:
            self._run(partial(mark_hub, self._session, hub.normal, hub=False))
        elif self.detail.part() == "decisions" and decision is not None:
            undo = partial(decide_links, self._session, decision.case, decision.others, None, "")
            self._run(partial(_and_back, undo, None))
        elif self._back is not None:
            self._run(self._back)
        else:
            toast(self.kit, self, "series.choose_decision")

    def _mark_hub(self) -> None:
        link = self.detail.links.selected()
        if self.detail.part() != "links" or link is None:
            toast(self.kit, self, "series.choose_link")
            return
        mark = partial(mark_hub, self._session, link.normal)
        self._run(partial(_and_back, partial(mark, hub=True), partial(mark, hub=False)))

    def _ask_propose(self) -> None:
        sheet = self.detail.sheet
        if sheet is None:
            return
        dialog = ReasonDialog(
            self.kit, self, "series.ask.propose", "series_propose", needed=False,
            cases=len(sheet.cases), units=sheet.series.units,
        )  # fmt: skip
        dialog.given.connect(partial(self._propose, sheet.cases[0].id))
        dialog.open()

    def _propose(self, case: CaseId, note: str) -> None:
        work = work_of(propose_series, self._session, case, note)
        self.kit.runner.start("db", work, self._proposed, self.fail)

    def _proposed(self, count: int) -> None:
        toast(self.kit, self, "series.proposed", count=count)
        self._load()

    def _toggle_flow(self) -> None:
        """The money of all cases of the series, and back."""
        sheet = self.detail.sheet
        if self._money.shown or sheet is None:
            self._close_flow()
            self.table.setFocus()
            return
        self._money.open(
            sheet
        )  # before the list goes: its keyboard would fall to the first button, which decides
        self._left.hide()

    def _close_flow(self) -> None:
        if self._money.shown:
            self._money.close()
            self._part_chosen(self.detail.part())

    def _part_chosen(self, part: str) -> None:
        """The persons need the room of the list."""
        self._left.setVisible(part != "people" and not self._money.shown)

    def _run(self, call: Callable[[], _Back | None]) -> None:
        """``call`` returns what takes back what it recorded."""
        self.kit.runner.start("db", work_of(call), self._done, self.fail)

    def _done(self, back: _Back | None) -> None:
        self._back = back
        outcome = "recorded" if back is None else "recorded_undo"
        toast(self.kit, self, f"series.{outcome}")
        self.reload()

    def _say_choose(self) -> None:
        self.detail.show_cases()
        self._part_chosen("cases")
        toast(self.kit, self, "series.choose_case")


def _show(session: Session, case: CaseId, progress: Progress) -> SeriesSheet:
    return show_series(session, case, YieldingProgress(progress))


def _decided(session: Session, asked: LinkDecision, verdict: LinkVerdict, reason: str) -> _Back:
    before = decide_links(session, asked.case, asked.others, verdict, reason)
    return partial(take_back, session, before)


def _and_back(call: Callable[[], object], back: _Back | None) -> _Back | None:
    call()
    return back
