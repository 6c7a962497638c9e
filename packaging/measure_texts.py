"""How much of pasted texts is read right, field by field.

    python packaging/measure_texts.py [--measure docs/accuracy.md] [--sealed | --writers FILE]

Reads the corpus of ``packaging/pasted_texts``: what everybody may look at (the known half, and the texts of writers
who knew neither the program nor each other), or with ``--sealed`` the other half, or with ``--writers`` further texts
by the brief of those writers. Each opening of sealed texts is to be written in the README, from where it comes into
the page. Printed are counts with Wilson's bounds of 95 %. Texts of one shape go right or wrong together, so that the
bounds are those of as many independent facts as would scatter as much (the design effect of cluster samples; Kish,
Survey Sampling, 1965). Nothing of the texts is printed.
"""

from __future__ import annotations

import argparse
import hashlib
import lzma
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from accuracy_page import read_part, write_part
from labelled_stories import ROOT
from measure_scam_types import wilson
from writers_texts import OfferedScorer, WritersScorer, in_our_kinds, names_wallets

from desktop.domain.reference.directories import Directories
from desktop.readers.pasted.corpus_score import CorpusScorer, Score, corpus_messages, whole
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.directories import PackedDirectories

FOLDER: Final = ROOT / "packaging" / "pasted_texts"
KNOWN: Final = FOLDER / "known.jsonl.xz"
SEALED: Final = FOLDER / "sealed.jsonl.xz"
WRITERS: Final = FOLDER / "writers.jsonl.xz"
_KIND, _SHAPE = "kind", "shape"
_ALL: Final = "all"


def lines(file: Path) -> list[str]:
    """The texts of a set, one JSON object each."""
    return _unpacked(file).decode("utf-8").split("\n")[:-1]


def digest(file: Path) -> str:
    """SHA-256 of the unpacked set."""
    return hashlib.sha256(_unpacked(file)).hexdigest()


def _unpacked(file: Path) -> bytes:
    return lzma.decompress(file.read_bytes()) if file.suffix == ".xz" else file.read_bytes()


def writers_messages(file: Path) -> list[Mapping[str, Any]]:
    """The texts of a set by the brief of the writers."""
    found = [in_our_kinds(message) for message in corpus_messages(lines(file))]
    telling = {writer_of(message) for message in found if names_wallets(message)}
    return [{**message, "wallets": writer_of(message) in telling} for message in found]


def writer_of(message: Mapping[str, Any]) -> str:
    """Who wrote it, by the name of its shape."""
    return str(message[_SHAPE]).partition("-")[0]


def scored(
    messages: Iterable[Mapping[str, Any]],
    judge: Callable[[Directories], CorpusScorer] = CorpusScorer,
) -> dict[str, list[Score]]:
    """For each field, and for each kind of text, a score of every shape of text that has any of it."""
    shapes: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for message in messages:
        shapes.setdefault((message[_KIND], message[_SHAPE]), []).append(message)
    scorer = judge(PackedDirectories(resource_path("directories")))
    found: dict[str, list[Score]] = {_ALL: []}
    for (kind, _), texts in shapes.items():
        by_field: dict[str, Score] = {}
        for (_, field), score in scorer.score(texts).items():
            by_field.setdefault(field, Score()).add(score)
        for field, score in by_field.items():
            found.setdefault(field, []).append(score)
        found[_ALL].append(whole(by_field.values()))
        found.setdefault(f"of {kind}", []).append(found[_ALL][-1])
    return found


def share(counts: Sequence[tuple[int, int]]) -> str:
    """``right of all = share (bounds)``, of one pair for each shape."""
    hits, total = (sum(one) for one in zip(*counts, strict=True))
    if not total:
        return "–"
    low, high = wilson(*_independent(counts, hits, total))
    return f"{hits} of {total} = {hits / total:.3f} ({low:.3f}–{high:.3f})"


