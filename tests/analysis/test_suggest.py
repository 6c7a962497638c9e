"""Types proposed: by visible words only, in both directions of the data, and as often right as measured."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.analysis.suggest import CANDIDATES, ENOUGH, CueSuggester
from desktop.domain.errors import WorldError
from desktop.domain.interview.cues import CueBook
from desktop.domain.interview.suggestion import Feature
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.cues import load_cues
from desktop.runtime.packages.scripts import load_types
from tests.analysis.measuring import SUGGESTER, measure, report
from tests.support.strict import all_of

SCRIPTS = resource_path("scripts")
BOOK = load_cues(SCRIPTS)
WORDS = sorted({word for item in BOOK.types for cue in item.cues for word in cue.words})

stories = st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=5)), max_size=20).map("".join)


@given(stories, st.frozensets(st.sampled_from(Feature)))
def test_a_score_is_the_sum_of_reasons_that_stand_in_the_story(
    story: str, features: frozenset[Feature]
) -> None:
    found = SUGGESTER.suggest(story, features)
    assert len(found) <= CANDIDATES
    assert [item.score for item in found] == sorted((item.score for item in found), reverse=True)
    for item in found:
        assert item.score == sum(reason.weight for reason in item.reasons) >= ENOUGH
        assert not all_of(reason.feature for reason in item.reasons)
        for reason in item.reasons:
            if reason.feature:
                assert Feature(reason.word) in features
            else:
                assert reason.word == story[reason.start : reason.end] != ""


@given(stories)
def test_the_same_word_again_adds_nothing(story: str) -> None:
    once, twice = (SUGGESTER.suggest(text, frozenset()) for text in (story, f"{story}\n{story}"))
    if "\n" not in story and once:
        assert {item.code: item.score for item in twice}.items() >= {
            once[0].code: once[0].score
        }.items()


def test_full_width_and_capitals_are_no_other_words() -> None:
    (first, *_) = SUGGESTER.suggest("他让我把银行卡贴手机背面，说是ＮＦＣ认证", frozenset())
    assert first.code == "T15"
    assert "ＮＦＣ" in {reason.word for reason in first.reasons} or "贴手机" in {
        reason.word for reason in first.reasons
    }


def test_every_type_has_cues_and_no_others() -> None:
    assert [item.code for item in BOOK.types] == [item.code for item in load_types(SCRIPTS)]


def test_a_quarrel_about_a_debt_is_no_fraud() -> None:
    assert SUGGESTER.suggest("朋友借钱打了欠条，一直拖欠不还", frozenset()) == ()


def test_a_unit_ships_cues_with_a_type() -> None:
    said = 'version = "1"\n[[type]]\ncode = "T19"\ncues = [{ weight = 9, words = ["云养殖"] }]\n'
    book = load_cues(SCRIPTS, {"new.toml": said})
    (found, *_) = CueSuggester(book).suggest("在网上认养了一头云养殖的牛", frozenset())
    assert (found.code, found.reasons[0].word) == ("T19", "云养殖")


@pytest.mark.parametrize(
    "cue",
    [
        '{ weight = 0, words = ["x"] }', "{ weight = 3 }", '{ weight = 3, words = [""] }',
        '{ weight = 3, patterns = ["(a+)+b"] }', '{ weight = 3, patterns = ["("] }', '{ weight = "3", words = ["x"] }',
    ],
)  # fmt: skip
def test_a_damaged_book_is_refused(tmp_path: Path, cue: str) -> None:
    (tmp_path / "cues.toml").write_text(
        f'version = "1"\n[[type]]\ncode = "T01"\ncues = [{cue}]\n', "utf-8"
    )
    with pytest.raises(WorldError):
        load_cues(tmp_path)


def test_an_empty_book_proposes_nothing() -> None:
    assert CueSuggester(CueBook()).suggest("刷单", frozenset(Feature)) == ()


def test_the_held_out_narratives_are_recognised_as_often_as_measured() -> None:
    made = measure()
    assert made.first / made.total >= 0.92, report(made)
    assert made.both / made.total >= 0.96, report(made)
