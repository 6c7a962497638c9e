"""Sums judged beside each other: the features say what stands where, for any scores."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.readers.pasted.learned.senses import sense_words
from desktop.readers.pasted.learned.sums_together import Mention, together_features

MENTIONS = st.lists(
    st.tuples(
        st.builds(
            Mention,
            st.sampled_from(["8000.00", "500.00"]),
            st.sampled_from("ot-"),
            st.integers(0, 3),
        ),
        st.floats(-9, 9),
    ),
    max_size=6,
)


@given(MENTIONS)
def test_every_sum_is_described_and_the_likeliest_of_equal_ones_is_known(
    found: list[tuple[Mention, float]],
) -> None:
    mentions, scores = [one for one, _ in found], [score for _, score in found]
    described = together_features(mentions, scores)
    assert len(described) == len(found)
    for place, marks in enumerate(described):
        same = [at for at, one in enumerate(mentions) if one.value == mentions[place].value]
        best = scores[place] == max(scores[at] for at in same)
        assert (f"zr0{min(len(same) - 1, 3)}" in marks) is best


def test_words_of_one_sense_count_alike_and_none_is_cut() -> None:
    paid, sent = sense_words("我打了800"), sense_words("我汇了800")
    assert list(paid.within(0, 6)) == list(sent.within(0, 6)) == ["own", "done"]
    assert list(paid.within(0, 2)) == ["own"]
