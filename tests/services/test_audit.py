"""What an auditor is shown: who did what, everything of it, and of a case no more than its number."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import RuleError, UserInputError, WorldError
from desktop.domain.installation.audit import AuditCategory, AuditKey, AuditQuery, AuditRow
from desktop.domain.installation.officer import Officer, Role
from desktop.domain.time.local_time import CHINA
from desktop.journal import kinds
from desktop.journal.audited import AUDITED, kinds_of
from desktop.journal.authority import officer_subject
from desktop.journal.entry import NewEntry
from desktop.runtime.texts.catalogue import LANGUAGES, Catalogue
from desktop.sealing.digests import SecretMarks
from desktop.services import look_up
from desktop.services.audit.audit_questions import AuditSpan, since_of
from desktop.services.audit.audit_texts import AuditTexts
from desktop.services.audit.export_audit import document_of, export_audit
from desktop.services.audit.list_audit import (
    audit_page,
    audit_rows,
    audit_sum,
    case_of_number,
    kinds_named,
)
from desktop.services.audit.note_lock import note_failures, note_lock
from desktop.services.audit.note_search import note_search
from desktop.services.audit.note_settings import note_settings
from desktop.services.audit.open_case import note_opened, open_case
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.reveal_case import reveal_case
from desktop.services.exchange.sync_status import pending_at_centre
from desktop.services.papers.note_print import PrintRun, note_print
from desktop.services.ports import OnRecord
from desktop.services.session import Session
from tests.support.journals import length
from tests.support.sessions import Seat, a_form

ALL = AuditQuery()


def auditor(session: Session) -> Session:
    return replace(session, officer=Officer("620777", "孙审计", (Role.AUDITOR,)))


def sign_in(session: Session) -> None:
    subject = officer_subject(session.profile.device, session.officer.number)
    with session.store.write() as transaction:
        transaction.append(session.officer.number, NewEntry(kinds.OFFICER_SIGNED_IN, subject, {}))


def kinds_shown(session: Session, query: AuditQuery = ALL) -> list[str]:
    return [row.kind for row in audit_rows(auditor(session), query)]


def words(session: Session, language: str = "zh_CN") -> AuditTexts:
    catalogue = Catalogue.load(language, strict=True)
    return AuditTexts(lambda: catalogue, look_up.officer_names(session), str)


def test_who_took_part_as_second_is_named_and_a_founder_alone_is_called_one(
    session: Session,
) -> None:
    texts = AuditTexts(lambda: Catalogue.load("zh_CN", strict=True), {"620888": "马晓燕"}, str)
    enrolled = AuditQuery(kinds=frozenset({kinds.OFFICER_ENROLLED}))
    found = next(iter(audit_rows(auditor(session), enrolled)))
    row = replace(found, fields={"name": "马强", "roles": ["front_desk"]})
    plain = texts.what(row)
    with_second = texts.what(replace(row, fields={**row.fields, "second": "620888"}))
    founding = texts.what(replace(row, fields={**row.fields, "founding": True}))
    assert with_second.startswith(plain)
    assert "620888 马晓燕" in with_second
    assert founding.startswith(plain)
    assert len({plain, with_second, founding}) == 3


def test_a_case_is_seen_once_for_each_officer_and_sign_in(session: Session) -> None:
    case, other = (
        register_report(session, a_form(session, name)).case for name in ("李秀兰", "马强")
    )
    colleague = replace(session, officer=Officer("620888", "马晓燕", (Role.FRONT_DESK,)))
    looked = AuditQuery(kinds=frozenset({kinds.CASE_OPENED}))
    for seat in (session, colleague, session):
        open_case(seat, case)
        open_case(seat, case)
    assert [row.officer for row in audit_rows(auditor(session), looked)] == ["620134", "620888"]
    note_opened(session, (case, other, other))
    assert len(kinds_shown(session, looked)) == 3
    sign_in(session)
    open_case(session, case)
    assert len(kinds_shown(session, looked)) == 4


def test_to_look_and_to_search_leaves_nothing_to_be_carried(session: Session) -> None:
    case = register_report(session, a_form(session)).case
    with session.store.read() as reader:
        before = reader.own_entries(case), reader.history(case), reader.current(f"case/{case}")
    open_case(session, case)
    note_search(session, "李秀兰", 1)
    note_lock(session, locked=True)
    with session.store.read() as reader:
        assert (
            reader.own_entries(case),
            reader.history(case),
            reader.current(f"case/{case}"),
        ) == before
    assert pending_at_centre(session) is None


def test_no_line_says_what_was_searched_or_whose_case_it_is(
    session: Session, tmp_path: Path
) -> None:
    session = replace(session, marks=SecretMarks(b"k" * 32))
    registered = register_report(session, a_form(session))
    number = look_up.case_file(session, registered.case).case.number
    open_case(session, registered.case)
    reveal_case(session, registered.case)
    note_search(session, "李秀兰 13919364417", 3)
    note_print(session, OnRecord("f", (f"case/{registered.case}",)), PrintRun(2, copies=3))
    note_settings(session, {"idle_lock_minutes", "language"})
    note_lock(session, locked=True)
    note_failures(session, "620134", 4)
    whole = json.dumps(
        [document_of(row, words(session, "en")) for row in audit_rows(auditor(session), ALL)],
        ensure_ascii=False,
    )
    for secret in (
        "李秀兰",
        "13919364417",
        "620102196804152044",
        "点赞",
        "6230520010037788996",
        "98000",
    ):
        assert secret not in whole
    assert number in whole
    assert "3 copies of 2 pages" in whole
    assert "auto-lock time" in whole
    assert "language" not in whole
    with session.store.read() as reader:
        own = list(reader.entries(session.profile.device, 1, 999))
    searched = next(entry for entry in own if entry.kind == kinds.CASES_SEARCHED)
    assert dict(searched.fields) == {
        "by": "words", "hits": 3, "digest": session.marks.of("search", "李秀兰 13919364417"),
    }  # fmt: skip
    assert searched.fields["digest"] != SecretMarks(b"l" * 32).of("search", "李秀兰 13919364417")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_can_be_reported_even_without_details(session: Session, language: str) -> None:
    for kind, known in AUDITED.items():
        row = AuditRow(
            AuditKey("", "", 1), session.clock.now(), "1", kind, known.category, "", "D", {}
        )
        line = words(session, language).what(row)
        assert line
        assert "{" not in line


def test_pages_hold_every_line_once_newest_first(seat: Seat) -> None:
    session, clock = seat.session, seat.clock
    cases = []
    for place in range(7):
        cases.append(register_report(session, a_form(session, f"人{place}")).case)
        if place % 2:
            clock.advance(minutes=1)
        note_opened(session, cases)
    audit_page(auditor(session), ALL)  # leaves its own line
    every = [row.key for row in audit_rows(auditor(session), ALL)]
    assert every == sorted(every, key=lambda key: (key.wall, key.stream, key.seq))
    for limit in (1, 3, len(every), len(every) + 1):
        found, after = list[AuditKey](), None
        while True:
            page = audit_page(auditor(session), ALL, after, limit)
            found += [row.key for row in page.rows]
            after = page.more
            if after is None:
                break
        assert found == every[::-1]


def test_filters_narrow_together(seat: Seat) -> None:
    session, clock = seat.session, seat.clock
    first = register_report(session, a_form(session)).case
    colleague = replace(session, officer=Officer("620888", "马晓燕", (Role.FRONT_DESK,)))
    open_case(colleague, first)
    clock.advance(days=1)
    middle = clock.now()
    second = register_report(session, a_form(session, "马强")).case
    open_case(session, second)
    open_case(session, first)
    look = kinds_of(AuditCategory.LOOK)
    ask = auditor(session)

    def count(**asked: object) -> int:
        query = AuditQuery(**asked)  # type: ignore[arg-type]
        rows = list(audit_rows(ask, query))
        assert audit_sum(ask, query).count == len(rows)
        return len(rows)

    assert count(kinds=look) == 3
    assert count(kinds=look, officer="620888") == 1
    assert count(kinds=look, case=first) == 2
    assert count(kinds=look, case=first, officer=session.officer.number) == 1
    assert count(kinds=look, since=middle) == 2
    assert count(kinds=look, until=middle) == 1
    assert count(kinds=look, since=middle, until=middle) == 0
    assert count(case=second) > count(kinds=look, case=second) == 1
    assert count(kinds=frozenset({"unknown.kind"})) == 0
    assert {row.case for row in audit_rows(ask, AuditQuery(case=second))} == {
        look_up.case_file(session, second).case.number
    }


def test_a_sum_stops_counting(session: Session) -> None:
    for place in range(6):
        note_search(session, str(place), 0)
    ask = AuditQuery(kinds=kinds_of(AuditCategory.SEARCH))
    assert audit_sum(auditor(session), ask, 6).whole
    some = audit_sum(auditor(session), ask, 5)
    assert (some.count, some.whole) == (5, False)
    assert audit_sum(auditor(session), ask, 6).officers == ((session.officer.number, 6),)


def test_reading_the_audit_is_a_line_once_a_sign_in(session: Session) -> None:
    for _ in range(3):
        audit_page(auditor(session), ALL)
    assert kinds_shown(session).count(kinds.AUDIT_READ) == 1


def test_an_export_is_checked_by_a_public_tool_and_is_a_line_itself(
    session: Session, tmp_path: Path
) -> None:
    register_report(session, a_form(session))
    target = tmp_path / "审计.json"
    done = export_audit(auditor(session), ALL, target, words(session))
    document = json.loads(target.read_text("utf-8"))
    assert document["total"] == len(document["entries"]) == done.entries > 0
    assert {"at", "officer", "kind", "case", "what"} <= document["entries"][0].keys()
    assert kinds_shown(session)[-1] == kinds.AUDIT_EXPORTED

    def verified() -> bool:
        check = subprocess.run(
            ["ssh-keygen", "-Y", "verify", "-f", done.signers, "-I", done.signer,
             "-n", "fanzha-audit", "-s", done.signature],
            input=target.read_bytes(), capture_output=True, check=False,
        )  # fmt: skip
        return check.returncode == 0

    assert verified()
    target.write_bytes(target.read_bytes().replace(b'"total"', b'"total "'))
    assert not verified()


def test_an_export_that_fails_leaves_no_file_and_no_line(session: Session, tmp_path: Path) -> None:
    before = length(session)
    with pytest.raises(WorldError, match=r"^file\.missing$"):
        export_audit(auditor(session), ALL, tmp_path / "nowhere" / "a.json", words(session))
    assert list(tmp_path.iterdir()) == [] or not list(tmp_path.glob("*.json*"))
    assert length(session) == before


def test_nobody_else_reads_the_audit(session: Session, tmp_path: Path) -> None:
    case = register_report(session, a_form(session)).case
    for role in set(Role) - {Role.AUDITOR}:
        other = replace(session, officer=Officer("620999", "赵敏", (role,)))
        for refused in (
            lambda seat=other: audit_page(seat, ALL),
            lambda seat=other: list(audit_rows(seat, ALL)),
            lambda seat=other: audit_sum(seat, ALL),
            lambda seat=other: case_of_number(seat, case),
            lambda seat=other: export_audit(seat, ALL, tmp_path / "x", words(session)),
        ):
            with pytest.raises(RuleError, match=r"^rights\.missing$"):
                refused()
    with pytest.raises(RuleError, match=r"^rights\.missing$"):
        open_case(auditor(session), case)


def test_kinds_are_named_by_category_or_singly() -> None:
    assert kinds_named("search") == {kinds.CASES_SEARCHED}
    assert kinds_named(kinds.DATA_REVEALED) == {kinds.DATA_REVEALED}
    with pytest.raises(UserInputError, match=r"^audit\.kind$"):
        kinds_named("nothing")


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.sampled_from(AuditSpan),
)
def test_a_span_is_days_of_legal_time_that_end_with_today(now: datetime, span: AuditSpan) -> None:
    since = since_of(span, now)
    if span is AuditSpan.ALL:
        assert since is None
        return
    assert since is not None
    assert (since.timetz(), since.utcoffset()) == (time(tzinfo=CHINA), CHINA.utcoffset(None))
    today, first = now.astimezone(CHINA).date(), since.date()
    days = {AuditSpan.TODAY: 1, AuditSpan.WEEK: 7, AuditSpan.MONTH: 30}
    if span in days:
        assert (today - first).days + 1 == days[span]
    else:
        assert (first.day, first.month in (1, 4, 7, 10), first.year) == (1, True, today.year)
        assert 0 <= today.month - first.month < 3
