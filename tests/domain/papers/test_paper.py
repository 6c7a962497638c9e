"""A paper reads back as it was written; nonsense about a signing is refused, never half believed."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.exchange.volumes import BlobRef
from desktop.domain.ids import PaperId
from desktop.domain.papers.paper import (
    Paper,
    PaperState,
    Signing,
    in_order,
    paper_from_fields,
    signing_of,
)
from tests.domain.orders.samples import NOON, instants, words

named = words.filter(bool)
digests = st.text("0123456789abcdef", min_size=64, max_size=64)
blobs = st.builds(BlobRef, digests, st.integers(0, 2**40), words)
signings = st.builds(Signing, instants, words, blobs, blobs, st.integers(1, 500), words)
places = st.dictionaries(words.filter(bool), named, max_size=3)
papers = st.builds(
    Paper, st.just(PaperId("p1")), named, words, instants, words, st.none() | instants, words,
    texts=places, blanks=places, replaces=words, reason=words,
)  # fmt: skip


@given(papers, st.none() | signings, words, words)
def test_a_paper_reads_back_and_its_last_word_counts(
    paper: Paper, signed: Signing | None, replaced_by: str, withdrawn: str
) -> None:
    later = {"replaced_by": replaced_by, "withdrawn": withdrawn}
    fields = {**paper.to_fields("c1"), **later, "signed": signed.to_json() if signed else ""}
    read = paper_from_fields("p1", json.loads(json.dumps(fields)))
    assert read == replace(paper, signed=signed, replaced_by=replaced_by, withdrawn=withdrawn)
    words_of = (
        (withdrawn, PaperState.WITHDRAWN), (replaced_by, PaperState.SUPERSEDED), (signed, PaperState.SIGNED),
    )  # fmt: skip
    state = next((state for word, state in words_of if word), PaperState.DRAFT)
    assert read.state is state
    assert read.living is (not withdrawn and not replaced_by)


@pytest.mark.parametrize("left_out", ["dated", "form"])
def test_while_only_its_end_is_known_there_is_no_paper(left_out: str) -> None:
    fields = Paper(PaperId("p1"), "f", "s", NOON).to_fields("c1")
    assert paper_from_fields("p1", {**fields, left_out: ""}) is None


GOOD = Signing(NOON, "620134", BlobRef("0" * 64, 1), BlobRef("a" * 64, 2), 3).to_json()
anything: st.SearchStrategy[object] = (
    st.none() | st.booleans() | st.integers() | words | st.lists(words) | st.just({})
)


@given(st.sampled_from(sorted(GOOD)), anything)
def test_nonsense_about_a_signing_is_refused_or_read_whole(name: str, value: object) -> None:
    try:
        read = signing_of({**GOOD, name: value})  # type: ignore[dict-item]  # that is the point
    except (ValueError, TypeError):
        assert name in {"at", "pdf", "record", "pages"}
        return
    assert read is not None
    assert read.pages > 0
    assert len(read.pdf.sha256) == len(read.record.sha256) == 64


@pytest.mark.parametrize("digest", ["", "0" * 63, "0" * 65, "A" * 64, "g" * 64])
def test_what_is_no_digest_names_no_file(digest: str) -> None:
    with pytest.raises(ValueError, match="digest"):
        signing_of({**GOOD, "pdf": {"sha256": digest, "size": 1, "sm3": ""}})


def test_a_draft_has_no_signing_and_a_text_is_none() -> None:
    assert signing_of(None) is signing_of("") is None
    with pytest.raises(TypeError):
        signing_of("signed")


@given(st.lists(papers, max_size=6))
def test_the_newest_version_of_each_form_stands_first(several: list[Paper]) -> None:
    ordered = in_order(several)
    assert sorted(ordered, key=id) == sorted(several, key=id)
    assert [paper.form for paper in ordered] == sorted(paper.form for paper in several)
    for one, other in pairwise(ordered):
        if one.form == other.form:
            assert (one.made_at or one.dated) >= (other.made_at or other.dated)
