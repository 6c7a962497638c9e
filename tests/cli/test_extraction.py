"""``read`` from standard input and from a file, without a profile."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
import pyzipper
import zxingcpp
from PIL import Image

from desktop.runtime.files.resources import resource_path
from tests.cli.terminal import Terminal, run
from tests.readers.contents.test_chats import QQ
from tests.readers.contents.test_mail import mail
from tests.readers.contents.test_picture_facts import photo, store, with_credentials
from tests.readers.statements.test_hostile import zipped
from tests.support.made_apk import certificate, made_apk
from tests.ui.evidence.pictures import picture
from tests.ui.extraction.bills import WECHAT_ROWS, wechat_bill

TEXT = "2026-11-24 10:12:35 转了9.8万到 6230520010037788994，户名陈志强，他微信 wxid_abc123def"


@pytest.fixture
def nowhere(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "no profile")


def test_pasted_text_gives_transfers_and_identifiers(nowhere: Terminal) -> None:
    found = nowhere.json("read", "-", typed=TEXT)
    assert (found["kind"], found["text"], found["warnings"]) == ("text", TEXT, [])
    (transfer,) = found["transfers"]
    assert transfer["time"] == "2026-11-24 10:12:35"
    assert (transfer["amount_fen"], transfer["direction"]) == (9_800_000, "out")
    assert (transfer["counterparty"], transfer["account"]) == ("陈志强", "6230520010037788994")
    assert transfer["found"]["amount"]["raw"] == "9.8万"
    (chat,) = found["identifiers"]
    assert (chat["kind"], chat["value"], chat["valid"]) == ("wechat", "wxid_abc123def", True)


def test_what_nobody_could_paste_is_refused(nowhere: Terminal) -> None:
    nowhere.refused("paste.too_long", "read", "-", typed="一" * 2_000_001)


LABELLED = (
    '{"text": "转给陈志强9.8万到6230520010037788994，工行", "now": "2026-11-24T12:00", "identifiers": [],'
    ' "transfers": [{"amount_fen": 9800000, "payee_name": "陈志强", "payee_bank": "建设银行",'
    ' "payee_account": "6230520010037788994", "direction": "out", "time": "2026-11-24 10:12"}]}'
)


def test_a_labelled_corpus_is_scored_by_pattern(nowhere: Terminal, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text(f"{LABELLED}\n", "utf-8")
    found = nowhere.json("read", "--score", str(corpus))
    rows = {(row["pattern"], row["field"]): row for row in found["rows"]}
    assert (found["fields"], found["right"], found["wrong"], found["missed"]) == (6, 4, 1, 2)
    assert rows["paid_to", "payee_name"]["right"] == 1
    assert rows["long_number", "payee_account"]["right"] == 1
    assert rows["sum", "transfers"]["right"] == 1
    assert rows["bank_short", "payee_bank"]["wrong"] == 1
    assert rows["", "time"]["missed"] == 1
    assert "paid_to  payee_name" in run("read", "--score", str(corpus)).out


@pytest.mark.parametrize(
    "line", ["", "[]", "{", '{"text": 1}', LABELLED.replace('"out"', '"out"}, 1, {')]
)
def test_what_is_no_labelled_text_is_refused(nowhere: Terminal, tmp_path: Path, line: str) -> None:
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text(f"{LABELLED}\n{line}\n", "utf-8")
    nowhere.refused("read.corpus", "read", "--score", str(corpus))


def test_lines_for_people(nowhere: Terminal) -> None:
    said = run("read", "-", typed=TEXT)
    assert "转出  时间 2026-11-24 10:12:35  金额 98000.00  转入户名 陈志强" in said.out
    assert "微信号  wxid_abc123def" in said.out


def test_every_row_of_a_bill_is_a_line(nowhere: Terminal, tmp_path: Path) -> None:
    bill = tmp_path / "微信账单.csv"
    bill.write_bytes(wechat_bill(went_sum="1.00"))
    said = run("read", str(bill)).out.splitlines()
    assert len(said) == 1 + len(WECHAT_ROWS) + 1, "what it is, its rows, the sum that disagrees"
    assert said[2].startswith("11  2026-11-24 10:12:35  转出  98,000.00  财务王姐")


def test_a_narrative_names_its_types_and_why(nowhere: Terminal) -> None:
    found = nowhere.json("suggest", typed="客服说我开通了百万保障，要开屏幕共享取消自动扣费")
    best = found["candidates"][0]
    assert (found["verdict"], best["type"]) == ("fraud", "T04")
    assert any("百万保障" in word for word in best["words"])
    assert found["ask"]
    assert found["model"]


def test_one_narrative_a_line(nowhere: Terminal) -> None:
    found = nowhere.json("suggest", "--lines", typed="做刷单任务被骗\n欠条到期不还\n\n裸聊被威胁\n")
    assert [(item["verdict"], item["likeliest"][0]) for item in found["results"]] == [
        ("fraud", "T01"), ("not_fraud", "not_fraud"), ("unsure", "unsure"), ("fraud", "T13"),
    ]  # fmt: skip
    assert [len(item["candidates"]) for item in found["results"]] == [2, 2, 2, 2]
    assert nowhere.say("suggest", typed="").status == 0
    nowhere.refused("file.missing", "suggest", "--pack", nowhere.profile / "pack", typed="做刷单")


def test_columns_of_an_unknown_table_can_be_said(nowhere: Terminal, tmp_path: Path) -> None:
    table = tmp_path / "回单.csv"
    table.write_text("办理日,划拨,回拨,何方,\n2026-11-24,98000.00,,陈志强,甲\n", "utf-8")
    nowhere.refused("statement.unknown", "read", str(table))
    shown = run("read", str(table))
    assert shown.out == ""
    assert "2  划拨 | 98000.00" in shown.err
    reasons = [line.partition("→ ")[2] for line in shown.err.splitlines() if "→" in line]
    assert (reasons[0], len(set(reasons))) == ("date", 4), "what is read, why not, and no name"
    assert "--header-row 1 --columns date=1" in shown.err
    columns = "date=1,outgoing=2,incoming=3,counterparty=4"
    found = nowhere.json("read", str(table), "--columns", columns, "--header-row", "1")
    (transfer,) = found["transfers"]
    assert (transfer["amount_fen"], transfer["counterparty"]) == (9_800_000, "陈志强")
    for wrong in ("date=1", "date=1,amount=0", "date=1,sum=2", "date=a,amount=2", "date"):
        nowhere.refused("read.columns", "read", str(table), "--columns", wrong)


def test_a_chat_a_mail_and_a_program(nowhere: Terminal, tmp_path: Path) -> None:
    chat = tmp_path / "客服.txt"
    chat.write_bytes(
        QQ.replace("好的", "转了9.8万到 6230520010037788994，户名陈志强").encode("gb18030")
    )
    found = nowhere.json("read", str(chat))
    assert (found["kind"], found["facts"]["messages"]) == ("chat", "2")
    assert found["messages"][0]["sender"] == "客服小美"
    assert found["transfers"][0]["account"] == "6230520010037788994"
    message = mail()
    message.set_content("退款")
    (tmp_path / "a.eml").write_bytes(message.as_bytes())
    assert nowhere.json("read", str(tmp_path / "a.eml"))["facts"]["mail_subject"] == "退款通知"
    (tmp_path / "a.apk").write_bytes(made_apk(certificate()))
    found = nowhere.json("read", str(tmp_path / "a.apk"))
    assert found["facts"]["app_package"] == "com.lucky.invest", "described, not refused"
    (tmp_path / "a.bin").write_bytes(bytes(range(256)))
    assert nowhere.say("read", str(tmp_path / "a.bin")).status == 1


def test_a_mail_names_its_attachments_and_one_is_read_by_number(
    nowhere: Terminal, tmp_path: Path
) -> None:
    message = mail()
    message.set_content("账单和凭证见附件")
    message.add_attachment(wechat_bill(), maintype="text", subtype="csv", filename="微信账单.csv")
    message.add_attachment(picture(), maintype="image", subtype="png", filename="凭证.png")
    message.add_attachment(b"MZ", maintype="application", subtype="x-exe", filename="../退款.exe")
    path = tmp_path / "通知.eml"
    path.write_bytes(message.as_bytes())
    found = nowhere.json("read", str(path))
    told = [(one["number"], one["name"], one["readable"]) for one in found["attachments"]]
    assert told == [
        (1, "微信账单.csv", "statement"),
        (2, "凭证.png", "picture"),
        (3, "退款.exe", ""),
    ]
    assert any("可以运行的程序" in note for note in found["warnings"])
    said = run("read", str(path), "--attachment", "1")
    assert "微信" in said.out
    read = nowhere.json("read", str(path), "--attachment", "1")
    assert (read["kind"], len(read["transfers"])) == ("statement", len(WECHAT_ROWS))
    for wrong in ("9", "0", "1.1", "x", "1.1.1.1"):
        nowhere.refused("evidence.attachment", "read", str(path), "--attachment", wrong)


def test_a_receipt_in_pdf_tells_its_payment(nowhere: Terminal) -> None:
    receipt = resource_path("samples") / "建行回单.pdf"
    (paid,) = nowhere.json("read", str(receipt))["transfers"]
    assert (paid["amount_fen"], paid["direction"], paid["account"]) == (
        9_800_000,
        "out",
        "6230520010037788996",
    )
    assert "转入户名 陈某某" in run("read", str(receipt)).out


def test_a_pdf_of_gigabytes_is_refused_without_being_held(
    nowhere: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(*_: object) -> None:
        raise AssertionError("it was read into memory")

    monkeypatch.setattr("desktop.cli.reading.read_contents._read_pdf", held)
    paper = tmp_path / "流水.pdf"
    with paper.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(10 << 30)
    nowhere.refused("statement.too_large", "read", str(paper))


def test_neither_the_octets_of_a_pdf_nor_of_a_film_are_shown_as_text(
    nowhere: Terminal, tmp_path: Path
) -> None:
    paper, film = tmp_path / "流水.pdf", tmp_path / "监控.mp4"
    paper.write_bytes(b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(x)>>>>\ngarbage")
    film.write_bytes(b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + bytes(range(256)) * 9)
    nowhere.refused("statement.unreadable", "read", str(paper))
    nowhere.refused("statement.recording", "read", str(film))


QR = "https://qr.alipay.com/fkx12345abcdef"


@pytest.fixture(scope="module")
def code() -> Image.Image:
    made = zxingcpp.create_barcode(QR, zxingcpp.BarcodeFormat.QRCode)
    return Image.fromarray(np.array(made.to_image(scale=6))).convert("RGB")


@pytest.mark.parametrize("ending", ["gif", "webp", "bmp", "tiff", "png"])
def test_codes_of_pictures_of_every_kind(
    nowhere: Terminal, tmp_path: Path, code: Image.Image, ending: str
) -> None:
    path = tmp_path / f"收款码.{ending}"
    if ending == "png":
        path.write_bytes(interlaced(code))
    else:
        code.save(path)
    found = nowhere.json("read", str(path))
    assert [one["text"] for one in found["codes"]] == [QR]


def interlaced(picture: Image.Image) -> bytes:
    """As PNG in the order of Adam7 (ISO/IEC 15948, 8.2), which Pillow only reads."""
    passes = (
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    )
    pixels = np.array(picture)
    lines = [b"\0" + row.tobytes() for x, y, dx, dy in passes for row in pixels[y::dy, x::dx]]
    head = struct.pack(">IIBBBBB", *picture.size, 8, 2, 0, 0, 1)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"".join(lines))), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def test_a_locked_archive_says_how_to_give_its_password(
    nowhere: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "账单.zip"
    path.write_bytes(zipped(wechat_bill(), pyzipper.WZ_AES))
    locked = nowhere.say("read", str(path))
    assert (locked.status, locked.out) == (1, "")
    assert "FANZHA_FILE_PASSWORD=" in locked.err
    nowhere.refused("statement.password", "read", str(path))
    monkeypatch.setenv("FANZHA_FILE_PASSWORD", "260314")
    assert len(nowhere.json("read", str(path))["transfers"]) == len(WECHAT_ROWS)


def test_a_photograph_says_what_it_says_of_itself(nowhere: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "合影.jpg"
    path.write_bytes(with_credentials(photo(), store()))
    found = nowhere.json("read", str(path))
    assert found["facts"]["c2pa_signer"] == "CN=Lucky Invest"
    assert found["facts"]["exif_model"] == "P60"
    assert any("C2PA" in warning for warning in found["warnings"])
