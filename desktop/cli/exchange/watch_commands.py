"""``centre watch DIR`` and ``bundle watch DIR``: bundles move through a shared folder by themselves."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

from desktop.centre.folder_round import folder_round
from desktop.cli.context import CommandContext, CommandOutcome
from desktop.cli.exchange.bundle_rows import problem_rows
from desktop.domain.errors import WorldError
from desktop.domain.records.fields import Json
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.exchange.exchange_folder import FolderRound, SkippedVolumes

_EVERY_S = 15


def add_watch(verbs: Any, texts: Catalogue, name: str) -> None:
    """Declare ``watch`` below ``centre`` or ``bundle``."""
    watch = verbs.add_parser("watch", help=texts.text(f"cli.help.{name}_watch"))
    watch.add_argument("folder", metavar="DIR")
    watch.add_argument("--once", action="store_true", help=texts.text("cli.help.once"))
    watch.add_argument("--every", metavar="SECONDS", type=int, default=_EVERY_S)
    watch.set_defaults(run=watch_folder)


def watch_folder(context: CommandContext) -> CommandOutcome:
    """Round after round until it is interrupted; a folder that went away is waited for."""
    folder, skipped = Path(context.args.folder), SkippedVolumes()
    with context.session() as desk:
        while not context.args.once:
            try:
                _tell(context, folder_round(desk, folder, context.progress, skipped))
            except WorldError as error:
                context.tell(error)
            time.sleep(max(context.args.every, 1))
        done = folder_round(desk, folder, context.progress, skipped)
    rows = problem_rows(done.received.problems, context.texts)
    texts = [str(row["text"]) for row in rows if isinstance(row, dict)]
    texts += [context.texts.error_text(error).what for error in done.problems]
    return CommandOutcome(_document(context, done), (_line(context, done), *texts), ok=not texts)


def _tell(context: CommandContext, done: FolderRound) -> None:
    if not done.idle:
        sys.stderr.write(_line(context, done) + "\n")
        for error in (*(item.error for item in done.refused), *done.problems):
            context.tell(error)


def _line(context: CommandContext, done: FolderRound) -> str:
    return context.text(
        "folder_round",
        volumes=done.received.volumes,
        applied=done.received.applied,
        blobs=done.received.blobs,
        written=len(done.written),
        waiting=done.waiting,
    )


def _document(context: CommandContext, done: FolderRound) -> dict[str, Json]:
    return {
        "volumes": done.received.volumes,
        "applied": done.received.applied,
        "already": done.received.already,
        "held": done.received.held,
        "conflicts": done.received.conflicts,
        "blobs": done.received.blobs,
        "receipts": done.received.receipts,
        "written": [{"number": made.number, "volumes": len(made.volumes)} for made in done.written],
        "waiting": done.waiting,
        "problems": [
            *problem_rows(done.received.problems, context.texts),
            *({"code": error.code} for error in done.problems),
        ],
    }
