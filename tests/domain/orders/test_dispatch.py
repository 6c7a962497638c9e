"""A receiver that was found out stands behind its name, and the name is read alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.orders.dispatch import Dispatch, found_receiver

_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)


@given(_TEXT, _TEXT)
def test_name_and_source_are_read_as_they_were_written(name: str, source: str) -> None:
    sent = Dispatch(to=found_receiver(name, source))
    assert sent.receiver == name.replace("（依据：", "")
    assert sent.source == source


@given(_TEXT.filter(lambda name: "（依据：" not in name))
def test_a_name_alone_is_a_name_alone(name: str) -> None:
    assert (Dispatch(to=name).receiver, Dispatch(to=name).source) == (name, "")
