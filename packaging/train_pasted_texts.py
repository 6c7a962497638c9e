"""Learn to read pasted texts from those of ``packaging/pasted_texts``, and write the model that the program ships.

    python packaging/train_pasted_texts.py [--held-out] [--measure docs/accuracy.md]

Needs scikit-learn, as ``train_scam_types.py`` does. The same texts give the same model. Names are tagged by an averaged
structured perceptron; logistic regressions say which sums were paid, which way, and which stretch of the text is which
field of a payment. ``--held-out`` then reads the texts of each writer by a model that has met no text of his, nor of
the others of his group.
"""

# ruff: noqa: PLC0415 - scikit-learn is at hand only where the model is made

from __future__ import annotations

import argparse
import hashlib
import json
import random  # noqa: TID251 - reproducible by its seed, and no id of ours
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from accuracy_page import write_part  # noqa: E402 - found by the line above
from asked_sums import asked_before  # noqa: E402
from labelled_texts import Example, Labelled, examples, tagged  # noqa: E402
from measure_texts import (  # noqa: E402
    FOLDER,
    KNOWN,
    SEALED,
    WITH_UNSURE,
    WRITERS,
    lines,
    scored,
    table,
    writers_messages,
)
from varied_names import varied  # noqa: E402
from writers_texts import OfferedScorer, WritersScorer  # noqa: E402

from desktop.readers.pasted.corpus_score import Score, corpus_messages  # noqa: E402
from desktop.readers.pasted.learned.name_tagger import TAGS, best_tags  # noqa: E402
from desktop.readers.pasted.learned.payment_model import (  # noqa: E402
    FIELDS,
    INCOMING,
    MODEL,
    NAMES,
    PAID,
    SETTLED,
    SUMS,
    PaymentModel,
)
from desktop.readers.pasted.learned.sums_together import Mention, together_features  # noqa: E402
from desktop.readers.pasted.pasted_text import PastedTextReader  # noqa: E402
from desktop.runtime.files.model_file import ZERO  # noqa: E402

FILE: Final = ROOT / "resources" / MODEL
SECOND: Final = FOLDER / "sealed_second.jsonl.xz"
THIRD: Final = FOLDER / "sealed_third.jsonl.xz"
FOURTH: Final = FOLDER / "sealed_fourth.jsonl.xz"
FIFTH: Final = FOLDER / "sealed_fifth.jsonl.xz"
SIXTH: Final = FOLDER / "sealed_sixth.jsonl.xz"
MORE: Final = FOLDER / "more_writers.jsonl.xz"
LATER: Final = FOLDER / "later_writers.jsonl.xz"
LEARNED_FROM: Final = (WRITERS, SECOND, THIRD, FOURTH, FIFTH, MORE, SIXTH, LATER)
"""The texts by writers who knew nothing of the program."""
SETTINGS: Final[Mapping[str, Any]] = {
    "C": 0.5,
    "least": 2,
    "names_least": 3,
    "rounds": 5,
    "variations": 2,
    "shapes": 2,
    "C_of": {PAID: 0.5, SETTLED: 0.4, INCOMING: 1.5},
    "settled_least": 0.0,
    "incoming_least": -0.3,
    "field_least": -0.8,
    "asked": 3,
    "sure": {
        SETTLED: 1.0,
        "day": 2.2,
        "clock": 2.2,
        "payer_name": 0.0,
        "payer_bank": 0.3,
        "payer_account": 0.0,
        "payee_name": 0.4,
    },
    "version": 6,
}
"""``C``: of the regressions, ``C_of`` of some of them; ``least``: examples in which a feature stands; ``names_least``:
symbols; ``rounds`` of the perceptron; ``variations`` of a text with other names; ``shapes``: texts of each shape of the
first writer; ``asked``: every such text is read again with a payment asked for before; ``…_least``: the scores above
which something is offered; ``sure``: those above which it is taken along unless somebody says no. Chosen
by writers held out."""
SHAPES: Final = "shapes"
"""The writer of the shapes that are filled many times, by which the patterns were made right."""
GROUPS: Final = 4
"""Of writers that are held out together."""
NOBODY: Final[frozenset[str]] = frozenset()
VOCABULARY: Final[dict[str, int]] = {}
"""Every feature of the sums and fields that was met, by its place."""
_SMALL: Final = 0.02
"""Weights of a name's sign below this are left out."""


