"""``bundle quarantine | release`` and ``centre release``; ``centre inbox`` lists the quarantine too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from desktop.cli.centre_session import centre_session
from desktop.cli.context import CommandContext, CommandOutcome
from desktop.cli.exchange.bundle_rows import applied_outcome
from desktop.domain.records.fields import Json
from desktop.domain.time.clock import to_wire
from desktop.domain.time.local_time import show_time
from desktop.runtime.files.atomic_file import size_text
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.exchange.take_in.apply_bundle import release_quarantine
from desktop.services.ports.exchange.quarantine import Quarantined


def add_quarantine(verbs: Any, texts: Catalogue) -> None:
    """Declare the two of ``bundle``."""
    verbs.add_parser("quarantine", help=texts.text("cli.help.bundle_quarantine")).set_defaults(
        run=list_quarantine
    )
    verbs.add_parser("release", help=texts.text("cli.help.bundle_release")).set_defaults(
        run=release_volumes
    )


def quarantine_rows(rows: Sequence[Quarantined]) -> list[Json]:
    """Refused volumes for a document."""
    return [
        {
            "name": row.name,
            "at": to_wire(row.at),
            "code": row.code,
            "size": row.size,
            "unit_code": row.unit_code,
            "letter": row.letter,
        }
        for row in rows
    ]


def quarantine_lines(context: CommandContext, rows: Sequence[Quarantined]) -> list[str]:
    """Each with when, why, and what to do about it."""
    texts = context.texts
    return [
        context.text(
            "quarantine_line",
            name=row.name,
            at=show_time(row.at),
            size=size_text(row.size),
            what=texts.text(f"errors.{row.code}.what"),
            do=texts.text(f"errors.{row.code}.do"),
        )
        for row in rows
    ]


def list_quarantine(context: CommandContext) -> CommandOutcome:
    """Refused volumes with their reasons; they stay sealed."""
    with context.session() as desk:
        rows = desk.quarantine.rows()
    lines = quarantine_lines(context, rows) or [context.text("quarantine_empty")]
    return CommandOutcome({"quarantine": quarantine_rows(rows)}, tuple(lines))


def release_volumes(context: CommandContext) -> CommandOutcome:
    """Take in what was kept for want of trust or of a newer program."""
    with context.session() as desk:
        done = release_quarantine(desk, context.progress)
    return applied_outcome(context, done, dry_run=False)


def release_at_centre(context: CommandContext) -> CommandOutcome:
    """The same for a dispatcher."""
    with centre_session(context) as desk:
        done = release_quarantine(desk, context.progress)
    return applied_outcome(context, done, dry_run=False)
