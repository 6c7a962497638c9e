"""What only this desk has, where to carry it, and how the writing goes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.domain.exchange.delivery import Delivery
from desktop.domain.exchange.volumes import Pending
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.delivery_texts import counted
from desktop.ui.shared.text.moment_text import moment
from desktop.ui.shared.text.quantities import size_text
from desktop.ui.shared.widgets.input.button import Button, Size, Variant
from desktop.ui.shared.widgets.input.drives import Drive, Drives
from desktop.ui.shared.widgets.input.target_combo import TargetCombo
from desktop.ui.shared.widgets.layout.card import Card, Column, Row
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.pages.progress_row import ProgressRow
from desktop.ui.shared.widgets.texts.label import ElidedLabel, Label
from desktop.ui.sync.exporting import TO_CENTRE, Exporting, ExportTarget

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


if TYPE_CHECKING:
    from desktop.services.exchange.export.export_bundle import Exported


_COUNTED = ("entries", "files")


class _Figure(QWidget):
    """A large number with its unit beside it."""

    def __init__(self, kit: Kit, name: str) -> None:
        super().__init__()
        row = Row(kit, self, gap="space_xs")
        self.number = Label(kit, role="figure_large")
        self.number.setObjectName(name)
        self.unit = Label(kit, role="body", ink="muted")
        row.addWidget(self.number)
        unit = Column(kit)
        unit.addStretch(1)
        unit.addWidget(self.unit)
        unit.addSpacing(kit.theme.space("space_xs"))
        row.addLayout(unit)


class ExportCard(Card):
    """``export`` is allowed while something is pending and a target is chosen. ``allowed``: that was looked at anew."""

    exported = Signal(object)
    allowed = Signal()

    def __init__(self, kit: Kit, drives: Drives, exporting: Exporting, export: Action) -> None:
        super().__init__(kit)
        self._kit = kit
        self._exporting, self._action = exporting, export
        self._pending: Pending | None = None
        self._to_write = 0
        self._delivery: Delivery | None = None
        self._lent_to: QWidget | None = None
        self._figures = [_Figure(kit, f"sync_{name}") for name in ("cases", "entries", "size")]
        self.target = TargetCombo(kit, drives, "sync_target")
        self._details = Label(kit, role="small", ink="muted", wrap=True)
        self._details.setObjectName("sync_details")
        self._stages = [Label(kit, role="small", ink="muted", wrap=True) for _ in _COUNTED]
        for what, label in zip(_COUNTED, self._stages, strict=True):
            label.setObjectName(f"sync_stages_{what}")
        self._space = Label(kit, role="small", ink="amber", wrap=True)
        self._space.setObjectName("sync_space")
        self._volumes = VolumeList(kit)
        self._progress = ProgressRow(kit, "bytes", name="sync_progress")
        self._banner = Banner(kit, "sync_export_banner")
        self._note = Label(kit, "sync.note", role="small", ink="muted", wrap=True)
        self._drives = drives
        self._written: Drive | None = None
        """Where the last export went: another drive may be chosen by the time it is let go."""
        self._eject = Button(kit, "sync.eject", size=Size.COMPACT, name="sync_eject")
        self._eject.clicked.connect(self._let_go)
        self._build(export)
        self.target.target_changed.connect(self._allow)
        exporting.changed.connect(self._follow)
        exporting.advanced.connect(self._advance)
        exporting.finished.connect(self._finish)
        exporting.failed.connect(self._fail)
        self._progress.cancelled.connect(exporting.cancel)
        kit.texts.changed.connect(self._show)
        self._note.hide()
        self._space.hide()
        self._allow()

    def show_pending(
        self, pending: Pending, centre: str, delivery: Delivery | None, *, to_write: int
    ) -> None:
        """Show what ``centre`` lacks, and how far everything else has got. ``to_write``: bytes of evidence that
        the next export has to find room for."""
        self._pending = pending
        self._to_write = to_write
        self._delivery = delivery
        self.set_title("sync.pending_title", centre=centre)
        self._show()

    def begin(self, receiver: ExportTarget = TO_CENTRE) -> None:
        """Write to the chosen target, for the centre or a desk of the station."""
        folder = self.target.target()
        if folder is None:
            self._banner.show_key(Tone.WARN, "sync.choose_target")
            return
        if self._exporting.running:
            return
        self._banner.clear()
        self._eject.hide()
        self._written = self.target.drive()
        self._exporting.start(folder, receiver, self.target.guarded)

    def forget(self) -> None:
        """What was written last is no news any more: a receipt for it may be here by now."""
        if not self._exporting.running:
            self._exporting.forget()
            self._banner.clear()

    @property
    def ready(self) -> bool:
        """Whether there is a place to write to, and nothing being written."""
        return not self._exporting.running and self.target.target() is not None

    def _let_go(self) -> None:
        if self._written is not None:
            self._eject.setEnabled(False)
            work = work_of(self._drives.eject, self._written)
            self._kit.runner.start("files", work, self._gone, self._fail)

    def _gone(self, done: object) -> None:
        self._eject.setEnabled(True)
        set_shown(self._eject, shown=not done)
        key = "sync.ejected" if done else "sync.not_ejected"
        self._banner.show_key(Tone.OK if done else Tone.WARN, key)
        self.target.refresh()

    def _build(self, export: Action) -> None:
        row = Row(self._kit, gap="space_l")
        for figure in self._figures:
            row.addWidget(figure)
        row.addStretch(1)
        side = Row(self._kit)
        side.addWidget(self.target)
        button = Button.of(self._kit, export, variant=Variant.PRIMARY, name="sync_export")
        side.addWidget(button)
        row.addLayout(side)
        self.body.addLayout(row)
        below = (
            self._details, *self._stages, self._space, self._banner, self._volumes, self._progress, self._note,
        )  # fmt: skip
        for widget in below:
            self.body.addWidget(widget)
        row = Row(self._kit)
        row.addWidget(self._eject)
        row.addStretch(1)
        self.body.addLayout(row)
        self._eject.hide()

    def _show(self) -> None:
        pending = self._pending
        if pending is None:
            return
        texts = self._kit.texts
        number, _, unit = size_text(texts, pending.size).partition(" ")
        shown = (
            (str(pending.cases), texts.text("sync.unit.cases", count=pending.cases)),
            (str(pending.entries), texts.text("sync.unit.entries", count=pending.entries)),
            (number, unit),
        )
        for figure, (value, name) in zip(self._figures, shown, strict=True):
            figure.number.set_text(value)
            figure.unit.set_text(name)
        self._details.set_text(self._details_text(pending))
        self._show_stages()
        self._follow()
        self._allow()

    def _show_stages(self) -> None:
        delivery = self._delivery
        counts = (delivery.entries, delivery.files) if delivery is not None else ({}, {})
        for what, label, stages in zip(_COUNTED, self._stages, counts, strict=True):
            label.set_text(counted(self._kit, what, stages))
            label.setVisible(bool(sum(stages.values())))

    def _details_text(self, pending: Pending) -> str:
        texts = self._kit.texts
        parts = []
        if not (pending.entries or pending.blobs or pending.quiet):
            parts.append(texts.text("sync.all_there"))
        elif pending.traces:
            parts.append(texts.text("sync.only_traces", count=pending.quiet))
        else:
            parts.append(texts.text("sync.details", orders=pending.orders, blobs=pending.blobs))
        receipt = pending.last_receipt_at
        if receipt is None:
            parts.append(texts.text("sync.no_receipt"))
        else:
            parts.append(texts.text("sync.last_receipt", time=moment(self._kit, receipt)))
        return " · ".join(parts)

    def _allow(self) -> None:
        pending, free = self._pending, self.target.free()
        something = pending is not None and bool(pending.entries or pending.blobs or pending.quiet)
        running = self._exporting.running
        self._action.set_enabled(enabled=something and self.ready)
        self._lend_keyboard(running=running)
        small = free is not None and free < self._to_write and not running
        self._space.setVisible(small)
        if free is not None and small:
            texts = self._kit.texts
            need = size_text(texts, self._to_write)
            self._space.set_key("sync.too_small", free=size_text(texts, free), need=need)
        self.allowed.emit()

    def _lend_keyboard(self, *, running: bool) -> None:
        """A field that is shut hands the keyboard on: it gets it back when nobody has moved it meanwhile, so that Enter
        does not press whatever comes next."""
        window, had_it = self.window(), self.window().focusWidget() is self.target
        self.target.setEnabled(not running)
        if running and had_it:
            self._lent_to = window.focusWidget()
        elif not running and self._lent_to is not None:
            if window.focusWidget() is self._lent_to:
                self.target.setFocus()
            self._lent_to = None

    def _follow(self) -> None:
        exporting = self._exporting
        if exporting.running:
            if self._progress.isHidden():
                self._progress.begin("sync.writing")
        else:
            self._allow()  # before what holds the keyboard meanwhile is hidden
            self._progress.finish()
        lines = volume_lines(exporting.sizes, exporting.volumes)
        self._volumes.show_lines(lines if exporting.running or exporting.sizes else ())
        self._note.setVisible(exporting.running)
        self._allow()

    def _advance(self, done: int, total: int) -> None:
        """Each volume is written in the first half and read back in the second."""
        reading = bool(total) and done * 2 >= total
        self._progress.title.set_key("sync.reading_back" if reading else "sync.writing")
        self._progress.advance(done, total)

    def _finish(self, exported: Exported) -> None:
        self._follow()
        self._banner.show_key(
            Tone.WARN if exported.skipped or exported.left else Tone.OK,
            _done_key(exported),
            left=exported.left,
            need=size_text(self._kit.texts, exported.room),
            carried=exported.carried,
            sticks=self._sticks_text(exported.media),
            number=exported.number,
            volumes=len(exported.volumes),
            skipped=len(exported.skipped),
            folder=str(exported.folder),
        )
        self._eject.setVisible(self._written is not None and bool(self._written.device))
        self.exported.emit(exported)

    def _sticks_text(self, names: tuple[str, ...]) -> str:
        texts = self._kit.texts
        joined = texts.text("sync.comma").join(names)
        return texts.text("sync.sticks", names=joined) if names else ""

    def _whole_text(self, volumes: int) -> str:
        return self._kit.texts.text("sync.whole", volumes=volumes) if volumes else ""

    def _fail(self, error: Exception) -> None:
        self._follow()
        done = self._exporting.whole_before_failure
        self._banner.show_error(error, partial(self._whole_text, done))
        if (
            self._banner.isHidden() and done
        ):  # stopped by the person, with whole volumes on the medium
            self._banner.show_key(Tone.INFO, "sync.stopped", volumes=done)


def _done_key(exported: Exported) -> str:
    """The most urgent of what there is to say."""
    if exported.left:
        return "sync.done_left"
    if exported.skipped:
        return "sync.done_skipped"
    return "sync.done_carried" if exported.carried else "sync.done"
