"""Can this build do everything? Run from the shipped binary, it tries each part once, on invented data."""

from __future__ import annotations

import io
import os
import runpy
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.app.installation import Installation
from desktop.domain.errors import AppError, TrustError, WorldError
from desktop.domain.profile import FirstRun, InstallationRole
from desktop.domain.progress import SILENT
from desktop.runtime.catalogue import LANGUAGES, Catalogue
from desktop.runtime.log import describe
from desktop.runtime.resources import resource_path
from desktop.services.desk import Desk

_PATIENCE = 60.0
"""Seconds for a process to start and answer."""
_PASSWORD = "Self-test-2026!"  # noqa: S105 - opens a folder that is deleted a second later


@dataclass(frozen=True, slots=True)
class Checked:
    """One part of the program and whether it works here; ``note`` names what went wrong, or versions, without data."""

    name: str
    ok: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Bench:
    """What the checks share: a desk and a centre in a temporary folder."""

    folder: Path
    desk: Desk
    centre: Desk


def run() -> tuple[Checked, ...]:
    """Every check; one that fails does not stop the others."""
    with tempfile.TemporaryDirectory(prefix="fanzha-selftest-") as name:
        folder = Path(name)
        done = [_try("languages", _languages), _try("directories", _directories)]
        desk, centre = (
            _installation(folder / "desk", InstallationRole.DESK),
            _installation(folder / "centre", InstallationRole.CENTRE),
        )
        try:
            bench = _Bench(
                folder, desk.sign_in("1001", _PASSWORD), centre.sign_in("1001", _PASSWORD)
            )
            done += [_try(check.__name__.strip("_"), check, bench) for check in _WITH_DESK]
        except AppError as error:
            done.append(Checked("database", ok=False, note=error.code))
        finally:
            desk.close()
            centre.close()
        done.append(_try("windows", _windows, folder))
        done.append(_try("camera", _camera))
    return tuple(done)


def _try(name: str, check: Callable[..., str | None], *args: object) -> Checked:
    try:
        note = check(*args)
    except Exception as error:  # noqa: BLE001 - a self-test reports whatever fails
        return Checked(name, ok=False, note=describe(error))
    return Checked(name, ok=True, note=note or "")


def _insist(*, holds: bool, what: str) -> None:
    if not holds:
        raise AssertionError(what)


def _languages() -> None:
    keys = {Catalogue.load(language).keys() for language in LANGUAGES}
    _insist(holds=len(keys) == 1, what="the languages differ")
    _insist(holds=len(next(iter(keys))) > 500, what="words are missing")


def _directories() -> str:
    """Names the versions it found."""
    from desktop.runtime.directories import PackedDirectories  # noqa: PLC0415 - a check loads its own part
    from desktop.runtime.rulepack import load_rulepack  # noqa: PLC0415
    from desktop.runtime.scripts import load_types  # noqa: PLC0415

    tables = PackedDirectories(resource_path("directories"))
    tables.verify()
    _insist(holds=tables.division("620102") is not None, what="divisions")
    _insist(holds=tables.card_issuer("6217004230001234569") is not None, what="cards")
    _insist(holds=tables.mobile_segment("13919364417") is not None, what="phones")
    _insist(holds=len(load_rulepack(resource_path("rules")).rules) > 30, what="rules")
    _insist(holds=len(load_types(resource_path("scripts"))) == 18, what="scripts")
    told = (f"{name} {version}" for name, version in sorted(tables.versions().items()))
    return ", ".join((tables.version, *told))


def _installation(root: Path, role: InstallationRole) -> Installation:
    installation = Installation(root)
    code = "620102540000" if role is InstallationRole.DESK else "620100000000"
    installation.create(FirstRun(role, code, "自检", "A", "1001", "自检", _PASSWORD))
    return installation


def _database(bench: _Bench) -> None:
    from desktop.services.cases.read_report import form_from_document  # noqa: PLC0415
    from desktop.services.cases.register_report import register_report  # noqa: PLC0415

    form = form_from_document(bench.desk, {"victim": {"name": "自检"}, "narrative": "自检"})
    register_report(bench.desk, form)
    _insist(holds=bench.desk.store.verify(SILENT) == (), what="verify")
    _insist(holds=bench.desk.store.digest() == bench.desk.store.rebuild(SILENT), what="rebuild")
    raw = (bench.folder / "desk" / "desk.db").read_bytes()
    _insist(holds="自检".encode() not in raw and b"SQLite format" not in raw, what="encryption")


