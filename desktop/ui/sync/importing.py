"""Bundles that come back: looked at first, taken in when the officer agrees; or only checked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.exchange.volumes import VolumeManifest
from desktop.sealing.fingerprint import grouped
from desktop.services.exchange.peers.trust import peers
from desktop.services.exchange.take_in.apply_bundle import (
    AppliedBundle,
    BundleVerdict,
    apply_bundle,
    is_quarantined,
    release_quarantine,
    verify_bundle,
)
from desktop.services.ports.exchange.quarantine import Quarantined
from desktop.services.session import Session
from desktop.ui.shared.dialogs.bundle_findings import finding_rows, problem_rows
from desktop.ui.shared.dialogs.dialog_frame import is_open
from desktop.ui.shared.dialogs.form_dialog import Form, FormDialog, FormText, Rows
from desktop.ui.shared.dialogs.taking_in import Paths, TakingIn
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.trust.quarantine_list import QuarantineList
from desktop.ui.shared.widgets.pages.work_card import WorkCard


class ImportDialog(FormDialog):
    """``accepted``: take it in."""

    def __init__(self, kit: Kit, parent: QWidget, found: AppliedBundle) -> None:
        useful, keeps = brings_something(found), any(map(is_quarantined, found.problems))
        headline = headline_of(kit, found)
        rows: Rows = (
            FormText(text=headline, name="import_headline", role="strong", ink=""),
            *finding_rows(kit, "sync.import", "import", found),
            *problem_rows(kit, found.problems),
        )
        form = Form(
            "import", "sync.import.title",
            "sync.import.accept" if useful else "sync.import.quarantine", rows,
            width="dialog_width_wide", closes=True,
            # Where nothing can be taken in or kept there is nothing to cancel either.
            back="shared.cancel" if useful or keeps else "shared.close",
        )  # fmt: skip
        super().__init__(kit, parent, form)
        self.offer(offered=useful or keeps)


class VerdictDialog(FormDialog):
    """Each volume with its sender and contents; then what is wrong with others."""

    def __init__(self, kit: Kit, parent: QWidget, verdict: BundleVerdict) -> None:
        words, tone = ("good", Tone.OK) if verdict.ok else ("bad", Tone.BAD)
        rows: Rows = (
            FormText(
                f"sync.verdict.{words}", name="verdict_headline", role="strong", ink=tone.value
            ),
            *(FormText(text=manifest_line(kit, one), ink="") for one in verdict.manifests),
            *problem_rows(kit, verdict.problems),
            FormText("sync.verdict.note", role="small"),
        )
        form = Form(
            "verdict", "sync.verdict.title", "", rows, width="dialog_width_wide",
            back="shared.close", back_name="close",
        )  # fmt: skip
        super().__init__(kit, parent, form)


def brings_something(found: AppliedBundle) -> bool:
    """Whether taking it in would change anything. A volume of evidence alone holds no entries to count."""
    only_blobs = not found.already and not found.problems
    return bool(found.applied or found.blobs or found.held or only_blobs)


def headline_of(kit: Kit, found: AppliedBundle) -> str:
    """``将更新 3 案：4 条记录、2 条回执、1 条止付反馈``; receipts alone change no case."""
    texts = kit.texts
    if not brings_something(found):
        stored = any(map(is_quarantined, found.problems))
        refused = "refused_kept" if stored else "refused"
        return texts.text(f"sync.import.{refused if found.problems else 'nothing'}")
    records = found.applied - found.receipts - found.replies - found.proposals
    counts = (
        ("entries", records), ("receipts", found.receipts), ("replies", found.replies),
        ("proposals", found.proposals), ("blobs", found.blobs),
    )  # fmt: skip
    parts = [texts.text(f"sync.import.{name}", count=count) for name, count in counts if count > 0]
    if not parts:
        return texts.text("sync.import.only_blobs")
    joined = texts.text("sync.import.comma").join(parts)
    if not found.cases:
        return texts.text("sync.import.no_case", parts=joined)
    return texts.text("sync.import.headline", cases=len(found.cases), parts=joined)


def manifest_line(kit: Kit, manifest: VolumeManifest) -> str:
    """``A-000213 第 1/2 卷 · 张掖路所 · 记录 214 · 证据 46``."""
    return kit.texts.text(
        "sync.verdict.volume",
        number=manifest.number,
        volume=manifest.volume,
        volumes=manifest.volumes,
        sender=manifest.sender.unit_name,
        fingerprint=grouped(manifest.sender.device),
        entries=manifest.entries,
        blobs=len(manifest.blobs),
    )


_ROWS = 7


class QuarantineDialog(FormDialog):
    """``accepted``: try again to take in what may pass by now."""

    def __init__(
        self, kit: Kit, parent: QWidget, rows: tuple[Quarantined, ...], units: Mapping[str, str]
    ) -> None:
        listed = QuarantineList(kit)
        listed.table.setFixedHeight(_ROWS * kit.theme.space("table_row"))
        listed.show_rows(rows, units)
        form = Form(
            "quarantine", "trust.quarantine.title", "sync.quarantine.release",
            (FormText("sync.quarantine.what"), listed), width="dialog_width_wide", closes=True,
            accept_name="release", back="shared.close", back_name="close",
        )  # fmt: skip
        super().__init__(kit, parent, form)
        listed.table.setFocus()


class Importing(TakingIn):
    """``done(AppliedBundle)``; ``released(AppliedBundle)`` after the quarantine was tried again."""

    released = Signal(object)

    def __init__(self, kit: Kit, session: Session, page: QWidget, work: WorkCard) -> None:
        super().__init__(
            kit, page, work, "sync.import", partial(apply_bundle, session), ImportDialog
        )
        self._session = session
        self._refused: QuarantineDialog | None = None

    def choose_import(self) -> None:
        """Ask for bundles to take in."""
        self.choose("sync.import.choose", self.look_into)

    def choose_verify(self) -> None:
        """Ask for bundles to check."""
        self.choose("sync.verdict.choose", self.check)

    def open_quarantine(self) -> None:
        """Show what was refused, and offer to try it again."""
        work = work_of(_refused, self._session)
        self._kit.runner.start("db", work, self._show_refused, self._not_read)

    def _not_read(self, error: Exception) -> None:
        self.failed.emit(error)

    def _show_refused(self, read: tuple[tuple[Quarantined, ...], dict[str, str]]) -> None:
        if is_open(self._refused):
            return
        self._refused = QuarantineDialog(self._kit, self._page, *read)
        self._refused.accepted.connect(self._release)
        self._refused.open()

    def _release(self) -> None:
        work = partial(release_quarantine, self._session)
        self.change("sync.import.releasing", work, self.released.emit)

    def check(self, paths: Paths) -> None:
        """Check volumes; nothing is changed."""
        work = partial(verify_bundle, self._session, paths)
        self.begin("sync.verdict.checking", work, self._tell)

    def _tell(self, verdict: BundleVerdict) -> None:
        VerdictDialog(self._kit, self._page, verdict).open()


def _refused(session: Session) -> tuple[tuple[Quarantined, ...], dict[str, str]]:
    """What lies in quarantine, and how the units that are known are called."""
    units = {peer.card.unit_code: peer.card.unit_name for peer in peers(session)}
    return session.quarantine.rows(), units
