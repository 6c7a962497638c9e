"""What became of bundles that were taken in, in words: what came, what waits or is lacking, what was refused."""

from __future__ import annotations

from desktop.domain.errors import TrustError
from desktop.ui.centre.port import IngestResult
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.bundle_texts import first_problems, note_text
from desktop.ui.shared.widgets.banner import Banner


def tell_taken(kit: Kit, banner: Banner, result: IngestResult) -> None:
    """What the disk or the server refused is in no quarantine: its reason is told here or nowhere."""
    kept = [item for item in result.problems if isinstance(item.error, TrustError)]
    left = [(item.path, item.error) for item in result.problems if item not in kept]
    counts = (("held", result.held), ("conflicts", result.conflicts))
    told = [kit.texts.text(f"centre.ingest.{name}", count=count) for name, count in counts if count]
    told += [note_text(kit, note) for note in result.notes]
    tone = Tone.BAD if left else Tone.WARN if kept or told else Tone.OK
    banner.show_found(
        tone,
        f"centre.ingest.{_outcome(result.bundles, len(kept), len(left))}",
        (*told, *first_problems(kit, left)),
        bundles=result.bundles,
        entries=result.applied,
        cases=len(result.cases),
        blobs=result.blobs,
        refused=len(kept),
    )


def _outcome(bundles: int, kept: int, left: int) -> str:
    """Which sentence tells how it went; no receipt goes out for what was not taken in."""
    if left and not bundles and not kept:
        return "done_none"
    if kept:
        return "done_some" if bundles else "done_kept"
    return "done"
