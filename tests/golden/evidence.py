"""Evidence of the story: attached, told about, photographed, sealed, opened, passed on, read, cited, handed over."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from desktop.domain.evidence.citation import Citation, PlaceKind
from desktop.domain.ids import CaseId, EvidenceId, PaperId
from desktop.runtime.files.resources import resource_path
from desktop.services.evidence.view_evidence import cite_evidence, open_evidence
from desktop.services.extraction.read_evidence import note_reading
from desktop.services.flow.export_flow import FlowFormat, export_flow
from desktop.services.flow.show_flow import show_flow
from desktop.services.papers.draft_paper import draft_paper, edit_paper
from desktop.services.papers.replace_paper import replace_paper, withdraw_paper
from desktop.services.papers.sign_paper import sign_paper
from tests.golden.posts import SECOND, World
from tests.support.installations import PASSWORD
from tests.support.papers import empty_places

_SAMPLES: Final = ("微信账单.csv", "建行回单.pdf", "收款码.png")
_CHAT: Final = "对方：先垫付再返利\n我：已经转了\n"
_SIGNED: Final = ("acceptance_receipt", "evidence_list")


def gather(world: World) -> None:
    """Everything that happens to evidence at the first desk."""
    session, case = world.session, world.cases["part-time"]
    folder = world.stick("phone")
    (folder / "聊天记录.txt").write_text(_CHAT, "utf-8")
    for name in _SAMPLES:
        (folder / name).write_bytes(resource_path(f"samples/{name}").read_bytes())
    made = session.json(
        "evidence", "add", case, folder, "--source", "李秀兰的手机", "--method", "copied"
    )
    items = [row["id"] for row in made["items"]]
    second = world.text("second.password", PASSWORD + "\n")
    session.json(
        "evidence", "record", case, items[0], "--second", SECOND, "--second-password-file", second,
        "--device", "HUAWEI Mate 60", "--taken-at", "2026-11-24 10:40:00",
    )  # fmt: skip
    photos = world.stick("photos")
    for number in (1, 2):
        (photos / f"{number}.png").write_bytes(
            resource_path("samples/收款码.png").read_bytes() + bytes(number)
        )
    session.json("evidence", "film", case, photos)
    _seals(world, case, items, second)
    session.json("evidence", "md5", case, items[0])
    session.json("evidence", "verify", case)
    _look(world, CaseId(case), EvidenceId(items[0]))
    court = world.files / "court"
    session.json("evidence", "export", case, "--to", court, "--receiver", "城关区检察院", "--md5")
    world.keep(court, "hand_over")
    chat = world.text("录音文字.txt", "嫌疑人：这是安全账户\n")
    for at, name in ((world.other, "other"), (world.colleague, "night")):
        at.json("evidence", "add", world.cases[name], chat)
    papers(world)


def _seals(world: World, case: str, items: list[str], second: Path) -> None:
    session = world.session
    session.json(
        "evidence", "seal", case, items[0], items[1], "--number", "FC-0001", "--what", "手机一部",
        "--second", SECOND, "--second-password-file", second, "--holder", "李秀兰", "--reason", "扣押封存",
    )  # fmt: skip
    world.later(minutes=6)
    session.json(
        "evidence", "unseal", case, "FC-0001", "--second", SECOND, "--reason", "提取数据",
        "--state", "完好",
    )  # fmt: skip
    session.json(
        "evidence", "seal", case, items[0], items[1], "--number", "FC-0002", "--what", "手机一部",
        "--alone", "夜间仅一人值班", "--reason", "提取完毕",
    )  # fmt: skip
    session.json(
        "evidence", "pass", case, items[0], "--officer-taker", SECOND,
        "--taker-password-file", second, "--place", "物证室", "--reason", "入库",
    )  # fmt: skip
    session.json(
        "evidence", "take", case, items[0], "--giver-password-file", second, "--place", "接警台",
        "--reason", "比对",
    )  # fmt: skip
    session.json(
        "evidence", "pass", case, items[1], "--taker", "李秀兰", "--unit", "", "--reason", "发还",
    )  # fmt: skip


def _look(world: World, case: CaseId, item: EvidenceId) -> None:
    with world.session.signed_in() as place:
        session = place.session
        open_evidence(session, case, item).close()
        note_reading(session, item)
        cite_evidence(session, case, item, Citation(PlaceKind.MESSAGE, "2"))
        sheet = show_flow(session, (case,))
        for kind in (FlowFormat.CSV, FlowFormat.FTM, FlowFormat.I2):
            world.text(f"flow.{kind.suffix}", export_flow(session, sheet, kind, str).decode())


def papers(world: World) -> None:
    """Drafted, written in, signed, replaced by another, withdrawn; one is left a draft."""
    case = CaseId(world.cases["part-time"])
    with world.session.signed_in() as place:
        session = place.session
        for form in _SIGNED:
            paper = draft_paper(session, case, form)
            edit_paper(
                session,
                paper.id,
                {},
                dict.fromkeys(empty_places(session, paper.id), "当事人未提供"),
            )
            sign_paper(session, paper.id)
            world.orders[form] = paper.id
        again = replace_paper(session, _paper(world, _SIGNED[0]), "电话写错")
        edit_paper(
            session, again.id, {}, dict.fromkeys(empty_places(session, again.id), "当事人未提供")
        )
        sign_paper(session, again.id)
        withdraw_paper(session, _paper(world, _SIGNED[1]), "清单漏项")
        draft_paper(session, case, "filing_report")
    sheet = world.files / "guidance.pdf"
    world.session.json("print", "guidance", case, "--to", sheet)


def _paper(world: World, form: str) -> PaperId:
    return PaperId(world.orders[form])
