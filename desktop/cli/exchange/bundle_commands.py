"""``bundle export | verify | apply | watch | status | conflicts | settle | adopt | quarantine | release``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from desktop.bundles.volumes.reader import read_volume
from desktop.cli.cases.conflict_commands import add_conflicts
from desktop.cli.context import CommandContext, CommandOutcome
from desktop.cli.exchange.bundle_rows import (
    applied_outcome,
    folder_there,
    nothing_in_words,
    problem_rows,
    volume_rows,
)
from desktop.cli.exchange.quarantine_commands import add_quarantine
from desktop.cli.exchange.watch_commands import add_watch
from desktop.domain.errors import TrustError, UserInputError
from desktop.domain.exchange.delivery import DeliveryStage
from desktop.domain.exchange.volumes import VolumeManifest
from desktop.domain.progress import Progress
from desktop.domain.records.fields import Json
from desktop.runtime.files.atomic_file import size_text
from desktop.runtime.texts.catalogue import Catalogue
from desktop.sealing.age_identity import AgeIdentity
from desktop.services.exchange.export.delivery import case_delivery, delivery
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.export.preflight_export import preflight
from desktop.services.exchange.peers.trust import find_peer
from desktop.services.exchange.take_in.adopt_records import (
    OrphanedRecords,
    adopt_records,
    left_records,
)
from desktop.services.exchange.take_in.apply_bundle import (
    BundleVerdict,
    apply_bundle,
    verdict_on,
    verify_bundle,
)
from desktop.services.look_up import find_case
from desktop.services.ports import VolumeSink


def add_status(verbs: Any, texts: Catalogue) -> None:
    """Declare ``status`` below ``bundle``."""
    status = verbs.add_parser("status", help=texts.text("cli.help.bundle_status"))
    status.add_argument("case", metavar="CASE", nargs="?")
    status.set_defaults(run=show_status)


def show_status(context: CommandContext) -> CommandOutcome:
    """Entries and files at each stage; of a case, each file with its stage and stick.

    Raises:
        TrustError: ``centre.unknown``.
    """
    files: list[Json] = []
    with context.session() as desk:
        if context.args.case is None:
            whole = delivery(desk)
            if whole is None:
                raise TrustError("centre.unknown")
            entries, counts = whole.entries, whole.files
        else:
            one = case_delivery(desk, find_case(desk, context.args.case))
            if one is None:
                raise TrustError("centre.unknown")
            entries, counts = one.entries, Counter(item.stage for item in one.files)
            files = [
                {"name": i.name, "sha256": i.sha256, "stage": i.stage.value, "medium": i.medium}
                for i in one.files
            ]
    document: dict[str, Json] = {"entries": _counts(entries), "files": _counts(counts)}
    if context.args.case is not None:
        document["items"] = files
    lines = tuple(
        _status_line(context, what, counts_by_stage)
        for what, counts_by_stage in (("entries", entries), ("files", counts))
    )
    return CommandOutcome(document, lines)


def _counts(counts: Mapping[DeliveryStage, int]) -> dict[str, Json]:
    return {stage.value: counts.get(stage, 0) for stage in DeliveryStage}


def _status_line(context: CommandContext, what: str, counts: Mapping[DeliveryStage, int]) -> str:
    texts = context.texts
    parts = texts.text("delivery.comma").join(
        texts.text("delivery.count", stage=texts.text(f"delivery.stage.{stage.value}"), count=n)
        for stage in DeliveryStage
        if (n := counts.get(stage, 0))
    )
    total = sum(counts.values())
    return texts.text(
        f"delivery.of.{what}", total=total, parts=parts or texts.text("delivery.none")
    )


def add_adopt(verbs: Any, texts: Catalogue) -> None:
    """Declare the command."""
    adopt = verbs.add_parser("adopt", help=texts.text("cli.help.bundle_adopt"))
    adopt.add_argument("device", metavar="FINGERPRINT", nargs="?")
    adopt.set_defaults(run=adopt_left)


def adopt_left(context: CommandContext) -> CommandOutcome:
    """Without a device: list who left what."""
    wanted = context.args.device
    with context.session() as desk:
        if not wanted:
            found = left_records(desk)
            lines = tuple(_line(context, left) for left in found)
            rows: list[Json] = [_row(left) for left in found]
            return CommandOutcome({"left": rows}, lines or (context.text("adopt_none"),))
        device = find_peer(desk, wanted).card.device
        count = adopt_records(desk, device)
    return CommandOutcome(
        {"device": device, "adopted": count}, (context.text("adopted", count=count),)
    )


def _row(left: OrphanedRecords) -> dict[str, Json]:
    card = left.peer.card
    return {
        "device": card.device,
        "letter": card.device_letter,
        "unit_name": card.unit_name,
        "records": len(left.records),
    }


def _line(context: CommandContext, left: OrphanedRecords) -> str:
    card = left.peer.card
    return context.text(
        "adopt_left",
        unit=card.unit_name,
        letter=card.device_letter,
        fingerprint=card.fingerprint,
        count=len(left.records),
    )


def verify_with(identity_file: Path, paths: Sequence[Path], progress: Progress) -> BundleVerdict:
    """Form, signature and digests of every volume; whom to trust is not asked, as nobody signs in.

    Raises:
        UserInputError: ``identity.unreadable``.
    """
    identities = _identities(identity_file)

    def read(path: Path, sink: VolumeSink) -> VolumeManifest:
        return read_volume(path, identities, sink, lambda *_: None, progress)

    return verdict_on(paths, read)


def _identities(path: Path) -> tuple[AgeIdentity, ...]:
    """The keys in a file as the age tool writes it: one a line, comments begin with ``#``."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
        found = [AgeIdentity.from_text(line) for line in lines if line and not line.startswith("#")]
    except (OSError, ValueError) as error:
        raise UserInputError("identity.unreadable") from error
    if not found:
        raise UserInputError("identity.unreadable")
    return tuple(found)