def _server_driver(bench: _Bench) -> None:
    """No server is needed: to tell that there is none takes the whole driver."""
    from desktop.storage.server_address import server_address  # noqa: PLC0415
    from desktop.storage.store import SqlStore  # noqa: PLC0415

    nowhere = server_address(f"postgresql://nobody@/nothing?host={bench.folder / 'no-server'}")
    try:
        SqlStore.open(nowhere, bytes(32), bench.centre.profile, bench.centre.clock)
    except WorldError as error:
        _insist(holds=error.code == "database.server_gone", what=error.code)
    else:
        raise AssertionError("a server where there is none")


def _vault(bench: _Bench) -> None:
    blob = bench.desk.vault.store_bytes("自检".encode())
    _insist(holds=bench.desk.vault.open(blob.sha256).read() == "自检".encode(), what="read")
    _insist(
        holds=len(blob.sm3) == 64 and bench.desk.vault.verify(blob.sha256, SILENT), what="digests"
    )


def _sealing(bench: _Bench) -> None:
    """Sealed in a process beside ours, opened here."""
    from desktop.runtime.helper_process import HelperProcess  # noqa: PLC0415
    from desktop.sealing.age import AgeIdentity, AgeReader  # noqa: PLC0415
    from desktop.vault.sealing_process import NAME, answered, question  # noqa: PLC0415

    plain, sealed, identity = (
        bench.folder / "plain",
        bench.folder / "sealed",
        AgeIdentity.generate(),
    )
    plain.write_text("自检", "utf-8")
    helper = HelperProcess(NAME, _PATIENCE)
    try:
        asked = question(identity.recipient, [(plain, sealed)], lasting=True)
        _insist(holds=len(answered(helper.ask(asked))) == 1, what="process beside")
    finally:
        helper.close()
    with sealed.open("rb") as file:
        _insist(holds=AgeReader(file, (identity,)).read() == plain.read_bytes(), what="sealing")


def _papers(bench: _Bench) -> None:
    from desktop.app.pictures import draw_first_page  # noqa: PLC0415
    from desktop.services.look_up import board, case_file  # noqa: PLC0415
    from desktop.services.ports import PaperFacts  # noqa: PLC0415

    file = case_file(bench.desk, board(bench.desk)[0].id)
    facts = PaperFacts(file, {}, bench.desk.clock.now())
    for info in bench.desk.papers.forms():
        pdf = bench.desk.papers.render(info.id, facts)
        _insist(
            holds=pdf.pages >= 1 and draw_first_page(pdf.data, 300)[:4] == b"\x89PNG", what=info.id
        )


def _exchange(bench: _Bench) -> None:
    from desktop.bundles.quarantine import Quarantine  # noqa: PLC0415
    from desktop.centre.ingest import ingest  # noqa: PLC0415
    from desktop.services.exchange.export_bundle import export_bundle  # noqa: PLC0415
    from desktop.services.exchange.trust import approve, own_card, trust_party  # noqa: PLC0415

    trust_party(bench.desk, approve(bench.centre, own_card(bench.desk)))
    stick = bench.folder / "stick"
    stick.mkdir()
    exported = export_bundle(bench.desk, stick, SILENT)
    volume = stick / exported.volumes[0].name
    data = volume.read_bytes()
    volume.write_bytes(data[:-200] + bytes([data[-200] ^ 1]) + data[-199:])
    refused = ingest(bench.centre, Quarantine(bench.folder / "quarantine"), [volume], SILENT)
    _insist(holds=bool(refused.problems), what="an altered bundle was accepted")
    _insist(holds=isinstance(refused.problems[0].error, TrustError), what="refusal")
    volume.write_bytes(data)
    taken = ingest(bench.centre, Quarantine(bench.folder / "quarantine"), [volume], SILENT)
    _insist(holds=taken.applied > 0 and not taken.problems, what="a good bundle was refused")


def _slip(bench: _Bench) -> None:
    to = bench.centre.exchange.recipient()
    for orders in ([{"order": "自检"}], [{"order": f"自检{number}"} for number in range(2)]):
        codes = bench.desk.exchange.seal_slip(orders, to)
        for code in codes:
            picture = bench.desk.exchange.qr_png(code)
            _insist(holds=bench.centre.exchange.scan(picture) == (code,), what="QR")


def _reading(bench: _Bench) -> None:
    """The text of a drawn form, recognised in the process beside ours."""
    from desktop.app.pictures import draw_first_page  # noqa: PLC0415
    from desktop.readers.ocr.picture_reader import PictureReader  # noqa: PLC0415
    from desktop.services.look_up import board, case_file  # noqa: PLC0415
    from desktop.services.ports import PaperFacts  # noqa: PLC0415

    file = case_file(bench.desk, board(bench.desk)[0].id)
    pdf = bench.desk.papers.render("guidance", PaperFacts(file, {}, bench.desk.clock.now()))
    reader = PictureReader()
    try:
        text = reader.read(draw_first_page(pdf.data, 800)).text
    finally:
        reader.close()
    _insist(holds="报案" in text, what="text in pictures")


