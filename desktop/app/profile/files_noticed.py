"""What a sign-in noticed of the files that steer the program, and what is to be told of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop.domain.errors import AppError, WorldError
from desktop.domain.installation.bound_files import FileChange, is_own_file
from desktop.domain.text.hidden_signs import spelled_out

_MOST_NAMES = 10
"""In one sentence; all of them are listed by ``fanzha forms list``."""


@dataclass(frozen=True, slots=True)
class FilesNoticed:
    """``changes``: what differs from what is bound, and was not followed. ``bound_now``: path → text of what this
    sign-in bound as it stood, because nothing was bound before; None where that was done."""

    changes: tuple[FileChange, ...] = ()
    bound_now: Mapping[str, str] | None = None

    @property
    def warnings(self) -> tuple[AppError, ...]:
        """The same in sentences, for who has no window. A unit that has no files of its own hears nothing of the first
        binding: who the unit is stands on every screen."""
        own = [path for path in self.bound_now or () if is_own_file(path)]
        found: list[AppError] = [WorldError("bound.first", files=_names(own))] if own else []
        if self.changes:
            names = _names(item.path for item in self.changes)
            found.append(WorldError("bound.changed", files=names))
        return tuple(found)


def _names(paths: Iterable[str]) -> str:
    named = [*paths]
    shown = ", ".join(map(spelled_out, named[:_MOST_NAMES]))
    return f"{shown} …" if len(named) > _MOST_NAMES else shown
