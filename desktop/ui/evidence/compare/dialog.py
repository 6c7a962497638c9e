"""Two items of a case side by side: pictures with one zoom, everything else line by line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.evidence.item import Evidence
from desktop.domain.line_diff import LinePair
from desktop.ui.evidence.compare.lines_pair import LinesPair
from desktop.ui.evidence.compare.pair_job import PairJob
from desktop.ui.evidence.compare.pictures_pair import PicturesPair
from desktop.ui.evidence.kinds import kind_of
from desktop.ui.evidence.picture.levels import PictureLevels
from desktop.ui.evidence.port import Decoders, EvidencePort
from desktop.ui.evidence.viewer_pages import NoticePage
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.banner import Banner
from desktop.ui.shared.widgets.card import Row
from desktop.ui.shared.widgets.fields import ComboField
from desktop.ui.shared.widgets.line_edit import Option


class CompareEvidenceDialog(DialogFrame):
    """``items`` of the case; the first two chosen are ``left`` and the next after it that is of its sort."""

    def __init__(
        self,
        kit: Kit,
        parent: QWidget,
        port: EvidencePort,
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
        self._job = PairJob(kit, port, decoders, self)
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