@dataclass(frozen=True, slots=True)
class Taught:
    """An example: whether the features, by their places in :data:`VOCABULARY`, go with ``output``. ``text``: the number
    of its text; ``mention``: the sum, of one that may have been paid."""

    output: str
    features: Any
    right: bool
    weight: float
    text: int = 0
    mention: Mention | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Weights before they are packed: a row for each feature, a column for each output."""

    names: Sequence[str]
    outputs: Sequence[str]
    weights: Any
    least: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Tagger:
    """Weights of the perceptron, and of the moves from tag to tag."""

    table: Table
    moves: Sequence[Sequence[float]]


def corpus() -> list[tuple[str, dict[str, Any]]]:
    """Every text that may be learned from, with its writer."""
    found = [
        (message["shape"].partition("-")[0], dict(message))
        for file in LEARNED_FROM
        for message in writers_messages(file)
    ]
    for file in (KNOWN, SEALED):
        of_shape: Counter[str] = Counter()
        for message in corpus_messages(lines(file)):
            of_shape[message["shape"]] += 1
            if of_shape[message["shape"]] <= SETTINGS["shapes"]:
                found.append((SHAPES, message))
    return found


def version() -> str:
    """What the model is called: of the corpus and of how it is trained."""
    digest = hashlib.sha256(json.dumps(SETTINGS, sort_keys=True).encode())
    for file in (*LEARNED_FROM, KNOWN, SEALED):
        digest.update("\n".join(lines(file)).encode())
    return digest.hexdigest()[:12]


def train_names(texts: Iterable[tuple[list[list[str]], list[int]]]) -> Tagger:
    """An averaged structured perceptron (Collins, 2002)."""
    labelled = [(features, tags) for features, tags in texts if tags]
    often = Counter(name for features, _ in labelled for ones in features for name in ones)
    names = sorted(name for name, count in often.items() if count >= SETTINGS["names_least"])
    place = {name: at for at, name in enumerate(names)}
    rows = [
        (np.array([[place.get(name, len(names)) for name in ones] for ones in features]), tags)
        for features, tags in labelled
    ]
    perceptron = _Perceptron(len(names))
    lot, order = random.Random(0), list(range(len(rows)))  # noqa: S311 - no secret
    for _ in range(int(SETTINGS["rounds"])):
        lot.shuffle(order)
        for at in order:
            perceptron.learn(*rows[at])
    mean, moves = perceptron.mean()
    used = np.abs(mean).max(axis=1) > _SMALL
    table = Table(
        [n for n, use in zip(names, used, strict=True) if use], list(TAGS), mean[used], {}
    )
    return Tagger(table, moves)


class _Perceptron:
    """Weights of ``size`` features and one that stands for the unknown, and of the moves between tags; with the sums by
    which their mean over all steps is found."""

    def __init__(self, size: int) -> None:
        self._weights = np.zeros((size + 1, len(TAGS)))
        self._moves = np.zeros((len(TAGS), len(TAGS)))
        self._summed, self._moves_summed = np.zeros_like(self._weights), np.zeros_like(self._moves)
        self._step = 0

    def learn(self, marks: Any, tags: Sequence[int]) -> None:
        """From one text: its features by symbol, and what each symbol is."""
        self._step += 1
        self._weights[-1] = 0
        found = best_tags(self._weights[marks].sum(1).tolist(), self._moves.tolist())
        if found == list(tags):
            return
        for spot, (right, wrong) in enumerate(zip(tags, found, strict=True)):
            if right != wrong:
                for array, factor in ((self._weights, 1), (self._summed, self._step)):
                    np.add.at(array, (marks[spot], right), factor)
                    np.add.at(array, (marks[spot], wrong), -factor)
            if spot:
                for array, factor in ((self._moves, 1), (self._moves_summed, self._step)):
                    array[tags[spot - 1], right] += factor
                    array[found[spot - 1], wrong] -= factor

    def mean(self) -> tuple[Any, Any]:
        """Of the weights, without the unknown one, and of the moves."""
        weights = self._weights - self._summed / (self._step + 1)
        return weights[:-1], (self._moves - self._moves_summed / (self._step + 1)).tolist()


def regressions(
    taught: Sequence[Taught], outputs: Sequence[str], least: Mapping[str, float]
) -> Table:
    """One for each of ``outputs``."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    counts = np.zeros(len(VOCABULARY), dtype=np.int64)
    mine = [one for one in taught if one.output in outputs and one.weight]
    for one in mine:
        counts[one.features] += 1
    used = counts >= SETTINGS["least"]
    column = np.where(used, np.cumsum(used) - 1, -1)
    words = list(VOCABULARY)
    order = sorted(np.flatnonzero(used), key=words.__getitem__)
    weights = np.zeros((int(used.sum()), len(outputs)))
    for place, output in enumerate(outputs):
        ones = [one for one in mine if one.output == output]
        rows = [row[row >= 0] for row in (column[one.features] for one in ones)]
        ends = np.cumsum([0, *map(len, rows)])
        columns = np.concatenate(rows)
        shape = (len(ones), len(weights))
        marks = csr_matrix((np.ones(len(columns)), columns, ends), shape=shape)
        strength = SETTINGS["C_of"].get(output, SETTINGS["C"])
        machine = LogisticRegression(C=strength, solver="liblinear", fit_intercept=False)
        machine.fit(marks, [one.right for one in ones], [one.weight for one in ones])
        weights[:, place] = machine.coef_[0]
    names = [words[at] for at in order]
    return Table(names, list(outputs), weights[column[order]], least)


