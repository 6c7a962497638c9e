"""Opens two items for comparing: each look is entered in the custody log, decoding goes on beside."""

from __future__ import annotations

from functools import partial
from itertools import islice

from PySide6.QtCore import QObject, Signal

from desktop.domain.evidence.contents import ContentsKind, DecodedContents
from desktop.domain.evidence.item import Evidence
from desktop.domain.progress import Progress
from desktop.domain.text.line_diff import LinePair, line_pairs
from desktop.ui.evidence.case_evidence import CaseEvidence
from desktop.ui.evidence.picture.levels import PictureLevels
from desktop.ui.evidence.viewing.decoders import Decoders
from desktop.ui.evidence.viewing.preview import (
    PictureDetail,
    PicturePreview,
    Preview,
    RecordingPreview,
)
from desktop.ui.evidence.viewing.preview_job import Look
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import Latest
from desktop.ui.shared.kit.translator import Translator

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
