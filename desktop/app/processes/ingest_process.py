"""The side of a process beside the centre that takes bundles in: signed in as whoever asks, with a line of its own to
the server.

Asked for some volumes, it answers with what became of them. What it is told goes over its standard input, which no
other process sees.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from desktop.app.installation import Installation
from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.domain.errors import AppError, RuleError, TrustError, UserInputError, WorldError
from desktop.domain.ids import CaseId
from desktop.domain.progress import SILENT
from desktop.journal.objection import EntryOutcome
from desktop.runtime.processes.helper_process import desk_pipes, serve
from desktop.services.exchange.take_in.apply_bundle import (
    OWN_OR_FOR_ANOTHER,
    AppliedBundle,
    BundleProblem,
)
from desktop.services.exchange.take_in.bundle_news import BundleNews, FirstOrder
from desktop.services.exchange.take_in.lacking_volumes import LackingVolumes
from desktop.services.ports import RefusedEntry

NAME: Final = "ingest"
_ERRORS: Final = {
    kind.__name__: kind for kind in (UserInputError, RuleError, WorldError, TrustError)
}
_LISTS: Final = ("cases", "problems", "lacking", "refused", "news")
_OF_STATIONS: Final = ("list_refused",)
"""What nothing at a centre says: it takes no list of devices."""
_COUNTS: Final = tuple(
    field.name for field in fields(AppliedBundle) if field.name not in (*_LISTS, *_OF_STATIONS)
)


@dataclass(frozen=True, slots=True)
class Asker:
    """The profile's folder, and who is signed in there."""

    profile: str
    officer: str
    password: str

    def question(self, volumes: Sequence[Path], *, dry_run: bool) -> bytes:
        """Take these in."""
        names = [os.fspath(path.absolute()) for path in volumes]
        return json.dumps({**asdict(self), "volumes": names, "dry_run": dry_run}).encode()


def answered(answer: bytes) -> AppliedBundle:
    """What became of them. Raises the error that kept the process from looking at any."""
    document = json.loads(answer)
    if "error" in document:
        raise _error(document["error"])
    return AppliedBundle(
        **{name: int(document[name]) for name in _COUNTS},  # type: ignore[arg-type]  # counts alone
        cases=frozenset(CaseId(case) for case in document["cases"]),
        problems=tuple(
            BundleProblem(Path(path), _error(error)) for path, error in document["problems"]
        ),
        lacking=tuple(
            LackingVolumes(number, unit, count, tuple(volumes))
            for number, unit, count, volumes in document["lacking"]
        ),
        refused=tuple(
            RefusedEntry(ref, kind, EntryOutcome(outcome), _trust_error(error))
            for ref, kind, outcome, error in document["refused"]
        ),
        news=tuple(_news(*item) for item in document["news"]),
    )


def main() -> int:
    """Answer until the centre goes away."""
    taking = _Ingest()
    try:
        serve(taking.answer, *desk_pipes())
    finally:
        taking.close()
    return 0


class _Ingest:
    """Signed in from the first volume to the last."""

    def __init__(self) -> None:
        self._installation: Installation | None = None

    def answer(self, asked: bytes) -> bytes:
        wish = json.loads(asked)
        try:
            return answer_of(self._take(wish))
        except AppError as error:
            return json.dumps({"error": _spelled(error)}).encode()

    def close(self) -> None:
        if self._installation is not None:
            self._installation.close()

    def _take(self, wish: Mapping[str, Any]) -> AppliedBundle:
        if self._installation is None:
            installation = Installation(Path(wish["profile"]))
            installation.sign_in(wish["officer"], wish["password"])
            self._installation = installation
        quarantine = Quarantine(self._installation.paths.quarantine)
        volumes, dry_run = [Path(name) for name in wish["volumes"]], bool(wish["dry_run"])
        return ingest(
            self._installation.session, quarantine, volumes, SILENT,
            dry_run=dry_run, leave=OWN_OR_FOR_ANOTHER,
        )  # fmt: skip


def answer_of(done: AppliedBundle) -> bytes:
    """What :func:`answered` reads."""
    counts = {name: getattr(done, name) for name in _COUNTS}
    problems = [(str(problem.path), _spelled(problem.error)) for problem in done.problems]
    lacking = [astuple(item) for item in done.lacking]
    refused = [
        (item.ref, item.kind, item.outcome.value, _spelled(item.error)) for item in done.refused
    ]
    lists = {
        "cases": sorted(done.cases), "problems": problems, "lacking": lacking, "refused": refused,
        "news": [_spelled_news(item) for item in done.news],
    }  # fmt: skip
    return json.dumps({**counts, **lists}).encode()


def _spelled_news(news: BundleNews) -> list[Any]:
    first = news.first and (
        news.first.number, news.first.clock,
        news.first.ends_at and news.first.ends_at.isoformat(), news.first.urgency,
    )  # fmt: skip
    return [news.unit_code, news.unit_name, news.cases, news.orders, news.stop_fen, first]


def _news(code: str, name: str, cases: int, orders: int, fen: int, first: Any) -> BundleNews:
    """What :func:`_spelled_news` spelled."""
    if first is None:
        return BundleNews(code, name, cases, orders, fen)
    number, clock, ends, urgency = first
    at = ends and datetime.fromisoformat(ends)
    return BundleNews(code, name, cases, orders, fen, FirstOrder(number, clock, at, tuple(urgency)))


def _spelled(error: AppError) -> list[Any]:
    kind = next((name for name, kind in _ERRORS.items() if isinstance(error, kind)), "WorldError")
    return [kind, error.code, error.params]


def _trust_error(spelled: list[Any]) -> TrustError:
    return TrustError(spelled[1], **spelled[2])


def _error(spelled: list[Any]) -> AppError:
    kind, code, params = spelled
    return _ERRORS[kind](code, **params)
