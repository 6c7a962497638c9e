"""The auditor's page, joined to a desk."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from desktop.domain.audit import AuditFile, AuditKey, AuditPage, AuditQuery
from desktop.domain.officer import Permission
from desktop.services.audit.audit_questions import storms
from desktop.services.audit.audit_texts import AuditTexts, Texts
from desktop.services.audit.export_audit import export_audit
from desktop.services.audit.list_audit import audit_page, audit_sum, case_of_number
from desktop.services.look_up import officer_names
from desktop.services.session import Session
from desktop.ui.audit.audit_screen import AuditScreen
from desktop.ui.audit.port import Answer, AuditRequest
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shell.main_window import MainWindow

_PAGE: Final = 100
_COUNTED: Final = 10_000
"""Beyond this an answer is "more than", and nobody waits for the exact number."""


def add_audit_page(window: MainWindow, kit: Kit, session: Session) -> None:
    """The page of the auditor, for nobody else; whoever is only that has nothing to search."""
    if session.officer.may(Permission.AUDIT):
        page = AuditScreen(kit, AuditVerbs(kit, session))
        window.add_page("audit", "eye", "audit.title", page, "Shift+F9")
    if session.officer.only_audits:
        window.hide_search()


class AuditVerbs:
    """Implements :class:`desktop.ui.audit.port.AuditPort`."""

    def __init__(self, kit: Kit, session: Session) -> None:
        self._kit = kit
        self._session = session

    def ask(self, asked: AuditRequest) -> Answer:
        """Look for it."""
        session = self._session
        query = AuditQuery(
            officer=asked.officer,
            case=case_of_number(session, asked.case) if asked.case else "",
            kinds=asked.kinds,
            since=asked.since,
        )
        return Answer(
            query,
            audit_page(session, query, limit=_PAGE),
            audit_sum(session, query, _COUNTED),
            self._words(),
            storms(session, query) if asked.storms else (),
        )

    def older(self, query: AuditQuery, after: AuditKey) -> AuditPage:
        """The page after that."""
        return audit_page(self._session, query, after, _PAGE)

    def export(self, query: AuditQuery, target: Path) -> AuditFile:
        """Write all of it, signed."""
        return export_audit(self._session, query, target, self._words())

    def officers(self) -> tuple[tuple[str, str], ...]:
        """Number and name of everyone known here, by number."""
        return tuple(sorted(officer_names(self._session).items()))

    def _words(self) -> AuditTexts:
        specs = {spec.id: spec for spec in self._session.papers.forms()}

        def title(form: str) -> str:
            return specs[form].title(self._kit.texts.language) if form in specs else form

        def texts() -> Texts:
            return self._kit.texts

        return AuditTexts(texts, officer_names(self._session), title)
