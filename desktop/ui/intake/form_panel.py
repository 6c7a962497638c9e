"""The middle of the screen: the page of the step with its heading, and the bar below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from desktop.domain.orders.sending.way_orders import CALLED_BACK
from desktop.ui.intake.intake_actions import IntakeActions
from desktop.ui.intake.pages.evidence import EvidencePage
from desktop.ui.intake.pages.result import ResultPage
from desktop.ui.intake.pages.story import StoryPage
from desktop.ui.intake.wizard_page import WizardPage
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.button import Button, Size, Variant
from desktop.ui.shared.widgets.layout.card import Card, Column, Row, divider
from desktop.ui.shared.widgets.layout.scroll import ScrollArea
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.texts.label import ElidedLabel, Label


class BottomBar(QWidget):
    """Buttons of actions that belong to the screen."""

    def __init__(self, kit: Kit, actions: IntakeActions, *, calls: bool = False) -> None:
        """``calls``: people call, at a centre: what follows from the urgent button is another thing."""
        super().__init__()
        self._kit = kit
        self._narrow = False
        self._promise_wanted = True
        self._next_key = ""
        kit.texts.changed.connect(self._read_next)
        column = Column(kit, self, gap="space_m")
        self._line = divider(kit)
        column.addWidget(self._line)
        row = Row(kit, gap="space_s")
        self._stop = Button.of(
            kit, actions.stop, variant=Variant.DANGER, size=Size.LARGE, name="stop_now"
        )
        row.addWidget(self._stop)
        self._promised = "calls.promise" if calls else "intake.stop.promise"
        self._promise = Label(kit, self._promised, role="small", ink="muted", wrap=True)
        self._promise.setObjectName("stop_promise")
        row.addWidget(self._promise, 1)
        row.addStretch()
        row.addWidget(Button.of(kit, actions.later, name="later"))
        self._onward = Button.of(kit, actions.onward, variant=Variant.PRIMARY, name="onward")
        row.addWidget(self._onward)
        column.addLayout(row)

    def set_narrow(self, *, narrow: bool) -> None:
        """The buttons take the whole bar: squeezed between them a sentence would stand on end."""
        self._narrow = narrow
        self._promise.setVisible(self._promise_wanted and not narrow)

    def set_alone(self, *, alone: bool) -> None:
        """Alone in its card it needs no line above."""
        self._line.setVisible(not alone)

    def set_next(self, key: str) -> None:
        """Name the page that comes next, by its catalogue key; empty after the last."""
        self._next_key = key
        self._onward.setVisible(bool(key))
        self._read_next()

    def set_stop(self, *, shown: bool) -> None:
        """Whether there is money to stop at this kind of visit."""
        self._stop.setVisible(shown)
        self._promise_wanted = shown
        self._promise.setVisible(shown and not self._narrow)

    def set_stopped(self, *, stopped: bool) -> None:
        """Whether every transfer has its order: then nothing is urgent here any more, and that is said."""
        self._stop.set_variant(Variant.PLAIN if stopped else Variant.DANGER)
        self._promise.set_key("intake.stop.nothing" if stopped else self._promised)

    def set_way(self, way: str) -> None:
        """How all the money that is left to save went; "" for several ways and for none that was said."""
        self._stop.set_key(f"ways.ask.{way}" if way in CALLED_BACK else "intake.stop.now")

    def _read_next(self) -> None:
        if self._next_key:
            self._onward.set_key("visits.next", page=self._kit.texts.text(self._next_key))


_MOVES = frozenset({QEvent.Type.LayoutRequest, QEvent.Type.Resize, QEvent.Type.Show})


class WholeRows(QObject):
    """Keeps the lower edge of ``area``, which scrolls ``page``, between two of the ``rows``. A row of which only the
    upper part was seen passed for the last one, and for a fault."""

    def __init__(
        self, area: ScrollArea, page: QWidget, rows: Callable[[], Sequence[QWidget]]
    ) -> None:
        super().__init__(page)
        self._area = area
        self._page = page
        self._rows = rows
        area.installEventFilter(self)
        page.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Rows have moved, or there is more or less room for them."""
        if event.type() in _MOVES:
            self._fit()
        return False

    def _fit(self) -> None:
        edge = self._area.height()
        tops = ((row, row.mapTo(self._page, QPoint(0, 0)).y()) for row in self._rows())
        cut = (top for row, top in tops if top < edge < top + row.height())
        self._area.leave_below(edge - next(cut, edge))


