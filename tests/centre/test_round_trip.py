"""Three stations, a centre: orders out in packs, answers back in every state, results on every desk; twice the same."""

from __future__ import annotations

import random  # noqa: TID251 - dirt that is the same every time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.answers import take_files
from desktop.centre.batch_files import write_batches
from desktop.centre.ingest import ingest
from desktop.centre.replies import write_replies
from desktop.domain.case_file.orders.order_row import moment
from desktop.domain.errors import UserInputError
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.orders.kinds import STOPS
from desktop.domain.orders.order import OrderState
from desktop.domain.orders.sending.answer import Trouble
from desktop.domain.progress import SILENT
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.peers.trust import own_card
from desktop.services.exchange.take_in.apply_bundle import apply_bundle
from desktop.services.exchange.take_in.bundle_news import BundleNews
from desktop.services.look_up import orders
from desktop.services.orders.answers.answer_queue import queued_answers
from desktop.services.orders.answers.dispatch_batches import batch_orders
from desktop.services.orders.issue_order import issue_stop
from desktop.services.session import Session
from tests.centre.answer_files import Rows, filled, save, save_csv
from tests.support.ceremony import approve, trust_peer
from tests.support.clocks import START, CountingIds
from tests.support.counted_orders import orders_on_clock
from tests.support.databases import KINDS, some_databases
from tests.support.sessions import Seat, a_form, take_seat

CASES = 50
BANKS = ("中国农业银行", "中国建设银行", "招商银行", "甘肃银行")
UNITS = ("620103000000", "620104000000")
WORDS = {"成功": OrderState.DONE, "部分成功": OrderState.PARTIAL, "失败": OrderState.FAILED}


@dataclass
class City:
    """Everybody, and a folder for what is carried between them."""

    centre: Session
    stations: tuple[Session, ...]
    folder: Path

    def states(self, session: Session) -> dict[str, OrderState]:
        return {view.order.id: view.state for view in orders(session)}

    def digests(self) -> list[str]:
        return [session.store.digest() for session in (self.centre, *self.stations)]

    def bring(self) -> None:
        for number, station in enumerate(self.stations):
            stick = self.folder / f"out{number}"
            stick.mkdir()
            export_bundle(station, stick, SILENT)
            quarantine = Quarantine(stick / "no")
            looked = ingest(self.centre, quarantine, [stick], SILENT, dry_run=True)
            assert not ingest(self.centre, quarantine, [stick], SILENT).problems
            self.expect_news(looked.news, station.profile.unit_code)

    def expect_news(self, news: tuple[BundleNews, ...], unit: str) -> None:
        """A look into the bundle told what is here now of its station."""
        now = self.centre.clock.now()
        rows = [row for row in orders_on_clock(self.centre) if row.view.order.unit_code == unit]
        stops = (row.view.order for row in rows if row.view.order.kind in STOPS)
        first = min(rows, key=lambda row: row.pressing(now).urgency(now))
        (found,) = news
        assert (found.unit_code, found.orders) == (unit, len(rows))
        assert found.cases == len({row.view.case for row in rows})
        assert found.stop_fen == sum(order.amount_fen for order in stops)
        assert found.first is not None
        assert found.first.number == first.view.order.number

    def take_back(self, name: str) -> None:
        back = self.folder / name
        back.mkdir()
        write_replies(self.centre, back, SILENT)
        for station in self.stations:
            apply_bundle(station, sorted(back.iterdir()), SILENT)


@pytest.fixture(params=KINDS)
def centre_seat(
    request: pytest.FixtureRequest, quick_folder: Path, tmp_path: Path
) -> Iterator[Seat]:
    with some_databases(request.param, tmp_path) as places:
        made = take_seat(
            quick_folder / "centre", "C", unit_code="620100000000", unit_name="市反诈中心",
            role=InstallationRole.CENTRE, where=places.place("centre"),
        )  # fmt: skip
        yield made
        made.session.store.close()


@pytest.fixture
def city(session: Session, centre: Session, quick_folder: Path) -> Iterator[City]:
    others = [
        take_seat(quick_folder / unit, "A", unit_code=unit, unit_name=f"所{unit[3:6]}")
        for unit in UNITS
    ]
    for number, seat in enumerate(others):
        seat.session = replace(seat.session, ids=CountingIds(f"c{number}"))
        trust_peer(seat.session, approve(centre, own_card(seat.session)))
    yield City(centre, (session, *(seat.session for seat in others)), quick_folder)
    for seat in others:
        seat.session.store.close()


