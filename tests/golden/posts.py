"""The places of the story: two desks and a laptop of one station, a desk of another, and the centre of their city."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import pytest

from desktop.app.installation import Installation
from desktop.cli.context import CommandContext
from desktop.runtime.files.resources import resource_path
from tests.cli.terminal import Terminal, TerminalOutput
from tests.support.clocks import HandClock
from tests.support.installations import OFFICER, PASSWORD

STATION: Final = ("620102540000", "兰州市公安局城关分局张掖路派出所")
OTHER: Final = ("620103550000", "兰州市公安局七里河分局西园派出所")
CENTRE_OFFICER: Final = "620001"
SECOND, AUDITOR, LEAVING, APPROVER = "620135", "620136", "620137", "620138"
"""Officers of the first desk beside its first one."""
SECONDS: Final = {
    "centre": ("620002", CENTRE_OFFICER),
    "colleague": ("620139",),
    "other": ("620140",),
    "laptop": ("620141",),
}
"""Place → officers who stand beside the one signed in; at any other those of the first desk."""


@dataclass(frozen=True, slots=True)
class Post(Terminal):
    """Commands over a profile in which several officers sign in; ``officer`` where nobody else is named."""

    officer: str = OFFICER

    def say(self, *words: object, typed: str | bytes = "", lang: str = "") -> TerminalOutput:
        """The same, with the officer named."""
        return Terminal.say(self, "--officer", self.officer, *words, typed=typed, lang=lang)

    def json(self, *words: object, typed: str | bytes = "") -> dict[str, Any]:
        """The document of a command that must go well; what a sign-in has to tell may stand on standard error."""
        said = self.say("--json", *words, typed=typed)
        assert said.status == 0, said.err
        return said.document

    def whole(self, *words: object) -> dict[str, Any]:
        """A list with the numbers of persons in full."""
        return self.json(*words, "--reveal")

    def as_officer(self, number: str) -> Post:
        """The same profile, with somebody else at it."""
        return replace(self, officer=number)

    def two(self, *words: object) -> dict[str, Any]:
        """A command that takes two officers."""
        return self.json(*words, "--second", self.second)

    @property
    def second(self) -> str:
        """Another officer of this place, whose password everybody has."""
        others = SECONDS.get(self.profile.name, (SECOND, APPROVER))
        return next(one for one in others if one != self.officer)

    def knows(self, *words: str) -> bool:
        """Whether there is such a command."""
        return self.say(*words, "--help").status == 0

    def shown(self, case: str) -> dict[str, Any]:
        """A report with nothing hidden."""
        return self.json("report", "show", case, "--reveal")

    @contextmanager
    def signed_in(self) -> Iterator[Installation]:
        """The installation, for what no command does."""
        place = Installation(self.profile)
        place.sign_in(self.officer, PASSWORD)
        try:
            yield place
        finally:
            place.close()


@contextmanager
def signed_in_once(at: Post) -> Iterator[None]:
    """Commands of ``at`` that only read, within one sign-in, which is the better half of what each costs."""
    with at.signed_in() as place, pytest.MonkeyPatch.context() as patch:
        patch.setattr(CommandContext, "signed_in", lambda _asked: nullcontext(place))
        yield


@dataclass(slots=True)
class World:
    """``root`` holds the profiles, ``files`` whatever is passed between them, ``kept`` what is to be kept of that."""

    root: Path
    files: Path
    kept: Path
    clock: HandClock
    codes: dict[str, str] = field(default_factory=dict)
    """Name of a profile → its recovery code."""
    cases: dict[str, str] = field(default_factory=dict)
    """What the story calls a case → its id."""
    orders: dict[str, str] = field(default_factory=dict)

    make: Callable[[Path, str], Post] = Post
    """How a place is worked, by its folder and who signs in there."""

    @property
    def session(self) -> Post:
        """Desk A of the station; what no command does is done here."""
        return Post(self.root / "desk")

    @property
    def colleague(self) -> Post:
        """Desk B of the same station."""
        return self.make(self.root / "colleague", OFFICER)

    @property
    def laptop(self) -> Post:
        """Desk D of the same station; it is stolen later and not kept."""
        return self.make(self.files / "laptop", OFFICER)

    @property
    def other(self) -> Post:
        """The only desk of another station."""
        return self.make(self.root / "other", OFFICER)

    @property
    def centre(self) -> Post:
        return self.make(self.root / "centre", CENTRE_OFFICER)

    @property
    def places(self) -> tuple[Post, ...]:
        """Whatever is kept."""
        return self.session, self.colleague, self.other, self.centre

    def later(self, **amount: float) -> None:
        """Time passes."""
        self.clock.advance(**amount)

    def stick(self, name: str) -> Path:
        """An empty folder of this name."""
        made = self.files / name
        made.mkdir(parents=True)
        return made

    def keep(self, file: Path, *name: str) -> None:
        """Keep a copy of a file, or a folder as ``.zip``: scripts in it are nothing of this tree."""
        target = self.kept.joinpath(*name)
        target.parent.mkdir(parents=True, exist_ok=True)
        if file.is_dir():
            shutil.make_archive(str(target), "zip", file)
        else:
            shutil.copyfile(file, target)

    def text(self, name: str, words: str) -> Path:
        """A text file."""
        made = self.files / name
        made.parent.mkdir(parents=True, exist_ok=True)
        made.write_text(words, "utf-8")
        return made

    def report(self, at: Post, name: str, document: dict[str, Any]) -> str:
        """Register what the document says; the id of the case."""
        case: str = at.json("report", "add", "-", typed=json.dumps(document))["case"]
        self.cases[name] = case
        return case

    def up(self, at: Post, name: str) -> Path:
        """A bundle from a station to the centre, taken in there."""
        stick = self.stick(f"up-{name}")
        at.json("bundle", "export", "--to", stick)
        self._damaged(stick)
        found = self.centre.json("centre", "ingest", stick)
        assert found["problems"] == [], found
        return stick

    def _damaged(self, stick: Path) -> None:
        """A volume that arrives damaged is refused; the sender hears of it."""
        (volume, *_) = sorted(stick.glob("*.fzb"))
        octets = bytearray(volume.read_bytes())
        octets[-40] ^= 1
        spoilt = self.stick(f"{stick.name}-damaged") / volume.name
        spoilt.write_bytes(octets)
        assert self.centre.say("--json", "centre", "ingest", spoilt).status == 1

    def down(self, name: str, *to: Post) -> Path:
        """Bundles from the centre to every station, taken in by those named."""
        stick = self.stick(f"down-{name}")
        self.centre.json("centre", "reply", "--to", stick)
        for at in to:
            found = at.json("bundle", "apply", stick)
            assert not found.get("problems"), found
        return stick


_LATER = frozenset({"source", "parties", "interviews"})
"""Members of a report that the kept programs do not know, and refuse."""


def sample(name: str) -> dict[str, Any]:
    """A sample report, with the members that every program knows."""
    found: dict[str, Any] = json.loads(resource_path(f"samples/{name}.json").read_text("utf-8"))
    return {member: value for member, value in found.items() if member not in _LATER}


def paid(document: dict[str, Any], account: str, name: str, at: str, fen: int) -> dict[str, Any]:
    """The report with its first payment gone to this account at this time."""
    first = document["transfers"][0]
    changed = {
        **first,
        "time": at,
        "amount_fen": fen,
        "serial": f"S{fen}",
        "payee": {"name": name, "account": account, "bank": "中国工商银行"},
    }
    return {**document, "transfers": [changed, *document["transfers"][1:]]}
