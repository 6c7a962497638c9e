"""Where a centre keeps its data: in the encrypted file on this computer, or on the city's database server."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.installation.profile import ServerChoice, server_choice
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.widgets.input.button import Button
from desktop.ui.shared.widgets.input.fields import TextField
from desktop.ui.shared.widgets.input.file_chooser import choose_file
from desktop.ui.shared.widgets.input.password_field import PasswordField
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.texts.label import Label
from desktop.ui.sign_in.checks import database_name_fault, host_fault, name_fault, plain, port_fault
from desktop.ui.sign_in.setup_steps import ChoiceStep

_FILE, _SERVER = "file", "server"
_PORT = "5432"
_CERTIFICATES = ("*.crt", "*.pem", "*.cer")


class DatabaseStep(ChoiceStep):
    """``try_wanted``: see whether the server can be used as it stands in the fields."""

    try_wanted = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, "database", (_FILE, _SERVER))
        self.host = TextField(kit, "database_host", "sign_in.field.database_host")
        self.port = TextField(kit, "database_port", "sign_in.field.database_port", digits=True)
        self.port.set_value(_PORT)
        self.database = TextField(kit, "database_name", "sign_in.field.database_name")
        self.user = TextField(kit, "database_user", "sign_in.field.database_user")
        self.password = PasswordField(kit, "database_password", "sign_in.field.database_password")
        self.root = TextField(kit, "database_root", "sign_in.field.database_root")
        self._choose_root = Button(
            kit, "sign_in.setup.database.root_choose", icon="folder", name="database_root_choose"
        )
        self._choose_root.clicked.connect(self._choose_file)
        self._button = Button(kit, "sign_in.setup.database.try", name="database_try")
        self._button.clicked.connect(self._try)
        self._fields = self._server_fields()
        self.column.addWidget(self._fields)
        self.column.addStretch(1)
        self._explain(_FILE)

    def choice(self) -> ServerChoice | None:
        """The server as typed; None for the file."""
        if self._choice.value() == _FILE:
            return None
        return server_choice(
            plain(self.host.value()), int(plain(self.port.value())), plain(self.database.value()),
            plain(self.user.value()), self.password.value(), self.root.value(),
        )  # fmt: skip

    def fault(self) -> QWidget | None:
        """Nothing about the file; of a server host, port, database, user."""
        if self._choice.value() == _FILE:
            return None
        return (
            self.judge(self.host, host_fault(self.host.value()))
            or self.judge(self.port, port_fault(self.port.value()))
            or self.judge(self.database, database_name_fault(self.database.value()))
            or self.judge(self.user, name_fault(self.user.value()))
        )

    def _server_fields(self) -> QWidget:
        kit = self.kit
        holder = QWidget()
        column = Column(kit, holder, gap="space_m")
        where = Row(kit, gap="field_gap")
        where.addWidget(self.host, 3)
        where.addWidget(self.port, 1)
        which = Row(kit, gap="field_gap")
        for field in (self.database, self.user, self.password):
            which.addWidget(field, 1)
        proof = Row(kit, gap="field_gap")
        proof.addWidget(self.root, 1)
        proof.addWidget(self._choose_root, 0, Qt.AlignmentFlag.AlignBottom)
        trying = Row(kit)
        trying.addWidget(self._button)
        trying.addWidget(
            Label(kit, "sign_in.setup.database.try_note", role="small", ink="muted", wrap=True), 1
        )
        for line in (where, which, proof, trying):
            column.addLayout(line)
        return holder

    def _explain(self, value: str) -> None:
        super()._explain(value)
        set_shown(self._fields, shown=value == _SERVER)

    def _choose_file(self) -> None:
        title = "sign_in.setup.database.root_title"
        choose_file(self.kit, self, title, self._take_root, patterns=_CERTIFICATES)

    def _take_root(self, paths: tuple[Path, ...]) -> None:
        self.root.set_value(str(paths[0]))
        self._button.setFocus()

    def _try(self) -> None:
        fault = self.fault()
        if fault is not None:
            fault.setFocus()
        else:
            self.try_wanted.emit()
