"""Keep what today's program writes, as every later one must find it.

From the top of the tree, once before a format changes and once for each release::

    python -m tests.golden.make_golden NAME

``NAME`` is the commit's short id, or the release. It lies in ``tests/golden/NAME`` ever after and is never made again.
``--money NAME`` keeps a small story instead: parties, ways of payment, orders and refunds at one desk.
Where papers are worded otherwise on purpose, what they are expected to say is written anew by::

    python -m tests.golden.make_golden --papers
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from desktop.app import installation
from desktop.app.installation import Machine
from desktop.runtime.id_source import UuidSource
from tests.golden import counter, evidence, founding, keeping, money_story, ordering
from tests.golden.posts import Post, World
from tests.golden.telling import KINDS, documents_of, kinds_in, own_cases, papers, signed
from tests.support.clocks import HandClock
from tests.support.installations import CHEAP, PASSWORD

KEPT: Final = Path(__file__).parent
TOLD, PAPERS = "told.json", "papers.json"


def tell(world: World) -> None:
    """The whole story."""
    founding.found(world)
    counter.take_in(world)
    evidence.gather(world)
    counter.work_on(world)
    ordering.ask(world)
    counter.transfer_custody(world)
    keeping.lose(world)
    for name, at in (
        ("desk", world.session),
        ("other", world.other),
        ("colleague", world.colleague),
    ):
        world.up(at, name)
    ordering.dispatch(world)
    ordering.connect(world)
    world.later(minutes=9)
    world.down("first", world.session, world.other, world.colleague)
    ordering.go_on(world)
    keeping.rotate(world)
    keeping.restore(world)
    counter.change_shift(world)
    keeping.look_back(world)
    keeping.back_up(world)
    keeping.leave_underway(world)


def main(words: list[str]) -> None:
    """Keep what today's program writes, or let papers say what they say today."""
    clock = HandClock()
    machine = Machine(clock, UuidSource(clock), CHEAP)
    installation.this_machine = lambda: machine
    os.environ["FANZHA_PASSWORD"] = os.environ["FANZHA_SECOND_PASSWORD"] = PASSWORD
    if words == ["--papers"]:
        for name in golden_names():
            if (KEPT / name / PAPERS).exists():
                reword(KEPT / name, clock)
    elif words[0] == "--money":
        keep_money(KEPT / words[1], clock)
    else:
        keep(KEPT / words[0], clock)


def golden_names() -> list[str]:
    """Names of everything that was kept."""
    return sorted(path.parent.name for path in KEPT.glob(f"*/{TOLD}"))


def keep(target: Path, clock: HandClock) -> None:
    """Tell the story into ``target``, which must not exist, and note what its places say."""
    target.mkdir(parents=True)  # what was kept is not written over
    with tempfile.TemporaryDirectory() as name:
        world = World(target, Path(name), target, clock)
        tell(world)
        for at in world.places:
            tidy(at.profile)
        note(world)


def keep_money(target: Path, clock: HandClock) -> None:
    """A story of its own: one desk with parties, ways of payment and orders, small enough for each change of these."""
    target.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as name:
        world = World(target, Path(name), target, clock)
        money_story.tell_of_money(world)
        tidy(world.session.profile)
        told, _ = noted_of(world, (world.session,))
        write(target / TOLD, told | {"draft": {}})


def reword(target: Path, clock: HandClock) -> None:
    """Papers say other words from now on: ``papers.json`` anew, from a copy of the profile that was kept."""
    told = json.loads((target / TOLD).read_text("utf-8"))
    clock.instant = datetime.fromisoformat(told["instant"])
    with tempfile.TemporaryDirectory() as name:
        shutil.copytree(target / "desk", Path(name) / "desk")
        found = papers(
            Post(Path(name) / "desk"), told["cases"]["part-time"], told["orders"]["stop"]
        )
    write(target / PAPERS, found)


def tidy(profile: Path) -> None:
    """Locks and copies that every start makes anew are not kept."""
    for name in ("instance.lock", "keys.json.lock"):
        (profile / name).unlink(missing_ok=True)


def noted_of(world: World, places: Sequence[Post]) -> tuple[dict[str, Any], Counter[str]]:
    """What places say, and which entries they have. Copies of the profiles are asked: what was kept stays as the story
    left it."""
    told: dict[str, Any] = {
        "instant": world.clock.now().isoformat(),
        "codes": world.codes,
        "cases": world.cases,
        "orders": world.orders,
        "signs_in": {at.profile.name: at.officer for at in places},
    }
    copies = Path(world.files) / "copies"
    entries: Counter[str] = Counter()
    for at in places:
        shutil.copytree(at.profile, copies / at.profile.name)
        copy = Post(copies / at.profile.name, at.officer)
        entries.update(kinds_in(copy))
        told[at.profile.name] = documents_of(copy, own_cases(copy))
    told["kinds"] = sorted(entries)
    return told, entries


def note(world: World) -> None:
    """Note what was kept."""
    told, entries = noted_of(world, world.places)
    told["draft"] = {"desk": counter.DRAFT}
    session, case = Post(Path(world.files) / "copies" / "desk"), world.cases["part-time"]
    told["signed"] = signed(session, case)
    write(world.kept / PAPERS, papers(session, case, world.orders["stop"]))
    write(world.kept / TOLD, told)
    for kind in sorted(KINDS - entries.keys()):
        sys.stdout.write(f"no entry of the kind {kind}\n")


def write(file: Path, document: Any) -> None:
    """As JSON that a person can compare."""
    file.write_text(
        json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
