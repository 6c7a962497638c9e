"""The model that tells types of fraud apart: a linear one over signs and pairs of signs, made by
``packaging/train_scam_types.py``."""

from __future__ import annotations

import math
import struct
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from desktop.analysis.story_text import grams, signs
from desktop.runtime.files.model_file import ZERO, load_model, unpack_model
from desktop.runtime.files.resources import resource_path

MODEL: Final = "models/scam_types.model"
"""Below the resources."""
IDF_STEPS: Final = 25
"""Of how many steps of the file one unit of rarity is."""
_MOST: Final = 32 << 20
"""Bytes the file may unpack to."""
_LANE: Final = 4
_STEPS: Final = 1 << 16
"""Weights of a text have a length of 1 altogether, so that sums of rows stay below what four bytes hold."""
_MOST_OFTEN: Final = 200
_OFTEN: Final = tuple(1.0 + math.log(max(often, 1)) for often in range(_MOST_OFTEN + 1))
"""What a gram counts that stands so often in a text."""
_TOGETHER: Final = round(IDF_STEPS * math.log(3.5))
"""Of 3.5 stories with the rarer of two signs at least one has both together."""


@dataclass(frozen=True, slots=True)
class StoryMarks:
    """What a model makes of one text. ``read`` and ``places`` are those of
    :func:`~desktop.analysis.story_text.signs`; ``often``: gram → how often it stands there; ``weights``: gram → how
    much of the text it is, before what it says of a label, in steps of :data:`_STEPS`; ``logits``: label → how much
    speaks for it."""

    read: str
    places: Sequence[int]
    often: Mapping[str, int]
    weights: Mapping[str, int]
    logits: Mapping[str, float]


def chances(logits: Mapping[str, float]) -> Mapping[str, float]:
    """How often each label is right where the same was said, from 0 to 1, together 1."""
    top = max(logits.values())
    powers = {label: math.exp(value - top) for label, value in logits.items()}
    total = sum(powers.values())
    return {label: power / total for label, power in powers.items()}


class StoryModel:
    """``version`` changes with the corpus and with how the model was trained; ``labels`` are codes of types and the
    values of ``StoryVerdict`` that are no type."""

    def __init__(self, packed: bytes) -> None:
        """Raises ``ValueError`` and the like for what is no model."""
        about, rest = unpack_model(packed, _MOST)
        self.version = str(about["version"])
        self.labels = tuple(map(str, about["labels"]))
        self._scales = tuple(map(float, about["scales"]))
        self._start = tuple(map(float, about["start"]))
        names, _, numbers = rest.partition(b"\n\n")
        self._places = {name: place for place, name in enumerate(names.decode().split("\n"))}
        count, width = len(self._places), len(self.labels)
        if len(numbers) != count * (width + 1) or not width == len(self._scales) == len(
            self._start
        ):
            raise ValueError("a model of another size")
        self._rarity = numbers[:count]
        self._rows = numbers[count:]
        # A row as one number with four bytes for each label, so that a text adds up rows in one go.
        lanes = bytearray(_LANE * len(self._rows))
        lanes[::_LANE] = self._rows
        self._lanes, self._row_bytes = bytes(lanes), _LANE * width

    def read(self, text: str) -> StoryMarks:
        """What the model makes of a text; the same on every computer, as all sums are of whole numbers."""
        read, places = signs(text)
        known, rarity = self._places, self._rarity
        often = {gram: count for gram, count in Counter(grams(read)).items() if gram in known}
        exact = {
            gram: _OFTEN[min(count, _MOST_OFTEN)] * rarity[known[gram]]
            for gram, count in often.items()
        }
        length = math.sqrt(sum(weight * weight for weight in exact.values())) or 1.0
        weights = {gram: round(_STEPS * weight / length) for gram, weight in exact.items()}
        lanes, row, total = self._lanes, self._row_bytes, 0
        for gram, weight in weights.items():
            place = known[gram] * row
            total += weight * int.from_bytes(lanes[place : place + row], "little")
        sums = struct.unpack(f"<{len(self.labels)}I", total.to_bytes(row, "little"))
        nothing = ZERO * sum(weights.values())
        logits = {
            label: start + scale * (sum_ - nothing) / _STEPS
            for label, start, scale, sum_ in zip(
                self.labels, self._start, self._scales, sums, strict=True
            )
        }
        return StoryMarks(read, places, often, weights, logits)

    def adds(self, marks: StoryMarks, label: str) -> Mapping[str, float]:
        """Gram → what it adds to the logit of a label at each place where it stands; nothing for a label never
        learned."""
        if label not in self.labels:
            return {}
        column, width = self.labels.index(label), len(self.labels)
        unit = self._scales[column] / _STEPS
        known, rows, often = self._places, self._rows, marks.often
        return {
            gram: unit * weight * (rows[known[gram] * width + column] - ZERO) / often[gram]
            for gram, weight in marks.weights.items()
        }

    def holds_together(self, first: str, second: str) -> bool:
        """Whether two signs that stand together are mostly parts of one word: the rarer of the two seldom stands in a
        story without the other."""
        pair, one, other = map(self._places.get, (first + second, first, second))
        if pair is None or one is None or other is None:
            return False
        alone = max(self._rarity[one], self._rarity[other])
        return self._rarity[pair] - alone <= _TOGETHER


@cache
def load_story_model(file: Path) -> StoryModel:
    """The model in ``file``, which is read once.

    Raises ``WorldError("install.incomplete", file=…)`` where it is missing or damaged.
    """
    return load_model(file, StoryModel)


def shipped_model() -> StoryModel:
    """The model of this program. Raises ``WorldError("install.incomplete", file=…)``."""
    return load_story_model(resource_path(MODEL))
