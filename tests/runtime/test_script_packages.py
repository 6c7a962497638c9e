"""Questions from a package of the centre: what it holds replaces the program's own, what it lacks stays."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop.domain.cases.scam_types import Section
from desktop.domain.errors import AppError
from desktop.domain.exchange.data_package import PackageKind
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.cues import FILE as CUES_FILE
from desktop.runtime.packages.cues import load_cues
from desktop.runtime.packages.package_readers import package_readers
from desktop.runtime.packages.scripts import CORE, LAW, TYPES, VISITS, load_scripts, types_version

PROGRAM = resource_path("scripts")
NEW_TYPE = """
[[type]]
code = "T19"
names.zh_CN = { short = "假冒客户端", official = "假冒银行客户端类诈骗" }
names.en = { short = "Fake bank client", official = "Fake client of a bank" }
ask = [{ id = "client", zh_CN = "从哪里下载的？", en = "Where was it downloaded?" }]
evidence = [{ id = "file", zh_CN = "安装包", en = "The package" }]
funds = [{ id = "pattern", zh_CN = "快捷支付", en = "Quick pay" }]
channel = [{ id = "path", zh_CN = "短信链接", en = "Message link" }]
"""
OWN = types_version(PROGRAM)
(READER,) = (reader for reader in package_readers() if reader.kind is PackageKind.SCRIPTS)


def _types() -> str:
    return (PROGRAM / TYPES).read_text("utf-8")


def test_where_no_pack_was_taken_in_no_question_counts_as_replaced() -> None:
    assert load_scripts(PROGRAM, package=PROGRAM) == load_scripts(PROGRAM)


def test_a_pack_with_a_new_type_needs_nothing_else(tmp_path: Path) -> None:
    version = 'version = "2027-03-01"'
    text = _types().replace(f'version = "{OWN}"', version) + NEW_TYPE
    (tmp_path / TYPES).write_text(text, "utf-8")
    READER.check(tmp_path)
    assert READER.version(tmp_path) == "2027-03-01"
    scripts = load_scripts(PROGRAM, package=tmp_path)
    assert scripts.types[-1].code == "T19"
    assert scripts.version == "2027-03-01"
    assert scripts.core == load_scripts(PROGRAM).core
    assert scripts.law
    assert scripts.visits


CUES = 'cues = [{ weight = 9, words = ["银行客户端"] }, { weight = 3, patterns = ["手机银行.{0,6}升级"] }]'


def test_a_new_type_in_a_pack_is_known_by_its_own_words(tmp_path: Path) -> None:
    (tmp_path / TYPES).write_text(_types() + NEW_TYPE + CUES, "utf-8")
    READER.check(tmp_path)
    book = load_cues(PROGRAM, package=tmp_path)
    assert book.types[-1].code == "T19"
    assert [item.code for item in book.types[:-1]] == [i.code for i in load_cues(PROGRAM).types]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        (TYPES, _types() + NEW_TYPE + 'cues = [{ weight = 99, words = ["x"] }]'),
        (TYPES, _types() + NEW_TYPE + 'cues = [{ weight = 9, patterns = ["("] }]'),
        (CUES_FILE, 'version = "2"'),
        (CUES_FILE, 'version = "2"\ntype = []'),
        (CUES_FILE, 'version = "2"\ntype = [7]'),
    ],
)
def test_cues_the_program_could_not_read_are_unfit(tmp_path: Path, file: str, text: str) -> None:
    (tmp_path / file).write_text(text, "utf-8")
    with pytest.raises(AppError, match=r"^(pack\.unfit|scripts\.damaged)$"):
        READER.check(tmp_path)


def test_cues_of_a_type_nobody_can_choose_are_unfit(tmp_path: Path) -> None:
    text = (PROGRAM / CUES_FILE).read_text("utf-8")
    added = '\n[[type]]\ncode = "T98"\ncues = [{ weight = 9, words = ["x"] }]\n'
    (tmp_path / CUES_FILE).write_text(text + added, "utf-8")
    with pytest.raises(AppError, match=r"^pack\.unfit$"):
        READER.check(tmp_path)


def test_a_unit_s_own_file_with_bad_cues_is_named_and_left_out() -> None:
    said = 'version = "1"\n' + NEW_TYPE + 'cues = [{ weight = 9, patterns = ["("] }]'
    scripts = load_scripts(PROGRAM, own={"own.toml": said})
    assert [name for name, _ in scripts.faults] == ["own.toml"]
    assert scripts.type("T19") is None


def test_answers_to_questions_a_pack_dropped_keep_their_question(tmp_path: Path) -> None:
    text = _types().replace('id = "roles"', 'id = "leaders"')
    (tmp_path / TYPES).write_text(text, "utf-8")
    scripts = load_scripts(PROGRAM, package=tmp_path)
    asked = {line.id for line in scripts.own("T01", Section.ASK)}
    assert "T01.ask.leaders" in asked
    assert "T01.ask.roles" not in asked
    question = scripts.question("T01.ask.roles")
    assert question is not None
    assert question.text("en").startswith("What is the group called")


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        (TYPES, 'code = "T05"', 'code = "T77"'),
        (TYPES, "[[type]]", "[[kind]]"),
        (CORE, "{amount}，收款方是", "{sum}，收款方是"),
        (VISITS, 'kind = "tip"', 'kind = "chat"'),
        (VISITS, '"story", "reporter", "identifiers", "papers"]', '"story", "reporter"]'),
        (LAW, 'id = "suicide"', 'id = "despair"'),
    ],
)
def test_a_pack_the_program_could_not_work_with_is_unfit(
    tmp_path: Path, file: str, before: str, after: str
) -> None:
    text = (PROGRAM / file).read_text("utf-8")
    assert before in text
    (tmp_path / file).write_text(text.replace(before, after), "utf-8")
    with pytest.raises(AppError, match=r"^(pack\.unfit|scripts\.damaged)$"):
        READER.check(tmp_path)


def test_the_program_itself_is_fit() -> None:
    assert READER.version(PROGRAM) == OWN


def test_a_pack_of_an_earlier_program_takes_the_wordings_it_lacks(tmp_path: Path) -> None:
    """Packages were made before questions had hints, and before the record of interview had its newer wordings."""
    lines = (PROGRAM / CORE).read_text("utf-8").splitlines()
    earlier = (re.sub(r", hint = {.*?}", "", line) for line in lines if "transfer_by" not in line)
    (tmp_path / CORE).write_text("\n".join(earlier), "utf-8")
    READER.check(tmp_path)
    scripts = load_scripts(PROGRAM, package=tmp_path)
    assert not any(line.hints for line in scripts.common(Section.ASK))
    assert {line.id for line in scripts.common(Section.STATEMENT)} == {
        line.id for line in load_scripts(PROGRAM).common(Section.STATEMENT)
    }
