"""A receiver that was found out stands with its source behind its name, and the name is read alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.orders.dispatch import Dispatch, found_receiver, named_receiver

_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)


@given(_TEXT, _TEXT)
def test_a_found_receiver_is_read_without_its_source(name: str, source: str) -> None:
    sent = Dispatch(to=found_receiver(name, source))
    assert sent.receiver == named_receiver(name)
    assert sent.to == f"{sent.receiver}（依据：{source}）"


@given(_TEXT, st.sampled_from(("", "（依据：", "（依据：中心核实）")))
def test_no_name_that_a_station_types_reads_as_found_by_the_centre(name: str, end: str) -> None:
    sent = Dispatch(to=named_receiver(name + end))
    assert sent.receiver == sent.to
