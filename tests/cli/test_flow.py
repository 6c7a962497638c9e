"""``flow trace`` and ``flow patterns`` over a file, without a profile."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminal import Terminal

ROWS = """id,time,payer,payee,amount
1,2026-11-24 10:00:00,V,A,100000.00
2,2026-11-24 10:05:00,X,A,50000.00
3,2026-11-24T10:10:00+08:00,A,6230520010037788994,80000.00
4,2026/11/24 10:20:00,6230520010037788994,ATM取现,30000.00
"""


@pytest.fixture
def nowhere(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "no profile")


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    file = tmp_path / "转账.csv"
    file.write_bytes(ROWS.encode("gb18030"))
    return file


def test_where_the_money_rests(nowhere: Terminal, listed: Path) -> None:
    found = nowhere.json("flow", "trace", listed, "--from", "V", "--method", "fifo")
    assert found["reached"] == [
        {"account": "A", "tier": 1, "amount_fen": 2_000_000, "exit": ""},
        {"account": "6230520010037788994", "tier": 2, "amount_fen": 5_000_000, "exit": ""},
        {"account": "ATM取现", "tier": 3, "amount_fen": 3_000_000, "exit": "cash"},
    ]
    assert found["conserved"] is True
    assert found["conservation"] == {
        "held": 0, "lapsed": 0, "frozen": 0, "returned": 0, "left": 3_000_000, "untraced": 0,
        "resting": 7_000_000,
    }  # fmt: skip


def test_what_came_in_just_then_is_where_following_begins(nowhere: Terminal, listed: Path) -> None:
    words = ("--from", "A", "--at", "2026-11-24 10:00:00", "--amount", "10000000")
    found = nowhere.json("flow", "trace", listed, *words, "--method", "proportional")
    assert sum(rest["amount_fen"] for rest in found["reached"]) == 10_000_000
    assert found["reached"][0] == {
        "account": "A", "tier": 1, "amount_fen": 4_666_667, "exit": "",
    }  # fmt: skip


def test_patterns_of_a_file(nowhere: Terminal, listed: Path) -> None:
    more = "5,2026-11-24 11:00:00,Y,A,1.00\n6,2026-11-24 11:01:00,A,V,50000.00\n"
    listed.write_text(ROWS + more, "utf-8-sig")
    found = nowhere.json("flow", "patterns", listed, "--common", "V", "X")
    (fan,) = found["fan_in"]
    assert (fan["account"], fan["payers"], fan["amount"]) == ("A", 3, "150001.00")
    assert fan["first"] == "2026-11-24 10:00:00"
    assert found["cycles"] == [["V", "A"]]
    assert [one["account"] for one in found["common"]] == ["A"]
    assert "集中转入 A：3 个付款账户，150,001.00 元" in nowhere.say("flow", "patterns", listed).out


def test_a_list_without_ids_and_how_many_make_a_fan(nowhere: Terminal, listed: Path) -> None:
    head, *rows = ROWS.splitlines()
    listed.write_text("\n".join(line.partition(",")[2] for line in (head, *rows)), "utf-8")
    assert nowhere.json("flow", "patterns", listed)["fan_in"] == []
    (fan,) = nowhere.json("flow", "patterns", listed, "--least", "2")["fan_in"]
    assert (fan["account"], fan["accounts"]) == ("A", ["V", "X"])
    found = nowhere.json("flow", "trace", listed, "--from", "V")
    assert found["conserved"] is True


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("9,2026-11-24 10:00,A,B,1E+05", "flow_file.amount"),
        ("9,2026-11-24 10:00,A,B,-5", "flow_file.amount"),
        ("9,gestern,A,B,5", "flow_file.time"),
        ("9,2026-11-24 10:00,A,,5", "flow_file.account"),
        ("9,2026-11-24 10:00,A", "flow_file.account"),
        ("1,2026-11-24 10:00,A,B,5", "flow_file.twice"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(
    nowhere: Terminal, listed: Path, row: str, code: str
) -> None:
    listed.write_text(ROWS + row + "\n", "utf-8")
    nowhere.refused(code, "flow", "patterns", listed)
    assert "6" in nowhere.say("flow", "patterns", listed).err


def test_files_and_accounts_that_are_not_there(nowhere: Terminal, listed: Path) -> None:
    nowhere.refused("flow_file.no_origin", "flow", "trace", listed, "--from", "Z")
    nowhere.refused("read.file", "flow", "patterns", listed.with_name("none.csv"))
    listed.write_text("a,b\n1,2\n", "utf-8")
    nowhere.refused("flow_file.columns", "flow", "patterns", listed)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("trace", "--from", "A", "--at", "gestern"), "flow_file.moment"),
        (("patterns", "--since", "gestern"), "flow_file.moment"),
        (("trace", "--from", "A", "--amount", "0"), "flow_file.number"),
    ],
)
def test_a_wrong_argument_is_not_blamed_on_a_row(
    nowhere: Terminal, listed: Path, arguments: tuple[str, ...], code: str
) -> None:
    verb, *options = arguments
    nowhere.refused(code, "flow", verb, listed, *options)
