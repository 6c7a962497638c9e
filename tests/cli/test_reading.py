"""``read`` from standard input and from a file, without a profile."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminal import Terminal, run

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


def test_lines_for_people(nowhere: Terminal) -> None:
    said = run("read", "-", typed=TEXT)
    assert "amount=98000.00" in said.out
    assert "wxid_abc123def" in said.out
