"""Why an order was sent nevertheless, whoever wrote that into the case."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.cases.sent_despite import (
    SENT_DESPITE,
    SentDespite,
    read_sent_despite,
    sent_despite_fields,
)
from desktop.domain.problems import Problem, Severity


def test_what_was_recorded_is_read_again() -> None:
    problems = [
        Problem("victim.phone", "phone_impossible", Severity.WRONG),
        Problem("transfers.0.time", "time_long_ago", Severity.WARN),
    ]
    ((field, value),) = sent_despite_fields("o1", problems, " 已回拨\n核实 ").items()
    assert read_sent_despite(field, value) == SentDespite(
        "o1", ("phone_impossible",), "已回拨 核实"
    )


@given(st.text(max_size=40) | st.sampled_from(["a" * 70_000, "号" * 9, "A", "a.b", "<b>"]))
def test_only_what_looks_like_a_code_is_one(code: str) -> None:
    found = read_sent_despite(f"{SENT_DESPITE}o1", f"{code}\n核实")
    assert found is not None
    longest = max(map(len, found.codes), default=0)
    assert longest <= 64
    assert "".join(found.codes).isascii()


def test_a_reason_hides_nothing_and_is_bounded() -> None:
    found = read_sent_despite(
        f"{SENT_DESPITE}o1", f"time_absurd\n核实\u202e\u200b\n{'过' * 70_000}"
    )
    assert found is not None
    assert found.reason.startswith("核实 过")
    assert len(found.reason) == 500
    for nothing in ("", "time_absurd", "time_absurd\n \u200b", 7, None):
        assert read_sent_despite(f"{SENT_DESPITE}o1", nothing) is None
