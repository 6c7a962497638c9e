"""Lines of a statement that are no rows: the sums in them, headers that come again, and whose rows follow."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from typing import Final

from desktop.domain.statements.statement import StatementColumn
from desktop.readers.statements.columns.header import StatementHeader, is_header
from desktop.readers.statements.columns.vocabulary import Vocabulary
from desktop.readers.statements.grid import Cells, Counted, Grid, named
from desktop.readers.statements.holder import holder_of

_KEPT: Final = 60
"""Lines that are kept for the sums in them: all statements known tell theirs in the last few."""
_TAIL: Final = 4
_SUMMED: Final = ("合计", "总计", "总额", "小计", "共计", "累计", "total", "Total")
"""Words of a line of sums, however many of its cells are filled."""
_WHOLE: Final = frozenset(
    gap.join(word) for word in ("合计", "总计") for gap in ("", " ", "  ", "\u3000")
)
"""Of sums of the whole statement; any other is of a day, a month, a page."""
_SUM_WORDS: Final[Mapping[StatementColumn, str]] = {
    StatementColumn.INCOMING: "收入",
    StatementColumn.OUTGOING: "支出",
}


class OtherLines:
    """``texts``: those lines, the last of many; ``skipped``: such as look as if they wanted to be rows. ``foreign``:
    what comes now belongs to another table, whose columns are others."""

    def __init__(
        self, grid: Grid, header: StatementHeader, words: Vocabulary, account: str
    ) -> None:
        self._text = grid.text
        self._header = header
        self._words = words
        self._sums_of_part = words.sums - _WHOLE
        self._accounts = [account] if account else []
        self.texts: deque[str] = deque(header.above, _KEPT)
        self.skipped = Counted()
        self.foreign = False

    @property
    def accounts(self) -> str:
        """The accounts it names, where they are several."""
        several = len(self._accounts) > 1
        return named(self._accounts, len(self._accounts)) if several else ""

    def note(self, number: int, cells: Cells) -> None:
        """One more line; what looks like a row is counted, and what stands below its columns of money is no sum."""
        all_texts = tuple(map(self._text, cells))
        texts = [text for text in all_texts if text]
        if not texts or self._is_header(all_texts) or self._sums_of_part.intersection(texts):
            return
        line = " ".join(texts)
        row = len(texts) * 2 > len(self._header.columns) and not any(
            map(line.__contains__, _SUMMED)
        )
        self.texts.append(line if row else self._with_columns(cells) + line)
        if row:
            self.skipped.add(number)
        else:
            self._look_for_account(line)

    def _is_header(self, texts: tuple[str, ...]) -> bool:
        written = (self._header.columns, *self._header.written)
        same = _filled(texts) in map(_filled, written)
        if same or self._header.chosen:
            self.foreign = (
                self.foreign and not same
            )  # a layout gives columns more roles than their names do
            return same
        roles = self._words.roles(texts)
        if not is_header(roles):
            return False
        self.foreign = roles != self._header.roles
        return True

    def _look_for_account(self, line: str) -> None:
        found = holder_of([line]).account
        if found and all(known[-_TAIL:] != found[-_TAIL:] for known in self._accounts):
            self._accounts.append(found)

    def _with_columns(self, cells: Cells) -> str:
        """A line of sums below the columns of money, told as words: ``收入:1,234.56``."""
        line = ""
        for column, word in _SUM_WORDS.items():
            for place in self._header.roles.get(column, ())[:1]:
                text = self._text(cells[place]) if place < len(cells) else ""
                line += f"{word}:{text}; " if text else ""
        return line


def _filled(texts: Sequence[str]) -> list[str]:
    """Without the empty cells behind the last that is filled."""
    filled = list(texts)
    while filled and not filled[-1]:
        filled.pop()
    return filled
