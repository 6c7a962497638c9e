"""The dialogs of files that steer the program, joined to the desk."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from desktop.app.pages.pictures import draw_page
from desktop.app.profile.files_noticed import FilesNoticed
from desktop.services.ports import Pdf
from desktop.services.session import Session
from desktop.ui.bound_files.dialogs import BoundNowDialog, ChangedFilesDialog
from desktop.ui.paper.paper_dialog import PaperDialog
from desktop.ui.shared.kit.kit import Kit


def tell_files(kit: Kit, window: QWidget, session: Session, noticed: FilesNoticed) -> None:
    """Show what the sign-in noticed of the files; nothing where there is nothing to tell."""

    def show_page(parent: QWidget, pdf: Pdf, title: str) -> QDialog:
        dialog = PaperDialog(kit, parent, pdf, title, draw_page)
        dialog.open()
        return dialog

    if noticed.bound_now is not None:
        BoundNowDialog(kit, window, noticed.bound_now).open()
    if noticed.changes:
        ChangedFilesDialog(kit, window, session, noticed.changes, show_page).open()
