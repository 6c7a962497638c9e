"""Volumes and what is wrong with them, as rows of a document."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from desktop.cli.context import CommandContext, CommandOutcome
from desktop.domain.errors import UserInputError
from desktop.domain.exchange.volumes import WrittenVolume
from desktop.domain.money.amounts import format_yuan
from desktop.domain.records.fields import Json
from desktop.domain.time.local_time import show_time
from desktop.domain.time.rough_span import rough_span
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.exchange.take_in.apply_bundle import AppliedBundle, BundleProblem
from desktop.services.exchange.take_in.news_words import NewsWords


def folder_there(name: str) -> Path:
    """The folder a person named to write to; raises ``UserInputError("folder.missing")``, as it may be a stick that was
    pulled out or a word that was mistyped."""
    folder = Path(name)
    if not folder.is_dir():
        raise UserInputError("folder.missing")
    return folder


def volume_rows(volumes: tuple[WrittenVolume, ...], folder: Path) -> list[Json]:
    """Volumes with where they are."""
    return [{"file": str(folder / v.name), "size": v.size, "sha256": v.sha256} for v in volumes]


def problem_rows(problems: tuple[BundleProblem, ...], texts: Catalogue) -> list[Json]:
    """Refused volumes with the reason in words."""
    return [
        {
            "file": str(item.path),
            "code": item.error.code,
            "text": texts.error_text(item.error).what,
        }
        for item in problems
    ]


def beside_lines(done: AppliedBundle, texts: Catalogue) -> tuple[str, ...]:
    """What is neither taken in nor refused: entries that wait for an earlier bundle, volumes for other devices,
    volumes that never came, a clock that is wrong."""
    counts = (("bundle_held", done.held), ("bundle_others", done.others))
    lines = [texts.text(f"cli.{key}", count=count) for key, count in counts if count]
    for note in done.notes:
        reason = texts.error_text(note.error).what if note.error else ""
        lines.append(texts.text(note.key, **note.params, reason=reason))
    if done.ahead:
        unit, count = rough_span(done.ahead)
        span = texts.text(f"shared.rough.{unit}", count=count)
        lines.append(texts.text("cli.bundle_ahead", span=span))
    return tuple(lines)


def nothing_in_words(context: CommandContext, done: AppliedBundle) -> str:
    """Said of paths at which there was no bundle; "" where there was one."""
    found = done.volumes or done.others or done.problems
    return "" if found else context.texts.text("centre.ingest.none")


def taken_in(
    context: CommandContext,
    done: AppliedBundle,
    line: str,
    more: Mapping[str, Json],
    *,
    dry_run: bool,
) -> CommandOutcome:
    """What taking bundles in did, or would do: ``line`` in words, ``more`` in the document. What was refused makes the
    exit status 1."""
    rows = problem_rows(done.problems, context.texts)
    document: dict[str, Json] = {
        **more,
        "applied": done.applied,
        "already": done.already,
        "held": done.held,
        "conflicts": done.conflicts,
        "blobs": done.blobs,
        "cases": len(done.cases),
        "others": done.others,
        "ahead": done.ahead,
        "lacking": [
            {"number": item.number, "unit_name": item.unit_name, "volumes": [*item.volumes]}
            for item in done.lacking
        ],
        "refused": [
            {
                "entry": item.ref,
                "kind": item.kind,
                "rule": item.error.code,
                "outcome": item.outcome.value,
            }
            for item in done.refused
        ],
        "news": [
            {
                "unit_code": item.unit_code,
                "unit_name": item.unit_name,
                "cases": item.cases,
                "orders": item.orders,
                "stop_fen": item.stop_fen,
                "first": item.first.number if item.first else "",
            }
            for item in done.news
        ],
        "newer": done.newer,
        "jumps": done.jumps,
        "dry_run": dry_run,
        "problems": rows,
    }
    words = NewsWords(context.texts.text, show_time, format_yuan)
    now = context.installation().machine.clock.now()
    news = [words.of(item, now) for item in done.news if item.cases or item.orders]
    beside = beside_lines(done, context.texts)
    texts = tuple(str(row["text"]) for row in rows if isinstance(row, dict))
    return CommandOutcome(document, (line, *news, *beside, *texts), ok=not rows)


def applied_outcome(
    context: CommandContext, done: AppliedBundle, *, dry_run: bool, nothing: str = ""
) -> CommandOutcome:
    """The same at a desk; ``nothing`` stands for what it says of bundles, where there were none."""
    key = "bundle_would_apply" if dry_run else "bundle_applied"
    line = context.text(key, applied=done.applied, already=done.already, cases=len(done.cases))
    more: dict[str, Json] = {"receipts": done.receipts, "replies": done.replies}
    return taken_in(context, done, nothing or line, more, dry_run=dry_run)
