"""What leaves the house: papers, bundles, slips, the folder for the court."""

from __future__ import annotations

import runpy

from desktop.domain.errors import TrustError
from desktop.domain.progress import SILENT
from desktop.selftest.bench import CheckSetup, insist


def papers(bench: CheckSetup) -> None:
    from desktop.app.pages.pictures import draw_first_page  # noqa: PLC0415
    from desktop.services.look_up import board, case_file  # noqa: PLC0415
    from desktop.services.ports import PaperFacts  # noqa: PLC0415

    file = case_file(bench.session, board(bench.session)[0].id)
    facts = PaperFacts(file, {}, bench.session.clock.now())
    for info in bench.session.papers.forms():
        pdf = bench.session.papers.render(info.id, facts)
        insist(
            holds=pdf.pages >= 1 and draw_first_page(pdf.data, 300)[:4] == b"\x89PNG", what=info.id
        )


def exchange(bench: CheckSetup) -> None:
    from desktop.bundles.volumes.quarantine import Quarantine  # noqa: PLC0415
    from desktop.centre.ingest import ingest  # noqa: PLC0415
    from desktop.services.exchange.export.export_bundle import export_bundle  # noqa: PLC0415
    from desktop.services.exchange.peers.trust import approve, own_card, trust_peer  # noqa: PLC0415

    trust_peer(bench.session, approve(bench.centre, own_card(bench.session)))
    stick = bench.folder / "stick"
    stick.mkdir()
    exported = export_bundle(bench.session, stick, SILENT)
    volume = stick / exported.volumes[0].name
    data = volume.read_bytes()
    volume.write_bytes(data[:-200] + bytes([data[-200] ^ 1]) + data[-199:])
    refused = ingest(bench.centre, Quarantine(bench.folder / "quarantine"), [volume], SILENT)
    insist(holds=bool(refused.problems), what="an altered bundle was accepted")
    insist(holds=isinstance(refused.problems[0].error, TrustError), what="refusal")
    volume.write_bytes(data)
    taken = ingest(bench.centre, Quarantine(bench.folder / "quarantine"), [volume], SILENT)
    insist(holds=taken.applied > 0 and not taken.problems, what="a good bundle was refused")


def slip(bench: CheckSetup) -> None:
    to = bench.centre.cards.recipient()
    for orders in ([{"order": "自检"}], [{"order": f"自检{number}"} for number in range(2)]):
        codes = bench.session.slips.seal_slip(orders, to)
        for code in codes:
            picture = bench.session.slips.qr_png(code)
            insist(holds=bench.centre.slips.scan(picture) == (code,), what="QR")


def hand_over(bench: CheckSetup) -> None:
    """A folder for the court, which the verifier that lies in it accepts, and refuses once it is altered."""
    from desktop.services.evidence.attach_evidence import attach_picture  # noqa: PLC0415
    from desktop.services.evidence.court_handover import hand_over_to_court  # noqa: PLC0415
    from desktop.services.look_up import board  # noqa: PLC0415

    case = board(bench.session)[0].id
    attach_picture(bench.session, case, "自检.png", "自检".encode())
    done = hand_over_to_court(bench.session, case, bench.folder / "court", SILENT)
    verifier = runpy.run_path(str(done.folder / "verify.py"))
    report = verifier["check"](str(done.folder), _quiet)
    insist(holds=report["fingerprint"] == done.fingerprint, what="fingerprint")
    done.files[0].write_bytes("自捡".encode())
    try:
        verifier["check"](str(done.folder), _quiet)
    except verifier["Refused"]:
        return
    insist(holds=False, what="an altered folder was accepted")


def _quiet(_octets: int) -> None:
    """Nobody watches how far the verifier is."""