def pack(named: str, tagger: Tagger, sums: Table | None, fields: Table | None) -> bytes:
    """The file: a line of JSON; then for each table its features, a line each, and a byte for each weight."""
    empty = Table([""], [], np.zeros((1, 0)), {})
    head: dict[str, Any] = {"version": named, "moves": tagger.moves}
    parts: list[bytes] = []
    for name, made in ((SUMS, sums or empty), (FIELDS, fields or empty), (NAMES, tagger.table)):
        scales = [float(f"{np.abs(column).max() / 127:.9g}") or 1.0 for column in made.weights.T]
        steps = np.array(scales)
        rows = np.round(made.weights / steps).astype(int) if scales else made.weights.astype(int)
        used = np.abs(rows).max(axis=1) > 0 if scales else np.ones(len(rows), bool)
        words = "\n".join(n for n, use in zip(made.names, used, strict=True) if use).encode()
        numbers = (rows[used] + ZERO).astype(np.uint8).T.tobytes()
        head[name] = {
            "outputs": list(made.outputs),
            "scales": scales,
            "least": dict(made.least),
            "sure": {one: value for one, value in SETTINGS["sure"].items() if one in made.outputs},
            "words": len(words),
            "numbers": len(numbers),
        }
        parts += [words, numbers]
    return zlib.compress(json.dumps(head, sort_keys=True).encode() + b"\n" + b"".join(parts), 9)


def groups(writers: Iterable[str]) -> list[frozenset[str]]:
    """The writers that are held out together, which costs less than each alone and flatters no figure."""
    ordered = sorted(writers)
    return [frozenset(ordered[first::GROUPS]) for first in range(min(GROUPS, len(ordered)))]


