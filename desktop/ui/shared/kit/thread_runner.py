"""The runner with threads. The only place where the windows touch ``QThreadPool``."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from threading import Condition, Event
from typing import Final, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QThreadPool, Signal

from desktop.domain.errors import Cancelled
from desktop.domain.progress import Progress
from desktop.domain.surveys import current_survey, give_way, surveying
from desktop.ui.shared.kit.task_runner import Failed, Lane, LivingCall, Progressed, TaskHandle

T = TypeVar("T")
_THREADS: dict[Lane, int] = {"input": 1, "db": 1, "survey": 1, "files": 2}
_FIRST: Final = frozenset[Lane]({"input", "db"})
"""Somebody waits for what is done there."""
_ASIDE_S: Final = 1.0
"""How long a survey stands aside at the most for what was begun before it goes on beside it: two that wait for each
other would wait for ever."""
_STANDSTILL_S = 0.001
_BEGIN: Final = QEvent.Type(QEvent.registerEventType())
_AFTER_DRAWING: Final = Qt.EventPriority.LowEventPriority.value - 1
"""Windows post their own redrawing with the low priority itself."""
_PROGRESS_INTERVAL_S = 0.05  # at most twenty reports a second reach the GUI thread


class _Pressing:
    """What somebody waits for, of all lanes where that is so. Safe from several threads."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._change = Condition()
        self._since: dict[object, float] = {}
        """What is not done yet → when it was asked for, the first in front."""

    def begin(self, task: object) -> None:
        """Something more was asked for."""
        with self._change:
            self._since[task] = self._monotonic()

    def end(self, task: object) -> None:
        """It is done; what was asked for since is no younger for that."""
        with self._change:
            self._since.pop(task, None)
            self._change.notify_all()

    def wait(self, wanted: Callable[[], bool]) -> None:
        """Wait until nothing is left, what is there takes too long, or nobody wants it."""
        with self._change:
            while self._since and wanted():
                left = next(iter(self._since.values())) + _ASIDE_S - self._monotonic()
                if left <= 0:
                    return
                self._change.wait(left)

    def stir(self) -> None:
        """Somebody who waits is not wanted any more."""
        with self._change:
            self._change.notify_all()


class _Task:
    """One piece of work: a plain object, so that no thread ever deletes a QObject of another."""

    def __init__(
        self,
        lane: Lane,
        work: Callable[[Progress], object],
        post: Callable[[Callable[[], None]], None],
        monotonic: Callable[[], float],
        pressing: _Pressing,
    ) -> None:
        self.lane = lane
        self._pressing = pressing
        self._work = work
        self._post = post
        self._monotonic = monotonic
        self._stop = Event()
        self._last_report: float | None = None
        self.succeed: LivingCall | None = None
        self.fail: LivingCall | None = None
        self.report: LivingCall | None = None
        self.came: Callable[[], None] | None = None
        """Called before the outcome is delivered: whoever it is delivered to may ask the person something, and goes on
        when that is answered."""
        self.settled: Callable[[_Task], None] | None = None
        self.finished = False

    def run(self) -> None:
        """On the worker thread: do the work and post its outcome."""
        try:
            self.check()
            with surveying(None if self.lane in _FIRST else self):
                result = self._work(self)
        except Exception as error:  # noqa: BLE001 - delivered as the outcome, never swallowed
            failure = error
            self._post(lambda: self._settle(self.fail, failure))
        else:
            self._post(lambda: self._settle(self.succeed, result))
        finally:
            if self.lane in _FIRST:
                self._pressing.end(self)

    def advance(self, done: int, total: int) -> None:
        """Pass on at most twenty reports a second, and always the last."""
        if self.report is None:
            return
        now = self._monotonic()
        last = self._last_report
        if last is not None and now - last < _PROGRESS_INTERVAL_S and done != total:
            return
        self._last_report = now
        report = self.report
        self._post(lambda: report(done, total))

    def check(self) -> None:
        """Raise ``Cancelled`` if somebody asked; what can wait stands aside first, unless it has the turn to write."""
        if current_survey() is self:
            self._pressing.wait(self._is_wanted)
        if self._stop.is_set():
            raise Cancelled

    def stand_aside(self) -> bool:
        """See :class:`desktop.domain.surveys.Survey`. Work with files stands aside as well, and ends only where it
        checks: what it has written has to be recorded."""
        self._pressing.wait(self._is_wanted)
        return self.lane != "survey" or self._is_wanted()

    def _is_wanted(self) -> bool:
        return not self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop."""
        self._stop.set()
        self._pressing.stir()

    def _settle(self, call: LivingCall | None, outcome: object) -> None:
        self.finished = True
        try:
            if self.came is not None:
                self.came()
            if call is not None:
                call(outcome)
        finally:
            if self.settled is not None:
                self.settled(self)


class YieldingProgress:
    """The progress of work that is Python throughout and can wait: at every ``check`` it stands still for a moment,
    so that a key pressed meanwhile has the interpreter to itself."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def advance(self, done: int, total: int) -> None:
        """Pass it on."""
        self._progress.advance(done, total)

    def check(self) -> None:
        """Raise ``Cancelled`` if somebody asked, be it of the survey that it is part of; else wait."""
        self._progress.check()
        give_way()
        time.sleep(_STANDSTILL_S)


