"""Urgent slips: small enough for one QR code, sealed, signed, and found again in pictures."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.bundles.codes.slip import MAX_SIZE, _head, open_slip, pack, seal_orders, seal_slip
from desktop.domain.errors import TrustError, UserInputError
from desktop.sealing.age_writer import AgeWriter
from tests.bundles.volumes import CENTRE, DESK, STRANGER
from tests.support.sweep import examples

TO = CENTRE.age.recipient.text
SIXTY = (
    "甘肃省兰州市城关区张掖路街道示例商贸服务合作社联合经营部刘建国王秀兰陈志强杨桂英赵文博黄丽华"
    "周德胜吴晓燕徐海峰孙玉梅马超"
)
ORDER: dict[str, Any] = {
    "order": "0198f3c07d3a7cc28a5e3b1f90d2c4e6",
    "case_number": "C12-A-20261124-0007",
    "victim.name": "王小明",
    "victim.id_number": "620102199001011234",
    "victim.phone": "13893112345",
    "type": "T01",
    "accepted_at": "2026-11-24T02:31:07.000Z",
    "case": "0198f3c07a114d2f9b0c6e8d7f5a4b3c",
    "number": "C12-A-S-0012",
    "kind": "stop",
    "transfer": "0198f3c07b9276aa8c1d5e4f3a2b1c0d",
    "amount_fen": 5000000,
    "transfer_time": "2026-11-24T01:58:41.000Z",
    "channel": "mobile_bank",
    "order_number": "4200001234202611241234567890",
    "serial": "20261124015841987654",
    "reason": "受害人接到冒充客服退款电话后被骗转账，收款账户涉嫌电信网络诈骗，请立即紧急止付。",
    "issued_at": "2026-11-24T02:33:00.000Z",
    "issued_by": "012345",
    "operator_name": "张伟",
    "unit_code": "620102000000",
    "unit_name": "兰州市公安局城关分局张掖路派出所",
    "payer.name": "王小明",
    "payer.account": "6222021001112223334",
    "payer.bank": "中国工商银行兰州城关支行",
    "payee.name": "李四",
    "payee.account": "6217001234567890123",
    "payee.bank": "中国建设银行股份有限公司深圳福田支行",
}


def opened(data: bytes) -> dict[str, Any]:
    slip = open_slip(data, (STRANGER.age, CENTRE.age))
    assert slip.device == DESK.device_id
    (order,) = slip.verified(DESK.public_raw)
    return order


def test_an_ordinary_order_travels_whole() -> None:
    data = seal_slip(ORDER, DESK, TO)
    assert len(data) <= MAX_SIZE
    assert data.startswith(b"FZ1")
    assert opened(data) == ORDER


def test_sixty_character_names_fit_and_no_name_is_cut() -> None:
    assert len(SIXTY) == 60
    order = ORDER | {"victim.name": SIXTY, "payer.name": SIXTY, "payee.name": SIXTY[::-1]}
    data = seal_slip(order, DESK, TO)
    assert len(data) <= MAX_SIZE
    found = opened(data)
    assert {**found, "reason": ""} == {**order, "reason": ""}
    assert found["reason"] == order["reason"] or found["reason"].endswith("…")


def test_the_reason_is_cut_first_and_as_little_as_needed() -> None:
    reason = "".join(chr(0x4E00 + 37 * i % 5000) for i in range(400))
    data = seal_slip(ORDER | {"reason": reason}, DESK, TO)
    found = opened(data)
    assert found["reason"].endswith("…")
    assert reason.startswith(found["reason"][:-1])
    assert {**found, "reason": ""} == {**ORDER, "reason": ""}
    assert MAX_SIZE - 8 <= len(data) <= MAX_SIZE


def test_no_other_text_is_ever_cut() -> None:
    words = "".join(chr(0x4E00 + 41 * i % 6000) for i in range(300))
    order = ORDER | {"reason": words, "payee.name": words[::-1], "payer.bank": words[50:200]}
    with pytest.raises(UserInputError, match=r"slip\.too_long"):
        seal_slip(order, DESK, TO)
    whole = seal_orders([order, ORDER], DESK, TO)
    slip = open_slip(whole, (CENTRE.age,))
    assert slip.verified(DESK.public_raw) == (order, ORDER)


@given(st.text(max_size=200), st.integers(-(2**53) + 1, 2**53 - 1))
@settings(max_examples=60)
def test_any_text_comes_back(text: str, number: int) -> None:
    payload: dict[str, Any] = {
        "a": text,
        "n": number,
        "none": None,
        "yes": True,
        "list": [text[:3]],
    }
    found = opened(seal_slip(payload, DESK, TO, limit=4000))
    assert found == payload


def test_others_can_not_open_or_forge() -> None:
    data = seal_slip(ORDER, DESK, TO)
    with pytest.raises(TrustError, match=r"slip\.not_for_us"):
        open_slip(data, (STRANGER.age,))
    slip = open_slip(data, (CENTRE.age,))
    with pytest.raises(TrustError, match=r"slip\.signature"):
        slip.verified(STRANGER.public_raw)
    assert "小明" not in repr(slip)


@given(st.data())
@settings(max_examples=examples(150))
def test_any_flipped_bit_is_refused(data: st.DataObject) -> None:
    sealed = bytearray(seal_slip(ORDER, DESK, TO))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(TrustError, match=r"^slip\.damaged$"):
        opened(bytes(sealed))


def test_a_bomb_inside_a_slip_is_bounded() -> None:
    with pytest.raises(TrustError, match=r"slip\.damaged"):
        opened(seal_slip({"a": "x" * 300_000}, DESK, TO, limit=100_000))
    whole = seal_orders([{"a": "x" * 600_000}], DESK, TO)
    with pytest.raises(TrustError, match=r"slip\.damaged"):
        opened(whole)


def test_one_kind_of_slip_never_passes_for_the_other() -> None:
    several = seal_orders([ORDER], DESK, TO)
    with pytest.raises(TrustError, match=r"slip\.signature"):
        opened(_head(several) + several)
    with pytest.raises(TrustError, match=r"slip\.signature"):
        opened(seal_slip({"orders": [ORDER]}, DESK, TO)[13:])


@pytest.mark.parametrize("listed", [None, [], "x", [1], [ORDER, "x"]])
def test_what_holds_no_orders_is_refused(listed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "desktop.bundles.codes.slip.pack", lambda _payload: pack({"orders": listed})
    )
    with pytest.raises(TrustError, match=r"slip\.damaged"):
        opened(seal_orders([], DESK, TO))


@pytest.mark.parametrize("content", [b"", b"x" * 9, b"x" * 60])
def test_what_is_sealed_to_us_and_too_short_for_a_signature_is_damaged(content: bytes) -> None:
    sink = io.BytesIO()
    with AgeWriter(sink, (CENTRE.age.recipient,)) as writer:
        writer.write(content)
    with pytest.raises(TrustError, match=r"^slip\.damaged$"):
        open_slip(_head(sink.getvalue()) + sink.getvalue(), (CENTRE.age,))


def test_a_true_signature_of_another_device_does_not_pass() -> None:
    """Signed by a stranger who names the desk."""
    sealed = seal_slip(ORDER, STRANGER, TO)
    slip = open_slip(sealed, (CENTRE.age,))
    claimed = replace(slip, device=DESK.device_id)
    with pytest.raises(TrustError, match=r"^slip\.signature$"):
        claimed.verified(STRANGER.public_raw)
    for key in (b"", b"x" * 31):
        with pytest.raises(TrustError, match=r"^slip\.signature$"):
            slip.verified(key)
