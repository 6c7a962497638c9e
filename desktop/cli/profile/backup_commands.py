"""``backup | restore``, and a restore on trial."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop.app.backup.backup import make_backup
from desktop.app.backup.restore import restore_backup
from desktop.app.maintenance.restore_drill import try_restore
from desktop.cli.context import CommandContext, CommandOutcome, secret
from desktop.domain.records.fields import Json
from desktop.domain.time.clock import to_wire
from desktop.domain.time.local_time import show_time
from desktop.runtime.texts.catalogue import Catalogue


def add(commands: Any, texts: Catalogue) -> None:
    """Declare the commands."""
    backup = commands.add_parser("backup", help=texts.text("cli.help.backup"))
    backup.add_argument("--to", metavar="DIR", required=True)
    backup.set_defaults(run=backup_all)
    restore = commands.add_parser("restore", help=texts.text("cli.help.restore"))
    restore.add_argument("file", metavar="FILE")
    trial = restore.add_mutually_exclusive_group()
    trial.add_argument(
        "--try", dest="trial", action="store_true", help=texts.text("cli.help.trial")
    )
    trial.add_argument("--try-code", metavar="FILE", help=texts.text("cli.help.trial_code"))
    restore.set_defaults(run=restore_all)


def backup_all(context: CommandContext) -> CommandOutcome:
    """A safety copy of everything, read back."""
    with context.signed_in() as installation:
        desk, paths = installation.session, installation.paths
        made = make_backup(desk, paths, Path(context.args.to), context.progress)
    document: dict[str, Json] = {
        "ok": True,
        "file": str(made.file),
        "size": made.size,
        "blobs": made.blobs,
        "copied": made.copied,
        "lacking": made.lacking,
        "made_at": to_wire(made.made_at),
    }
    lines = [context.text("backed_up", file=str(made.file))]
    if made.lacking:
        lines.append(context.text("backed_up_without", count=made.lacking))
    return CommandOutcome(document, tuple(lines))


def restore_all(context: CommandContext) -> CommandOutcome:
    """The installation of a backup, at a profile folder that holds none; exits with 1 when evidence is missing."""
    if context.args.trial or context.args.try_code:
        return _tried(context)
    done = restore_backup(Path(context.args.file), context.profile_folder, context.progress)
    document: dict[str, Json] = {
        "ok": not done.missing,
        "device": done.device,
        "unit_name": done.unit_name,
        "made_at": to_wire(done.made_at),
        "blobs": done.evidence - done.missing,
        "missing": done.missing,
    }
    lines = [context.text("restored", unit=done.unit_name)]
    if done.missing:
        lines.append(context.text("restored_without", count=done.missing))
    return CommandOutcome(document, tuple(lines), ok=not done.missing)


def _tried(context: CommandContext) -> CommandOutcome:
    """Whether the backup would bring everything back; exits with 1 when it would not. Nothing is restored."""
    code = context.args.try_code
    key = secret(code, "", "drill.wrong_secret") if code else context.password()
    with context.signed_in() as installation:
        done = try_restore(
            installation.session, installation, Path(context.args.file), key, context.progress
        )
    document: dict[str, Json] = {
        "ok": done.whole,
        "made_at": to_wire(done.made_at),
        "entries": done.entries,
        "cases": done.cases,
        "blobs": done.evidence,
        "missing": done.missing,
        "damaged": done.damaged,
        "lacking": done.lacking,
        "unsound": done.unsound,
        "by_code": done.by_code,
    }
    words = "tried_whole" if done.whole else "tried_unsound" if done.unsound else "tried_broken"
    if words == "tried_broken" and not (done.missing or done.damaged):
        words = "tried_lacking"
    line = context.text(
        words, made=show_time(done.made_at), cases=done.cases, entries=done.entries,
        evidence=done.evidence, missing=done.missing, damaged=done.damaged,
        lacking=done.lacking,
    )  # fmt: skip
    return CommandOutcome(document, (line,), ok=done.whole)