def order_stops(station: Session, cases: int, chance: random.Random) -> None:
    for _ in range(cases):
        form = a_form(station)
        account = f"6228{chance.randrange(10**14):014d}"
        bank = chance.choice(BANKS)
        first = replace(form.transfers[0], payee_bank=bank, payee_account=account)
        issue_stop(station, replace(form, transfers=(first,)), 0, confirmed=True)


def clerk(
    chance: random.Random, recorded: dict[str, str]
) -> Callable[[Mapping[str, str]], dict[str, str]]:
    """Answers every row one way or another, and notes by key what was answered."""

    def fill(row: Mapping[str, str]) -> dict[str, str]:
        word = chance.choice([*WORDS, "再说", ""])
        if word:
            recorded[row["指令标识"]] = word
        asked = row["转出金额(元) transferAmount"]
        answer = {"办理结果": word, "反馈机构": "某行"} if word else {}
        if word in {"成功", "部分成功"}:
            amount = asked if word == "成功" else "100.00"
            answer |= {"执行金额(元)": amount, "措施起始时间": moment(START + timedelta(hours=1))}
        if word == "失败":
            answer["失败原因"] = "账户已销户"
        return answer

    return fill


def dirty(rows: Rows, chance: random.Random) -> Rows:
    """Columns and rows in another order, columns nobody needs left out, blank lines and repeated names between."""
    head = rows[0]
    keep = [at for at, title in enumerate(head) if title != "事由 reason"]
    chance.shuffle(keep)
    turned = [[row[at] for at in keep] for row in rows]
    body = turned[1:]
    chance.shuffle(body)
    return [["某行反馈", ""], turned[0], *body[:2], [""], turned[0], *body[2:]]


def test_round_trip(city: City) -> None:
    chance = random.Random(CASES)  # noqa: S311 - the same every time
    for station in city.stations:
        order_stops(station, CASES, chance)
    city.bring()
    written = write_batches(city.centre, batch_orders(city.centre), city.folder / "packs", SILENT)
    assert len(written) == len(BANKS)
    assert sum(len(item.batch.orders) for item in written) == CASES * len(city.stations)

    recorded: dict[str, str] = {}
    files = []
    for number, item in enumerate(written):
        sheets = filled(item.workbook, clerk(chance, recorded))
        rows = dirty(next(iter(sheets.values())), chance)
        if number % 2:
            files.append(save_csv(city.folder / f"{number}.csv", rows))
        else:
            numbers = ("执行金额(元)",)
            files.append(save(city.folder / f"{number}.xlsx", {"反馈": rows}, numbers=numbers))
    taken = take_files(city.centre, files, SILENT)
    assert not [item.error for item in taken if item.error]

    expected = {key: WORDS[word] for key, word in recorded.items() if word in WORDS}
    at_centre = city.states(city.centre)
    assert {key: at_centre[key] for key in expected} == expected
    unclear = [key for key, word in recorded.items() if word not in WORDS]
    assert Counter(item.answer.trouble for item in queued_answers(city.centre)) == Counter(
        {Trouble.RESULT: len(unclear)} if unclear else {}
    )

    city.take_back("back")
    found: dict[str, OrderState] = {}
    for station in city.stations:
        found |= city.states(station)
    assert {key: found[key] for key in expected} == expected

    before = at_centre, queued_answers(city.centre)
    written_rows = city.digests()
    again = take_files(city.centre, files, SILENT)
    assert not any(item.taken and (item.taken.taken or item.taken.queued) for item in again)
    assert (city.states(city.centre), queued_answers(city.centre)) == before
    with pytest.raises(UserInputError, match=r"pack.nothing"):
        batch_orders(city.centre)
    assert_again_changes_nothing(city, written_rows)


def assert_again_changes_nothing(city: City, before: list[str]) -> None:
    """The same sticks at the centre and at the stations once more."""
    for number in range(len(city.stations)):
        stick = city.folder / f"out{number}"
        done = ingest(city.centre, Quarantine(stick / "no"), [stick], SILENT)
        assert (done.applied, done.problems) == (0, ())
    for station in city.stations:
        apply_bundle(station, sorted((city.folder / "back").iterdir()), SILENT)
    assert city.digests() == before
    assert city.centre.store.verify(SILENT) == ()
