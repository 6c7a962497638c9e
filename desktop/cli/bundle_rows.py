"""Volumes and what is wrong with them, as rows of a document."""

from __future__ import annotations

from pathlib import Path

from desktop.domain.exchange import WrittenVolume
from desktop.domain.fields import Json
from desktop.runtime.catalogue import Catalogue
from desktop.services.exchange.apply_bundle import AppliedBundle, BundleProblem


def volume_rows(volumes: tuple[WrittenVolume, ...], folder: Path) -> list[Json]:
    """Volumes with where they are."""
    return [{"file": str(folder / v.name), "size": v.size, "sha256": v.sha256} for v in volumes]


def problem_rows(problems: tuple[BundleProblem, ...], words: Catalogue) -> list[Json]:
    """Refused volumes with the reason in words."""
    return [
        {
            "file": str(item.path),
            "code": item.error.code,
            "text": words.error_text(item.error).what,
        }
        for item in problems
    ]


def beside_lines(done: AppliedBundle, words: Catalogue) -> tuple[str, ...]:
    """What is neither taken in nor refused: entries that wait for an earlier bundle, volumes for other devices, a clock
    that is wrong."""
    counts = (
        ("bundle_held", done.held), ("bundle_others", done.others), ("bundle_ahead", done.ahead),
    )  # fmt: skip
    return tuple(words.text(f"cli.{key}", count=count) for key, count in counts if count)
