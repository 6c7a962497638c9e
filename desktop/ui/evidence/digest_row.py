"""A digest with its name and a button that copies it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.button import IconButton
from desktop.ui.shared.widgets.card import Column, Row
from desktop.ui.shared.widgets.label import Label
from desktop.ui.shared.widgets.toast import toast

_GROUP = 8
_GROUPS_A_LINE = 4


def digest_text(digest: str) -> str:
    """``9f2b61c0 e7d4a351 …`` on as many lines as needed."""
    groups = [digest[at : at + _GROUP] for at in range(0, len(digest), _GROUP)]
    lines = [groups[at : at + _GROUPS_A_LINE] for at in range(0, len(groups), _GROUPS_A_LINE)]
    return "\n".join(" ".join(line) for line in lines)


class DigestRow(QWidget):
    """Empty means: still being worked out."""

    def __init__(self, kit: Kit, key: str, name: str) -> None:
        super().__init__()
        self._kit = kit
        self._digest = ""
        column = Column(kit, self, gap="space_xxs")
        head = Row(kit)
        head.addWidget(Label(kit, key, role="label", ink="muted"))
        head.addStretch(1)
        self._copy = IconButton(kit, "evidence.facts.copy", "copy", name=f"{name}_copy")
        self._copy.clicked.connect(self._copy_it)
        head.addWidget(self._copy)
        column.addLayout(head)
        self.value = Label(kit, role="digits_small")
        self.value.setObjectName(name)
        self.value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.value)
        kit.texts.bind(self.value.setAccessibleName, key)

    def show_digest(self, digest: str) -> None:
        """Show it, or that it is not known yet."""
        self._digest = digest
        self._copy.setEnabled(bool(digest))
        if digest:
            self.value.set_ink("")
            self.value.set_text(digest_text(digest))
        else:
            self.value.set_ink("muted")
            self.value.set_key("evidence.facts.pending")

    def _copy_it(self) -> None:
        QGuiApplication.clipboard().setText(self._digest)
        toast(self._kit, self, "evidence.facts.copied")