def _independent(counts: Sequence[tuple[int, int]], hits: int, total: int) -> tuple[float, float]:
    """Hits and facts of a sample without clusters whose share would scatter as this one does. Where all is right, or
    nothing, each shape counts once."""
    part, groups = hits / total, [pair for pair in counts if pair[1]]
    size = float(len(groups))
    if 0 < part < 1 and size > 1:
        spread = sum((right - part * count) ** 2 for right, count in groups)
        variance = spread / total**2 * size / (size - 1)
        size = min(float(total), part * (1 - part) / variance) if variance else float(total)
    return part * size, size


def table(found: Mapping[str, Sequence[Score]]) -> list[str]:
    """The rows of a set: each field, then each kind of text, at last everything."""
    first = sorted(name for name in found if name != _ALL and " " not in name)
    rows = ["| | precision | recall |", "|---|---|---|"]
    for name in [*first, *sorted(name for name in found if " " in name), _ALL]:
        precise = share([(one.right, one.right + one.wrong) for one in found[name]])
        recalled = share([(one.right, one.right + one.missed) for one in found[name]])
        rows.append(f"| {name} | {precise} | {recalled} |")
    return rows


WITH_UNSURE: Final = "with what is unsure"
"""The row of all facts where what is offered as unsure, which nobody takes along by default, counts too."""
OPENINGS: Final = "openings of the sealed half"
"""The part of the README that goes into the page."""
FIRST: Final = "first reading of the writers' texts"
"""Another such part: what was read of them before anybody had looked at a line."""
THIRD: Final = "opening of the third writer's texts"
"""Another: texts of a writer by whom nobody had mended anything, read by patterns alone."""
SIXTH: Final = "opening of the sixth writer's texts"
"""Another: texts of a writer by whom nothing was mended or learned before."""
SEVENTH: Final = "first reading of the seventh writer's texts"
"""Another: what was read of them before anybody had looked at a line."""
EIGHTH: Final = "first reading of the eighth writer's texts"
"""The same of the next writer."""
NINTH: Final = "opening of the ninth writer's texts"
"""Another: the same of the ninth writer."""
TENTH: Final = "opening of the tenth writer's texts"
"""Another: the same of the tenth writer."""
FIFTEENTH: Final = "opening of the fifteenth writer's texts"
"""Another: the same of the fifteenth writer."""
SIXTEENTH: Final = "opening of the sixteenth writer's texts"
"""Another: the same of the sixteenth writer."""
ELEVENTH: Final = "first reading of the eleventh writer's texts"
"""Another: what was read of them before anybody had looked at a line."""
TWELFTH: Final = "first reading of the twelfth writer's texts"
"""The same of the next writer."""
THIRTEENTH: Final = "first reading of the thirteenth writer's texts"
"""The same of the next."""
FOURTEENTH: Final = "first reading of the fourteenth writer's texts"
"""The same of the next."""
SEVENTEENTH: Final = "first reading of the seventeenth writer's texts"
"""The same of the next but two."""
EIGHTEENTH: Final = "first reading of the eighteenth writer's texts"
"""The same of the next."""
_PAGE: Final = """# How much of a pasted text is read right

Written by `python packaging/measure_texts.py --measure docs/accuracy.md` from the invented texts of
[packaging/pasted_texts](../packaging/pasted_texts/README.md). `precision`: of what is offered, what is right; `recall`:
of what is in the texts, what is offered. Behind each figure stand Wilson's bounds of 95 % for as many facts as are
independent of each other. No real message was at hand, and no figure here speaks for one.

## A sixteenth writer, by whom nothing was mended or learned before

What is to be expected of a text that is pasted tomorrow, as far as an invented one can tell: the writer knew neither
the program nor the others, second annotators took out what is open to dispute, and the texts were opened once. The
rows tell of what the form takes beforehand, but for the one of what is unsure. How one writer is read promises little
for the next, as the fifteenth and the tenth, below, show. Since then the reader was mended by it.

{sixteenth}

## A fifteenth writer, opened the same way by the reader before

{fifteenth}

## Two later writers, before anybody had looked at a line

The same reader as the fifteenth's, which had learned from w1 to w14; no second annotator took out what is open to
dispute. By the first of them the reader was mended afterwards.

{seventeenth}

{eighteenth}

## A tenth writer, by whom nothing was mended or learned before

Opened once, by the reader that had learned from nine writers. They were read worse than those of the ninth. Since then
the model learns from it, and offers wallets as banks, which this writer names and those before did not.

{tenth}

## Four more writers, before anybody had looked at a line

Writers who knew neither the program nor the others, of the first two half as many texts, read once by the same reader
as the tenth's. Since then the model learns from them.

{eleventh}

{twelfth}

{thirteenth}

{fourteenth}

## A ninth writer, by whom nothing was mended or learned before

As the tenth, opened once, by the reader that had learned from eight writers. Since then the reader was mended by it,
and the model learns from it.

{ninth}

## A sixth, a seventh and an eighth writer, by whom nothing was mended or learned before

Writers who knew neither the program nor the others, each read once by the first reader that decides by patterns and a
model, before anything was mended by them. Since then the model learns from them.

{sixth}

{seventh}

{eighth}

## A third writer, by patterns alone

Texts of a writer who knew neither the program nor the others, opened once, before anything was learned: what patterns
that were mended by two writers make of a third. Since then the model learns from them.

{third}

## Ways of writing the patterns were not mended for

The sealed half, as written down when it was opened, by patterns alone. One writer wrote both halves, so that other
people's texts, above, are read worse. Since then the model learns from them.

{openings}

## Other writers, before anybody had looked at a line

Texts of two writers who knew neither the program nor each other, each in a way of writing of its own, as the reader was
when they came.

{first}

## The same texts by the reader as it is

{writers} texts, four more writers among them. The model has learned from all of them, so that these figures promise
nothing of other texts; those of writers held out stand below, in a part of its own.

{writers_rows}

## Ways of writing it was mended by

The known half, {texts} texts in {shapes} shapes: whoever mends the reader may read it. What is short of 1.000 was
right once and was lost when more was learned; the figures promise nothing of other texts.

{rows}
"""