def _hand_over(bench: _Bench) -> None:
    """A folder for the court, which the verifier that lies in it accepts, and refuses once it is altered."""
    from desktop.services.evidence.attach_evidence import attach_picture  # noqa: PLC0415
    from desktop.services.evidence.hand_over import hand_over  # noqa: PLC0415
    from desktop.services.look_up import board  # noqa: PLC0415

    case = board(bench.desk)[0].id
    attach_picture(bench.desk, case, "自检.png", "自检".encode())
    done = hand_over(bench.desk, case, bench.folder / "court", SILENT)
    verifier = runpy.run_path(str(done.folder / "verify.py"))
    report = verifier["check"](str(done.folder), _quiet)
    _insist(holds=report["fingerprint"] == done.fingerprint, what="fingerprint")
    done.files[0].write_bytes("自捡".encode())
    try:
        verifier["check"](str(done.folder), _quiet)
    except verifier["Refused"]:
        return
    _insist(holds=False, what="an altered folder was accepted")


def _decoding(bench: _Bench) -> None:
    """A workbook and a picture of a code, decoded in the process beside ours."""
    import xlsxwriter  # noqa: PLC0415

    from desktop.readers.codes.find_codes import find_codes  # noqa: PLC0415
    from desktop.readers.statements.open_statement import open_statement  # noqa: PLC0415

    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("交易时间", "交易对方", "收/支", "金额(元)"))
        sheet.write_row(1, 0, ("2026-11-24 10:12:35", "自检", "支出", "98.00"))
    (row,) = open_statement(out).whole().rows
    _insist(holds=row.amount_fen == 9800, what="workbook")
    codes = find_codes(bench.desk.exchange.qr_png(b"https://example.com/"))
    _insist(holds=[code.text for code in codes] == ["https://example.com/"], what="codes")


def _quiet(_octets: int) -> None:
    """Nobody watches how far the verifier is."""


def _viewing(_bench: _Bench) -> None:
    """Files, pictures and pages, each decoded in its process beside ours."""
    from desktop.app.decoders import decoders  # noqa: PLC0415
    from desktop.domain.contents import Contents  # noqa: PLC0415

    beside, samples = decoders(), resource_path("samples")
    bill = samples / "微信账单.csv"
    with bill.open("rb") as file:
        found = beside.files.read(bill.name, file, bill.stat().st_size, SILENT)
    _insist(holds=isinstance(found, Contents) and bool(found.sheets), what="files")
    picture = beside.pictures.decode((samples / "收款码.png").read_bytes())
    _insist(holds=picture.width > 0, what="pictures")
    photograph = beside.pictures.decode((samples / "iPhone照片.heic").read_bytes())
    _insist(holds=(photograph.width, photograph.height) == (150, 100), what="photographs")
    page = beside.pages.page_text((samples / "建行回单.pdf").read_bytes(), 0)
    _insist(holds="6230" in page, what="pages")


def _playing(_bench: _Bench) -> None:
    """A second of silence, opened by the player."""
    from desktop.ui.evidence.player.trial import opens  # noqa: PLC0415

    _insist(holds=opens(_PATIENCE), what="player")


_WITH_DESK = (
    _database,
    _server_driver,
    _vault,
    _sealing,
    _papers,
    _exchange,
    _slip,
    _reading,
    _hand_over,
    _decoding,
    _viewing,
    _playing,
)


def _camera() -> str:
    """What drives cameras loads; how many there are is no matter of this build."""
    from desktop.ui.shared.codes.qt_camera import backend_loads, camera_count  # noqa: PLC0415 - needs the application

    _insist(holds=backend_loads(), what="multimedia backend")
    return f"{camera_count()} cameras"


def _windows(folder: Path) -> None:
    """Open the sign-in, sign in, and show every page."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from desktop.app.window import Program  # noqa: PLC0415
    from desktop.ui.shared.kit.task_runner import InlineTaskRunner  # noqa: PLC0415

    app = QApplication.instance() or QApplication([])
    if not isinstance(app, QApplication):
        raise TypeError("a self-test needs a QApplication")
    program = Program(app, folder / "desk", runner=InlineTaskRunner())
    program.start()
    program.open_desk(program.installation.sign_in("1001", _PASSWORD))
    if program.desk_window is None:
        raise AssertionError("no window")
    for language in LANGUAGES:
        program.kit.words.set_language(language)
        for page in ("intake", "board", "orders", "sync", "settings"):
            program.desk_window.window.show_page(page)
            app.processEvents()
    program.shut_down()
