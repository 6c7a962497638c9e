"""What a bundle would change, before it does; and whether a bundle holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.domain.exchange import VolumeManifest
from desktop.sealing.fingerprint import grouped
from desktop.services.exchange.apply_bundle import is_kept
from desktop.ui.shared.dialogs.bundle_findings import add_counts, add_problems
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.label import Label

if TYPE_CHECKING:
    from desktop.services.exchange.apply_bundle import AppliedBundle, BundleVerdict


class ImportDialog(DialogFrame):
    """``accepted``: take it in."""

    def __init__(self, kit: Kit, parent: QWidget, found: AppliedBundle) -> None:
        super().__init__(kit, parent, "sync.import.title", wide=True)
        self.setObjectName("import_dialog")
        headline = Label(kit, role="strong", wrap=True)
        headline.setObjectName("import_headline")
        headline.set_text(headline_of(kit, found))
        self.body.addWidget(headline)
        add_counts(self, "sync.import", "import", found)
        add_problems(self, found.problems)
        useful, keeps = brings_something(found), any(map(is_kept, found.problems))
        # Where nothing can be taken in or kept there is nothing to cancel either.
        self.add_button(
            "shared.cancel" if useful or keeps else "shared.close", name="import_cancel"
        )
        accept = self.add_button(
            "sync.import.accept" if useful else "sync.import.quarantine",
            variant=Variant.PRIMARY,
            name="import_accept",
        )
        accept.setVisible(useful or keeps)
        self.set_default(accept)
        accept.setFocus()


class VerdictDialog(DialogFrame):
    """Each volume with its sender and contents; then what is wrong with others."""

    def __init__(self, kit: Kit, parent: QWidget, verdict: BundleVerdict) -> None:
        super().__init__(kit, parent, "sync.verdict.title", wide=True)
        self.setObjectName("verdict_dialog")
        headline = Label(kit, role="strong", wrap=True)
        headline.setObjectName("verdict_headline")
        headline.set_key("sync.verdict.good" if verdict.ok else "sync.verdict.bad")
        headline.set_tone(Tone.OK if verdict.ok else Tone.BAD)
        self.body.addWidget(headline)
        for manifest in verdict.manifests:
            line = Label(kit, wrap=True)
            line.set_text(manifest_line(kit, manifest))
            self.body.addWidget(line)
        add_problems(self, verdict.problems)
        self.body.addWidget(Label(kit, "sync.verdict.note", role="small", ink="muted", wrap=True))
        close = self.add_button("shared.close", name="verdict_close")
        self.set_default(close)


def brings_something(found: AppliedBundle) -> bool:
    """Whether taking it in would change anything. A volume of evidence alone holds no entries to count."""
    only_blobs = not found.already and not found.problems
    return bool(found.applied or found.blobs or found.held or only_blobs)


def headline_of(kit: Kit, found: AppliedBundle) -> str:
    """``将更新 3 案：4 条记录、2 条回执、1 条止付反馈``; receipts alone change no case."""
    words = kit.texts
    if not brings_something(found):
        kept = any(map(is_kept, found.problems))
        refused = "refused_kept" if kept else "refused"
        return words.text(f"sync.import.{refused if found.problems else 'nothing'}")
    records = found.applied - found.receipts - found.replies - found.proposals
    counts = (
        ("entries", records), ("receipts", found.receipts), ("replies", found.replies),
        ("proposals", found.proposals), ("blobs", found.blobs),
    )  # fmt: skip
    parts = [words.text(f"sync.import.{name}", count=count) for name, count in counts if count > 0]
    if not parts:
        return words.text("sync.import.only_blobs")
    joined = words.text("sync.import.comma").join(parts)
    if not found.cases:
        return words.text("sync.import.no_case", parts=joined)
    return words.text("sync.import.headline", cases=len(found.cases), parts=joined)


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
