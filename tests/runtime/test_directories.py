"""The packed tables: what is in them, and what happens when they are not there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop.domain.errors import WorldError
from desktop.domain.reference.directories import CardKind
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.directories import PackedDirectories
from tests.support.strict import all_of


@pytest.fixture(scope="module")
def tables() -> PackedDirectories:
    return PackedDirectories(resource_path("directories"))


def test_the_installed_tables_are_whole(tables: PackedDirectories) -> None:
    tables.verify()
    assert set(tables.versions()) == {"cards", "mobile", "divisions"}


@pytest.mark.parametrize(
    ("number", "bank", "prefix", "exact"),
    [
        ("6222020000000000000", "中国工商银行", "622202", True),
        ("6230520000000000000", "中国农业银行", "623052", True),
        ("622202******1234", "中国工商银行", "622202", False),
        ("6210568010000000000", "大邑交银兴民村镇银行", "621056801", True),
        ("103000000000", "中国农业银行", "103", False),
    ],
)
def test_the_longest_prefix_names_the_issuer(
    tables: PackedDirectories, number: str, bank: str, prefix: str, exact: bool
) -> None:
    issuer = tables.card_issuer(number)
    assert issuer is not None
    assert (issuer.bank, issuer.prefix, issuer.exact) == (bank, prefix, exact)


def test_a_prefix_of_two_lengths_is_read_by_length(tables: PackedDirectories) -> None:
    long, short = tables.card_issuer("622302" + "0" * 12), tables.card_issuer("622302" + "0" * 10)
    assert long is not None
    assert short is not None
    assert (long.length, short.length) == (18, 16)
    assert long.exact
    assert short.exact


def test_a_doubtful_issuer_names_its_rival(tables: PackedDirectories) -> None:
    issuer = tables.card_issuer("6210568010000000000")
    assert issuer is not None
    assert issuer.rival == "交通银行"
    assert issuer.kind is CardKind.DEBIT


@pytest.mark.parametrize("number", ["", "*", "0000000000000000", "abc", "٦٢٢٢٠٢"])
def test_an_unknown_card_has_no_issuer(tables: PackedDirectories, number: str) -> None:
    assert tables.card_issuer(number) is None


def test_segments(tables: PackedDirectories) -> None:
    segment = tables.mobile_segment("13993112345")
    assert segment is not None
    assert (segment.operator, segment.province, segment.city) == ("中国移动", "甘肃", "兰州")
    assert (segment.area_code, segment.virtual) == ("0931", False)
    resold = tables.mobile_segment("1700931")
    assert resold is not None
    assert resold.virtual


@pytest.mark.parametrize("number", ["", "139", "1299999", "2000000", "13x0000", "１３９９３１１"])
def test_no_segment(tables: PackedDirectories, number: str) -> None:
    assert tables.mobile_segment(number) is None


def test_every_segment_can_be_read(tables: PackedDirectories) -> None:
    known = [tables.mobile_segment(str(head)) for head in range(1_300_000, 2_000_000, 997)]
    named = [segment for segment in known if segment]
    assert len(named) > 400
    assert all_of(segment.operator and segment.province and segment.city for segment in named)


def test_divisions_of_today(tables: PackedDirectories) -> None:
    division = tables.division("620102")
    assert division is not None
    assert division.path == ("甘肃省", "兰州市", "城关区")
    assert not division.abolished


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("110103", "北京市崇文区"),
        ("310103", "上海市卢湾区"),
        ("432221", "湖南省岳阳地区岳阳县"),
        ("510200", "四川省重庆市"),
        ("512222", "四川省万县地区开县"),
        ("330103", "浙江省杭州市下城区"),
    ],
)
def test_codes_that_live_on_in_old_cards(tables: PackedDirectories, code: str, name: str) -> None:
    division = tables.division(code)
    assert division is not None
    assert division.name == name
    assert division.abolished


@pytest.mark.parametrize("code", ["", "620199", "62010", "6201020", "code"])
def test_codes_that_never_were(tables: PackedDirectories, code: str) -> None:
    assert tables.division(code) is None


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("中国工商银行", "95588"),
        ("工行", "95588"),
        ("中国工商银行股份有限公司兰州城关支行", "95588"),
        ("微信支付", "95017"),
        ("支付宝（中国）网络技术有限公司", "95188"),
    ],
)
def test_hotlines(tables: PackedDirectories, name: str, number: str) -> None:
    hotline = tables.hotline(name)
    assert hotline is not None
    assert hotline.numbers[0] == number
    assert not hotline.verified


@pytest.mark.parametrize("name", ["", "某某村镇银行", "中国银行(香港)", "浦发"])
def test_names_without_a_hotline(tables: PackedDirectories, name: str) -> None:
    assert tables.hotline(name) is None


@pytest.mark.parametrize("number", ["110", "96110", "95588", "12381", "10086", "4008896799"])
def test_official_numbers_are_protected(tables: PackedDirectories, number: str) -> None:
    assert tables.protected_number(number)


@pytest.mark.parametrize("number", ["", "13993112345", "4001234567", "12110123456789012"])
def test_other_numbers_are_not(tables: PackedDirectories, number: str) -> None:
    assert tables.protected_number(number) is None


def test_a_missing_folder_answers_nothing_and_fails_the_check(tmp_path: Path) -> None:
    tables = PackedDirectories(tmp_path / "gone")
    assert tables.card_issuer("6222020000000000000") is None
    assert tables.mobile_segment("13993112345") is None
    assert tables.division("620102") is None
    assert tables.hotline("中国工商银行") is None
    assert tables.protected_number("110") is None
    with pytest.raises(WorldError) as caught:
        tables.verify()
    assert caught.value.code == "directory.damaged"


@pytest.mark.parametrize("file", ["cards.tsv", "mobile.bin", "divisions.tsv", "hotlines.toml"])
def test_a_damaged_table_is_not_believed(tmp_path: Path, file: str) -> None:
    root = tmp_path / "directories"
    shutil.copytree(resource_path("directories"), root)
    content = bytearray((root / file).read_bytes())
    content[len(content) // 2] ^= 0x80
    (root / file).write_bytes(bytes(content))
    tables = PackedDirectories(root)
    with pytest.raises(WorldError) as caught:
        tables.verify()
    assert caught.value.code == "directory.damaged"
    answers = {
        "cards.tsv": tables.card_issuer("6222020000000000000"),
        "mobile.bin": tables.mobile_segment("13993112345"),
        "divisions.tsv": tables.division("620102"),
        "hotlines.toml": tables.hotline("中国工商银行"),
    }
    assert answers.pop(file) is None
    assert all_of(answers.values())
