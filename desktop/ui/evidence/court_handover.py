"""What is handed over to prosecutor or court: which items, to whom, why, onto which medium, and the writing of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.domain.evidence.court_handover import (
    CourtHandoverFit,
    CourtHandoverRequest,
    HandedOver,
    fit_of,
)
from desktop.domain.evidence.item import Evidence
from desktop.domain.exchange.volumes import MediumFacts
from desktop.domain.ids import EvidenceId
from desktop.domain.progress import Progress
from desktop.ui.evidence.case_evidence import CaseEvidence
from desktop.ui.shared.dialogs.form_dialog import (
    STRETCH,
    FilledForm,
    Form,
    FormDialog,
    FormText,
    Input,
    Rows,
    shown_text,
    tick,
)
from desktop.ui.shared.dialogs.one_work import OneWork
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.quantities import size_text
from desktop.ui.shared.widgets.input.drives import Drives, SystemDrives
from desktop.ui.shared.widgets.input.target_combo import TargetCombo
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.tables.rows_model import Keeps, RowsModel, TableColumn
from desktop.ui.shared.widgets.tables.table import Table

_NAMED: Final = 3

AskMedium = Callable[[Path], MediumFacts]


class MediumFit(QObject):
    """``changed``: another answer stands in ``banner``. The medium is asked off the window: a stick may not answer."""

    changed = Signal()

    def __init__(self, kit: Kit, ask: AskMedium) -> None:
        super().__init__()
        self._kit = kit
        self._ask = ask
        self.banner = Banner(kit, "hand_over_fit")
        self._folder: Path | None = None
        self._medium: MediumFacts | None = None
        self._items: tuple[Evidence, ...] = ()

    @property
    def allows(self) -> bool:
        """Whether nothing is known to stand in the way; the writer looks again by itself."""
        return self._medium is None or self._fit(self._medium).fits

    @property
    def too_long(self) -> frozenset[EvidenceId]:
        """The chosen items that the medium does not take."""
        if self._medium is None:
            return frozenset()
        return frozenset(self._items[at].id for at in self._fit(self._medium).too_long)

    def aim(self, folder: Path | None) -> None:
        """Another target was chosen."""
        if folder == self._folder:
            return
        self._folder, self._medium = folder, None
        self._show()
        if folder is not None:
            self._kit.runner.start(
                "files", _MediumQuery(self._ask, folder), self._known, self._unknown
            )

    def choose(self, items: Sequence[Evidence]) -> None:
        """Other items are to go."""
        self._items = tuple(items)
        self._show()

    def _known(self, found: tuple[Path, MediumFacts]) -> None:
        folder, medium = found
        if folder == self._folder:
            self._medium = medium
            self._show()
            self.changed.emit()

    def _unknown(self, error: Exception) -> None:
        self.banner.show_error(error)

    def _fit(self, medium: MediumFacts) -> CourtHandoverFit:
        return fit_of(medium, [item.size for item in self._items])

    def _show(self) -> None:
        fit = self._fit(self._medium) if self._medium is not None else None
        if fit is None or fit.fits:
            self.banner.clear()
            return
        self.banner.show_lines(Tone.BAD, partial(self._lines, fit))

    def _lines(self, fit: CourtHandoverFit) -> tuple[str, str]:
        """Why it does not fit, and what to do."""
        texts = self._kit.texts
        if fit.too_long:
            long = [self._items[at] for at in fit.too_long]
            named = texts.text("extraction.comma").join(
                texts.text(
                    "court_handover.long_item", name=item.name, size=size_text(texts, item.size)
                )
                for item in long[:_NAMED]
            )
            most = size_text(texts, fit.medium.largest_file or 0)
            what = texts.text(
                "court_handover.too_long",
                count=len(long),
                file_system=fit.medium.file_system,
                most=most,
                names=named,
            )
            return what, texts.text("court_handover.too_long_do")
        need, free = size_text(texts, fit.need), size_text(texts, fit.medium.free)
        what = texts.text("court_handover.no_room", need=need, free=free)
        return what, texts.text("court_handover.no_room_do")


class _MediumQuery:
    """Asks a medium on a worker."""

    def __init__(self, ask: AskMedium, folder: Path) -> None:
        self._of, self._folder = ask, folder

    def __call__(self, _progress: Progress) -> tuple[Path, MediumFacts]:
        return self._folder, self._of(self._folder)


_WIDTHS: Final = {"mark": 76, "number": 64, "size": 110, "method": 130}
_HIGH: Final = 230


class CourtHandoverDialog(FormDialog):
    """``given((CourtHandoverRequest, Path))``: write the chosen items below that folder. Space leaves an item out."""

    def __init__(
        self,
        kit: Kit,
        parent: QWidget,
        items: Sequence[Evidence],
        drives: Drives,
        ask_medium: AskMedium,
    ) -> None:
        self._items = tuple(items)
        self._chosen = {item.id for item in items}
        self._count = shown_text(kit, FormText(name="hand_over_count", role="label", wrap=False))
        self._list(kit)
        self.target = TargetCombo(kit, drives, "hand_over_target")
        self.fit = MediumFit(kit, ask_medium)
        rows: Rows = (
            FormText("court_handover.what"),
            (
                Input(
                    "receiver", "court_handover.receiver", needed=True,
                    placeholder="court_handover.receiver_example",
                ),
                Input(
                    "reason", "court_handover.reason", needed=True,
                    placeholder="court_handover.reason_example",
                ),
            ),
            self._count,
            self.table,
            FormText("court_handover.keys", role="hint", wrap=False),
            (Input("md5", "court_handover.md5", tick, share=0), STRETCH, self.target),
            self.fit.banner,
        )  # fmt: skip
        form = Form(
            "hand_over", "court_handover.title", "court_handover.do", rows,
            width="dialog_width_wide", closes=True, accept_name="do",
        )  # fmt: skip
        super().__init__(kit, parent, form)
        self.fit.setParent(self)  # ends with the dialog: a slow medium may answer later
        self.target.target_changed.connect(self._aim)
        self.fit.changed.connect(self._show)
        self.target.refresh()
        self._show()

    def judge(self, changed: object = None) -> None:
        """It also needs items and a medium that takes them."""
        super().judge(changed)
        placed = self.target.target() is not None and self.fit.allows
        complete = self.accept_button.isEnabled()
        self.accept_button.setEnabled(complete and bool(self._chosen) and placed)

    def outcome(self, filled: FilledForm) -> tuple[CourtHandoverRequest, Path]:
        """What is wanted, and where."""
        every = len(self._chosen) == len(self._items)
        chosen = None if every else frozenset(self._chosen)
        wish = CourtHandoverRequest(
            chosen, filled["receiver"], filled["reason"], filled.ticked("md5")
        )
        return wish, Path(self.target.target() or "")

    def _list(self, kit: Kit) -> None:
        columns: tuple[TableColumn[Evidence], ...] = (
            TableColumn(
                "mark", "court_handover.column.mark", self._mark, chip=True, tone=self._tone
            ),
            TableColumn("number", "court_handover.column.number", self._number, align_right=True),
            TableColumn("name", "court_handover.column.name", _name, keeps=Keeps.END),
            TableColumn("method", "court_handover.column.method", self._method),
            TableColumn("size", "court_handover.column.size", self._size, align_right=True),
        )
        self.model = RowsModel[Evidence](kit, columns, _key)
        self.table = Table[Evidence](kit, self.model, "hand_over_items")
        self.table.set_widths(_WIDTHS, stretch="name")
        self.table.setFixedHeight(_HIGH)
        kit.texts.bind(self.table.setAccessibleName, "court_handover.column.name")
        self.table.activated_row.connect(self._toggle)
        space = QShortcut(QKeySequence(Qt.Key.Key_Space), self.table)
        space.setContext(Qt.ShortcutContext.WidgetShortcut)
        space.activated.connect(self._toggle_current)

    def _aim(self) -> None:
        self.fit.aim(self.target.target())
        self.judge()

    def _toggle_current(self) -> None:
        item = self.table.selected()
        if item is not None:
            self._toggle(item)

    def _toggle(self, item: Evidence) -> None:
        self._chosen ^= {item.id}
        self._show()
        self.table.select_key(item.id)

    def _show(self) -> None:
        current = self.table.selected()
        self.fit.choose([item for item in self._items if item.id in self._chosen])
        self.model.set_rows(())
        self.model.set_rows(self._items)
        if current is not None:
            self.table.select_key(current.id)
        chosen = [item for item in self._items if item.id in self._chosen]
        size = size_text(self.kit.texts, sum(item.size for item in chosen))
        self._count.set_key(
            "court_handover.count", chosen=len(chosen), count=len(self._items), size=size
        )
        self.judge()

    def _mark(self, item: Evidence) -> str:
        if item.id in self.fit.too_long:
            return self.kit.texts.text("court_handover.long")
        key = "chosen" if item.id in self._chosen else "left"
        return self.kit.texts.text(f"court_handover.{key}")

    def _tone(self, item: Evidence) -> Tone:
        if item.id in self.fit.too_long:
            return Tone.BAD
        return Tone.OK if item.id in self._chosen else Tone.NEUTRAL

    def _number(self, item: Evidence) -> str:
        return str(self._items.index(item) + 1)

    def _method(self, item: Evidence) -> str:
        return self.kit.texts.text(f"evidence.method.{item.method.value}")

    def _size(self, item: Evidence) -> str:
        return size_text(self.kit.texts, item.size)


def _key(item: Evidence) -> EvidenceId:
    return item.id


def _name(item: Evidence) -> str:
    return item.name


class CourtHandoverFlow(QObject):
    """One at a time; ``done``: the logs say so. Where it lies, or what went wrong, stands in ``banner``."""

    done = Signal()

    def __init__(
        self,
        kit: Kit,
        window: QWidget,
        banner: Banner,
        evidence: CaseEvidence,
        work: OneWork,
    ) -> None:
        super().__init__(window)
        self._kit = kit
        self._window = window
        self._banner = banner
        self._evidence = evidence
        self._work = work
        self._drives = SystemDrives()

    def ask(self, items: Sequence[Evidence]) -> None:
        """Open the dialog, unless one is being written already."""
        if self._work.busy or not items:
            return
        dialog = CourtHandoverDialog(
            self._kit, self._window, items, self._drives, self._evidence.medium
        )
        dialog.given.connect(self._begin)
        dialog.open()

    def _begin(self, wanted: tuple[CourtHandoverRequest, Path]) -> None:
        wish, folder = wanted
        work = partial(_hand_over, self._evidence, folder, wish)
        self._work.start("evidence.work.hand_over", work, self._done, self._failed)

    def _done(self, handed: HandedOver) -> None:
        self._banner.show_key(
            Tone.OK,
            "court_handover.done",
            count=len(handed.files),
            folder=str(handed.folder),
            fingerprint=handed.fingerprint,
        )
        self.done.emit()

    def _failed(self, error: Exception) -> None:
        self._banner.show_error(error)


def _hand_over(
    evidence: CaseEvidence, folder: Path, wish: CourtHandoverRequest, progress: Progress
) -> HandedOver:
    return evidence.hand_over_to_court(folder, wish, progress)
