"""Two items of a case side by side: pictures with one zoom, everything else line by line."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import islice

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor, QTextFormat
from PySide6.QtWidgets import QPlainTextEdit, QStackedWidget, QTextEdit, QWidget

from desktop.domain.evidence.contents import ContentsKind, DecodedContents
from desktop.domain.evidence.item import Evidence
from desktop.domain.progress import Progress
from desktop.domain.text.line_diff import LinePair, difference_starts, line_pairs
from desktop.ui.evidence.case_evidence import CaseEvidence
from desktop.ui.evidence.items.kinds import kind_of
from desktop.ui.evidence.picture.levels import PictureLevels
from desktop.ui.evidence.picture.view import PictureView
from desktop.ui.evidence.viewing.decoders import Decoders
from desktop.ui.evidence.viewing.looking import Look
from desktop.ui.evidence.viewing.preview import (
    PictureDetail,
    PicturePreview,
    Preview,
    RecordingPreview,
)
from desktop.ui.evidence.viewing.viewer_pages import NoticePage, TextPage
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import Latest
from desktop.ui.shared.kit.translator import Translator
from desktop.ui.shared.widgets.input.fields import ComboField
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.texts.label import Label

_TURN_MS = 500
"""Two turns a second stay below the three that can harm (WCAG 2.3.1)."""


_COUNTED = frozenset({ContentsKind.CHAT, ContentsKind.ARCHIVE, ContentsKind.OTHER})
MOST_LINES = 4000
"""Of each file; comparing costs the product of both."""


def contents_lines(texts: Translator, contents: DecodedContents) -> tuple[tuple[str, ...], bool]:
    """The lines, and whether there are more. Messages and rows are a line each; what counts them is none."""
    lines = []
    if contents.kind not in _COUNTED:
        lines = [
            f"{texts.text(f'viewer.fact.{fact.name}')}: {fact.value}" for fact in contents.facts
        ]
    if contents.messages:
        lines.extend(
            f"{one.time} {one.sender or one.side}: {' '.join(one.text.split())}"
            for one in islice(contents.messages, MOST_LINES + 1)
        )
    else:
        for sheet in contents.sheets:
            lines.extend("\t".join(row) for row in islice(sheet.rows, MOST_LINES + 1))
    lines.extend(contents.text.splitlines()[: MOST_LINES + 1])
    return tuple(lines[:MOST_LINES]), contents.cut or len(lines) > MOST_LINES


LEFT, RIGHT = 0, 1


class PairJob(QObject):
    """``pictures()``, ``lines(pairs, cut)`` or ``other()``: what the two are; ``failed(error)``."""

    pictures = Signal(object, object)
    """PictureLevels of both."""
    detail = Signal(int, object)
    """More pixels of one side."""
    lines = Signal(object, bool)
    other = Signal()
    failed = Signal(object)

    def __init__(
        self, kit: Kit, evidence: CaseEvidence, decoders: Decoders, owner: QObject
    ) -> None:
        super().__init__(owner)
        self._texts = kit.texts
        self._found: dict[int, Preview] = {}
        self._items: tuple[Evidence, ...] = ()
        self._comparing = Latest(kit.runner, self)
        views = [Look(kit.runner, evidence, decoders, self) for _ in range(4)]
        self._views, self._details = views[:2], views[2:]
        for look, ready in zip(
            views,
            (self._left_ready, self._right_ready, self._left_detail, self._right_detail),
            strict=True,
        ):
            look.ready.connect(ready)
        for look in self._views:
            look.failed.connect(self.failed)

    def start(self, left: Evidence, right: Evidence) -> None:
        """Open both."""
        self.stop()
        self._found, self._items = {}, (left, right)
        for look, item in zip(self._views, self._items, strict=True):
            look.item(item)

    def stop(self) -> None:
        """Nobody waits any more."""
        for look in (*self._views, *self._details):
            look.stop()
        self._comparing.stop()

    def _left_ready(self, preview: Preview) -> None:
        self._ready(LEFT, preview)

    def _right_ready(self, preview: Preview) -> None:
        self._ready(RIGHT, preview)

    def _ready(self, side: int, preview: Preview) -> None:
        if isinstance(preview, RecordingPreview):
            preview.stream.close()
        self._found[side] = preview
        if len(self._found) < 2:
            return
        left, right = self._found[LEFT], self._found[RIGHT]
        if isinstance(left, PicturePreview) and isinstance(right, PicturePreview):
            self._show_pictures(left, right)
        elif isinstance(left, DecodedContents) and isinstance(right, DecodedContents):
            work = partial(_compared, self._texts, left, right)
            self._comparing.start("files", work, self._compared, self._fail)
        else:
            self.other.emit()

    def _show_pictures(self, left: PicturePreview, right: PicturePreview) -> None:
        self.pictures.emit(left.levels, right.levels)
        for look, item, shown in zip(self._details, self._items, (left, right), strict=True):
            look.detail(item.name, shown.data)

    def _left_detail(self, detail: PictureDetail) -> None:
        self._tell_detail(LEFT, detail.levels)

    def _right_detail(self, detail: PictureDetail) -> None:
        self._tell_detail(RIGHT, detail.levels)

    def _tell_detail(self, side: int, levels: PictureLevels | None) -> None:
        if levels is not None:
            self.detail.emit(side, levels)

    def _fail(self, error: Exception) -> None:
        self.failed.emit(error)

    def _compared(self, found: tuple[tuple[LinePair, ...], bool]) -> None:
        pairs, cut = found
        self.lines.emit(pairs, cut)


def _compared(
    texts: Translator, left: DecodedContents, right: DecodedContents, progress: Progress
) -> tuple[tuple[LinePair, ...], bool]:
    mine, mine_cut = contents_lines(texts, left)
    theirs, theirs_cut = contents_lines(texts, right)
    progress.check()
    return line_pairs(mine, theirs), mine_cut or theirs_cut


class PicturesPair(QWidget):
    """What is done to one is done to the other."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.setObjectName("evidence_pair")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        kit.texts.bind(self.setAccessibleName, "viewer.compare.pictures")
        self.views = (PictureView(kit), PictureView(kit))
        row = Row(kit, self, gap="space_s")
        for place, view in enumerate(self.views):
            view.setObjectName(f"evidence_pair_{place}")
            row.addWidget(view, 1)
        self.views[0].moved.connect(self._follow_left)
        self.views[1].moved.connect(self._follow_right)
        self._following = False
        self._turn = QTimer(self)
        self._turn.setInterval(_TURN_MS)
        self._turn.timeout.connect(self.swap)

    @property
    def flickers(self) -> bool:
        """Whether they lie one over the other."""
        return self._turn.isActive()

    def show_pictures(self, left: PictureLevels, right: PictureLevels) -> None:
        """Show two others, side by side."""
        self.flicker(on=False)
        for view, levels in zip(self.views, (left, right), strict=True):
            view.show_levels(levels)

    def show_detail(self, side: int, levels: PictureLevels) -> None:
        """More pixels of one."""
        self._following = True
        self.views[side].replace_levels(levels)
        self._following = False

    def flicker(self, *, on: bool) -> None:
        """Lay them one over the other and show each in turn, or side by side again."""
        if on:
            self._turn.start()
            self.views[1].hide()
        else:
            self._turn.stop()
            for view in self.views:
                view.show()

    def swap(self) -> None:
        """Show the other one."""
        first = self.views[0].isVisibleTo(self)
        state = self.views[0 if first else 1].state()
        self.views[0].setVisible(not first)
        self.views[1].setVisible(first)
        self._follow(self.views[1 if first else 0], state)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of a single picture."""
        view = self.views[0]
        act = {
            Qt.Key.Key_Plus: view.zoom_in,
            Qt.Key.Key_Equal: view.zoom_in,
            Qt.Key.Key_Minus: view.zoom_out,
            Qt.Key.Key_0: view.fit,
            Qt.Key.Key_R: self._rotate,
        }.get(Qt.Key(event.key()))
        if act is None:
            super().keyPressEvent(event)
            return
        act()
        event.accept()

    def _rotate(self) -> None:
        for view in self.views:
            view.rotate_right()

    def _follow_left(self) -> None:
        self._follow(self.views[1], self.views[0].state())

    def _follow_right(self) -> None:
        self._follow(self.views[0], self.views[1].state())

    def _follow(self, view: PictureView, state: tuple[bool, float, float, float]) -> None:
        if self._following:
            return
        self._following = True
        view.follow(state)
        self._following = False


class LinesPair(QWidget):
    """Shows pairs of lines."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._pairs: tuple[LinePair, ...] = ()
        self._starts: tuple[int, ...] = ()
        column = Column(kit, self, gap="space_s")
        self.sum = Label(kit, role="small", ink="muted")
        self.sum.setObjectName("evidence_differences")
        column.addWidget(self.sum)
        row = Row(kit, gap="space_s")
        self.sides = (TextPage(kit), TextPage(kit))
        for place, side in enumerate(self.sides):
            side.setObjectName(f"evidence_lines_{place}")
            side.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
            row.addWidget(side, 1)
        column.addLayout(row, 1)
        left, right = (side.verticalScrollBar() for side in self.sides)
        left.valueChanged.connect(right.setValue)
        right.valueChanged.connect(left.setValue)
        self.setFocusProxy(self.sides[0])
        kit.theme.changed.connect(self._mark)

    def show_pairs(self, pairs: tuple[LinePair, ...], *, cut: bool) -> None:
        """Show others from their first difference."""
        self._pairs, self._starts = pairs, difference_starts(pairs)
        self.sides[0].setPlainText("\n".join(pair.left or "" for pair in pairs))
        self.sides[1].setPlainText("\n".join(pair.right or "" for pair in pairs))
        self._mark()
        key = "viewer.compare.sum_cut" if cut else "viewer.compare.sum"
        same = sum(pair.same for pair in pairs)
        self.sum.set_key(key, same=same, different=len(self._starts))
        if self._starts:
            self._go_to(self._starts[0])

    def step(self, by: int) -> None:
        """The next difference, or the one before."""
        here = self.sides[0].textCursor().blockNumber()
        ahead: Sequence[int] = [place for place in self._starts if place > here]
        behind = [place for place in self._starts if place < here]
        if by > 0 and ahead:
            self._go_to(ahead[0])
        elif by < 0 and behind:
            self._go_to(behind[-1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """N and P step from difference to difference."""
        step = {Qt.Key.Key_N: 1, Qt.Key.Key_P: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        self.step(step)
        event.accept()

    def _go_to(self, line: int) -> None:
        for side in self.sides:
            cursor = QTextCursor(side.document().findBlockByNumber(line))
            side.setTextCursor(cursor)
            side.centerCursor()

    def _mark(self) -> None:
        theme = self._kit.theme
        for side, colour in zip(self.sides, ("amber_soft", "blue_soft"), strict=True):
            marks = []
            for place, pair in enumerate(self._pairs):
                if pair.same:
                    continue
                mark = QTextEdit.ExtraSelection()
                mark.format.setBackground(theme.color(colour))  # type: ignore[attr-defined]
                mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)  # type: ignore[attr-defined]
                mark.cursor = QTextCursor(side.document().findBlockByNumber(place))  # type: ignore[attr-defined]
                marks.append(mark)
            side.setExtraSelections(marks)


class CompareEvidenceDialog(DialogFrame):
    """``items`` of the case; the first two chosen are ``left`` and the next after it that is of its sort."""

    def __init__(
        self,
        kit: Kit,
        parent: QWidget,
        evidence: CaseEvidence,
        decoders: Decoders,
        items: Sequence[Evidence],
        left: Evidence,
    ) -> None:
        super().__init__(kit, parent, "viewer.compare.title", width="dialog_width_reading")
        self.setObjectName("evidence_compare")
        self._items = {str(item.id): item for item in items}
        options = [
            Option(value=str(item.id), text=f"{place}. {item.name}")
            for place, item in enumerate(items, 1)
        ]
        row = Row(kit, gap="space_m")
        self.choices = (
            ComboField(kit, "compare_left", "viewer.compare.left", options),
            ComboField(kit, "compare_right", "viewer.compare.right", options),
        )
        for choice in self.choices:
            row.addWidget(choice, 1)
            choice.edited.connect(self._chosen)
        self.body.addLayout(row)
        self._banner = Banner(kit, "compare_banner")
        self.body.addWidget(self._banner)
        self.pictures, self.lines = PicturesPair(kit), LinesPair(kit)
        self.notice = NoticePage(kit)
        self._stack = QStackedWidget()
        for page in (self.notice, self.pictures, self.lines):
            self._stack.addWidget(page)
        self._stack.setFixedHeight(max(320, parent.window().height() - 300))
        self.body.addWidget(self._stack)
        self._flicker = self.add_button(
            "viewer.compare.flicker", name="compare_flicker", closes=False, keys="F", heard=True
        )
        self._flicker.clicked.connect(self.flicker)
        self.add_button("shared.close", name="compare_close")
        self._job = PairJob(kit, evidence, decoders, self)
        self._job.pictures.connect(self._show_pictures)
        self._job.detail.connect(self.pictures.show_detail)
        self._job.lines.connect(self._show_lines)
        self._job.other.connect(self._show_other)
        self._job.failed.connect(self._fail)
        self.finished.connect(self._job.stop)
        self._choose(items, left)

    @property
    def top(self) -> QWidget:
        """What is on top."""
        return self._stack.currentWidget()

    def flicker(self) -> None:
        """One over the other in turn, or side by side."""
        if self._stack.currentWidget() is self.pictures:
            self.pictures.flicker(on=not self.pictures.flickers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F flickers."""
        if event.key() == Qt.Key.Key_F and not event.modifiers():
            self.flicker()
            event.accept()
            return
        super().keyPressEvent(event)

    def _choose(self, items: Sequence[Evidence], left: Evidence) -> None:
        place = [item.id for item in items].index(left.id) + 1
        others = [item for item in (*items[place:], *items[:place]) if item.id != left.id]
        sort = kind_of(left.name, left.media_type)
        alike = [item for item in others if kind_of(item.name, item.media_type) is sort]
        self.choices[0].set_value(str(left.id))
        self.choices[1].set_value(str((alike or others)[0].id))
        self._chosen()

    def _chosen(self, _value: str = "") -> None:
        found = [self._items.get(choice.value()) for choice in self.choices]
        left, right = found
        if left is None or right is None:
            return
        self._banner.clear()
        self._say("evidence.viewer.loading")
        self._job.start(left, right)

    def _show_pictures(self, left: PictureLevels, right: PictureLevels) -> None:
        self._turn_to(self.pictures)
        self.pictures.show_pictures(left, right)

    def _show_lines(self, pairs: tuple[LinePair, ...], cut: bool) -> None:  # noqa: FBT001 - a signal's value
        self.lines.show_pairs(pairs, cut=cut)
        self._turn_to(self.lines)

    def _show_other(self) -> None:
        self._say("viewer.compare.other")

    def _fail(self, error: Exception) -> None:
        self._say("evidence.viewer.failed")
        self._banner.show_error(error)

    def _say(self, key: str) -> None:
        self.notice.say("eye", key)
        self._turn_to(self.notice)

    def _turn_to(self, page: QWidget) -> None:
        self._flicker.setEnabled(page is self.pictures)
        if page is not self.pictures:
            self.pictures.flicker(on=False)
        self._stack.setCurrentWidget(page)
        if page is not self.notice:
            page.setFocus()
