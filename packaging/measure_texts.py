"""How much of pasted texts is read right, field by field.

    python packaging/measure_texts.py [--measure docs/accuracy.md] [--sealed]

Reads the corpus of ``packaging/pasted_texts``: the half that everybody may look at, or with ``--sealed`` the other, of
which each opening is to be written in its README, from where it comes into the page. Printed are counts with Wilson's
bounds of 95 %. Texts of one shape go right or wrong together, so that the bounds are those of as many independent facts
as would scatter as much (the design effect of cluster samples; Kish, Survey Sampling, 1965). Nothing of the texts is
printed.
"""

from __future__ import annotations

import argparse
import hashlib
import lzma
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from accuracy_page import read_part, write_part
from measure_scam_types import wilson
from train_scam_types import ROOT

from desktop.readers.pasted.corpus_score import CorpusScorer, Score, corpus_messages, whole
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.directories import PackedDirectories

FOLDER: Final = ROOT / "packaging" / "pasted_texts"
KNOWN: Final = FOLDER / "known.jsonl.xz"
SEALED: Final = FOLDER / "sealed.jsonl.xz"
_KIND, _SHAPE = "kind", "shape"
_ALL: Final = "all"


def lines(file: Path) -> list[str]:
    """The texts of a packed set, one JSON object each."""
    return lzma.decompress(file.read_bytes()).decode("utf-8").splitlines()


def digest(file: Path) -> str:
    """SHA-256 of the unpacked set."""
    return hashlib.sha256(lzma.decompress(file.read_bytes())).hexdigest()


def scored(messages: Iterable[Mapping[str, Any]]) -> dict[str, list[Score]]:
    """For each field, and for each kind of text, a score of every shape of text that has any of it."""
    shapes: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for message in messages:
        shapes.setdefault((message[_KIND], message[_SHAPE]), []).append(message)
    scorer = CorpusScorer(PackedDirectories(resource_path("directories")))
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


OPENINGS: Final = "openings of the sealed half"
"""The part of the README that goes into the page."""
_PAGE: Final = """# How much of a pasted text is read right

Written by `python packaging/measure_texts.py --measure docs/accuracy.md` from the invented texts of
[packaging/pasted_texts](../packaging/pasted_texts/README.md). `precision`: of what is offered, what is right; `recall`:
of what is in the texts, what is offered. Behind each figure stand Wilson's bounds of 95 % for as many facts as are
independent of each other. No real message was at hand, and no figure here speaks for one.

## Ways of writing the reader was not mended for

The sealed half, as written down when it was opened. Nothing better than this is to be expected of a text that is pasted
tomorrow.

{openings}

## Ways of writing it was mended by

The known half, {texts} texts in {shapes} shapes: whoever mends the reader may read it and goes on until all of it is
right. So 1.000 says that nothing learned was lost again; it promises nothing of other texts.

{rows}
"""


def page(messages: Sequence[Mapping[str, Any]], rows: str) -> str:
    """The figures of the known half behind those of the sealed one, which alone say what is to be expected."""
    return _PAGE.format(
        openings=read_part(FOLDER / "README.md", OPENINGS),
        texts=len(messages),
        shapes=len({message[_SHAPE] for message in messages}),
        rows=rows,
    )


def main() -> None:
    """Print the figures of one half, and write those of the known one into the page behind the sealed one's."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--measure", type=Path, metavar="FILE", help="write the figures of the known half there too"
    )
    parser.add_argument("--sealed", action="store_true", help="the half that nobody reads")
    args = parser.parse_args()
    file = SEALED if args.sealed else KNOWN
    messages = list(corpus_messages(lines(file)))
    rows = "\n".join(table(scored(messages)))
    print(f"{digest(file)}\n{rows}")
    if args.measure and not args.sealed:
        write_part(args.measure, "pasted texts", page(messages, rows))


if __name__ == "__main__":
    main()
