"""An earlier program and this one work together: as station and centre, as desks of one station, either way round."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.cases.people.victim import VICTIM_FIELDS
from tests.golden.conftest import copy_of
from tests.golden.earlier import EarlierPost, EarlierProgram, earlier_program
from tests.golden.founding import enrol
from tests.golden.make_golden import golden_names, tell
from tests.golden.posts import CENTRE_OFFICER, SECOND, STATION, Post, World, sample
from tests.golden.test_underway import goes_round
from tests.support.clocks import HandClock
from tests.support.installations import OFFICER
from tests.support.strict import all_of

COMMITS = [name for name in golden_names() if re.fullmatch(r"[0-9a-f]{8,40}", name)]
FARTHEST = "3576e4d5"
"""The first that was kept; every other one is nearer to this program, and is tried where there is time."""
PROGRAMS = [
    FARTHEST,
    *(pytest.param(one, marks=pytest.mark.slow) for one in COMMITS if one != FARTHEST),
]


@pytest.fixture(scope="module", params=PROGRAMS)
def earlier(
    request: pytest.FixtureRequest, quick_disk: Path, clock: HandClock
) -> Iterator[EarlierProgram]:
    with earlier_program(request.param, quick_disk, clock) as program:
        yield program


class Pair:
    """A station and a centre that know each other, one of them run by the earlier program."""

    def __init__(self, folder: Path, earlier: EarlierProgram, *, old: str) -> None:
        self.folder = folder
        self.station = self.post("station", OFFICER, earlier if old == "station" else None)
        self.centre = self.post("centre", CENTRE_OFFICER, earlier if old == "centre" else None)
        self.station.json(
            "init", "--unit-code", STATION[0], "--unit-name", STATION[1], "--device", "A",
            "--officer", OFFICER, "--name", "王建国",
        )  # fmt: skip
        self.centre.json("centre", "init", "--officer", CENTRE_OFFICER, "--name", "李静")
        card, approval = folder / "station.card", folder / "station.approval"
        self.station.json("trust", "card", "--to", card)
        self.centre.json("centre", "enrol", card, "--to", approval)
        self.station.json("trust", "add", approval)
        enrol(self.station, SECOND, "刘芳", "front_desk,custodian")

    def post(self, name: str, officer: str, program: EarlierProgram | None) -> Post:
        """A profile below the folder."""
        if program is None:
            return Post(self.folder / name, officer)
        return EarlierPost(self.folder / name, officer, program)

    def stick(self, name: str) -> Path:
        """An empty folder."""
        made = self.folder / name
        made.mkdir()
        return made


def _stop(at: Post, case: str) -> str:
    """One officer alone orders a stop."""
    return str(at.json("order", "issue", case, "--kind", "stop")["order"])


@pytest.fixture(params=["station", "centre"])
def pair(request: pytest.FixtureRequest, quick_folder: Path, earlier: EarlierProgram) -> Pair:
    return Pair(quick_folder, earlier, old=request.param)


def test_a_report_goes_up_and_its_answer_comes_down(pair: Pair, clock: HandClock) -> None:
    order = goes_round(pair.station, pair.centre, pair.folder / "one")
    clock.advance(minutes=5)
    goes_round(pair.station, pair.centre, pair.folder / "two")
    slip = pair.folder / "slip.png"
    case = pair.station.json("report", "add", "-", typed=json.dumps(sample("report")))["case"]
    fresh = _stop(pair.station, case)
    pair.station.json("order", "slip", fresh, "--to", slip)
    assert fresh in json.dumps(pair.centre.json("centre", "scan", slip))
    series, *_ = pair.centre.json("series")["series"]
    assert len(series["cases"]) == 2, "the same accounts in both"
    pair.centre.json("series", "propose", series["cases"][0], "--note", "同一团伙")
    down = pair.stick("down")
    pair.centre.json("centre", "reply", "--to", down)
    assert pair.station.json("bundle", "apply", down)["problems"] == []
    states = {row["order"]: row["state"] for row in pair.station.json("order", "list")["orders"]}
    assert states[order] == "partial"
    for at in (pair.station, pair.centre):
        assert at.json("verify")["ok"]
        assert at.json("rebuild")["changed"] is False


def test_lost_sticks_are_made_up_for(pair: Pair) -> None:
    """Both ways: the first bundle never arrives, the second brings what both were to; the first comes late."""
    station, centre = pair.station, pair.centre
    orders = []
    for name in ("up-1", "up-2"):
        case = station.json("report", "add", "-", typed=json.dumps(sample("report")))["case"]
        orders.append(_stop(station, case))
        station.json("bundle", "export", "--to", pair.stick(name))
    taken = centre.json("centre", "ingest", pair.folder / "up-2")
    assert (taken["problems"], taken["held"]) == ([], 0)
    for name, order, result in (("down-1", orders[0], "done"), ("down-2", orders[1], "failed")):
        letter = pair.folder / "letter.json"
        letter.write_text(json.dumps({"order": order, "result": result, "amount_fen": 0}))
        centre.json("centre", "replies", letter)
        centre.json("centre", "reply", "--to", pair.stick(name))
    taken = station.json("bundle", "apply", pair.folder / "down-2")
    assert (taken["problems"], taken["held"]) == ([], 0)
    for at in (station, centre):
        states = {row["order"]: row["state"] for row in at.json("order", "list")["orders"]}
        assert states == {orders[0]: "done", orders[1]: "failed"}
        assert at.json("verify")["ok"]
    late = centre.json("centre", "ingest", pair.folder / "up-1")
    assert (late["problems"], late["applied"]) == ([], 0)
    late = station.json("bundle", "apply", pair.folder / "down-1")
    assert (late["problems"], late["applied"]) == ([], 0)


def test_a_stop_of_one_never_waits_for_the_upgrade_of_the_centre(pair: Pair) -> None:
    """It arrives, also after the older centre was heard from; once the upgraded centre was, it is marked."""
    station, centre = pair.station, pair.centre
    if isinstance(station, EarlierPost):
        pytest.skip("an earlier station writes nothing newer")
    upgraded = Post(centre.profile, CENTRE_OFFICER)
    for name, at in (("one", centre), ("two", centre), ("three", upgraded), ("four", upgraded)):
        case = station.json("report", "add", "-", typed=json.dumps(sample("report")))["case"]
        order = _stop(station, case)
        station.json("bundle", "export", "--to", pair.stick(f"up-{name}"))
        taken = at.json("centre", "ingest", pair.folder / f"up-{name}")
        assert (taken["problems"], taken["held"]) == ([], 0)
        rows = {row["order"]: row for row in at.json("order", "list")["orders"]}
        assert rows[order].get("unconfirmed", False) is (name == "four")
        at.json("centre", "reply", "--to", pair.stick(f"down-{name}"))
        assert station.json("bundle", "apply", pair.folder / f"down-{name}")["problems"] == []
    assert station.json("verify")["ok"]


def test_a_field_that_the_other_program_does_not_know_is_kept(pair: Pair) -> None:
    """Nothing waits for the upgrade of the centre, which shows the field as soon as it is upgraded."""
    station, centre = pair.station, pair.centre
    if isinstance(station, EarlierPost):
        pytest.skip("an earlier station writes nothing newer")
    report = sample("report")
    news = [row for row in VICTIM_FIELDS.rows if row.among_answers]
    report["victim"] |= {row.attribute: f"某{row.attribute}" for row in news}
    parties = [
        {"role": "reporter agent", "name": "王芳", "relation": "女儿"},
        {"role": "witness", "name": "刘某"},
    ]
    report |= {"parties": parties, "source": "police_110"}
    case = station.json("report", "add", "-", typed=json.dumps(report))["case"]
    station.json("bundle", "export", "--to", pair.stick("up"))
    taken = centre.json("centre", "ingest", pair.folder / "up")
    assert (taken["problems"], taken["held"]) == ([], 0)
    centre.json("centre", "reply", "--to", pair.stick("down"))
    assert station.json("bundle", "apply", pair.folder / "down")["problems"] == []
    for at in (station, Post(centre.profile, CENTRE_OFFICER)):
        shown = at.shown(case)
        assert all_of(shown["victim"][row.attribute] == f"某{row.attribute}" for row in news)
        assert (shown["parties"], shown["source"]) == (parties, "police_110")
        assert at.json("verify")["ok"]


def test_keys_change_under_the_other_program(pair: Pair) -> None:
    station, centre = pair.station, pair.centre
    goes_round(station, centre, pair.folder / "before")
    fresh = station.json("trust", "rotate")["fingerprint"]
    goes_round(station, centre, pair.folder / "planned")
    assert centre.json("trust", "list")["parties"][0]["fingerprint"] == fresh
    newest = centre.json("centre", "rotate")["fingerprint"]
    goes_round(station, centre, pair.folder / "centre")
    assert station.json("trust", "list")["parties"][0]["fingerprint"] == newest


@pytest.mark.parametrize("old", ["first", "second"])
def test_desks_of_one_station_share_a_folder(
    quick_folder: Path, earlier: EarlierProgram, old: str
) -> None:
    first: Post = Post(quick_folder / "first")
    second: Post = EarlierPost(quick_folder / "second", OFFICER, earlier)
    if old == "first":
        first, second = second, first
    shared = quick_folder / "shared"
    shared.mkdir()
    for at, letter in ((first, "A"), (second, "B")):
        at.json(
            "init", "--unit-code", STATION[0], "--unit-name", STATION[1], "--device", letter,
            "--officer", OFFICER, "--name", "王建国",
        )  # fmt: skip
        at.json("trust", "card", "--to", quick_folder / f"{letter}.card")
    for at, card in ((first, "B.card"), (second, "A.card")):
        enrol(at, SECOND, "刘芳", "front_desk,custodian")
        at.two("trust", "add", quick_folder / card)
    case = first.json("report", "add", "-", typed=json.dumps(sample("report")))["case"]
    _share(shared, first, second)
    first.json("report", "offer", case, "--to", "B", "--reason", "换班")
    second.json("report", "take-over", case, "--reason", "A 机故障")
    _share(shared, first, second)
    (conflict,) = first.json("bundle", "conflicts")["conflicts"]
    assert second.json("bundle", "conflicts")["conflicts"][0]["conflict"] == conflict["conflict"]
    first.json("bundle", "settle", conflict["conflict"], "--take", "2")
    _share(shared, first, second)
    assert second.json("bundle", "conflicts") == {"conflicts": []}
    shown = [at.shown(case) for at in (first, second)]
    assert shown[0]["charge"] == shown[1]["charge"]


def _share(folder: Path, *sessions: Post) -> None:
    for at in (*sessions, *sessions):
        at.json("bundle", "watch", folder, "--once")


@pytest.mark.parametrize("old", ["desk", "centre"])
def test_one_side_is_upgraded_and_the_other_is_not(
    quick_folder: Path,
    earlier: EarlierProgram,
    clock: HandClock,
    old: str,
    request: pytest.FixtureRequest,
) -> None:
    """The profiles that were kept, one still worked with the program that wrote it."""
    name = request.node.callspec.params["earlier"]
    left = copy_of(name, quick_folder, clock)
    places = {"desk": left.post("desk"), "centre": left.post("centre")}
    places[old] = EarlierPost(places[old].profile, places[old].officer, earlier)
    session, centre = places["desk"], places["centre"]
    assert centre.json("centre", "ingest", left.root / "bundles" / "from-desk")["problems"] == []
    assert session.json("bundle", "apply", left.root / "bundles" / "from-centre")["problems"] == []
    goes_round(session, centre, quick_folder / "round")
    assert session.json("verify")["ok"]
    assert centre.json("verify")["ok"]


@pytest.mark.parametrize("release", sorted(set(golden_names()) - set(COMMITS)))
def test_a_profile_of_a_release_is_upgraded_twice(
    quick_folder: Path, earlier: EarlierProgram, clock: HandClock, release: str
) -> None:
    """From a release to an earlier program, which works with it, and from that to this one."""
    left = copy_of(release, quick_folder, clock)
    clock.advance(days=3)
    ends = left.post("station"), left.post("centre")
    station, centre = (EarlierPost(end.profile, end.officer, earlier) for end in ends)
    order = goes_round(station, centre, quick_folder / "first")
    for end in ends:
        assert end.json("verify")["ok"]
        assert end.json("rebuild")["changed"] is False
        states = {row["order"]: row["state"] for row in end.json("order", "list")["orders"]}
        assert states[order] == "partial"
        for row in left.documents(end.profile.name)["orders"]["orders"]:
            assert row["order"] in states
    goes_round(*ends, quick_folder / "second")


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    "old", [{"centre"}, {"colleague", "other"}, {"laptop", "other", "centre"}], ids=" ".join
)
def test_both_programs_show_the_whole_story(
    quick_folder: Path, earlier: EarlierProgram, clock: HandClock, old: set[str]
) -> None:
    """Everything there is to do, some places worked with the earlier program; then with this one."""

    def make(profile: Path, officer: str) -> Post:
        if profile.name in old:
            return EarlierPost(profile, officer, earlier)
        return Post(profile, officer)

    root, files = quick_folder / "places", quick_folder / "files"
    world = World(root, files, quick_folder / "kept", clock, make=make)
    for folder in (root, files):
        folder.mkdir()
    tell(world)
    for at in world.places:
        assert at.json("verify")["ok"], at.profile.name
        now = Post(at.profile, at.officer)
        assert now.json("verify")["ok"], at.profile.name
        assert now.json("rebuild")["changed"] is False, at.profile.name
    centre = Post(world.centre.profile, CENTRE_OFFICER)
    sticks = world.kept / "bundles"
    for name in ("desk", "other", "colleague"):
        assert centre.json("centre", "ingest", sticks / f"from-{name}")["problems"] == []
        at = Post(world.root / name)
        assert at.json("bundle", "apply", sticks / "from-centre")["problems"] == []
    goes_round(world.session, centre, quick_folder / "sticks")
