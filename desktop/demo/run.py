"""``fanzha demo``: the whole path, step by step, through the real windows."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.app.qt.offscreen import without_offscreen_remarks
from desktop.app.qt.quiet_qt import keep_nothing_outside
from desktop.demo import intake, journey, set_up
from desktop.demo.earlier_weeks import earlier_weeks
from desktop.demo.gallery import gallery
from desktop.demo.stage import DemoStage
from desktop.domain.errors import UserInputError
from desktop.runtime.texts.log import describe

_MARK = "fanzha-demo.txt"

STEPS: tuple[tuple[str, Callable[[DemoStage], None]], ...] = (
    ("first_start_station", set_up.first_start_station),
    ("first_start_centre", set_up.first_start_centre),
    ("card_out", set_up.card_out),
    ("enrol_at_centre", set_up.enrol_at_centre),
    ("approval_in", set_up.approval_in),
    ("earlier_weeks", earlier_weeks),
    ("unlock", set_up.unlock),
    ("money_page", intake.money_page),
    ("issue_stop", intake.issue_stop),
    ("show_slip", intake.show_slip),
    ("story_pages", intake.story_pages),
    ("evidence", intake.evidence),
    ("register", intake.register),
    ("case_page", journey.case_page),
    ("export", journey.export),
    ("ingest", journey.ingest),
    ("reply", journey.reply),
    ("apply", journey.apply),
    ("looks", gallery),
)


@dataclass(frozen=True, slots=True)
class DemoStep:
    """One step and how it went."""

    name: str
    ok: bool
    seconds: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """The demonstration: ``ok`` when every step was. ``keystrokes``: see :class:`Stage`."""

    ok: bool
    steps: tuple[DemoStep, ...]
    files: tuple[Path, ...]
    keystrokes: int = 0


def run(out: Path, *, keep_open: bool = False) -> Done:
    """Play every step on a fresh stage below ``out``; the first that fails ends it.

    ``keep_open`` leaves the station's window to whoever watches, until they close it.

    Raises:
        UserInputError: ``folder.not_empty`` when ``out`` holds something that is no former demonstration.
    """
    _clear(out)
    keep_nothing_outside(out / "cache", os.environ)
    app = QApplication.instance() or QApplication([])
    if not isinstance(app, QApplication):
        raise TypeError("a demonstration needs a QApplication")
    stage = DemoStage(app, out)
    steps: list[DemoStep] = []
    with without_offscreen_remarks(), closing(stage):
        for name, play in STEPS:
            steps.append(_play(stage, name, play))
            if not steps[-1].ok:
                break
        if keep_open and "station" in stage.places:
            stage.front("station").press(Qt.Key.Key_F3)  # the board: where a day begins
            app.exec()
    return Done(all(step.ok for step in steps), tuple(steps), tuple(stage.files), stage.keystrokes)


def _clear(out: Path) -> None:
    if out.exists() and any(out.iterdir()):
        if not (out / _MARK).is_file():
            raise UserInputError("folder.not_empty")
        shutil.rmtree(out)
    out.mkdir(parents=True, exist_ok=True)
    (out / _MARK).write_text("fanzha demo\n", "utf-8")


def _play(stage: DemoStage, name: str, play: Callable[[DemoStage], None]) -> DemoStep:
    start = time.perf_counter()
    try:
        play(stage)
    except Exception as error:  # noqa: BLE001 - a demonstration reports whatever fails, and leaves a picture
        note = f"{describe(error)} {error}"
        place = next(reversed(stage.places.values()), None)
        if place is not None:
            stage.picture(place.driver, f"failed-{name}")
        return DemoStep(name, ok=False, seconds=time.perf_counter() - start, note=note)
    return DemoStep(name, ok=True, seconds=time.perf_counter() - start)
