"""The port of services to the links of this folder."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from desktop.analysis.case_links import edges, groups
from desktop.analysis.like_stories import Sketches, like_stories
from desktop.domain.ids import CaseId
from desktop.domain.progress import SILENT, Progress
from desktop.domain.series.hub_list import HubList
from desktop.domain.series.series import Edge, Hub, LinkedCases, StoryHint


class Linker:
    """Implements :class:`desktop.services.ports.reading.links.CaseLinker`. ``official``: whose official number it
    is."""

    def __init__(self, hubs: HubList, official: Callable[[str], str | None]) -> None:
        self._hubs = hubs
        self._official = official
        self._sketches = Sketches()

    def edges(
        self, shared: Iterable[tuple[str, tuple[str, ...]]], most: int, chosen: Collection[str]
    ) -> tuple[list[Edge], list[Hub]]:
        """Of (value, the cases that hold it) those that link them, and those that link nothing; ``chosen``: values a
        person called hubs."""

        def is_hub(normal: str) -> bool:
            if normal in chosen or self._hubs.holds(normal):
                return True
            return len(normal) <= _OFFICIAL and normal.isdigit() and bool(self._official(normal))

        found, hubs = edges(shared, most, is_hub)
        return found, [replace(hub, chosen=hub.normal in chosen) for hub in hubs]

    def groups(
        self,
        links: Sequence[Edge],
        together: Collection[frozenset[str]],
        apart: Collection[frozenset[str]],
        progress: Progress = SILENT,
    ) -> list[LinkedCases]:
        """Groups of two or more cases."""
        return groups(links, together, apart, progress)

    def like_stories(
        self,
        narratives: Iterable[tuple[CaseId, str]],
        percent: int,
        shortest: int,
        progress: Progress = SILENT,
    ) -> tuple[StoryHint, ...]:
        """Narratives that read alike."""
        return like_stories(narratives, percent, shortest, self._sketches, progress)


_OFFICIAL = 12
"""Digits of the longest official number (an area code and eight)."""
