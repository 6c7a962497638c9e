"""The auditor's page, joined to a desk."""

from __future__ import annotations

from functools import partial

from desktop.domain.installation.officer import Permission
from desktop.services.session import Session
from desktop.ui.audit.audit_screen import AuditScreen
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shell.main_window import MainWindow


def add_audit_page(window: MainWindow, kit: Kit, session: Session) -> None:
    """The page of the auditor, for nobody else; whoever is only that has nothing to search."""
    if session.officer.may(Permission.AUDIT):
        make = partial(AuditScreen, kit, session)
        window.add_page("audit", "eye", "audit.title", make, "Shift+F9")
    if session.officer.only_audits:
        window.hide_search()
