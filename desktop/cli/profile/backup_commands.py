"""``backup | restore``, and a restore on trial."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop.app.backup.backup import back_up_news, make_backup
from desktop.app.backup.restore import look_at_backup, restore_backup
from desktop.app.maintenance.restore_drill import try_restore
from desktop.cli.context import CommandContext, CommandOutcome, secret
from desktop.domain.records.fields import Json
from desktop.domain.time.clock import to_wire
from desktop.domain.time.local_time import show_time
from desktop.runtime.texts.catalogue import Catalogue


def add(commands: Any, texts: Catalogue) -> None:
    """Declare the commands."""
    backup = commands.add_parser("backup", help=texts.text("cli.help.backup"))
    task = backup.add_mutually_exclusive_group(required=True)
    task.add_argument("--to", metavar="DIR")
    task.add_argument("--verify", metavar="FILE", help=texts.text("cli.help.backup_verify"))
    backup.add_argument("--news", action="store_true", help=texts.text("cli.help.backup_news"))
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
    """A safety copy of everything, or of what is new, read back."""
    if context.args.verify:
        return _verified(context)
    make = back_up_news if context.args.news else make_backup
    with context.signed_in() as installation:
        desk, paths = installation.session, installation.paths
        made = make(desk, paths, Path(context.args.to), context.progress)
    document: dict[str, Json] = {
        "ok": True,
        "file": str(made.file),
        "size": made.size,
        "blobs": made.blobs,
        "copied": made.copied,
        "lacking": made.lacking,
        "made_at": to_wire(made.made_at),
    }
    if made.follows:
        document["follows"] = made.follows
    words = "backed_up_news" if made.follows else "backed_up"
    lines = [context.text(words, file=str(made.file), follows=made.follows)]
    if made.lacking:
        lines.append(context.text("backed_up_without", count=made.lacking))
    return CommandOutcome(document, tuple(lines))


def _verified(context: CommandContext) -> CommandOutcome:
    """Whether a backup and all it follows hold; exits with 1 when evidence is missing. Nothing is restored."""
    found = look_at_backup(Path(context.args.verify), context.progress)
    document: dict[str, Json] = {
        "ok": not found.missing,
        "device": found.device,
        "unit_name": found.unit_name,
        "made_at": to_wire(found.made_at),
        "blobs": found.evidence,
        "missing": found.missing,
    }
    line = context.text(
        "backup_sound", unit=found.unit_name, made=show_time(found.made_at), blobs=found.evidence,
        missing=found.missing,
    )  # fmt: skip
    return CommandOutcome(document, (line,), ok=not found.missing)


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
