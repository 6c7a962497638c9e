"""What must hold for every kind, whatever is typed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import UserInputError
from desktop.domain.identifiers import KINDS, CheckVerdict, IdentifierCheck, check, guess_kind
from desktop.domain.identifiers.result import CODED
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.directories import PackedDirectories
from desktop.runtime.texts.catalogue import LANGUAGES, Catalogue
from tests.domain.identifiers.conftest import TODAY, Checking
from tests.support.every_row import every_row
from tests.support.strict import all_of

TABLES = PackedDirectories(resource_path("directories"))
WORDS = tuple(Catalogue.load(language, strict=True) for language in LANGUAGES)

SAMPLES = {
    "resident_id": "11010519491231002X",
    "uscc": "91110000600037341L",
    "passport": "E12345678",
    "bank_card": "6222020000000000000",
    "masked_card": "622202******1234",
    "bank_account": "2703001109200012345",
    "bank_code": "102100099996",
    "mobile": "13993112345",
    "landline": "0931-8888888",
    "service_number": "95588",
    "sms_port": "106900001234",
    "displayed_number": "+4420 7946 0000",
    "wechat": "wxid_abc123def",
    "qq": "100001",
    "alipay": "2088123456789012",
    "order_number": "4200001234202411241234567890",
    "url": "https://www.example.cn/a?b=1",
    "ip": "1.2.3.4",
    "imei": "490154203237518",
    "btc": "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
    "eth": "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    "tron": "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
    "tx_hash": "a1" * 32,
    "plate": "甘A12345",
    "parcel": "RR123456785CN",
    "case_number": "A6201021234002026110001",
    "email": "someone@example.cn",
    "telegram": "@someone",
    "app": "com.example.app",
    "merchant": "898620154110001/62010001",
    "ecny_wallet": "0062010012345678",
    "swift": "BKCHCNBJ920",
    "iban": "GB82WEST12345698765432",
    "meeting": "腾讯会议 812-345-678",
    "platform_account": "抖音号：dy_778812",
    "skype": "live:someone.77",
    "facetime": "someone@example.cn",
    "iccid": "89860012345678901238",
    "imsi": "460001234567890",
    "base_station": "460-00-10241-23456",
    "hk_macau_pass": "H12345678",
    "taiwan_pass": "12345678",
    "residence_permit": "810000199408230021",
    "foreign_resident": "CHN310000000000",
}
CHARACTERS = st.one_of(
    st.characters(),
    st.sampled_from("0123456789"),
    st.sampled_from("abcdefxABCDEFXTO*+-@./:#[]() 　０９甘·•…\u200b\ud800"),
)
TEXTS = st.one_of(
    st.text(CHARACTERS, max_size=45),
    st.sampled_from(sorted(SAMPLES.values())),
    st.builds(
        lambda sample, at, extra: sample[:at] + extra + sample[at + 1 :],
        st.sampled_from(sorted(SAMPLES.values())),
        st.integers(0, 40),
        st.text(CHARACTERS, max_size=2),
    ),
)


def unnamed(found: IdentifierCheck) -> list[str]:
    """Catalogue keys that ``found`` needs and some language lacks."""
    keys = [f"identifiers.problem.{problem}" for problem in found.problems]
    keys += [f"identifiers.fact.{fact}" for fact in found.facts]
    keys += [f"identifiers.value.{fact}.{found.facts[fact]}" for fact in CODED & set(found.facts)]
    return [key for key in keys if any(key not in words for words in WORDS)]


def test_every_kind_has_a_name() -> None:
    assert all_of(f"identifiers.kind.{kind}" in words for kind in KINDS for words in WORDS)


def test_there_is_a_sample_of_every_kind(checking: Checking) -> None:
    assert tuple(SAMPLES) == KINDS
    for kind, sample in SAMPLES.items():
        assert checking(kind, sample).verdict is CheckVerdict.VALID, kind


@pytest.mark.parametrize("kind", KINDS)
@given(text=TEXTS)
def test_any_text_has_an_answer(kind: str, text: str) -> None:
    found = check(kind, text, TABLES, TODAY)
    assert (found.kind, found.value) == (kind, text)
    assert (found.verdict is CheckVerdict.VALID) == (found.problems == ())
    assert [name for name, fact in found.facts.items() if not fact] == []
    assert unnamed(found) == []
    if found.verdict is not CheckVerdict.INVALID:
        again = check(kind, found.normal, TABLES, TODAY)
        assert again.normal == found.normal
        assert again.verdict is not CheckVerdict.INVALID


@every_row("kind", KINDS)
def test_the_way_of_typing_does_not_matter(checking: Checking, kind: str) -> None:
    sample = SAMPLES[kind]
    wide = "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in sample)
    spellings = (f" {sample}\n", f"\u200b{sample}\u202c", wide)
    normals = {checking(kind, spelling).normal for spelling in (sample, *spellings)}
    assert len(normals) == 1


@given(TEXTS)
def test_a_guess_is_never_impossible(text: str) -> None:
    for kind in guess_kind(text):
        assert check(kind, text, TABLES, date(2026, 1, 1)).verdict is not CheckVerdict.INVALID


def test_a_kind_that_does_not_exist(checking: Checking) -> None:
    with pytest.raises(UserInputError) as caught:
        checking("nickname", "x")
    assert caught.value.code == "identifier.kind"


RARE = "\U00020bb7\U0003106c龘㐂e\u0301가\u1100\u1161"
"""Rare characters of the planes beyond the first, and signs that only become one when they are joined."""
HOSTILE = st.one_of(
    st.text(st.sampled_from(RARE + "\u202e\u200f\u200b\ufeff\u2066٠١٢ עברית"), max_size=200),
    st.builds(lambda sign, times: sign * times, st.sampled_from(RARE), st.just(200)),
    st.builds(
        lambda sample, mark: mark.join(sample),
        st.sampled_from(sorted(SAMPLES.values())),
        st.sampled_from(["\u200b", "\u202e", "\ufeff", "\u2069"]),
    ),
)


@pytest.mark.parametrize("kind", KINDS)
@given(text=HOSTILE)
def test_long_rare_and_turned_round_texts_are_kept(kind: str, text: str) -> None:
    found = check(kind, text, TABLES, TODAY)
    assert found.value == text
    assert not set(found.normal) & set("\u202e\u200f\u200b\ufeff\u2066\u2069")
    if found.verdict is not CheckVerdict.INVALID:
        assert check(kind, found.normal, TABLES, TODAY).normal == found.normal


@every_row("kind", KINDS)
@every_row("mark", ["\u200b", "\u202e", "\ufeff"])
def test_what_cannot_be_seen_changes_no_number(kind: str, mark: str, checking: Checking) -> None:
    sample = SAMPLES[kind]
    assert checking(kind, mark.join(sample)).normal == checking(kind, sample).normal
