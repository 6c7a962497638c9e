"""A station's desk and its centre with something on their minds, and copies of them to spoil."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.cases.intake import IntakeForm
from desktop.domain.ids import CaseId
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.progress import SILENT
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.form.drafts import save_draft
from desktop.services.evidence.attach_evidence import attach_files
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.peers.trust import own_card
from tests.support.ceremony import approve, trust_peer
from tests.support.sessions import Seat, a_form, seat_at, take_seat

FILES = {"聊天记录.png": b"chat" * 30_000, "转账凭证.jpg": b"receipt" * 70, "空.txt": b""}


@dataclass(frozen=True, slots=True)
class Scene:
    """``case`` is registered and has the evidence ``FILES``; ``draft`` is saved and not registered."""

    root: Path
    session: Seat
    centre: Seat
    case: CaseId
    draft: IntakeForm
    stick: Path
    """Holds the desk's bundle: a volume of records and one of evidence."""

    @property
    def volumes(self) -> list[Path]:
        return sorted(self.stick.glob("*.fzb"))

    def copy(self, name: str, role: str, prefix: str = "ee") -> Seat:
        """A fresh copy of the ``desk`` or the ``centre`` under ``name``, opened."""
        self.files(name, role)
        return self.open(name, role, prefix)

    def files(self, name: str, role: str) -> Path:
        """The files of such a copy, not opened; a former one of that name is removed."""
        target = self.root / name
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(self.root / role, target)
        return target

    def open(self, name: str, role: str, prefix: str = "ee") -> Seat:
        """Open what lies under ``name``."""
        return seat_at(self.root / name, self.session if role == "desk" else self.centre, prefix)


def make_scene(root: Path) -> Scene:
    """Real database, vault and bundle; both databases are closed again, so that copies are whole."""
    session = take_seat(root / "desk", "A")
    centre = take_seat(
        root / "centre", "C", unit_code="620100000000", unit_name="市反诈中心",
        role=InstallationRole.CENTRE,
    )  # fmt: skip
    trust_peer(session.session, approve(centre.session, own_card(session.session)))
    case = register_report(session.session, a_form(session.session)).case
    files = make_files(root / "files")
    attach_files(session.session, case, files, SILENT)
    draft = save_draft(session.session, a_form(session.session, "马强")).form
    stick = root / "stick"
    stick.mkdir()
    export_bundle(session.session, stick, SILENT)
    session.session.store.close()
    centre.session.store.close()
    return Scene(root, session, centre, case, draft, stick)


def make_files(folder: Path) -> list[Path]:
    """The evidence as it comes on a victim's phone."""
    folder.mkdir()
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in FILES]
