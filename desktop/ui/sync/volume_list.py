"""The volumes of a running export, one line each; many finished ones share a line."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.quantities import size_text
from desktop.ui.shared.widgets.label import ElidedLabel, Label

_LINES = 3


@dataclass(frozen=True, slots=True)
class VolumeLine:
    """What one line says: catalogue keys with parameters."""

    title_key: str
    status_key: str
    tone: Tone
    first: int
    last: int
    size: int = 0


def volume_lines(sizes: tuple[int, ...], volumes: int) -> tuple[VolumeLine, ...]:
    """Lines for an export of which ``sizes`` are written and verified, of ``volumes`` in all (0: not known yet).

    Volume 1 always has its own line, because it is acted on first; then the finished ones together, then the one
    being written.
    """
    lines = []
    if sizes:
        lines.append(_done("sync.volume.first", 1, 1, sizes[0]))
    if len(sizes) > 1:
        key = "sync.volume.evidence" if len(sizes) == 2 else "sync.volume.several"
        lines.append(_done(key, 2, len(sizes), sum(sizes[1:])))
    writing = len(sizes) + 1
    if not volumes or writing <= volumes:
        key = "sync.volume.first" if writing == 1 else "sync.volume.evidence"
        lines.append(VolumeLine(key, "sync.volume.writing", Tone.INFO, writing, writing))
    return tuple(lines)


def _done(key: str, first: int, last: int, size: int) -> VolumeLine:
    return VolumeLine(key, "sync.volume.verified", Tone.OK, first, last, size)


class VolumeList(QWidget):
    """Hidden until it is shown lines."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.setObjectName("sync_volumes")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(kit.theme.space("space_xs"))
        grid.setColumnStretch(0, 1)
        self._labels: list[tuple[ElidedLabel, Label]] = []
        for row in range(_LINES):
            title = ElidedLabel(kit)
            title.setObjectName(f"sync_volume_{row}")
            status = Label(kit)
            status.setAlignment(Qt.AlignmentFlag.AlignRight)
            status.setObjectName(f"sync_volume_status_{row}")
            grid.addWidget(title, row, 0)
            grid.addWidget(status, row, 1)
            self._labels.append((title, status))
        self.show_lines(())

    def show_lines(self, lines: tuple[VolumeLine, ...]) -> None:
        """Show them; none hides the list."""
        for row, (title, status) in enumerate(self._labels):
            shown = row < len(lines)
            set_shown(title, shown=shown)
            set_shown(status, shown=shown)
            if shown:
                self._show(title, status, lines[row])
        set_shown(self, shown=bool(lines))

    def _show(self, title: ElidedLabel, status: Label, line: VolumeLine) -> None:
        title.set_key(line.title_key, first=line.first, last=line.last)
        size = size_text(self._kit.texts, line.size)
        status.set_key(line.status_key, size=size)
        status.set_tone(line.tone)
