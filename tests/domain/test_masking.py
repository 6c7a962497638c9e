"""Personal numbers are masked wherever they stand in a document; accounts, names and amounts stay."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.masking import (
    masked_account,
    masked_address,
    masked_apart,
    masked_cells,
    masked_id,
    masked_phone,
    masked_text,
)
from desktop.domain.records.fields import Json
from desktop.services.cases.mask_document import masked_document

IDENTITY, MOBILE, LANDLINE = "620102196804152044", "13919364417", "0931-8462110"
ACCOUNT, CARD_18 = "6230520010037788996", "621700423000123456"


def test_a_text_keeps_its_words_and_loses_its_numbers() -> None:
    text = f"本人{IDENTITY}，电话{MOBILE}或{LANDLINE}，向{ACCOUNT}转账98000元，另一卡{CARD_18}。"
    shown = masked_text(text)
    for secret in (IDENTITY, MOBILE, LANDLINE):
        assert secret not in shown
    for kept in (ACCOUNT, CARD_18, "98000", "本人", "另一卡"):
        assert kept in shown
    assert masked_text(f"+86 {MOBILE}") != f"+86 {MOBILE}"
    assert MOBILE[3:7] not in masked_text(f"139 {MOBILE[3:7]} {MOBILE[7:]}")


def test_an_address_keeps_city_and_county() -> None:
    assert masked_address("兰州市城关区张掖路1号") == "兰州市城关区****"
    assert masked_address("甘肃省永登县城关镇5号") == "甘肃省永登县****"
    assert masked_address("无名村9号") == "无名村****"
    assert masked_address("甘肃天水") == "甘肃****"
    assert masked_address("") == ""


@given(st.text(min_size=2, max_size=40))
def test_an_address_is_never_shown_whole(address: str) -> None:
    assert address not in masked_address(address)


JSON = st.recursive(
    st.text(max_size=8) | st.integers(-9, 9) | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)  # fmt: skip


@given(st.dictionaries(st.text(max_size=5), JSON, max_size=4), st.sampled_from([IDENTITY, MOBILE]))
def test_no_depth_and_no_unknown_member_hides_a_number(
    rest: dict[str, object], secret: str
) -> None:
    document = {
        **rest,
        "parties": [{"role": "guardian", "id_number": IDENTITY, "phone": MOBILE}],
        "new": {"newer": [f"x {secret} y", {"deep": secret}]},
        "identifiers": [{"kind": "passport", "value": "E12345678"}],
        "transfers": [{"payee": {"account": ACCOUNT}, "order_number": CARD_18}],
        "wallet": {"account": MOBILE},
    }
    shown = masked_document(document)  # type: ignore[arg-type]
    assert secret not in str(shown)
    assert "E12345678" not in str(shown)
    assert shown["transfers"] == document["transfers"]
    assert shown.keys() == document.keys()


def test_where_cash_was_fetched_is_an_address_and_other_places_are_none() -> None:
    payment: dict[str, Json] = {
        "payee": {"bank": "滴滴"},
        "way": "cash",
        "place": "兰州市城关区张掖路1号",
    }
    shown = masked_document({"transfers": [payment], "place": "三楼涉案财物保管室"})
    assert shown["transfers"] == [{**payment, "place": "兰州市城关区****"}]
    assert shown["place"] == "三楼涉案财物保管室"


@given(st.text("0123456789X", max_size=30))
def test_a_mask_never_gives_the_whole_away(number: str) -> None:
    for mask in (masked_id, masked_phone, masked_account):
        shown = mask(number)
        if len(number) > 1:
            assert number not in shown
            assert sum(c.isalnum() for c in shown) <= 8
        else:
            assert len(shown) == len(number)


@given(
    st.lists(st.text("0123", min_size=9, max_size=20), min_size=2, max_size=4),
    st.sampled_from([masked_id, masked_phone, masked_account]),
)
def test_different_numbers_never_look_alike(numbers: list[str], mask: Callable[[str], str]) -> None:
    shown = masked_apart(numbers, mask)
    assert len(set(shown)) == len(set(numbers))
    for number, text in zip(numbers, shown, strict=True):
        assert sum(c.isalnum() for c in text) < 8 + len(numbers)
        assert text == mask(number) or len(text) == len(number)


def test_of_numbers_that_look_alike_the_ends_stay_as_long_as_their_length_allows() -> None:
    short, long_ = ("1234567890", "1235567890"), ("12345678901", "12345578901")
    assert masked_apart(short, masked_account) == ("1234****90", "1235****90")
    assert masked_apart(long_, masked_account) == ("123**6*8901", "123**5*8901")


def test_what_a_receipt_masked_stays_and_nothing_stays_nothing() -> None:
    assert masked_account("622202******1234") == "622202******1234"
    assert masked_account(ACCOUNT) == "6230…8996"
    assert masked_account("1234567890") == "123*****90"
    assert masked_id("") == masked_phone("") == ""
    assert masked_phone("1234567") == "******7"


def test_cells_of_a_banks_answer_are_masked_by_their_heading() -> None:
    row = {"开户人身份证号": IDENTITY, "联系电话": LANDLINE, "现住址": "兰州市城关区张掖路1号", "账号": ACCOUNT,
           "备注": f"电话{MOBILE}"}  # fmt: skip
    shown = masked_cells(row)
    assert shown["现住址"] == "兰州市城关区****"
    assert shown["账号"] == ACCOUNT
    assert not {IDENTITY, LANDLINE} & set(shown.values())
    assert MOBILE not in shown["备注"]
