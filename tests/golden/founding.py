"""The story's beginning: five profiles that know each other, officers who come and go, clocks and keys."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from tests.golden.posts import (
    APPROVER,
    AUDITOR,
    CENTRE_OFFICER,
    LEAVING,
    OTHER,
    SECOND,
    SECONDS,
    STATION,
    Post,
    World,
)
from tests.support.installations import OFFICER, PASSWORD

_ROLES: Final = "front_desk,approver,administrator,auditor"
_GIVEN: Final = "Erst-passwort-2026"


@contextmanager
def password(own: str, new: str = "") -> Iterator[None]:
    """Commands sign in with ``own``; whoever is to get a password gets ``new``."""
    wanted = {"FANZHA_PASSWORD": own, "FANZHA_NEW_PASSWORD": new}
    former = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in former.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def found(world: World) -> None:
    """Everybody is there, knows the others, and has a password nobody else knows."""
    _init(world, world.session, STATION, "A", "王建国")
    _init(world, world.colleague, STATION, "B", "马晓梅")
    _init(world, world.laptop, STATION, "D", "王建国")
    _init(world, world.other, OTHER, "A", "张海")
    made = world.centre.json("centre", "init", "--officer", CENTRE_OFFICER, "--name", "李静")
    world.codes["centre"] = made["recovery_code"]
    _meet(world, world.session)
    _officers(world)
    for at in (world.colleague, world.laptop, world.other):
        _meet(world, at)
    _colleagues(world)
    _confirm(world)
    world.session.json("clock", "compare", "2026-11-24 10:31:20")
    world.later(minutes=4)
    with password("Nicht-das-passwort"):
        world.session.say("report", "list")
    key = world.files / "backup.key"
    world.centre.two("centre", "backup-key", "--to", key)
    world.keep(key, "cards", "backup.key")


def _init(world: World, at: Post, unit: tuple[str, str], letter: str, name: str) -> None:
    made = at.json(
        "init", "--unit-code", unit[0], "--unit-name", unit[1], "--device", letter,
        "--officer", OFFICER, "--name", name, "--roles", _ROLES,
    )  # fmt: skip
    world.codes[at.profile.name] = made["recovery_code"]


def _officers(world: World) -> None:
    """The founders let in a second officer alone; from then on two let in everybody else."""
    people = (
        (SECOND, "刘芳", "front_desk,custodian"),
        (AUDITOR, "赵刚", "auditor"),
        (LEAVING, "郭磊", "investigator"),
        (APPROVER, "陈所长", "approver,administrator"),
    )
    for number, name, roles in people:
        enrol(world.session, number, name, roles, alone=number == SECOND)
    enrol(world.centre, "620002", "孙涛", "dispatcher,approver,administrator")
    for at in (world.colleague, world.laptop, world.other):
        (number,) = SECONDS[at.profile.name]
        enrol(at, number, "周敏", "front_desk,approver")
    made = world.session.as_officer(APPROVER).two("officer", "new-code")
    world.codes["desk"] = made["recovery_code"]


def enrol(at: Post, number: str, name: str, roles: str, *, alone: bool = True) -> None:
    """Another officer signs in there, with a password of their own as tests know it; ``alone``: by the founder."""
    words = ("officer", "add", number, "--name", name, "--roles", roles)
    with password(PASSWORD, _GIVEN):
        (at.json if alone else at.two)(*words)
    with password(_GIVEN, PASSWORD):
        at.as_officer(number).json("officer", "password")


def _meet(world: World, at: Post) -> None:
    """A desk and the centre get to know each other; alone while there is nobody else at either."""
    name = at.profile.name
    card, approval = world.files / f"{name}.card", world.files / f"{name}.approval"
    at.json("trust", "card", "--to", card)
    founding = at.profile == world.session.profile
    words = ("centre", "enrol", card, "--to", approval)
    (world.centre.json if founding else world.centre.two)(*words)
    (at.json if founding else at.two)("trust", "add", approval)
    world.keep(card, "cards", card.name)
    world.keep(approval, "cards", approval.name)


def _colleagues(world: World) -> None:
    """The desks of the station know each other; cards are pictures and pages too."""
    station = (world.session, world.colleague, world.laptop)
    for at in station:
        for former in station:
            if former.profile != at.profile:
                at.two("trust", "add", world.files / f"{former.profile.name}.card")
    for suffix in (".png", ".pdf"):
        picture = world.files / f"desk-card{suffix}"
        world.session.json("trust", "card", "--to", picture)
        world.keep(picture, "cards", picture.name)
        again = world.files / f"desk-approval{suffix}"
        world.centre.two("centre", "enrol", world.files / "desk.card", "--to", again)
        world.keep(again, "cards", again.name)


def _confirm(world: World) -> None:
    """What the founders did alone is confirmed by two, but for the other station; changes were seen."""
    for at in (world.session.as_officer(APPROVER), world.centre.as_officer("620002")):
        if at.knows("trust", "confirm"):
            at.two("trust", "confirm", "--all")
            at.json("trust", "changes", "--seen")
    if not world.centre.knows("trust", "vouch"):
        return
    vouched = world.files / "vouched.card"
    world.centre.two("trust", "vouch", world.files / "other.card", "--to", vouched)
    world.keep(vouched, "cards", vouched.name)
