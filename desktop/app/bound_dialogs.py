"""The dialogs of files that steer the program, joined to the desk."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from desktop.app.files_noticed import FilesNoticed
from desktop.app.pictures import draw_page
from desktop.domain.officer import Permission
from desktop.services.bound.approve_file import approve_file, trial_pages
from desktop.services.bound.check_files import restore_files
from desktop.services.ports import Pdf
from desktop.services.session import Session
from desktop.ui.bound_files.bound_now_dialog import BoundNowDialog
from desktop.ui.bound_files.changed_files_dialog import ChangedFilesDialog
from desktop.ui.paper.paper_dialog import PaperDialog
from desktop.ui.shared.kit.kit import Kit


class SessionFiles:
    """Implements :class:`desktop.ui.bound_files.port.BoundFilesPort`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def may_approve(self) -> bool:
        """Head or administrator."""
        return self._session.may(Permission.APPROVE_FILES)

    def restore(self) -> tuple[str, ...]:
        """All of them."""
        return restore_files(self._session)

    def trial(self, path: str, said: str) -> Pdf:
        """Filled with an invented case."""
        return trial_pages(self._session, path, said)

    def approve(self, path: str, said: str | None) -> str:
        """Its digest."""
        return approve_file(self._session, path, said)


def tell_files(kit: Kit, window: QWidget, session: Session, noticed: FilesNoticed) -> None:
    """Show what the sign-in noticed of the files; nothing where there is nothing to tell."""

    def show_page(parent: QWidget, pdf: Pdf, title: str) -> QDialog:
        dialog = PaperDialog(kit, parent, pdf, title, draw_page)
        dialog.open()
        return dialog

    if noticed.bound_now is not None:
        BoundNowDialog(kit, window, noticed.bound_now).open()
    if noticed.changes:
        ChangedFilesDialog(kit, window, SessionFiles(session), noticed.changes, show_page).open()
