"""Who finds cases that belong together, as services see them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from desktop.domain.ids import CaseId
from desktop.domain.progress import SILENT, Progress
from desktop.domain.series.series import Edge, Hub, LinkedCases, StoryHint


class CaseLinker(Protocol):
    """Pure reckoning over values and cases; touches no database."""

    def edges(
        self, shared: Iterable[tuple[str, tuple[str, ...]]], most: int, chosen: Collection[str]
    ) -> tuple[list[Edge], list[Hub]]:
        """Of (value, the cases that hold it) those that link them, and those that link nothing; ``chosen``: values a
        person called hubs."""
        ...

    def groups(
        self,
        links: Sequence[Edge],
        together: Collection[frozenset[str]],
        apart: Collection[frozenset[str]],
        progress: Progress = SILENT,
    ) -> list[LinkedCases]:
        """Groups of two or more cases, in no order."""
        ...

    def like_stories(
        self,
        narratives: Iterable[tuple[CaseId, str]],
        percent: int,
        shortest: int,
        progress: Progress = SILENT,
    ) -> tuple[StoryHint, ...]:
        """Narratives that read alike; ``progress`` of the comparison once all are told."""
        ...


class NoLinker:
    """Finds nothing."""

    def edges(
        self,
        shared: Iterable[tuple[str, tuple[str, ...]]],  # noqa: ARG002
        most: int,  # noqa: ARG002
        chosen: Collection[str],  # noqa: ARG002
    ) -> tuple[list[Edge], list[Hub]]:
        """None."""
        return [], []

    def groups(
        self,
        links: Sequence[Edge],  # noqa: ARG002
        together: Collection[frozenset[str]],  # noqa: ARG002
        apart: Collection[frozenset[str]],  # noqa: ARG002
        progress: Progress = SILENT,  # noqa: ARG002
    ) -> list[LinkedCases]:
        """None."""
        return []

    def like_stories(
        self,
        narratives: Iterable[tuple[CaseId, str]],  # noqa: ARG002
        percent: int,  # noqa: ARG002
        shortest: int,  # noqa: ARG002
        progress: Progress = SILENT,  # noqa: ARG002
    ) -> tuple[StoryHint, ...]:
        """None."""
        return ()
