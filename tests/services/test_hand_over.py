"""What leaves for the court is in the custody log of every item that left."""

from __future__ import annotations

from pathlib import Path

from desktop.domain.progress import SILENT
from desktop.services.attach_evidence import attach_files
from desktop.services.desk import Desk
from desktop.services.hand_over import hand_over
from desktop.services.health import check_health
from desktop.services.register_report import register_report
from desktop.services.view_evidence import custody
from tests.support.desks import a_form


def test_handing_over_is_in_the_custody_log(desk: Desk, quick_folder: Path) -> None:
    case = register_report(desk, a_form(desk)).case
    for name in ("one", "two"):
        (quick_folder / name).write_bytes(name.encode())
    attached = attach_files(desk, case, [quick_folder / "one", quick_folder / "two"], SILENT)
    hand_over(desk, case, quick_folder / "court", SILENT)
    for item in attached:
        rows = custody(desk, case, item.evidence.id)
        assert [row.kind for row in rows] == ["evidence.attached", "evidence.handed_over"]
        assert rows[-1].officer == desk.officer.number
    assert check_health(desk, SILENT) == ()
