"""Make an attachment of a mail evidence of its own; its source says out of which item it came."""

from __future__ import annotations

import hashlib

from desktop.domain.evidence.item import Evidence
from desktop.domain.evidence.record import shared_record
from desktop.domain.ids import CaseId, EvidenceId
from desktop.domain.installation.officer import Permission
from desktop.services.evidence.attach_evidence import attach_held
from desktop.services.evidence.record_evidence import TypedRecord
from desktop.services.evidence.view_evidence import find_evidence
from desktop.services.ports.reading.contents import Attachment
from desktop.services.session import Session


def attach_attachment(
    session: Session, case: CaseId, evidence: EvidenceId, taken: Attachment, source: str
) -> Evidence:
    """Attach what was taken out of the mail ``evidence``; a second time gives the item of the first.

    ``source`` says in words which attachment of which item it is. How the mail was obtained holds for it too.

    Raises ``UserInputError("evidence.unknown")``, and what the vault does.
    """
    session.require(Permission.ADD_EVIDENCE)
    mail = find_evidence(session, case, evidence)
    digest = hashlib.sha256(taken.data).hexdigest()
    with session.store.read() as reader:
        items = reader.evidence(case)
    for item in items:
        if (item.sha256, item.source) == (digest, source):
            return item
    typed = TypedRecord(source, mail.method, shared_record(mail.record))
    return attach_held(session, case, taken.name, taken.data, typed).evidence
