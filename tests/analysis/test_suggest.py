"""Types proposed: always a verdict and two types, with words that stand in the story, as often right as measured."""

import json
import zlib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.analysis.story_model import MODEL, load_story_model, shipped_model
from desktop.analysis.suggest import CANDIDATES, TypeSuggester
from desktop.domain.errors import WorldError
from desktop.domain.interview.cues import CueBook
from desktop.domain.interview.suggestion import Feature, StoryVerdict
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.cues import load_cues
from desktop.runtime.packages.scripts import load_types

SCRIPTS = resource_path("scripts")
BOOK = load_cues(SCRIPTS)
SUGGESTER = TypeSuggester(BOOK)
CODES = [item.code for item in load_types(SCRIPTS)]
WORDS = sorted({word for item in BOOK.types for cue in item.cues for word in cue.words})
NARRATIVES = Path(__file__).with_name("narratives.jsonl")

stories = st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=5)), max_size=20).map("".join)


@settings(max_examples=40, deadline=None)
@given(stories, st.frozensets(st.sampled_from(Feature)))
def test_every_story_has_a_verdict_two_types_and_reasons_that_stand_in_it(
    story: str, features: frozenset[Feature]
) -> None:
    found = SUGGESTER.suggest(story, features)
    assert found == SUGGESTER.suggest(story, features)
    assert found.version == shipped_model().version
    assert len({item.code for item in found.candidates} & set(CODES)) == CANDIDATES
    scores = [item.score for item in found.candidates]
    assert scores == sorted(scores, reverse=True)
    if found.verdict is StoryVerdict.FRAUD:
        assert found.likeliest[0] == found.candidates[0].code
    else:
        assert found.likeliest[0] == found.verdict
    for item in found.candidates:
        weights = [reason.weight for reason in item.reasons]
        assert weights == sorted(weights, reverse=True)
        spans = sorted((reason.start, reason.end) for reason in item.reasons if not reason.feature)
        assert not [one for one, other in pairwise(spans) if one[1] > other[0]]
        for reason in item.reasons:
            if reason.feature:
                assert Feature(reason.word) in features
            else:
                assert reason.word == story[reason.start : reason.end] != ""


def test_full_width_and_capitals_are_no_other_words() -> None:
    wide = SUGGESTER.suggest("他让我把银行卡贴手机背面，说是ＮＦＣ认证", frozenset())
    narrow = SUGGESTER.suggest("他让我把银行卡贴手机背面，说是nfc认证", frozenset())
    assert [item.code for item in wide.candidates] == [item.code for item in narrow.candidates]
    assert wide.candidates[0].code == "T15"


def test_the_types_are_one_list_for_questions_cues_and_model() -> None:
    assert [item.code for item in BOOK.types] == CODES
    assert sorted(shipped_model().labels) == sorted([*CODES, "not_fraud", "unsure"])


def test_a_quarrel_about_a_debt_is_no_fraud() -> None:
    found = SUGGESTER.suggest("朋友借钱打了欠条，一直拖欠不还", frozenset())
    assert found.verdict is StoryVerdict.NOT_FRAUD
    assert len(found.candidates) == CANDIDATES


def test_a_unit_ships_cues_with_a_type_that_no_model_has_learned() -> None:
    said = 'version = "1"\n[[type]]\ncode = "T19"\ncues = [{ weight = 9, words = ["云养殖"] }]\n'
    suggester = TypeSuggester(load_cues(SCRIPTS, {"new.toml": said}))
    (found, *_) = suggester.suggest("在网上认养了一头云养殖的牛", frozenset()).candidates
    assert (found.code, found.reasons[0].word) == ("T19", "云养殖")
    other = suggester.suggest("做任务刷单返佣金，群里说云养殖", frozenset()).candidates[0]
    assert other.code == "T01"


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
    with pytest.raises(WorldError, match=r"^scripts\.damaged$"):
        load_cues(tmp_path)


def test_a_damaged_model_is_named(tmp_path: Path) -> None:
    whole = resource_path(MODEL).read_bytes()
    bare = zlib.decompress(whole)
    for place, content in enumerate(
        [
            b"",
            whole[:-9],
            whole[:99],
            zlib.compress(b"{}\n\n\n"),
            zlib.compress(bare[:-1]),
            b"x" * 99,
        ]
    ):
        file = tmp_path / f"{place}.model"
        file.write_bytes(content)
        with pytest.raises(WorldError) as caught:
            load_story_model(file)
        assert caught.value.code == "install.incomplete"


def test_without_cues_the_model_still_proposes() -> None:
    assert TypeSuggester(CueBook()).suggest("刷单", frozenset(Feature)).candidates[0].code == "T01"


def test_narratives_of_writers_it_has_not_met_are_recognised() -> None:
    told = [json.loads(line) for line in NARRATIVES.read_text("utf-8").splitlines()]
    read = [SUGGESTER.suggest(item["text"], frozenset()) for item in told]
    right = [item["type"] or "not_fraud" for item in told]
    first = sum(found.likeliest[0] == label for found, label in zip(read, right, strict=True))
    both = sum(label in found.likeliest for found, label in zip(read, right, strict=True))
    assert first / len(told) >= 0.9, first
    assert both / len(told) >= 0.95, both
