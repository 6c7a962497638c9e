"""Whether what is to be handed over fits the chosen medium, told before anybody presses the button."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from desktop.domain.evidence.court_handover import CourtHandoverFit, fit_of
from desktop.domain.evidence.item import Evidence
from desktop.domain.exchange import MediumFacts
from desktop.domain.ids import EvidenceId
from desktop.domain.progress import Progress
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.quantities import size_text
from desktop.ui.shared.widgets.banner import Banner

_NAMED: Final = 3

AskMedium = Callable[[Path], MediumFacts]


class MediumFit(QObject):
    """``changed``: another answer stands in ``banner``. The medium is asked off the window: a stick may not answer."""

    changed = Signal()

    def __init__(self, kit: Kit, owner: QObject, ask: AskMedium) -> None:
        super().__init__(owner)
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
        words = self._kit.texts
        if fit.too_long:
            long = [self._items[at] for at in fit.too_long]
            named = words.text("reading.comma").join(
                words.text("hand_over.long_item", name=item.name, size=size_text(words, item.size))
                for item in long[:_NAMED]
            )
            most = size_text(words, fit.medium.largest_file or 0)
            what = words.text(
                "hand_over.too_long",
                count=len(long),
                file_system=fit.medium.file_system,
                most=most,
                names=named,
            )
            self.banner.show_text(Tone.BAD, what, words.text("hand_over.too_long_do"))
            return
        need, free = size_text(words, fit.need), size_text(words, fit.medium.free)
        what = words.text("hand_over.no_room", need=need, free=free)
        self.banner.show_text(Tone.BAD, what, words.text("hand_over.no_room_do"))


class _MediumQuery:
    """Asks a medium on a worker."""

    def __init__(self, ask: AskMedium, folder: Path) -> None:
        self._of, self._folder = ask, folder

    def __call__(self, _progress: Progress) -> tuple[Path, MediumFacts]:
        return self._folder, self._of(self._folder)
