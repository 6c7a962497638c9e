"""Invented takings of evidence and the words of their records:
``python -m tests.documents.taking_records > tests/documents/taking_records.toml``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Final

from desktop.documents.case_forms.form_specs import entry_of
from desktop.domain.case_file.views import CaseFile
from desktop.domain.evidence.custody import Seal
from desktop.domain.evidence.item import AcquisitionMethod
from desktop.domain.evidence.record import NOT_RECORDED, EvidenceRecord
from desktop.domain.ids import EvidenceId
from desktop.services.ports import PaperFacts
from tests.documents.interviews import lines_of
from tests.documents.making import new_papers
from tests.documents.samples import AT, OFFICERS, a_file, an_item

FORMS: Final = (
    "extraction_record", "extraction_list", "online_extraction_record", "remote_inspection_record",
    "data_examination_record", "experiment_record", "fixing_note", "copy_note", "contact_sheet", "sealing_record",
)  # fmt: skip
WHOLE: Final = EvidenceRecord(
    holder="李秀兰", device="华为 P60，串号 860000000000001", second="620135", seconded_at=AT, witness="陈社区",
    category="communication", format="JPEG 图片", taken_at=AT - timedelta(hours=1), place="派出所接待室",
    original="李秀兰本人保管", reason="要接回访电话", process="飞行模式，逐屏拍照，前后衔接",
)  # fmt: skip
LONE: Final = replace(
    WHOLE, second="", seconded_at=None, alone="夜间一人值班", witness="", no_witness="深夜无人可请，全程录像",
    unsigned="持有人手部受伤，已捺指印",
)  # fmt: skip
RECORDS: Final = {"whole": WHOLE, "lone": LONE, "bare": NOT_RECORDED}
_SEAL: Final = Seal(
    "s1", "LZ-0016", "手机", (EvidenceId("e0"),), AT, "620134", "620135", reason="扣押", seconded_at=AT,
    holder="李秀兰", photos="封存前后各一张",
)  # fmt: skip


def file_of(kind: str) -> CaseFile:
    """One item of each method, all recorded alike, and a second of each from the next day, elsewhere."""
    record = RECORDS[kind]
    at = record.taken_at and record.taken_at + timedelta(days=1)
    later = replace(record, taken_at=at, place="被害人家中")
    items = []
    for number, method in enumerate(AcquisitionMethod):
        for day, known in enumerate((record, later)):
            item = an_item(number + 1, f"{method.value}-{day}.jpg")
            added = item.added_at + timedelta(days=day)
            name = EvidenceId(f"e{number}{'b' * day}")
            items.append(replace(item, id=name, method=method, record=known, added_at=added))
    return replace(a_file(), evidence=tuple(items), seals=(_SEAL,))


def facts_of(kind: str, about: str = "") -> PaperFacts:
    """What the records are filled from."""
    return PaperFacts(file_of(kind), OFFICERS, AT, about)


def printed() -> Iterator[tuple[str, str, list[str]]]:
    """(form, kind, lines) of every record."""
    papers = new_papers()
    for form in FORMS:
        for kind in RECORDS:
            yield form, kind, lines_of(papers.render(form, facts_of(kind)).data)


def page() -> str:
    """The file as it should be."""
    sections: dict[str, str] = {}
    for form, kind, lines in printed():
        text = "\n".join(lines)
        sections[form] = sections.get(form, "") + f"{kind} = '''\n{text}\n'''\n"
    head = "# python -m tests.documents.taking_records > tests/documents/taking_records.toml\n"
    return head + "".join(f"\n[{form}]\n{text}" for form, text in sections.items())


def listed_methods(form: str) -> tuple[str, ...]:
    """The ways whose items the form lists."""
    return entry_of(form).methods


if __name__ == "__main__":
    sys.stdout.write(page())
