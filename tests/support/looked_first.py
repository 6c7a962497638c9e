"""A look into bundles says what taking them in then does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path

from desktop.services.exchange.take_in.apply_bundle import AppliedBundle, volumes_in

_OF_A_LOOK_ALONE = {"news", "blobs", "problems", "lacking", "list_refused"}
"""What a look tells by itself, or does not look at."""


def looked_first(take_in: Callable[..., AppliedBundle], paths: Sequence[Path]) -> AppliedBundle:
    """``take_in`` of ``paths``, told ``dry_run``. What volumes after the first do rests on those before."""
    alone = len(volumes_in(paths)) == 1
    looked = take_in(dry_run=True) if alone else None
    done = take_in(dry_run=False)
    assert looked is None or [*_figures_of(looked)] == [*_figures_of(done)]
    return done


def _figures_of(applied: AppliedBundle) -> Iterator[tuple[str, object]]:
    yield "problems", [item.error.code for item in applied.problems]
    for field in fields(applied):
        if field.name not in _OF_A_LOOK_ALONE:
            yield field.name, comparable(getattr(applied, field.name))


def comparable(content: object) -> object:
    """Errors are told apart by what they say."""
    if not isinstance(content, tuple):
        return content
    return [
        (item.ref, item.kind, item.outcome, repr(item.error), item.error.params) for item in content
    ]
