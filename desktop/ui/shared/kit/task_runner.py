"""Work off the GUI thread: what a page asks for, and what it may rely on."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Final, Literal, ParamSpec, Protocol, TypeVar, get_args

from PySide6.QtCore import QObject
from shiboken6 import isValid

from desktop.domain.errors import Cancelled
from desktop.domain.progress import Progress

T = TypeVar("T")
P = ParamSpec("P")
Lane = Literal["input", "db", "survey", "files"]
LANES: Final[tuple[Lane, ...]] = get_args(Lane)
Failed = Callable[[Exception], object]
Progressed = Callable[[int, int], object]


def work_of(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Callable[[Progress], T]:
    """A call as work that tells no progress and does not stop midway."""

    def work(_progress: Progress) -> T:
        return call(*args, **kwargs)

    return work


class TaskHandle(Protocol):
    """A started task."""

    def cancel(self) -> None:
        """Ask the work to stop at its next ``check()``; it then fails with ``Cancelled``."""
        ...

    @property
    def finished(self) -> bool:
        """Whether the outcome has been delivered."""
        ...


class Runner(Protocol):
    """Starts work in a lane. In each of the first three one thread works, in order:

    - ``input``: what is typed at the counter, its registering, its stop and the papers of both; never behind
      anything else;
    - ``db``: what a person opens or does, with one case as a rule;
    - ``survey``: what is read across cases (:mod:`desktop.domain.surveys`): it stands aside while the two above work,
      and ends in the middle once it is cancelled. It writes nothing, or in the end what it found. The next begins once
      the window has drawn what the one before it brought.

    ``files``: two threads, which stand aside as well; begun once the window has drawn what the person's key or
    click changed.

    The callbacks must be bound methods of ``QObject``s; they are called on the GUI thread, once,
    and only while their object is alive. A cancelled task calls ``on_failure`` with ``Cancelled``.
    """

    def start(
        self,
        lane: Lane,
        work: Callable[[Progress], T],
        on_success: Callable[[T], object],
        on_failure: Failed,
        on_progress: Progressed | None = None,
    ) -> TaskHandle:
        """Queue ``work``."""
        ...

    @property
    def busy(self) -> bool:
        """Whether any task is queued or running."""
        ...

    def cancel_all(self, lane: Lane | None = None) -> None:
        """Ask every task to stop, or every task of one lane."""
        ...

    def when_idle(self, call: Callable[[], object]) -> None:
        """Call a bound method once nothing is pending, at once if nothing is."""
        ...

    def shutdown(self) -> None:
        """Cancel everything, wait for the threads, deliver nothing more."""
        ...


class LivingCall:
    """A bound method of a ``QObject``, held weakly and called only while the object lives."""

    __slots__ = ("_name", "_target")

    def __init__(self, method: Callable[..., object]) -> None:
        target = getattr(method, "__self__", None)
        if not isinstance(target, QObject):
            raise TypeError("a task reports to bound methods of QObjects only")
        self._target: weakref.ref[QObject] = weakref.ref(target)
        self._name = method.__name__

    def __call__(self, *arguments: object) -> None:
        """Call the method, or do nothing if its object is gone."""
        target = self._target()
        if target is not None and isValid(target):
            getattr(target, self._name)(*arguments)


class _Done:
    """The handle of a task that ran inline."""

    finished = True

    def cancel(self) -> None:
        """Too late."""


class CalledProgress:
    """Tells a method at once; the work stops at its next ``check()`` after ``cancelled`` was set."""

    def __init__(self, report: LivingCall | None) -> None:
        self._report = report
        self.cancelled = False

    def advance(self, done: int, total: int) -> None:
        """Pass it on."""
        if self._report is not None:
            self._report(done, total)

    def check(self) -> None:
        """Raise ``Cancelled`` if somebody asked."""
        if self.cancelled:
            raise Cancelled


class InlineTaskRunner:
    """The same interface without threads, for tests: everything has happened when ``start``
    returns."""

    busy = False

    def start(
        self,
        lane: Lane,
        work: Callable[[Progress], T],
        on_success: Callable[[T], object],
        on_failure: Failed,
        on_progress: Progressed | None = None,
    ) -> TaskHandle:
        """Run ``work`` now."""
        if lane not in LANES:
            raise ValueError(lane)
        succeed, fail = LivingCall(on_success), LivingCall(on_failure)
        progress = CalledProgress(LivingCall(on_progress) if on_progress else None)
        try:
            result = work(progress)
        except Exception as error:  # noqa: BLE001 - whatever the work raised is its outcome
            fail(error)
        else:
            succeed(result)
        return _Done()

    def cancel_all(self, lane: Lane | None = None) -> None:
        """Nothing is ever pending."""

    def when_idle(self, call: Callable[[], object]) -> None:
        """Nothing is ever pending: call at once."""
        LivingCall(call)()

    def shutdown(self) -> None:
        """Nothing is ever pending."""