def taggers(
    texts: Sequence[Labelled], without: Iterable[frozenset[str]]
) -> dict[frozenset[str], Tagger]:
    """One that has met no text of the writers, for each of ``without``."""
    lot = random.Random(1)  # noqa: S311 - no secret
    labelled: list[tuple[str, tuple[list[list[str]], list[int]]]] = []
    for one in texts:
        labelled.append((one.writer, tagged(one)))
        for _ in range(1 if one.writer == SHAPES else int(SETTINGS["variations"])):
            other = varied(one.message, lot)
            if other is not None:
                labelled.append((one.writer, tagged(Labelled.of(one.writer, other))))
    found = {}
    for group in without:
        found[group] = train_names(text for who, text in labelled if who not in group)
        print(f"names without {', '.join(sorted(group)) or 'nobody'}", flush=True)
    return found


def teach(
    given: Sequence[Labelled], by_group: Mapping[frozenset[str], Tagger]
) -> dict[str, list[Taught]]:
    """What the texts of each writer teach, their names found by who has met none of them; read twice, since what the
    first reading taught says which mention of a sum was meant."""
    texts = [*given, *_asked_before(given)]
    names: dict[str, PaymentModel] = {}
    for group, made in by_group.items():
        names.update(dict.fromkeys(group, PaymentModel(pack("", made, None, None))))
    judge: PaymentModel | None = None
    taught: dict[str, list[Taught]] = {}
    for _ in range(2):
        taught = defaultdict(list)
        for number, one in enumerate(texts):
            found = examples(one, names[one.writer], judge)
            taught[one.writer] += (_numbered(number, example) for example in found)
        if judge is None:
            everything = [one for ones in taught.values() for one in ones]
            judge = PaymentModel(
                pack("", by_group[NOBODY], regressions(everything, (PAID,), {}), None)
            )
    return taught


def _asked_before(texts: Sequence[Labelled]) -> Iterator[Labelled]:
    """Some of the texts again, each with the sum of a payment asked for before it was paid."""
    lot = random.Random(2)  # noqa: S311 - no secret
    for one in texts[:: SETTINGS["asked"]]:
        if one.writer != SHAPES and (other := asked_before(one, lot)) is not None:
            yield Labelled.of(one.writer, other)


def _numbered(number: int, one: Example) -> Taught:
    return Taught(one.output, _places(one.features), one.right, one.weight, number, one.mention)


def _places(features: Iterable[str]) -> Any:
    found = [VOCABULARY.setdefault(name, len(VOCABULARY)) for name in features]
    return np.unique(np.array(found, dtype=np.int32))


def settled(taught: Mapping[str, Sequence[Taught]]) -> list[Taught]:
    """What the sums teach beside the others of their texts, each judged alone by who has met no text of its writer."""
    found: list[Taught] = []
    for group in groups(taught):
        others = [one for who, ones in taught.items() if who not in group for one in ones]
        table = regressions(others, (PAID,), {})
        weights = np.zeros(len(VOCABULARY))
        weights[[VOCABULARY[name] for name in table.names]] = table.weights[:, 0]
        texts: dict[int, list[Taught]] = defaultdict(list)
        for who in sorted(group):
            for one in taught[who]:
                if one.output == PAID:
                    texts[one.text].append(one)
        for sums in texts.values():
            scores = [float(weights[one.features].sum()) for one in sums]
            beside = together_features([one.mention for one in sums if one.mention], scores)
            for one, marks in zip(sums, beside, strict=True):
                features = np.union1d(one.features, _places(marks))
                found.append(replace(one, output=SETTLED, features=features))
    return found