def add(commands: Any, texts: Catalogue) -> None:
    """Declare the commands."""
    group = commands.add_parser("bundle", help=texts.text("cli.help.bundle"))
    verbs = group.add_subparsers(dest="verb", required=True)
    export = verbs.add_parser("export", help=texts.text("cli.help.bundle_export"))
    export.add_argument("--to", metavar="DIR", required=True)
    export.add_argument("--volume-size", metavar="N", type=int)
    export.add_argument(
        "--for", dest="receiver", metavar="FINGERPRINT", help=texts.text("cli.help.receiver")
    )
    export.add_argument("--afresh", action="store_true", help=texts.text("cli.help.afresh"))
    export.add_argument("--dry-run", action="store_true", help=texts.text("cli.help.preflight"))
    export.set_defaults(run=export_volumes)
    for name, run in (("verify", verify_volumes), ("apply", apply_volumes)):
        verb = verbs.add_parser(name, help=texts.text(f"cli.help.bundle_{name}"))
        verb.add_argument("files", metavar="FILE", nargs="+")
        if name == "verify":
            verb.add_argument("--identity", metavar="FILE", help=texts.text("cli.help.identity"))
        if name == "apply":
            verb.add_argument("--dry-run", action="store_true")
        verb.set_defaults(run=run)
    add_watch(verbs, texts, "bundle")
    add_status(verbs, texts)
    add_conflicts(verbs, texts)
    add_adopt(verbs, texts)
    add_quarantine(verbs, texts)


def export_volumes(context: CommandContext) -> CommandOutcome:
    """Write what the centre lacks."""
    args, folder = context.args, folder_there(context.args.to)
    if args.dry_run:
        return _count_only(context, folder)
    with context.session() as desk:
        receiver = find_peer(desk, args.receiver).card.device if args.receiver else None
        done = export_bundle(
            desk,
            folder,
            context.progress,
            receiver=receiver,
            volume_size=args.volume_size,
            afresh=args.afresh,
        )
    document: dict[str, Json] = {
        "bundle": done.bundle,
        "number": done.number,
        "volumes": volume_rows(done.volumes, folder),
        "entries": done.entries,
        "blobs": done.blobs,
        "skipped": list(done.skipped),
        "left": done.left,
        "left_needs": done.room,
        "carried": done.carried,
    }
    lines = [context.text("bundle_written", number=done.number, volumes=len(done.volumes))]
    if done.skipped:
        lines.append(context.text("bundle_skipped", count=len(done.skipped)))
    if done.carried:
        lines.append(context.text("bundle_carried", count=done.carried))
    if done.left:
        lines.append(context.text("bundle_left", count=done.left, need=size_text(done.room)))
    lines += [str(folder / volume.name) for volume in done.volumes]
    return CommandOutcome(document, tuple(lines), ok=not done.skipped and not done.left)


def _count_only(context: CommandContext, folder: Path) -> CommandOutcome:
    """What an export would need, and whether the medium has it."""
    args = context.args
    with context.session() as desk:
        receiver = find_peer(desk, args.receiver).card.device if args.receiver else None
        found = preflight(
            desk, folder, receiver=receiver, volume_size=args.volume_size, afresh=args.afresh
        )
    medium = found.medium
    document: dict[str, Json] = {
        "volumes": found.volumes,
        "fits": found.fits,
        "entries": found.entries,
        "blobs": found.blobs,
        "size": found.size,
        "carried": found.carried,
        "free": medium.free,
        "file_system": medium.file_system,
        "largest_file": medium.largest_file,
    }
    line = context.text(
        "bundle_foretold",
        volumes=found.volumes,
        size=size_text(found.size),
        free=size_text(medium.free),
        fits=found.fits,
    )
    return CommandOutcome(document, (line,), ok=found.fits == found.volumes)


def _paths(context: CommandContext) -> list[Path]:
    return [Path(name) for name in context.args.files]


def verify_volumes(context: CommandContext) -> CommandOutcome:
    """Check without applying; exits with 1 when anything is wrong."""
    if context.args.identity:
        verdict = verify_with(Path(context.args.identity), _paths(context), context.progress)
    else:
        with context.session() as desk:
            verdict = verify_bundle(desk, _paths(context), context.progress)
    rows = problem_rows(verdict.problems, context.texts)
    line = context.text("bundle_sound" if verdict.ok else "bundle_unsound", count=len(rows))
    if not (verdict.manifests or rows):
        line = context.texts.text("centre.ingest.none")
    texts = tuple(str(row["text"]) for row in rows if isinstance(row, dict))
    return CommandOutcome({"ok": verdict.ok, "problems": rows}, (line, *texts), ok=verdict.ok)


def apply_volumes(context: CommandContext) -> CommandOutcome:
    """Apply, or say what applying would do."""
    with context.session() as desk:
        done = apply_bundle(desk, _paths(context), context.progress, dry_run=context.args.dry_run)
    nothing = nothing_in_words(context, done)
    return applied_outcome(context, done, dry_run=context.args.dry_run, nothing=nothing)
