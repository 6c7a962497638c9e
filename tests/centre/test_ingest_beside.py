"""One command takes bundles in by several processes; what it tells is what one process would have told."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop.app.processes import ingest_beside as beside
from desktop.app.processes.ingest_process import Asker, answer_of, answered
from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.centre.replies import write_replies
from desktop.domain.errors import Cancelled, UserInputError
from desktop.domain.progress import SILENT, Progress
from desktop.runtime.processes.helper_process import HelperProcess
from desktop.services.exchange.take_in.apply_bundle import AppliedBundle
from desktop.services.exchange.take_in.lacking_volumes import LackingVolumes
from tests.centre.cities import City
from tests.support.installations import PASSWORD

OFFICER = "620001"


def take_in(
    city: City,
    paths: list[Path],
    progress: Progress = SILENT,
    *,
    password: str = PASSWORD,
    dry_run: bool = False,
) -> AppliedBundle:
    asker = Asker(str(city.centre.paths.root), OFFICER, password)
    return beside.ingest_beside(asker, 2, paths, progress, dry_run=dry_run)


def answer_one(city: City, folder: Path) -> None:
    """Take one station's bundle in and write the centre's answer to it."""
    session = city.centre.sign_in(OFFICER, PASSWORD)
    ingest(session, Quarantine(city.centre.paths.quarantine), city.sticks[2:], SILENT)
    write_replies(session, folder, SILENT)
    city.centre.close()


@pytest.fixture
def stick(city: City) -> Path:
    """What all stations brought, one volume of it cut short, beside answers of the centre's own."""
    stick = city.sticks[0]
    answer_one(city, stick)
    for other in city.sticks[1:]:
        for volume in other.iterdir():
            shutil.copy(volume, stick)
    cut = next(volume for volume in stick.iterdir() if "620103" in volume.name)
    cut.write_bytes(cut.read_bytes()[:-100])
    return stick


def comparable(done: AppliedBundle) -> AppliedBundle:
    """Errors by what they say; the most urgent order by its number alone, as the processes have clocks of their own."""
    problems: Any = sorted(
        (str(p.path), p.error.code, *p.error.params.items()) for p in done.problems
    )
    news: Any = [
        (replace(item, first=None), item.first and item.first.number) for item in done.news
    ]
    return replace(done, problems=tuple(problems), news=tuple(news))


def test_several_processes_find_what_one_would_have_found(city: City, stick: Path) -> None:
    session = city.centre.sign_in(OFFICER, PASSWORD)
    quarantine = Quarantine(city.centre.paths.quarantine)
    trial = ingest(session, quarantine, [stick], SILENT, dry_run=True)
    assert trial.bundles == 2
    assert trial.others
    assert len(trial.problems) == 1
    assert comparable(take_in(city, [stick], dry_run=True)) == comparable(trial)
    assert quarantine.rows() == ()
    done = take_in(city, [stick])
    assert (done.applied, done.cases) == (trial.applied, trial.cases)
    assert len(quarantine.rows()) == 1
    assert ingest(session, quarantine, city.sticks[1:], SILENT).problems == ()
    city.whole(session)
    assert take_in(city, city.sticks[1:]).applied == 0
    city.centre.close()


def test_volumes_that_never_came_are_reported_across_processes() -> None:
    nothing = beside.together(())
    one = replace(nothing, lacking=(LackingVolumes("A-000001", "张掖路派出所", 3, (2, 3)),))
    assert answered(answer_of(one)) == one
    assert beside.together((one, nothing, one)).lacking == one.lacking * 2


def test_nothing_but_the_centres_own_answers_is_the_wrong_stick(city: City, tmp_path: Path) -> None:
    answers = tmp_path / "answers"
    answers.mkdir()
    answer_one(city, answers)
    done = take_in(city, [answers])
    assert {problem.error.code for problem in done.problems} == {"bundle.for_another"}


def test_a_process_that_cannot_sign_in_says_why(city: City) -> None:
    with pytest.raises(UserInputError, match="password"):
        take_in(city, city.sticks, password="not-the-password")
    session = city.centre.sign_in(OFFICER, PASSWORD)
    assert not ingest(
        session, Quarantine(city.centre.paths.quarantine), city.sticks, SILENT
    ).problems
    city.whole(session)
    city.centre.close()


def test_a_process_that_dies_leaves_its_volumes_for_once_more(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = HelperProcess.ask
    killed: list[bytes] = []

    def kill_first(self: HelperProcess, question: bytes) -> bytes:
        if not killed:
            killed.append(question)
            monkeypatch.setattr(
                "desktop.runtime.processes.helper_process.helper_command", lambda _: ["false"]
            )
            try:
                return ask(self, question)
            finally:
                monkeypatch.undo()
        return ask(self, question)

    monkeypatch.setattr(HelperProcess, "ask", kill_first)
    done = beside.ingest_beside(
        Asker(str(city.centre.paths.root), OFFICER, PASSWORD), 1, city.sticks, SILENT, dry_run=False
    )
    assert {problem.error.code for problem in done.problems} == {"centre.process_ended"}
    assert done.bundles == len(city.sticks) - 1
    assert take_in(city, city.sticks).bundles == len(city.sticks)
    session = city.centre.sign_in(OFFICER, PASSWORD)
    city.whole(session)
    city.centre.close()


class _Enough:
    """A person who stops after the first sender."""

    def advance(self, done: int, total: int) -> None: ...

    def check(self) -> None:
        raise Cancelled


def test_who_stops_has_whole_bundles_and_can_go_on(city: City) -> None:
    with pytest.raises(Cancelled):
        take_in(city, city.sticks, _Enough())
    session = city.centre.sign_in(OFFICER, PASSWORD)
    assert session.store.verify(SILENT) == ()
    assert not take_in(city, city.sticks).problems
    city.whole(session)
    city.centre.close()