def page(known: Sequence[Mapping[str, Any]], writers: Sequence[Mapping[str, Any]]) -> str:
    """What is to be expected first, then what the reader was mended by."""
    readme = FOLDER / "README.md"
    return _PAGE.format(
        openings=read_part(readme, OPENINGS),
        ninth=read_part(readme, NINTH),
        sixteenth=read_part(readme, SIXTEENTH),
        fifteenth=read_part(readme, FIFTEENTH),
        tenth=read_part(readme, TENTH),
        eleventh=read_part(readme, ELEVENTH),
        twelfth=read_part(readme, TWELFTH),
        thirteenth=read_part(readme, THIRTEENTH),
        fourteenth=read_part(readme, FOURTEENTH),
        seventeenth=read_part(readme, SEVENTEENTH),
        eighteenth=read_part(readme, EIGHTEENTH),
        sixth=read_part(readme, SIXTH),
        seventh=read_part(readme, SEVENTH),
        eighth=read_part(readme, EIGHTH),
        third=read_part(readme, THIRD),
        first=read_part(readme, FIRST),
        writers=len(writers),
        writers_rows="\n".join(table(scored(writers, WritersScorer))),
        texts=len(known),
        shapes=len({message[_SHAPE] for message in known}),
        rows="\n".join(table(scored(known))),
    )


def main() -> None:
    """Print the figures of one set, or write those of what is known into the page behind the sealed ones."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--measure", type=Path, metavar="FILE", help="write the figures of what is known there"
    )
    parser.add_argument("--sealed", action="store_true", help="the half that nobody reads")
    parser.add_argument(
        "--writers", type=Path, metavar="FILE", help="texts by the brief of the writers"
    )
    args = parser.parse_args()
    if args.measure:
        known = list(corpus_messages(lines(KNOWN)))
        write_part(args.measure, "pasted texts", page(known, writers_messages(WRITERS)))
        return
    file = args.writers or (SEALED if args.sealed else KNOWN)
    judge = WritersScorer if args.writers else CorpusScorer
    messages = writers_messages(file) if args.writers else corpus_messages(lines(file))
    messages = list(messages)
    found = scored(messages, judge)
    if args.writers:
        found[WITH_UNSURE] = scored(messages, OfferedScorer)[_ALL]
    print("\n".join([digest(file), *table(found)]))


if __name__ == "__main__":
    main()
