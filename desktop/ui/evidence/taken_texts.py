"""Says what came of a batch of evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.domain.errors import AppError, Cancelled
from desktop.ui.evidence.taken import AddedEvidence, DuplicateItem
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.banner import Banner
from desktop.ui.shared.widgets.toast import toast

_OTHERS_ARE_IN: Final = "evidence.some_unreadable"
"""It says itself that all others came in."""
_NUMBERED: Final = 6
"""Items that are named by their numbers; more are a flood nobody reads."""


def show_taken(kit: Kit, pane: QWidget, banner: Banner, taken: AddedEvidence) -> None:
    """What ended it half-way, and what was in the list already, stay in ``banner``; what came in passes as a toast."""
    if taken.failure is not None:
        _show_half(kit, pane, banner, taken, taken.failure)
        return
    if taken.known:
        banner.show_text(
            Tone.INFO, _known_words(kit, taken.known), kit.texts.text("evidence.known.why")
        )
    if taken.new:
        toast(kit, pane, "evidence.taken", count=len(taken.new))


def _show_half(
    kit: Kit, pane: QWidget, banner: Banner, taken: AddedEvidence, failure: AppError
) -> None:
    if failure.code == _OTHERS_ARE_IN:
        banner.show_error(failure)
        toast(kit, pane, "evidence.taken", count=len(taken.new))
        return
    half = kit.texts.text("evidence.half.taken", count=len(taken.new))
    if isinstance(failure, Cancelled):
        banner.show_text(Tone.INFO, kit.texts.text("evidence.half.stopped"), half)
    else:
        banner.show_error(failure, half)


def _known_words(kit: Kit, known: Sequence[DuplicateItem]) -> str:
    if len(known) == 1:
        (one,) = known
        return kit.texts.text("evidence.known.one", name=one.name, number=one.number)
    numbers = kit.texts.text("evidence.known.comma").join(
        str(item.number) for item in known[:_NUMBERED]
    )
    key = "evidence.known.some" if len(known) <= _NUMBERED else "evidence.known.many"
    return kit.texts.text(key, count=len(known), numbers=numbers)
