"""The recovery code: shown once, to be printed or written down, and proved by typing back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.banner import Banner
from desktop.ui.shared.widgets.button import Button
from desktop.ui.shared.widgets.card import Card, Row
from desktop.ui.shared.widgets.fields import TextField
from desktop.ui.shared.widgets.label import Label
from desktop.ui.sign_in.checks import GROUPS, group_to_ask, groups_of, same_group
from desktop.ui.sign_in.port import SignInPort
from desktop.ui.sign_in.setup_steps import SetupStep

if TYPE_CHECKING:
    from desktop.services.ports import Pdf


class CodeStep(SetupStep):
    """``sheet_ready(Pdf)``: the sheet with the code, to be looked at and printed."""

    sheet_ready = Signal(object)

    def __init__(self, kit: Kit, port: SignInPort) -> None:
        super().__init__(kit, "code")
        self._port = port
        self._code = ""
        panel = Card(kit, panel="blue")
        self._lines = (Label(kit, role="code_large"), Label(kit, role="code_large"))
        for place, line in enumerate(self._lines):
            line.setObjectName(f"recovery_code_{place}")
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            panel.body.addWidget(line)
        self.column.addWidget(panel)
        self.banner = Banner(kit, "code_banner")
        self.column.addWidget(self.banner)
        row = Row(kit, gap="space_l")
        self.proof = TextField(
            kit, "code_proof", "sign_in.setup.code.step", digits=True, reserve_hint=True
        )
        row.addWidget(self.proof, 1)
        print_button = Button(kit, "sign_in.setup.code.print", icon="print", name="code_print")
        print_button.clicked.connect(self._draw_sheet)
        row.addWidget(print_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.column.addLayout(row)
        self.column.addStretch(1)

    def show_code(self, code: str) -> None:
        """Show a fresh code and ask for one of its groups."""
        self._code = code
        groups = groups_of(code)
        half = GROUPS // 2
        for line, part in zip(self._lines, (groups[:half], groups[half:]), strict=True):
            line.set_text(" - ".join(part))
        self.proof.set_label("sign_in.setup.code.prove", group=group_to_ask(code) + 1)

    def fault(self) -> QWidget | None:
        """The group typed back must be the one shown."""
        wanted = groups_of(self._code)[group_to_ask(self._code)]
        if same_group(self.proof.value(), wanted):
            self.proof.clear_hint()
            return None
        self.proof.set_hint_key(Tone.BAD, "sign_in.setup.code.wrong")
        return self.proof.editor

    def forget(self) -> None:
        """Show the code no longer."""
        self._code = ""
        for line in self._lines:
            line.set_text("")
        self.proof.set_value("")

    def first(self) -> QWidget:
        """The proof."""
        return self.proof.editor

    def show_printed(self) -> None:
        """The sheet went to a printer."""
        self.banner.show_key(Tone.OK, "sign_in.setup.code.printed")

    def _draw_sheet(self) -> None:
        work = work_of(self._port.recovery_sheet, self._code)
        self.kit.runner.start("files", work, self._drawn, self.banner.show_error)

    def _drawn(self, pdf: Pdf) -> None:
        self.banner.clear()
        self.sheet_ready.emit(pdf)
