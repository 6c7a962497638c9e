"""What was learned of pasted texts: weights of words and places, made by ``packaging/train_pasted_texts.py``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from desktop.readers.pasted.learned.name_tagger import TAGS, best_tags, name_ranges
from desktop.runtime.files.model_file import ZERO, load_model, unpack_model
from desktop.runtime.files.resources import resource_path

MODEL: Final = "readers/pasted_text.model"
"""Below the resources."""
SUMS: Final = "sums"
FIELDS: Final = "fields"
NAMES: Final = "names"
PAID: Final = "paid"
"""Of a sum judged alone."""
SETTLED: Final = "settled"
"""Of a sum judged beside the others of its text, by what was made of each alone."""
INCOMING: Final = "in"
_MOST: Final = 64 << 20
"""Bytes the file may unpack to."""
_MAY_BE: Final = 16.0
"""How much less has to speak for a name that only may be one, in the units of the perceptron."""


class WeightTable:
    """For each feature a byte of weight for each of some outputs. Sums are of whole numbers, so that every computer
    says the same."""

    def __init__(self, about: Mapping[str, Any], names: Sequence[str], numbers: bytes) -> None:
        """Raises ``ValueError`` where the sizes differ."""
        self.outputs = tuple(map(str, about["outputs"]))
        self._places = {name: place for place, name in enumerate(names)}
        count = len(names)
        if len(numbers) != count * len(self.outputs) or len(about["scales"]) != len(self.outputs):
            raise ValueError("a table of another size")
        self._columns = {
            output: numbers[at * count : (at + 1) * count] for at, output in enumerate(self.outputs)
        }
        self._scales = dict(zip(self.outputs, map(float, about["scales"]), strict=True))
        self._least = {str(name): float(value) for name, value in about["least"].items()}
        self._sure = {str(name): float(value) for name, value in about["sure"].items()}

    def places(self, features: Iterable[str]) -> list[int]:
        """The known ones of ``features``, as :meth:`score` takes them; each counts once."""
        known = self._places
        return list(map(known.__getitem__, known.keys() & features))

    def score(self, places: Sequence[int], output: str) -> float:
        """How much they speak for ``output``; 0 is as likely as not."""
        total = sum(map(self._columns[output].__getitem__, places)) - ZERO * len(places)
        return total * self._scales[output]

    def weight(self, feature: str, output: str) -> float:
        """What one feature adds to the score of ``output``; 0 of an unknown one."""
        place = self._places.get(feature)
        if place is None:
            return 0.0
        return (self._columns[output][place] - ZERO) * self._scales[output]

    def least(self, output: str) -> float:
        """The score above which ``output`` is offered."""
        return self._least.get(output, 0.0)

    def sure(self, output: str) -> float:
        """The score above which ``output`` is taken along, unless somebody says no."""
        return self._sure.get(output, self.least(output))


class PaymentModel:
    """``version`` changes with the corpus and with how the model was trained."""

    def __init__(self, packed: bytes) -> None:
        """Raises ``ValueError`` and the like for what is no model."""
        about, rest = unpack_model(packed, _MOST)
        self.version = str(about["version"])
        self._moves = tuple(tuple(map(float, row)) for row in about["moves"])
        tables: dict[str, WeightTable] = {}
        for name in (SUMS, FIELDS, NAMES):
            part = about[name]
            words, numbers = rest[: part["words"]], rest[part["words"] :][: part["numbers"]]
            rest = rest[part["words"] + part["numbers"] :]
            tables[name] = WeightTable(part, words.decode().split("\n"), numbers)
        self.sums, self.fields, self._names = tables[SUMS], tables[FIELDS], tables[NAMES]

    def names(
        self, features: Iterable[Sequence[str]]
    ) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Ranges of symbols that are names, and those that may be, by the ``features`` of each symbol."""
        marks = []
        for ones in features:
            places = self._names.places(ones)
            marks.append([self._names.score(places, tag) for tag in TAGS])
        sure = name_ranges(best_tags(marks, self._moves))
        for row in marks:
            row[0] -= _MAY_BE
        return sure, name_ranges(best_tags(marks, self._moves))


@cache
def load_payment_model(file: Path) -> PaymentModel:
    """The model in ``file``, which is read once.

    Raises ``WorldError("install.incomplete", file=…)`` where it is missing or damaged.
    """
    return load_model(file, PaymentModel)


def shipped_payment_model() -> PaymentModel:
    """The model of this program. Raises ``WorldError("install.incomplete", file=…)``."""
    return load_payment_model(resource_path(MODEL))
