"""How a payment left, on paper: nothing that is known of it is dropped."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from desktop.documents.printing.form_texts import FormTexts
from desktop.documents.printing.way_words import fact_name, how_it_left
from desktop.domain.cases.payments.transfer import Account, Channel, Transfer
from desktop.domain.cases.payments.way import WAY_FIELDS, PaymentWay, WayKind, facts_of_way
from desktop.domain.ids import TransferId
from desktop.runtime.texts.catalogue import Catalogue

TEXTS = FormTexts(Catalogue.load("zh_CN"))
NAMES = [row.attribute for row in WAY_FIELDS.rows if row.attribute != "kind"]


def paid(channel: Channel | None, **way: str) -> Transfer:
    left = PaymentWay(TransferId("t"), **way)
    at = datetime(2026, 11, 24, 2, tzinfo=UTC)
    return Transfer(TransferId("t"), 1, at, 100, channel, None, Account(), Account(), way=left)


@given(
    st.none() | st.sampled_from(Channel),
    st.sampled_from(["", *WayKind]),
    st.dictionaries(st.sampled_from(NAMES), st.just("值"), max_size=3),
)
def test_channel_way_and_facts_stand_on_paper(
    channel: Channel | None, kind: str, facts: dict[str, str]
) -> None:
    item = paid(channel, kind=kind, **facts)
    words = how_it_left(item, TEXTS)
    for row, value in facts_of_way(item.way):
        if kind == WayKind.COIN and row.key == "currency" and value == item.way.coin:
            continue  # counted in itself: named once
        assert f"{fact_name(row, kind, TEXTS)} {value}" in words
    how = how_it_left(replace(item, way=PaymentWay(TransferId("t"), kind)), TEXTS)
    assert words.startswith(how)
    if channel is not None and not kind:
        assert how == TEXTS.text(f"channel.{channel.value}")
