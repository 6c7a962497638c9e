"""The cards of officers and of the own password on the settings page, joined to the installation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject

from desktop.app.officer_keys import OfficerKeys
from desktop.domain.errors import AppError
from desktop.domain.officer import Officer, Permission
from desktop.runtime.passwords import PasswordPolicy, weaknesses
from desktop.services.desk import Desk
from desktop.services.ports import Pdf
from desktop.ui.settings.officers_card import OfficersCard, OfficersPort
from desktop.ui.settings.password_card import PasswordCard
from desktop.ui.settings.settings_page import SettingsPage
from desktop.ui.shared.dialogs.confirm import ask
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of


@dataclass(frozen=True, slots=True)
class OfficerVerbs:
    """See :class:`desktop.app.officer_keys.OfficerKeys`."""

    enrol: Callable[[Officer, str], None]
    give_password: Callable[[str, str], None]
    dismiss: Callable[[str], None]
    new_recovery_code: Callable[[Callable[[str], Pdf]], Pdf]
    change_password: Callable[[str, str], None]


def verbs_of(keys: Callable[[], OfficerKeys]) -> OfficerVerbs:
    """Those of whoever is signed in when one is used."""
    return OfficerVerbs(
        enrol=lambda officer, password: keys().enrol(officer, password),
        give_password=lambda number, password: keys().give_password(number, password),
        dismiss=lambda number: keys().dismiss(number),
        new_recovery_code=lambda show: keys().new_recovery_code(show),
        change_password=lambda old, new: keys().change_password(old, new),
    )


def add_officer_cards(page: SettingsPage, kit: Kit, desk: Desk, verbs: OfficerVerbs) -> None:
    """Everyone may see who signs in here and change the own password; an administrator adds others."""
    policy = PasswordPolicy.from_rules()

    def faults(password: str, number: str) -> Sequence[AppError]:
        return weaknesses(password, number, policy)

    may_add = desk.officer.may(Permission.ADMINISTER)
    own = PasswordCard(kit, verbs.change_password, faults, desk.officer.number)
    page.more.addWidget(own)
    port = OfficersPort(
        partial(_known, desk), verbs.enrol, verbs.give_password, verbs.dismiss, faults,
        desk.officer.number, may_add,
    )  # fmt: skip
    card = OfficersCard(kit, port)
    page.more.addWidget(card)
    _CodeSheet(kit, desk, verbs.new_recovery_code, card)


class _CodeSheet(QObject):
    """A new recovery code, on paper only as the first one."""

    def __init__(
        self, kit: Kit, desk: Desk, make: Callable[[Callable[[str], Pdf]], Pdf], card: OfficersCard
    ) -> None:
        super().__init__(card)
        self._kit = kit
        self._desk = desk
        self._make = make
        self._card = card
        card.acts.code_wanted.connect(self._ask)

    def _ask(self) -> None:
        words = "settings.officers.coding"
        ask(
            self._kit, self._card, f"{words}.title", f"{words}.text", f"{words}.accept",
            self._start, danger=True,
        )  # fmt: skip

    def _start(self) -> None:
        work = work_of(self._make, self._sheet)
        self._kit.runner.start("db", work, self._show, self._card.banner.show_error)

    def _sheet(self, code: str) -> Pdf:
        desk = self._desk
        return desk.papers.recovery_sheet(desk.profile, desk.officer, code, desk.clock.now())

    def _show(self, sheet: Pdf) -> None:
        from desktop.app.pictures import draw_page  # noqa: PLC0415 - no window waits for it at start
        from desktop.ui.paper.paper_dialog import PaperDialog  # noqa: PLC0415

        title = self._kit.words.text("sign_in.setup.code.step")
        PaperDialog(self._kit, self._card, sheet, title, draw_page, keeps=False).open()


def _known(desk: Desk) -> Sequence[Officer]:
    with desk.store.read() as reader:
        return reader.officers(desk.profile.device)
