"""What is to happen in the day: reports at stations, calls at the centre, tasks, and what each bank will answer.

It is made up before anything is done, and never asks the program for anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from desktop.domain.identifiers.documents.resident_id import resident_check_digit
from desktop.domain.identifiers.money.luhn import luhn_digit

BANKS: Final = (
    ("中国农业银行", "622848", 19),
    ("中国工商银行", "622202", 19),
    ("中国建设银行", "621700", 19),
    ("中国银行", "621661", 19),
    ("招商银行", "622588", 16),
    ("兰州银行", "621242", 19),
)
ROUNDS: Final = 3
"""How often couriers come to the centre."""
LEAST_FEN: Final = 1_000_000
_ANSWERS: Final = ("done", "partial", "failed", "done", "")
_SURNAMES: Final = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_NAMES: Final = (
    "秀兰", "建国", "志强", "桂英", "丽华", "海燕", "玉梅", "晓东", "文静", "国庆", "春生", "秀英", "建军",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlannedCase:
    """One report of one payment, or a call about one. ``fen``: the payment, of which no other case has the same.
    ``station``: where it is registered, or whom a call is assigned to; ``answer``: of the bank, "" for none."""

    number: int
    round: int
    station: int
    called: bool
    fen: int
    answer: str

    @property
    def victim(self) -> str:
        """A name that nobody else has."""
        first, second = divmod(self.number, len(_NAMES))
        return _SURNAMES[first] + _NAMES[second]

    @property
    def bank(self) -> str:
        """Where the payment went."""
        return BANKS[self.number % len(BANKS)][0]

    @property
    def returned_first(self) -> bool:
        """Whether the station that a call is assigned to first returns it, so that the next station gets it."""
        return self.called and self.number % 8 == 0

    @property
    def held_fen(self) -> int:
        """What the bank stops."""
        return {"done": self.fen, "partial": self.fen // 4}.get(self.answer, 0)

    def document(self, time: str) -> dict[str, object]:
        """As ``report add`` takes it; the payment was at ``time``."""
        payment = {
            "time": time,
            "amount_fen": self.fen,
            "channel": "mobile_bank",
            "arrival": "real_time",
            "payer": {"name": self.victim, "account": self._account(2, 1), "bank": BANKS[2][0]},
            "payee": {
                "name": "陈某某",
                "account": self._account(self.number % len(BANKS)),
                "bank": self.bank,
            },
            "serial": f"261201{self.number:08d}",
            "certainty": "receipt",
        }
        phone = f"139{self.number:08d}"
        body = f"62010219800101{self.number % 1000:03d}"
        victim = {
            "name": self.victim,
            "id_kind": "resident_id",
            "id_number": body + resident_check_digit(body),
            "phone": phone,
            "address": "甘肃省兰州市城关区张掖路 88 号",
        }
        document: dict[str, object] = {
            "visit": "report",
            "victim": victim,
            "type": "T01",
            "narrative": "点赞返利，先后垫付，对方拒绝返还。",
            "transfers": [payment],
        }
        if self.called:
            document["call"] = {"caller": phone, "at": time, "came_from": "direct"}
        return document

    def _account(self, bank: int, kind: int = 0) -> str:
        _, front, length = BANKS[bank]
        body = f"{front}{kind}{self.number:0{length - len(front) - 2}d}"
        return body + luhn_digit(body)


@dataclass(frozen=True, slots=True)
class PlannedTask:
    """A task of the centre for a station."""

    number: int
    round: int
    station: int

    @property
    def person(self) -> str:
        """Whom it is about; a name that nobody else has."""
        return f"白{_NAMES[self.number % len(_NAMES)]}{self.number}"

    @property
    def finished(self) -> bool:
        """Whether the station does it, or returns it."""
        return self.number % 3 != 0

    def document(self, unit: str) -> dict[str, object]:
        """As ``task add`` takes it."""
        return {
            "unit": unit,
            "kind": "warning",
            "text": "见面劝阻",
            "name": self.person,
            "phone": f"138{self.number:08d}",
        }


@dataclass(frozen=True, slots=True)
class DayPlan:
    """``lost``: the station whose stick of the first round gets lost on the way up; ``removed``: the seat that is taken
    away in the second."""

    stations: int
    reports: int
    calls: int
    seats: int
    tasks: int
    lost: int = 0
    removed: int = 2

    def cases(self) -> Iterator[PlannedCase]:
        """All of them; every station has its share in every round."""
        for number in range(self.reports + self.calls):
            called = number >= self.reports
            turn = number - self.reports if called else number
            of_all = self.calls if called else self.reports
            yield PlannedCase(
                number=number,
                round=turn * ROUNDS // of_all,
                station=number % self.stations,
                called=called,
                fen=LEAST_FEN + number * 137,
                answer=_ANSWERS[number // len(BANKS) % len(_ANSWERS)],
            )

    def given(self) -> Iterator[PlannedTask]:
        """The tasks."""
        for number in range(self.tasks):
            yield PlannedTask(number, number * ROUNDS // self.tasks, number * 7 % self.stations)

    @staticmethod
    def unit(station: int) -> str:
        """The code of a station's unit."""
        return f"6201{2 + station % 5:02d}{54 + station // 50:02d}{station % 50 + 1:02d}00"
