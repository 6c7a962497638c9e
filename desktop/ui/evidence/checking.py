"""Verification and copies: long reads of the vault with progress and a way to stop."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import TrustError, WorldError
from desktop.domain.evidence.item import Evidence
from desktop.domain.ids import EvidenceId
from desktop.domain.progress import Progress
from desktop.runtime.files.atomic_file import disk_errors, open_atomic, require_space, size_text
from desktop.runtime.media.medium_facts import medium_facts
from desktop.ui.evidence.case_evidence import CaseEvidence
from desktop.ui.evidence.work_strip import WorkStrip
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.file_chooser import choose_target
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.pages.toast import toast

_CHUNK = 1024 * 1024


def save_copy(evidence: CaseEvidence, item: Evidence, target: Path, progress: Progress) -> Path:
    """Copy the content to ``target``, wholly or not at all; the look is recorded in the custody log.

    Raises:
        WorldError: ``disk.not_enough``, ``disk.file_limit``, before anything is written; disk full, no permission,
            medium gone.
        TrustError: ``vault.damaged``, the content is not what its digest says.
    """
    _require_room(target.parent, item.size)
    digest, done = hashlib.sha256(), 0
    with evidence.open(item.id) as source, open_atomic(target) as copy:
        while block := source.read(_CHUNK):
            progress.check()
            digest.update(block)
            copy.write(block)
            done += len(block)
            progress.advance(done, item.size)
        if digest.hexdigest() != item.sha256:
            raise TrustError("vault.damaged")
    return target


def _require_room(folder: Path, size: int) -> None:
    with disk_errors():
        facts = medium_facts(folder)
    if facts.largest_file is not None and size > facts.largest_file:
        raise WorldError(
            "disk.file_limit",
            file_system=facts.file_system,
            most=size_text(facts.largest_file),
            size=size_text(size),
        )
    require_space(folder, size)


@dataclass(frozen=True, slots=True)
class IntegrityOutcome:
    """Which items were read and which of them are damaged."""

    checked: tuple[EvidenceId, ...]
    bad: frozenset[EvidenceId]


class Checking(QObject):
    """One verification and one copy at a time; asking again meanwhile changes nothing. Damage and what went wrong
    stand in ``banner``."""

    verified = Signal(object)
    """An ``Outcome``."""
    copied = Signal()

    def __init__(
        self, kit: Kit, pane: QWidget, banner: Banner, evidence: CaseEvidence, strip: WorkStrip
    ) -> None:
        super().__init__(pane)
        self._kit = kit
        self._pane = pane
        self._banner = banner
        self._evidence = evidence
        self._strip = strip

    def verify(self, items: tuple[Evidence, ...], *, whole: bool) -> None:
        """Read ``items`` and compare; ``whole``: they are all the case has."""
        if items:
            work = partial(_verify, self._evidence, items, None if whole else items[0].id)
            self._strip.verify.start(
                "evidence.work.verify", work, self._verified, self._failed, count=len(items)
            )

    def copy(self, item: Evidence) -> None:
        """Ask where to, then write a plain copy."""
        chosen = partial(self._copy_to, item)
        choose_target(self._kit, self._pane, "evidence.copy_title", item.name, chosen)

    def _copy_to(self, item: Evidence, targets: tuple[Path, ...]) -> None:
        if targets:
            work = partial(save_copy, self._evidence, item, targets[0])
            self._strip.copy.start("evidence.work.copy", work, self._copied, self._failed)

    def _verified(self, outcome: IntegrityOutcome) -> None:
        if outcome.bad:
            self._banner.show_key(Tone.BAD, "evidence.mismatch", count=len(outcome.bad))
        else:
            self._banner.clear()
            toast(self._kit, self._pane, "evidence.all_good", count=len(outcome.checked))
        self.verified.emit(outcome)

    def _copied(self, _target: Path) -> None:
        toast(self._kit, self._pane, "evidence.copied")
        self.copied.emit()

    def _failed(self, error: Exception) -> None:
        self._banner.show_error(error)


def _verify(
    evidence: CaseEvidence,
    items: tuple[Evidence, ...],
    only: EvidenceId | None,
    progress: Progress,
) -> IntegrityOutcome:
    bad = evidence.verify(only, progress)
    return IntegrityOutcome(tuple(item.id for item in items), frozenset(bad))
