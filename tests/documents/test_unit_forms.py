"""What a unit adapts is used when it is sound, named when it is not, and never keeps a paper from being printed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.documents.case_forms.form_specs import all_forms
from desktop.documents.case_forms.sample_case import PAYEE_ACCOUNT
from desktop.documents.case_forms.typst_papers import TypstPapers
from desktop.documents.case_forms.unit_forms import UnitTexts
from desktop.documents.printing.form_compiler import FormCompiler
from desktop.domain.errors import UserInputError
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.rule_pack import load_rule_pack
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.ports import PaperFacts, TrialFacts
from tests.documents.making import new_papers
from tests.documents.pdf_text import all_text
from tests.documents.samples import AT, OFFICER, OFFICERS, PROFILE, a_file

FACTS = PaperFacts(a_file(), OFFICERS, AT)
RECEIPT = "acceptance_receipt"
SHIPPED = (resource_path("forms") / f"{RECEIPT}.typ").read_text("utf-8")


@pytest.fixture
def unit() -> Unit:
    return Unit()


class Unit:
    """What a unit adapted, by file name."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.changed: tuple[str, ...] = ()

    def __call__(self) -> UnitTexts:
        return UnitTexts(dict(self.texts), self.changed)


def papers(unit: Unit) -> TypstPapers:
    compiler = FormCompiler(resource_path("forms"), resource_path("fonts"))
    return TypstPapers(compiler, Catalogue.load("zh_CN"), unit)


def printed(made: TypstPapers, form: str = RECEIPT) -> str:
    return all_text(made.render(form, FACTS).data)


def test_a_phrase_of_the_unit_stands_in_its_place_as_soon_as_it_is_written(unit: Unit) -> None:
    made = papers(unit)
    before = made.template(RECEIPT)
    assert (before.of_unit, before.version[:8]) == (False, "shipped:")
    unit.texts["phrases.toml"] = (
        f'[{RECEIPT}]\nquery_way = "甘肃公安网上服务"\ncontact = "值班室 0931-8888888，{{unit}}"\n'
    )
    assert "可通过甘肃公安网上服务查询" in printed(made)
    assert "值班室0931-8888888，" + FACTS.file.case.unit_name in printed(made)
    assert made.texts(RECEIPT, FACTS)["query_way"] == "甘肃公安网上服务"
    after = made.template(RECEIPT)
    assert after.of_unit
    assert after.version != before.version
    del unit.texts["phrases.toml"]
    assert made.template(RECEIPT) == before


def test_a_template_of_the_unit_takes_the_place_of_the_shipped_one(unit: Unit) -> None:
    made = papers(unit)
    unit.texts[f"{RECEIPT}.typ"] = SHIPPED + '\n#text("请扫码查询进展")\n'
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
    unit: Unit, name: str, text: str, why: str
) -> None:
    unit.texts[name] = text
    made = papers(unit)
    expected = new_papers().render(RECEIPT, FACTS)
    assert made.render(RECEIPT, FACTS) == expected
    ((found, reason),) = made.faults()
    assert (found, why in reason) == (name, True)
    template = made.template(RECEIPT)
    assert template.version.startswith("shipped:")
    assert (name in template.problem) == (name != "unknown_form.typ")


def test_a_phrase_that_asks_for_an_unknown_fact_is_not_used(unit: Unit) -> None:
    unit.texts["phrases.toml"] = f'[{RECEIPT}]\nquery_way = "{{nonsense}}"\n'
    assert "{nonsense}" not in printed(papers(unit))


def test_a_mended_template_is_used_at_once(unit: Unit) -> None:
    unit.texts[f"{RECEIPT}.typ"] = SHIPPED + "\n#broken\n"
    made = papers(unit)
    printed(made)
    assert made.faults()
    unit.texts[f"{RECEIPT}.typ"] = SHIPPED + '\n#text("改好了")\n'
    assert "改好了" in printed(made)
    assert made.faults() == ()


@settings(max_examples=20)
@given(words=st.text(st.characters(codec="utf-8"), max_size=30))
def test_a_phrase_kept_from_the_desk_is_read_as_it_was_meant(words: str) -> None:
    unit = Unit()
    made = papers(unit)
    unit.texts["phrases.toml"] = made.with_phrase(RECEIPT, "query_way", words)
    unit.texts["phrases.toml"] = made.with_phrase(RECEIPT, "contact", "甲")
    texts = made.texts(RECEIPT, FACTS)
    assert texts["query_way"] == words.replace("{", "｛").replace("}", "｝").strip()
    assert texts["contact"] == "甲"
    with pytest.raises(UserInputError, match=r"^form\.place$"):
        made.with_phrase(RECEIPT, "narrative", "x")


def test_a_damaged_file_of_phrases_is_not_built_upon(unit: Unit) -> None:
    unit.texts["phrases.toml"] = "not toml"
    with pytest.raises(UserInputError, match=r"^forms\.phrases_damaged$"):
        papers(unit).with_phrase(RECEIPT, "query_way", "x")


def test_a_file_that_was_changed_outside_is_named_and_what_is_bound_printed(unit: Unit) -> None:
    made = papers(unit)
    unit.texts[f"{RECEIPT}.typ"] = SHIPPED + '\n#text("请扫码查询进展")\n'
    unit.changed = (f"{RECEIPT}.typ",)
    assert "请扫码查询进展" in printed(made)
    ((name, why),) = made.faults()
    assert (name, "changed outside" in why) == (f"{RECEIPT}.typ", True)
    assert name in made.template(RECEIPT).problem
    unit.changed = ("phrases.toml",)
    assert made.with_phrase(RECEIPT, "contact", "甲")


TRYING = TrialFacts(PROFILE, OFFICER, AT, load_rule_pack(resource_path("rules")))


@pytest.mark.parametrize("template", sorted({entry.template for entry in all_forms()}))
def test_every_template_can_be_tried_with_the_invented_case(template: str) -> None:
    source = (resource_path("forms") / f"{template}.typ").read_text("utf-8")
    pdf = papers(Unit()).try_file(f"{template}.typ", source, TRYING)
    shown = all_text(pdf.data).replace(" ", "")
    assert pdf.pages >= 1
    assert (PAYEE_ACCOUNT in shown) or template != "stop_application"


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        (f"{RECEIPT}.typ", SHIPPED + "\n#undefined-thing\n", "bound.unfit"),
        (f"{RECEIPT}.typ", SHIPPED.replace('"query_way"', '"other"'), "bound.unfit"),
        ("phrases.toml", f'[{RECEIPT}]\nquery_way = "{{nonsense}}"\n', "bound.unfit"),
        ("phrases.toml", "not toml", "bound.unfit"),
        ("notes.txt", "x", "bound.unknown"),
    ],
)
def test_what_would_not_be_used_is_refused_at_its_trial(name: str, text: str, code: str) -> None:
    with pytest.raises(UserInputError) as refused:
        papers(Unit()).try_file(name, text, TRYING)
    assert refused.value.code == code


def test_a_wording_is_tried_on_every_form_it_changes() -> None:
    text = f'[{RECEIPT}]\ncontact = "值班室"\n[stop_application]\nnarrative = "{{narrative}}补充"\n'
    made = papers(Unit()).try_file("phrases.toml", text, TRYING)
    assert made.pages == 2
    assert "补充" in all_text(made.data)
    assert papers(Unit()).try_file("phrases.toml", "", TRYING).pages == 0
