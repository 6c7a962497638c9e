"""What a unit adapts is used when it is sound, named when it is not, and never keeps a paper from being printed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.documents.typst_papers import TypstPapers
from desktop.domain.errors import UserInputError
from desktop.runtime.catalogue import Catalogue
from desktop.runtime.resources import resource_path
from desktop.services.ports import PaperFacts
from tests.documents.making import new_papers
from tests.documents.pdf_text import all_text
from tests.documents.samples import AT, OFFICERS, a_file

FACTS = PaperFacts(a_file(), OFFICERS, AT)
RECEIPT = "acceptance_receipt"
SHIPPED = (resource_path("forms") / f"{RECEIPT}.typ").read_text("utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "forms"
    found.mkdir()
    return found


def papers(folder: Path) -> TypstPapers:
    return TypstPapers(
        resource_path("forms"), resource_path("fonts"), Catalogue.load("zh_CN"), unit_forms=folder
    )


def printed(made: TypstPapers, form: str = RECEIPT) -> str:
    return all_text(made.render(form, FACTS).data)


def test_a_phrase_of_the_unit_stands_in_its_place_as_soon_as_it_is_written(folder: Path) -> None:
    made = papers(folder)
    before = made.template(RECEIPT)
    assert (before.of_unit, before.version[:8]) == (False, "shipped:")
    (folder / "phrases.toml").write_text(
        f'[{RECEIPT}]\nquery_way = "甘肃公安网上服务"\ncontact = "值班室 0931-8888888，{{unit}}"\n',
        "utf-8",
    )
    assert "可通过甘肃公安网上服务查询" in printed(made)
    assert "值班室0931-8888888，" + FACTS.file.case.unit_name in printed(made)
    assert made.texts(RECEIPT, FACTS)["query_way"] == "甘肃公安网上服务"
    after = made.template(RECEIPT)
    assert after.of_unit
    assert after.version != before.version
    (folder / "phrases.toml").unlink()
    assert made.template(RECEIPT) == before


def test_a_template_of_the_unit_takes_the_place_of_the_shipped_one(folder: Path) -> None:
    made = papers(folder)
    (folder / f"{RECEIPT}.typ").write_text(SHIPPED + '\n#text("请扫码查询进展")\n', "utf-8")
    assert "请扫码查询进展" in printed(made)
    assert made.template(RECEIPT).version.startswith("unit:")
    assert made.faults() == ()


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        (f"{RECEIPT}.typ", SHIPPED + "\n#undefined-thing\n", "unknown variable"),
        (f"{RECEIPT}.typ", SHIPPED + '\n#read("/etc/passwd")\n', ""),
        (f"{RECEIPT}.typ", SHIPPED.replace('"query_way"', '"other"'), "leaves out query_way"),
        (f"{RECEIPT}.typ", "\ufffe", ""),
        ("unknown_form.typ", SHIPPED, "no form has the template"),
        ("phrases.toml", "not toml", ""),
        ("phrases.toml", '[nothing]\nx = "y"\n', "no form nothing"),
        ("phrases.toml", f'[{RECEIPT}]\nnarrative = "y"\n', "has no place narrative"),
        ("phrases.toml", f"[{RECEIPT}]\nquery_way = 7\n", "is no text"),
    ],
)
def test_what_is_broken_is_named_and_the_shipped_wording_used(
    folder: Path, name: str, text: str, why: str
) -> None:
    (folder / name).write_text(text, "utf-8")
    made = papers(folder)
    expected = new_papers().render(RECEIPT, FACTS)
    assert made.render(RECEIPT, FACTS) == expected
    ((found, reason),) = made.faults()
    assert (found, why in reason) == (name, True)
    template = made.template(RECEIPT)
    assert template.version.startswith("shipped:")
    assert (name in template.problem) == (name != "unknown_form.typ")


def test_a_phrase_that_asks_for_an_unknown_fact_is_not_used(folder: Path) -> None:
    (folder / "phrases.toml").write_text(f'[{RECEIPT}]\nquery_way = "{{nonsense}}"\n', "utf-8")
    assert "{nonsense}" not in printed(papers(folder))


def test_a_mended_template_is_used_at_once(folder: Path) -> None:
    file = folder / f"{RECEIPT}.typ"
    file.write_text(SHIPPED + "\n#broken\n", "utf-8")
    made = papers(folder)
    printed(made)
    assert made.faults()
    file.write_text(SHIPPED + '\n#text("改好了")\n', "utf-8")
    os.utime(file, ns=(1, 1))
    assert "改好了" in printed(made)
    assert made.faults() == ()


@settings(max_examples=20)
@given(words=st.text(st.characters(codec="utf-8"), max_size=30))
def test_a_phrase_kept_from_the_desk_is_read_as_it_was_meant(words: str) -> None:
    import tempfile  # noqa: PLC0415 - one folder an example

    with tempfile.TemporaryDirectory() as name:
        made = papers(Path(name) / "forms")
        made.keep_phrase(RECEIPT, "query_way", words)
        made.keep_phrase(RECEIPT, "contact", "甲")
        texts = made.texts(RECEIPT, FACTS)
        assert texts["query_way"] == words.replace("{", "｛").replace("}", "｝").strip()
        assert texts["contact"] == "甲"
        with pytest.raises(UserInputError, match=r"^form\.place$"):
            made.keep_phrase(RECEIPT, "narrative", "x")


def test_a_damaged_file_of_phrases_is_not_overwritten(folder: Path) -> None:
    (folder / "phrases.toml").write_text("not toml", "utf-8")
    with pytest.raises(UserInputError, match=r"^forms\.phrases_damaged$"):
        papers(folder).keep_phrase(RECEIPT, "query_way", "x")
    assert (folder / "phrases.toml").read_text("utf-8") == "not toml"
