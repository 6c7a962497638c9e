"""A call is kept among the answers of a case, and is called back where the caller said."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.cases.call import CALL, CALL_FIELDS, Call, call_of

CALLS = st.builds(Call, *(st.sampled_from(("", "a", "b")) for _ in CALL_FIELDS))


@given(CALLS)
def test_a_call_is_read_from_the_answers_as_it_was(call: Call) -> None:
    answers = {f"{CALL}{name}": getattr(call, name) for name in CALL_FIELDS}
    assert call_of(answers) == call == call_of(tuple(answers.items()))
    assert bool(call) is any(answers.values())


@given(CALLS)
def test_it_is_called_back_where_the_caller_said_or_whence_it_came(call: Call) -> None:
    assert call.reached_at == (call.callback if call.callback != "" else call.caller)