class FormPanel(QWidget):
    """Pages scroll one by one; the evidence pane brings its own cards and stands on the canvas.

    ``read_wanted``: a bill or screenshots are to be read into the form, on the page of the money. Its key is that of
    the evidence pane, which has it while it is in front.
    """

    read_wanted = Signal()

    def __init__(
        self,
        kit: Kit,
        pages: tuple[WizardPage, ...],
        result: ResultPage,
        bar: BottomBar,
        paste: Action,
    ) -> None:
        super().__init__()
        self._pages = pages
        self.reads_files = True
        """Whether pictures and statements can be brought."""
        self._result = result
        self._bar = bar
        self._shown: WizardPage = pages[0]
        column = Column(kit, self, gap="card_gap")
        self._loose = QWidget()
        self._loose_column = Column(kit, self._loose)
        self._card = Card(kit)
        column.addWidget(self._loose, 1)
        column.addWidget(self._card, 1)
        self._heading = QWidget()
        self._title = Label(kit, role="section")
        self._title.setObjectName("page_title")
        self._detail = ElidedLabel(kit, role="small", ink="muted")
        head = Row(kit, self._heading, gap="space_m")
        head.addWidget(self._title)
        head.addWidget(self._detail, 1)
        head.addWidget(Button.of(kit, paste, icon="paste", name="paste"))
        self._reading = self._button_for_files(kit)
        head.addWidget(self._reading)
        self.banner = Banner(kit, "intake_banner")
        self._stack = QStackedWidget()
        for page in (*pages, result):
            page.shown_wanted.connect(self.bring)
            if isinstance(page, EvidencePage):
                self._loose_column.addWidget(page)
            else:
                self._stack.addWidget(_scrolled(kit, page))
        self._card.body.addWidget(self._heading)
        self._card.body.addWidget(self.banner)
        self._card.body.addWidget(self._stack, 1)
        self._card.body.addWidget(bar, 0, Qt.AlignmentFlag.AlignBottom)
        self._loose.hide()

    def _button_for_files(self, kit: Kit) -> QWidget:
        made = QWidget()
        read = kit.actions.add(
            made, "intake.read", "F8", self._want_reading, group_key="intake.keys.title"
        )
        Row(kit, made).addWidget(Button.of(kit, read, icon="image", name="read_file"))
        return made

    @property
    def shown(self) -> WizardPage:
        """The page in front."""
        return self._shown

    def page(self, index: int) -> WizardPage:
        """The page of a step."""
        return self._pages[index]

    def show_page(self, index: int, onward: str) -> None:
        """Bring a step to the front; ``onward``: the key of the name of the next, empty after the last."""
        self._bar.set_next(onward)
        self._show(self._pages[index])

    def show_result(self, onward: str) -> None:
        """Show what was ordered in the place of the step of the money."""
        self._bar.set_next(onward)
        self._show(self._result)

    def bring(self, part: QWidget) -> None:
        """Scroll so that ``part`` is seen, all of it if there is room."""
        area = self._stack.currentWidget()
        if not isinstance(area, ScrollArea) or not area.widget().isAncestorOf(part):
            return
        # What was just added or opened has no place until it is laid out.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        height = min(part.height(), area.viewport().height())
        top = part.mapTo(area.widget(), part.rect().topLeft()).y()
        bar = area.verticalScrollBar()
        if top < bar.value() or top + height > bar.value() + area.viewport().height():
            bar.setValue(top + height - area.viewport().height())

    def to_top(self) -> None:
        """Show the page in front from its beginning."""
        area = self._stack.currentWidget()
        if isinstance(area, ScrollArea):
            area.verticalScrollBar().setValue(0)

    def _want_reading(self) -> None:
        self.read_wanted.emit()

    def _show(self, page: WizardPage) -> None:
        self._shown = page
        page.open()
        loose = isinstance(page, EvidencePage)
        self._title.set_key(page.title_key)
        self._detail.set_key(page.detail_key)
        self._heading.setVisible(not loose)
        self._reading.setVisible(self.reads_files and page is self._pages[0])
        self._stack.setVisible(not loose)
        self._loose.setVisible(loose)
        self._bar.set_alone(alone=loose)
        high = QSizePolicy.Policy.Maximum if loose else QSizePolicy.Policy.Preferred
        self._card.setSizePolicy(QSizePolicy.Policy.Preferred, high)
        for place in range(self._stack.count()):
            area = self._stack.widget(place)
            if isinstance(area, ScrollArea) and area.widget() is page:
                self._stack.setCurrentIndex(place)
        page.entered()


def _scrolled(kit: Kit, page: WizardPage) -> ScrollArea:
    area = ScrollArea(kit, page)
    if isinstance(page, StoryPage):
        WholeRows(area, page, page.questions.rows)
    return area
