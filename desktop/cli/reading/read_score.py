"""``read --score CORPUS``: how many facts of a labelled corpus are read, by pattern."""

from __future__ import annotations

from pathlib import Path

from desktop.cli.context import CommandContext, CommandOutcome
from desktop.domain.errors import UserInputError
from desktop.readers.corpus_score import CorpusScorer, corpus_messages, whole
from desktop.runtime.directories import PackedDirectories
from desktop.runtime.resources import resource_path


def score_corpus(context: CommandContext) -> CommandOutcome:
    """A row for each pattern and field; facts that no pattern matched stand under the pattern "".

    Raises ``UserInputError``: ``read.file``, ``read.corpus``.
    """
    try:
        lines = Path(context.args.score).read_text("utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise UserInputError("read.file") from error
    scorer = CorpusScorer(PackedDirectories(resource_path("directories")))
    scores = scorer.score(corpus_messages(lines))
    total = whole(scores.values())
    rows: list[dict[str, str | int]] = [
        {
            "pattern": pattern,
            "field": field,
            "right": score.right,
            "wrong": score.wrong,
            "missed": score.missed,
        }
        for (pattern, field), score in sorted(scores.items())
    ]
    document = {
        "fields": total.right + total.missed,
        "right": total.right,
        "wrong": total.wrong,
        "missed": total.missed,
    }
    texts = context.texts
    shown = [
        texts.text("cli.read_score_row", **{**row, "pattern": row["pattern"] or "-"})
        for row in rows
    ]
    return CommandOutcome(
        {**document, "rows": rows}, (*shown, texts.text("cli.read_score", **document))
    )
