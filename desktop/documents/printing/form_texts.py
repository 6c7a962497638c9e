"""The words a form needs for coded facts, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum

from desktop.documents.printing.printable import FormValue
from desktop.domain.money.amounts import MAX_FEN, capitals, format_yuan
from desktop.domain.time.local_time import CHINA
from desktop.runtime.texts.catalogue import Catalogue

FormData = dict[str, FormValue]


class FormTexts:
    """Catalogue area ``documents`` with the few formats that forms share."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    @property
    def is_chinese(self) -> bool:
        """Whether the words are Chinese, for line breaking."""
        return self._catalogue.language.startswith("zh")

    def text(self, key: str, **params: str | int) -> str:
        """``documents.<key>``."""
        return self._catalogue.text(f"documents.{key}", **params)

    def whole(self, key: str, **params: str | int) -> str:
        """The text of a key of any area."""
        return self._catalogue.text(key, **params)

    def of(self, area: str, key: str) -> str:
        """``<area>.<key>``; empty where there is no such text."""
        whole = f"{area}.{key}"
        return self._catalogue.text(whole) if whole in self._catalogue else ""

    def texts(self, area: str, names: Iterable[str]) -> FormData:
        """The texts ``documents.<area>.<name>`` by name, for a template that places them."""
        return {name: self.text(f"{area}.{name}") for name in names}

    def name(self, area: str, code: str) -> str:
        """The name of a code that may be newer than this program: then the code itself."""
        key = f"documents.{area}.{code}"
        return self._catalogue.text(key) if code and key in self._catalogue else code

    def choices(self, area: str, kinds: type[StrEnum], chosen: StrEnum | None) -> list[FormValue]:
        """Every choice with a box, the chosen one filled."""
        return [
            {"label": self.text(f"{area}.{kind.value}"), "on": kind is chosen} for kind in kinds
        ]

    def day(self, instant: datetime) -> str:
        """The day in legal time."""
        return self._date("day", instant)

    def calendar_day(self, day: date) -> str:
        """A day that is no instant, such as one of birth."""
        return self._date("day", datetime(day.year, day.month, day.day, tzinfo=CHINA))

    def minute(self, instant: datetime) -> str:
        """Day, hour and minute in legal time."""
        return self._date("minute", instant)

    def second(self, instant: datetime | None) -> str:
        """To the second; empty when unknown."""
        return self._date("second", instant) if instant is not None else ""

    def person(self, number: str, name: str) -> str:
        """An officer with the police number; empty for nobody."""
        if not number:
            return name
        return self.text("officer", name=name, number=number) if name else number

    def frame(self, title: str, at: datetime) -> FormData:
        """What every page carries."""
        return {
            "title": title,
            "author": self.text("author"),
            "lang": "zh" if self.is_chinese else "en",
            "page": self.text("page", page="{page}", pages="{pages}"),
            "printed": self.text("printed", time=self.minute(at)),
        }

    def _date(self, form: str, instant: datetime) -> str:
        """In Chinese months, days and hours are counted as they are said: 2027年5月4日9时05分."""
        local = instant.astimezone(CHINA)
        width = 1 if self.is_chinese else 2
        return self.text(
            f"date.{form}",
            year=f"{local.year:04d}",
            month=f"{local.month:0{width}d}",
            day=f"{local.day:0{width}d}",
            hour=f"{local.hour:0{width}d}",
            minute=f"{local.minute:02d}",
            second=f"{local.second:02d}",
        )


def in_figures(fen: int) -> str:
    """``￥98,000.00``; empty when unknown."""
    return f"￥{format_yuan(fen)}" if fen > 0 else ""


def in_capitals(fen: int) -> str:
    """``玖万捌仟元整``; empty when unknown or beyond what has capitals."""
    return capitals(fen) if 0 < fen <= MAX_FEN else ""


def in_ranges(numbers: Sequence[int]) -> str:
    """``1–3、7``, of numbers in their order."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return "、".join(str(a) if a == b else f"{a}–{b}" for a, b in runs)


def in_groups(digest: str) -> str:
    """A digest in upper-case groups of eight, to be compared by eye."""
    upper = digest.upper()
    return " ".join(upper[start : start + 8] for start in range(0, len(upper), 8))


def in_fours(number: str) -> str:
    """An account in groups of four, as it is read out; letters and addresses stay whole."""
    if not all(mark.isdigit() or mark == "*" for mark in number):
        return number
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))