class _Mailbox(QObject):
    """Carries calls from any thread to the thread it was made on, one for each event."""

    _arrived = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._calls: deque[Callable[[], None]] = deque()
        self._arrived.connect(self._open_one, Qt.ConnectionType.QueuedConnection)

    def post(self, call: Callable[[], None]) -> None:
        self._calls.append(call)
        self._arrived.emit()

    def clear(self) -> None:
        self._calls.clear()

    def _open_one(self) -> None:
        if self._calls:
            self._calls.popleft()()


class TaskRunner(QObject):
    """The lanes, each with threads of its own. Create, use and shut down on the GUI thread."""

    idle = Signal()
    """No task is pending any more."""

    def __init__(self, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._monotonic = monotonic
        self._pressing = _Pressing(monotonic)
        self._pending: set[_Task] = set()
        self._mailbox = _Mailbox(self)
        self._waiting: list[LivingCall] = []
        self._drawing: deque[Callable[[], None]] = deque()
        """What begins once the window is drawn."""
        self._surveys: deque[_Task] = deque()
        """Those that wait for the one under way."""
        self._surveying = False
        """Whether one is under way, or what it brought is not drawn yet."""
        self._closed = False
        self._pools: dict[Lane, QThreadPool] = {}
        for lane, threads in _THREADS.items():
            pool = QThreadPool(self)
            pool.setMaxThreadCount(threads)
            pool.setExpiryTimeout(-1)  # the database connection stays with one thread for the run
            self._pools[lane] = pool

    @property
    def busy(self) -> bool:
        """Whether any task is queued, running or not yet delivered."""
        return bool(self._pending)

    def start(
        self,
        lane: Lane,
        work: Callable[[Progress], T],
        on_success: Callable[[T], object],
        on_failure: Failed,
        on_progress: Progressed | None = None,
    ) -> TaskHandle:
        """Queue ``work`` in ``lane``; see :class:`desktop.ui.shared.kit.task_runner.Runner`."""
        if self._closed:
            raise RuntimeError("the runner has been shut down")
        task = _Task(lane, work, self._mailbox.post, self._monotonic, self._pressing)
        task.succeed = LivingCall(on_success)
        task.fail = LivingCall(on_failure)
        task.report = LivingCall(on_progress) if on_progress else None
        task.settled = self._forget
        self._pending.add(task)
        if lane in _FIRST:
            self._pressing.begin(task)
        if lane == "files":
            self._once_drawn(lambda: self._begin(task))
        elif lane == "survey":
            task.came = lambda: self._once_drawn(self._next_survey)
            self._surveys.append(task)
            if not self._surveying:
                self._next_survey()
        else:
            self._begin(task)
        return task

    def _begin(self, task: _Task) -> None:
        self._pools[task.lane].start(task.run)

    def _next_survey(self) -> None:
        self._surveying = bool(self._surveys)
        if self._surveying:
            self._begin(self._surveys.popleft())

    def _once_drawn(self, begin: Callable[[], None]) -> None:
        self._drawing.append(begin)
        QCoreApplication.postEvent(self, QEvent(_BEGIN), _AFTER_DRAWING)

    def customEvent(self, _event: QEvent) -> None:
        """Long work begins once what says so is drawn, and a survey once what the one before it brought is: both at
        once take turns with the interpreter, and the window would show nothing for several times as long."""
        if self._drawing and not self._closed:
            self._drawing.popleft()()

    def cancel_all(self, lane: Lane | None = None) -> None:
        """Ask every task (of ``lane``) to stop at its next check."""
        for task in self._pending:
            if lane in (None, task.lane):
                task.cancel()

    def when_idle(self, call: Callable[[], object]) -> None:
        """Call a bound method once nothing is pending, at once if nothing is."""
        if self._pending:
            self._waiting.append(LivingCall(call))
        else:
            LivingCall(call)()

    def shutdown(self) -> None:
        """Cancel, wait for the threads to end, deliver nothing more."""
        self._closed = True
        self.cancel_all()
        for pool in self._pools.values():
            pool.waitForDone()
        self._mailbox.clear()
        self._drawing.clear()
        self._surveys.clear()
        self._pending.clear()

    def _forget(self, task: _Task) -> None:
        self._pending.discard(task)
        if self._pending:
            return
        self.idle.emit()
        waiting, self._waiting = self._waiting, []
        for call in waiting:
            call()
