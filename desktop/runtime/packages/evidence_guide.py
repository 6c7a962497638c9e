"""Reads the four questions about evidence, the ways they lead to, and the court's list."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from desktop.domain.errors import WorldError
from desktop.domain.evidence.guide import (
    QUESTIONS,
    CourtFact,
    EvidenceGuide,
    EvidenceWay,
    GuideAnswer,
    GuideQuestion,
)
from desktop.domain.evidence.item import AcquisitionMethod
from desktop.runtime.packages.script_tables import exactly, text, texts, unique

GUIDE: Final = "evidence.toml"
_PARTS: Final = ("question", "way", "fact", "case_fact")


def load_guide(folder: Path) -> EvidenceGuide:
    """The guide in ``folder``.

    Raises ``WorldError("scripts.damaged", file=…)`` when the file is missing or not what it must be.
    """
    try:
        document = tomllib.loads((folder / GUIDE).read_text("utf-8"))
        return _guide(document)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise WorldError("scripts.damaged", file=GUIDE) from error


def _guide(document: Mapping[str, Any]) -> EvidenceGuide:
    exactly(document, {*_PARTS, "administrative", "version"})
    questions = tuple(_question(table) for table in document["question"])
    if tuple(item.id for item in questions) != QUESTIONS:
        raise ValueError("the questions are these four")
    known = {item.id: unique(answer.id for answer in item.answers) for item in questions}
    facts = tuple(_fact(table) for table in document["fact"])
    case_facts = tuple(_fact(table) for table in document["case_fact"])
    unique(item.id for item in facts)
    unique(item.id for item in case_facts)
    return EvidenceGuide(
        questions,
        tuple(_way(table, known) for table in document["way"]),
        facts,
        case_facts,
        {form: text(document["administrative"], form) for form in document["administrative"]},
        text(document, "version"),
    )


def _question(table: Mapping[str, Any]) -> GuideQuestion:
    answers = tuple(
        GuideAnswer(text(item, "id"), texts(item), item.get("category", ""))
        for item in table["answers"]
    )
    return GuideQuestion(text(table, "id"), texts(table), answers)


def _way(table: Mapping[str, Any], known: Mapping[str, frozenset[str]]) -> EvidenceWay:
    when = {name: tuple(answers) for name, answers in table["when"].items()}
    for name, answers in when.items():
        if not answers or not set(answers) <= known[name]:
            raise ValueError("a way asks for an answer nobody can give")
    papers = tuple(table["papers"])
    if not all(isinstance(item, str) for item in papers):
        raise TypeError("papers are ids of forms")
    return EvidenceWay(
        AcquisitionMethod(text(table, "method")), when, papers, text(table, "article"), texts(table)
    )


def _fact(table: Mapping[str, Any]) -> CourtFact:
    return CourtFact(
        text(table, "id"),
        text(table, "article"),
        texts(table),
        texts(table["missing"]),
        texts(table["who"]),
    )
