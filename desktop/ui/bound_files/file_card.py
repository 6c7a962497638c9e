"""One file: where it lies, how it differs, and the lines that do."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from desktop.domain.installation.bound_files import FileChange
from desktop.domain.text.hidden_signs import spelled_out
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.layout.card import Card
from desktop.ui.shared.widgets.texts.label import Label

_MOST_LINES: Final = 8
"""Of one file; the whole difference is in ``fanzha forms list``."""
_LONGEST: Final = 300


class FileCard(Card):
    """A changed file; ``header`` has room for its buttons."""

    def __init__(self, kit: Kit, change: FileChange) -> None:
        super().__init__(kit, panel="amber")
        self.change = change
        name = Label(kit, role="strong", wrap=True)
        name.set_text(spelled_out(change.path))
        self.header.insertWidget(0, name, 1)
        self.body.addWidget(_kind(kit, change.path))
        state = Label(kit, role="small", wrap=True)
        if change.reason:
            reason = kit.texts.text(f"bound_files.reason.{change.reason}")
            state.set_key("bound_files.state.unreadable", reason=reason)
        else:
            state.set_key(f"bound_files.state.{change.state.value}")
        self.body.addWidget(state)
        pairs = change.lines()
        if change.found is not None and pairs:
            self.body.addLayout(self._lines(kit, [(p.left, p.right) for p in pairs[:_MOST_LINES]]))
        if len(pairs) > _MOST_LINES and change.found is not None:
            more = Label(kit, role="small", ink="muted")
            more.set_key("bound_files.more_lines", count=len(pairs) - _MOST_LINES)
            self.body.addWidget(more)

    def _lines(self, kit: Kit, pairs: list[tuple[str | None, str | None]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(kit.theme.space("space_m"))
        grid.setVerticalSpacing(kit.theme.space("space_xs"))
        for column, key in enumerate(("bound_files.bound", "bound_files.found")):
            grid.addWidget(Label(kit, key, role="small", ink="muted"), 0, column)
            grid.setColumnStretch(column, 1)
        for row, sides in enumerate(pairs, 1):
            for column, (line, ink) in enumerate(zip(sides, ("green", "red"), strict=True)):
                label = Label(kit, role="small", ink=ink, wrap=True)
                label.set_text(_shown(line))
                grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)
        return grid


class BoundCard(Card):
    """A file that was bound as it stood, with its first lines."""

    def __init__(self, kit: Kit, path: str, text: str) -> None:
        super().__init__(kit)
        name = Label(kit, role="strong", wrap=True)
        name.set_text(spelled_out(path))
        self.body.addWidget(name)
        self.body.addWidget(_kind(kit, path))
        lines = [line for line in text.splitlines() if line.strip()]
        shown = Label(kit, role="small", wrap=True)
        shown.set_text("\n".join(map(_shown, lines[:_MOST_LINES])))
        self.body.addWidget(shown)
        if len(lines) > _MOST_LINES:
            more = Label(kit, role="small", ink="muted")
            more.set_key("bound_files.more_lines", count=len(lines) - _MOST_LINES)
            self.body.addWidget(more)


def _kind(kit: Kit, path: str) -> Label:
    """What the file steers, in words: nobody at the counter knows it by its name."""
    stem = path.partition("/")[0].removesuffix(".toml")
    return Label(kit, f"bound_files.kind.{stem}", role="small", ink="muted", wrap=True)


def _shown(line: str | None) -> str:
    """A line of a stranger, short enough for a screen."""
    if line is None:
        return "—"
    spelled = spelled_out(line)
    return spelled if len(spelled) <= _LONGEST else f"{spelled[:_LONGEST]}…"