def payment_tables(taught: Mapping[str, Sequence[Taught]]) -> tuple[Table, Table]:
    """What is said of sums, and of fields, by what the texts of each writer teach."""
    everything = [one for ones in taught.values() for one in ones]
    names = sorted({one.output for one in everything} - {PAID, INCOMING})
    of_sums = {
        SETTLED: float(SETTINGS["settled_least"]),
        INCOMING: float(SETTINGS["incoming_least"]),
    }
    sums = regressions([*everything, *settled(taught)], (PAID, INCOMING, SETTLED), of_sums)
    least = dict.fromkeys(names, float(SETTINGS["field_least"]))
    return sums, regressions(everything, names, least)


@dataclass(frozen=True, slots=True)
class HeldOutScorer(WritersScorer):
    """Reads by a model of its own."""

    model: PaymentModel

    def reader(self) -> PastedTextReader:
        """What is measured."""
        return PastedTextReader(self.directories, lambda: self.model)


class HeldOutOffers(HeldOutScorer, OfferedScorer):
    """Counts what it offers as unsure too."""

    __slots__ = ()


def held_out(
    texts: Sequence[Labelled],
    taught: Mapping[str, Sequence[Taught]],
    by_group: Mapping[frozenset[str], Tagger],
) -> dict[str, dict[str, list[Score]]]:
    """The scores of each writer's texts by a model that has met none of them."""
    found = {}
    for group, tagger in by_group.items():
        if not group:
            continue
        rest = {who: ones for who, ones in taught.items() if who not in group}
        model = PaymentModel(pack("", tagger, *payment_tables(rest)))
        for writer in sorted(group - {SHAPES}):
            asked = [one.message for one in texts if one.writer == writer]
            found[writer] = read_by(model, asked)
            print(writer, table({"all": found[writer]["all"]})[2], flush=True)
    return found


def read_by(model: PaymentModel, asked: Sequence[Mapping[str, Any]]) -> dict[str, list[Score]]:
    """The scores of the texts by ``model``."""
    found = scored(asked, lambda tables: HeldOutScorer(tables, model))
    offers = scored(asked, lambda tables: HeldOutOffers(tables, model))
    return {**found, WITH_UNSURE: offers["all"]}


def main() -> None:
    """Learn from everything, then measure by writers held out where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--held-out", action="store_true", help="measure by writers held out")
    parser.add_argument("--measure", type=Path, metavar="FILE", help="write those figures there")
    args = parser.parse_args()
    texts = [Labelled.of(writer, message) for writer, message in corpus()]
    by_group = taggers(texts, [NOBODY, *groups({one.writer for one in texts})])
    taught = teach(texts, by_group)
    packed = pack(version(), by_group[NOBODY], *payment_tables(taught))
    PaymentModel(packed)
    FILE.write_bytes(packed)
    print(f"{FILE.name}: {len(packed)} bytes, {version()}", flush=True)
    if args.held_out or args.measure:
        found = held_out(texts, taught, by_group)
        if args.measure:
            write_part(args.measure, "pasted texts by writers held out", page(found))


_PAGE: Final = """# Pasted texts of writers that the model has not met

Written by `python packaging/train_pasted_texts.py --measure docs/accuracy.md`: the texts of each writer, read by the
patterns and a model that was trained without them and without three or four writers more. Counted is what is chosen
beforehand; in the row "with what is unsure" all that is offered. The settings of the trainer were chosen by the same
figures, and the reader was mended by w1, w6, w7, w8, w9, w10, w12, w15, w17 and half of w2, so that these lean to the
bright side.

{rows}
"""


def page(found: Mapping[str, Mapping[str, Sequence[Score]]]) -> str:
    """Each writer, then each field over all of them."""
    whole: dict[str, list[Score]] = defaultdict(list)
    for scores in found.values():
        for name, ones in scores.items():
            whole[name] += ones
    rows = table(whole)
    each = [
        table({"all": scores["all"]})[2].replace("| all |", f"| all of {who} |")
        for who, scores in sorted(found.items())
    ]
    return _PAGE.format(rows="\n".join([*rows[:2], *each, *rows[2:]]))


if __name__ == "__main__":
    main()
