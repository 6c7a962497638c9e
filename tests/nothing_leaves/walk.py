"""Run under strace: an officer's day in one process and its helpers. Every step must end well, or nothing is shown.

``python -m tests.nothing_leaves.walk PLACE``; ``PLACE/out`` is what the person named.
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.app.backup.backup import make_backup
from desktop.app.installation import Installation, Machine
from desktop.app.processes.decoders import decoders, draw_shown_page
from desktop.app.qt.quiet_qt import keep_nothing_outside
from desktop.app.windows.window import Program
from desktop.bundles.codes.scanner import scan_beside
from desktop.documents.printing.form_compiler import FormCompiler
from desktop.domain.progress import SILENT
from desktop.runtime.files.paths import ProfilePaths, rollback_counter
from desktop.runtime.files.resources import resource_path
from desktop.runtime.id_source import UuidSource
from desktop.runtime.processes.confinement import no_core_dump
from desktop.runtime.processes.telemetry import switch_off_telemetry
from desktop.runtime.system_clock import SystemClock
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_files
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.look_up import case_evidence
from desktop.services.session import Session
from desktop.ui.evidence.player.link import opens
from desktop.ui.paper.printing import PrintJob, new_printer, print_pages
from desktop.ui.shared.kit.task_runner import InlineTaskRunner
from desktop.ui.shared.widgets.input.file_chooser import choose_target
from tests.support.installations import CHEAP, OFFICER, PASSWORD, introduce, make_centre, make_desk
from tests.support.sessions import a_form

_SAMPLES = (
    "转账凭证.png",
    "聊天记录.png",
    "微信账单.csv",
    "工行流水.csv",
    "收款码.png",
    "建行回单.pdf",
)
_PACKAGE = b'#import "@preview/cetz:0.3.0": *\nhi'


def main() -> int:
    place = Path(sys.argv[1])
    no_core_dump()
    switch_off_telemetry()
    keep_nothing_outside(ProfilePaths(place / "desk").cache, os.environ)
    app = QApplication([])
    clock = SystemClock()
    machine = Machine(clock, UuidSource(clock), CHEAP, counter=rollback_counter)
    made = make_desk(place / "desk", own=machine)
    centre = make_centre(place / "centre", own=machine)
    introduce(made.sign_in(OFFICER, PASSWORD), centre.sign_in("620001", PASSWORD))
    _look_through(app, place, made)
    centre.close()
    made.close()
    sys.stdout.write("walked\n")
    sys.stdout.flush()
    return 0


def _look_through(app: QApplication, place: Path, made: Installation) -> None:
    program = Program(app, made.paths.root, machine=made.machine, runner=InlineTaskRunner())
    made.close()
    program.start()
    session = program.installation.sign_in(OFFICER, PASSWORD)
    program.open_desk(session)
    for page in ("intake", "board", "orders", "sync", "settings"):
        program.front.show_page(page)  # type: ignore[union-attr]  # the window of the desk
        app.processEvents()
    _bring(session, place)
    _show(session)
    _print(session, place)
    _refuse_a_package(session)
    _choose(program, place)
    for folder in ("stick", "backup"):
        (place / "out" / folder).mkdir()
    export_bundle(session, place / "out" / "stick", SILENT)
    make_backup(session, program.installation.paths, place / "out" / "backup", SILENT)
    program.shut_down()


def _bring(session: Session, place: Path) -> None:
    case = register_report(session, a_form(session)).case
    phone = place / "phone"
    phone.mkdir()
    for name in _SAMPLES:
        (phone / name).write_bytes(resource_path(f"samples/{name}").read_bytes())
    attach_files(session, case, [phone], SILENT)
    for item in case_evidence(session, case):
        with closing(session.vault.open(item.sha256)) as stream:
            data = stream.read()
        found = decoders().files.read(item.name, io.BytesIO(data), len(data), SILENT)
        assert found is not None


def _show(session: Session) -> None:
    """OCR, codes, sheets, a photograph, a recording, a PDF: each in the process that is for it."""
    samples = resource_path("samples")
    assert session.files.picture((samples / "转账凭证.png").read_bytes()).text
    assert session.files.codes((samples / "收款码.png").read_bytes())
    scan_beside((samples / "收款码.png").read_bytes())
    for name in ("工行流水.csv", "微信账单.csv"):
        with closing(io.BytesIO((samples / name).read_bytes())) as source:
            assert list(session.files.statement(source))
    photo = (samples / "iPhone照片.heic").read_bytes()
    decoders().pictures.decode(photo, 1_000_000)
    decoders().pictures.decode((samples / "聊天记录.png").read_bytes(), 1_000_000)
    draw_shown_page((samples / "建行回单.pdf").read_bytes(), 0, 800)
    assert opens(60.0)


def _print(session: Session, place: Path) -> None:
    card = session.sheets.recovery_sheet(
        session.profile, session.officer, "1234", session.clock.now()
    )
    page = draw_shown_page(card.data, 0, 1200)
    printer = new_printer(PrintJob("", 1, 1), "paper")
    printer.setOutputFileName(str(place / "out" / "print.pdf"))
    assert print_pages(printer, (page,), 1)


def _refuse_a_package(session: Session) -> None:
    compiler = FormCompiler(resource_path("forms"), resource_path("fonts"))
    with pytest.raises(ValueError, match="package"):
        compiler.compile("unit", {}, session.clock.now(), _PACKAGE)


def _choose(program: Program, place: Path) -> None:
    assert program.front is not None
    dialog = choose_target(program.kit, program.front, "trust.sheet.file", "copy.png", print)
    dialog.setDirectory(str(place / "phone"))
    dialog.accept()


if __name__ == "__main__":
    sys.exit(main())
