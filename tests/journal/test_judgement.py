"""One entry judged by what is known beside it, without any database: whose it is, where ids tell their maker and where
only the first entry about them does, and what a centre, a colleague's PC and a revoked one may say."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.cases.holder_objection import ObjectionDecision
from desktop.domain.ids import DeviceId, bound_id
from desktop.domain.installation.officer import Officer, Role
from desktop.domain.records.fields import Fields, Json
from desktop.journal import authority, kinds
from desktop.journal.authorship import NOT, Writer
from desktop.journal.entry import GENESIS, Entry, NewEntry, seal
from desktop.journal.entry_table import ENTRIES
from desktop.journal.judgement import claims, judge
from desktop.journal.objection import AuthorityRule, EntryOutcome
from desktop.journal.subject_rule import Author
from tests.support.every_row import every_row

AT = "2026-11-24T10:00:00.000Z"
OWN, MATE = DeviceId("AAAAAAAAAAAAAAAA"), DeviceId("AAAABBBBAAAABBBB")
OTHER, CENTRE = DeviceId("BBBBBBBBBBBBBBBB"), DeviceId("CCCCCCCCCCCCCCCC")
NOBODY = DeviceId("DDDDDDDDDDDDDDDD")
UNITS = {OWN: "620102540000", MATE: "620102540000", OTHER: "620102550000", CENTRE: "620100000000"}
OFFICER, SECOND, GONE = "620134", "620135", "620136"
OLD = "0" * 32
"""An id of before ids told their maker."""


def made(device: DeviceId, number: int = 1) -> str:
    return bound_id(1_764_000_000_000 + number, number, device)


@dataclass(frozen=True)
class Known:
    """What stands beside the entry. ``first``: subject with an old id → whose entry about it came first; ``parts``:
    subject → its case."""

    first: Mapping[str, DeviceId] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    crew: Mapping[str, Officer] = field(default_factory=dict)
    last: int | None = None
    lamport: int = 0
    objected: Mapping[str, EntryOutcome] = field(default_factory=dict)
    offered: Collection[str] = ()
    taken: Collection[str] = ()

    def writer(self, device: DeviceId) -> Writer:
        return Writer(device, UNITS.get(device, ""), device == CENTRE)

    def devices_of(self, unit: str) -> Collection[DeviceId]:
        return [device for device, of in UNITS.items() if of == unit]

    def centres(self) -> Collection[DeviceId]:
        return [CENTRE]

    def first_author(self, subject: str) -> DeviceId | None:
        return self.first.get(subject)

    def case_of(self, subject: str) -> str:
        return self.parts.get(subject, "")

    def offered_to(self, case: str) -> Collection[str]:
        return self.offered

    def took_on(self, stream: str, case: str) -> bool:
        return stream in self.taken

    def officers(self, device: DeviceId) -> Mapping[str, Officer]:
        return self.crew

    def cut(self, stream: str) -> int | None:
        return self.last

    def lamport_before(self, stream: str) -> int:
        return self.lamport

    def objection_to(self, reference: str) -> EntryOutcome | None:
        return self.objected.get(reference)


CREW = {
    OFFICER: Officer(OFFICER, "王", tuple(Role)),
    SECOND: Officer(SECOND, "李", (Role.CUSTODIAN,)),
    GONE: Officer(GONE, "赵", ()),
}


def entry(
    kind: str, subject: str, fields: Fields, by: str = OWN, officer: str = OFFICER,
    replaces: Mapping[str, tuple[str, ...]] | None = None, seq: int = 5,
) -> Entry:  # fmt: skip
    return seal(
        NewEntry(kind, subject, fields), stream=by, seq=seq, wall=AT, officer=officer, lamport=9,
        replaces=replaces or {}, prev=GENESIS,
    )  # fmt: skip


def broken(item: Entry, known: Known | None = None) -> AuthorityRule | None:
    found = judge(item, known or Known())
    return found.rule if found is not None else None


MOVED = {"state": "new"}
HOLDER, ISSUER = AuthorityRule.NOT_HOLDER, AuthorityRule.NOT_ISSUER


@every_row(
    ("case", "by", "first", "rule"),
    [
        (made(OWN), OWN, None, None),
        (made(MATE), OWN, None, None),
        (made(OTHER), OWN, None, HOLDER),
        (made(CENTRE), OWN, None, HOLDER),
        (made(OWN), NOBODY, None, HOLDER),
        (made(OTHER), CENTRE, None, None),
        (OLD, OWN, None, None),
        (OLD, OWN, OWN, None),
        (OLD, OWN, MATE, None),
        (OLD, OWN, OTHER, HOLDER),
        (OLD, NOBODY, NOBODY, None),
        (OLD, NOBODY, DeviceId("EEEEEEEEEEEEEEEE"), HOLDER),
    ],
)
def test_a_case_is_held_by_the_unit_whose_device_made_it(
    case: str, by: DeviceId, first: DeviceId | None, rule: AuthorityRule | None
) -> None:
    known = Known(first={f"case/{case}": first} if first else {})
    assert broken(entry(kinds.CASE_MOVED, f"case/{case}", MOVED, by), known) is rule


@pytest.mark.parametrize("part", [made(CENTRE, 2), OLD])
@pytest.mark.parametrize(("of", "rule"), [(made(MATE), None), (made(OTHER), HOLDER), ("", HOLDER)])
def test_a_part_that_the_centre_made_belongs_to_who_holds_its_case(
    part: str, of: str, rule: AuthorityRule | None
) -> None:
    subject = f"task/{part}"
    known = Known(first={subject: CENTRE}, parts={subject: of})
    assert broken(entry(kinds.TASK_DONE, subject, {"done_at": AT}), known) is rule


@pytest.mark.parametrize(
    ("pair", "key", "rule"),
    [
        ((OWN, MATE), "", None),
        ((OWN, OTHER), "", HOLDER),
        ((OWN, MATE), f"{made(OWN)}+{made(OWN, 3)}", HOLDER),
    ],
)
def test_who_says_that_two_are_one_person_holds_both(
    pair: tuple[DeviceId, DeviceId], key: str, rule: AuthorityRule | None
) -> None:
    first, second = sorted(made(device, place) for place, device in enumerate(pair))
    fields: Fields = {"first": second, "second": first, "verdict": "same", "at": AT}
    subject = f"person_link/{key or f'{first}+{second}'}"
    assert broken(entry(kinds.PERSON_DECIDED, subject, fields)) is rule


def test_a_case_is_opened_by_who_holds_it() -> None:
    for device, rule in ((OWN, None), (OTHER, HOLDER)):
        assert broken(entry(kinds.CASE_OPENED, f"look/{made(device)}", {})) is rule


def test_a_case_that_was_offered_may_be_opened_before_it_is_taken_on() -> None:
    """By the unit it was offered to, and no other; any more takes that the writing PC took it on."""
    case = made(CENTRE)
    opened = entry(kinds.CASE_OPENED, f"look/{case}", {})
    moved = entry(kinds.CASE_MOVED, f"case/{case}", MOVED)
    accepted = entry(kinds.CASE_TAKEN_ON, f"case/{case}", {"charge": {}})
    offered, taken = {"offered": [UNITS[OWN]]}, {"offered": [UNITS[OWN]], "taken": [OWN]}
    for item, known, rule in (
        (opened, {}, HOLDER), (opened, {"offered": [UNITS[OTHER]]}, HOLDER), (opened, offered, None),
        (accepted, {}, HOLDER), (accepted, offered, None), (moved, {}, HOLDER), (moved, offered, HOLDER),
        (moved, {"taken": [OWN]}, HOLDER), (moved, taken, None),
    ):  # fmt: skip
        assert broken(item, Known(**known)) is rule


BEGUN = kinds.BUNDLE_BEGUN


@pytest.mark.parametrize(
    ("bundle", "sender", "first", "rule"),
    [
        (made(OWN), OWN, None, None),
        (made(OWN), "", None, None),
        (made(OWN), OTHER, None, AuthorityRule.NOT_SENDER),
        (made(OTHER), OWN, None, AuthorityRule.NOT_SENDER),
        (OLD, OWN, None, None),
        (OLD, OWN, OWN, None),
        (OLD, OWN, MATE, AuthorityRule.NOT_SENDER),
    ],
)
def test_a_bundle_is_sent_by_who_made_it(
    bundle: str, sender: str, first: DeviceId | None, rule: AuthorityRule | None
) -> None:
    subject = f"bundle/{bundle}"
    known = Known(first={subject: first} if first else {})
    assert broken(entry(BEGUN, subject, {"sender": sender} if sender else {}), known) is rule


RECEIVED: dict[str, Json] = {"sender": OTHER, "receiver": OWN, "number": "1"}
NOT_RECEIVER = AuthorityRule.NOT_RECEIVER


@every_row(
    ("bundle", "changes", "first", "rule"),
    [
        (made(OTHER), {}, None, None),
        (made(OTHER), {"received.heads": {OTHER: 3, f"{OTHER}.620102540000": 4}}, None, None),
        (made(OTHER), {"received.heads": {OTHER: 3, MATE: 4}}, None, NOT_RECEIVER),
        (made(OTHER), {"received.tips": {CENTRE: "a" * 64}}, None, NOT_RECEIVER),
        (made(OTHER), {"receiver": MATE}, None, NOT_RECEIVER),
        (made(CENTRE), {}, None, NOT_RECEIVER),
        (OLD, {}, None, None),
        (OLD, {}, OTHER, None),
        (OLD, {}, CENTRE, NOT_RECEIVER),
    ],
)
def test_a_receipt_is_given_by_who_received_about_what_its_sender_made(
    bundle: str, changes: dict[str, Json], first: DeviceId | None, rule: AuthorityRule | None
) -> None:
    subject = f"bundle/{bundle}"
    known = Known(first={subject: first} if first else {})
    item = entry(kinds.BUNDLE_RECEIVED, subject, {**RECEIVED, **changes})
    assert broken(item, known) is rule


ORDER: dict[str, Json] = {
    "case": made(OWN), "kind": "stop", "issued_at": AT, "issued_by": OFFICER, "second": SECOND,
    "amount_fen": 1, "unit_code": UNITS[OWN],
}  # fmt: skip
SECOND_OFFICER = AuthorityRule.SECOND_OFFICER
_TWO = 2
"""Values that stand side by side are to be settled."""


def order(
    kind: str, changes: dict[str, Json], without: tuple[str, ...] = (), **how: object
) -> Entry:
    fields = {name: value for name, value in {**ORDER, **changes}.items() if name not in without}
    subject = f"order/{how.pop('id', made(OWN))}"
    return entry(kind, subject, fields, **how)  # type: ignore[arg-type]  # arguments of the entry


@every_row(
    ("item", "rule"),
    [
        (order(kinds.ORDER_ISSUED, {}), None),
        (order(kinds.ORDER_ISSUED, {"issued_by": SECOND}), SECOND_OFFICER),
        (order(kinds.ORDER_ISSUED, {"issued_by": SECOND}, id=made(MATE)), None),
        (order(kinds.ORDER_ISSUED, {"alone": False}), SECOND_OFFICER),
        (order(kinds.ORDER_ISSUED, {}, ("kind",)), AuthorityRule.FIELD_VALUE),
        (order(kinds.ORDER_ISSUED, {}, id=made(OTHER)), ISSUER),
        (order(kinds.ORDER_ISSUED, {"case": made(OTHER)}), AuthorityRule.CASE_OF_ANOTHER),
        (order(kinds.ORDER_ISSUED, {"unit_code": UNITS[OTHER]}), AuthorityRule.NAMES_ANOTHER_UNIT),
        (order(kinds.ORDER_ISSUED, {"unit_code": UNITS[OTHER]}, by=CENTRE), None),
        (order(kinds.ORDER_ISSUED_ALONE, {"alone": True}, ("second",)), None),
        (order(kinds.ORDER_ISSUED_ALONE, {"alone": True}), SECOND_OFFICER),
        (order(kinds.ORDER_ISSUED_ALONE, {}, ("second",)), SECOND_OFFICER),
        (order(kinds.ORDER_ISSUED_ALONE, {"alone": True}, ("second", "issued_by")), SECOND_OFFICER),
    ],
)
def test_an_order_says_truly_who_issued_it(item: Entry, rule: AuthorityRule | None) -> None:
    assert broken(item, Known(crew=CREW)) is rule


@pytest.mark.parametrize(
    ("by", "names", "rule"),
    [
        (OWN, (OFFICER,), None),
        (OWN, (SECOND,), SECOND_OFFICER),
        (OWN, (OFFICER, SECOND), SECOND_OFFICER),
        (OWN, (), SECOND_OFFICER),
        (CENTRE, (SECOND,), None),
        (CENTRE, (OFFICER, SECOND), SECOND_OFFICER),
    ],
)
def test_one_confirms_for_oneself_and_a_centre_for_its_officers(
    by: DeviceId, names: tuple[str, ...], rule: AuthorityRule | None
) -> None:
    fields: Fields = {f"confirmation.{name}": AT for name in names}
    assert broken(entry(kinds.ORDER_CONFIRMED, f"order/{made(OWN)}", fields, by)) is rule


@pytest.mark.parametrize(("first", "rule"), [(OWN, SECOND_OFFICER), (MATE, None)])
def test_of_an_old_order_its_first_entry_tells_whose_it_is(
    first: DeviceId, rule: AuthorityRule | None
) -> None:
    item = order(kinds.ORDER_ISSUED, {"issued_by": SECOND}, id=OLD)
    assert broken(item, Known(first={f"order/{OLD}": first})) is rule


@every_row(
    ("officer", "second", "rule"),
    [
        (OFFICER, SECOND, None),
        (OFFICER, "", None),
        (OFFICER, OFFICER, SECOND_OFFICER),
        (OFFICER, GONE, SECOND_OFFICER),
        (OFFICER, "999999", SECOND_OFFICER),
        ("999999", SECOND, AuthorityRule.OFFICER_UNKNOWN),
        (GONE, SECOND, AuthorityRule.OFFICER_DISMISSED),
        (SECOND, OFFICER, AuthorityRule.OFFICER_NOT_ENTITLED),
    ],
)
def test_both_officers_are_enrolled_and_two(
    officer: str, second: str, rule: AuthorityRule | None
) -> None:
    fields: Fields = {"name": "新", "roles": [], "second": second}
    item = entry(kinds.OFFICER_ENROLLED, f"officer/{OWN}/777777", fields, officer=officer)
    assert broken(item, Known(crew=CREW)) is rule
    assert broken(item) is None, "of a device whose officers nobody knows, its signature vouches"


def test_what_a_revoked_device_wrote_later_builds_nothing() -> None:
    item = entry(kinds.CASE_MOVED, f"case/{made(OWN)}", MOVED, seq=5)
    for last, rule in ((4, AuthorityRule.AFTER_REVOCATION), (5, None), (6, None), (None, None)):
        assert broken(item, Known(last=last)) is rule
    found = judge(item, Known(last=0))
    assert found is not None
    assert found.outcome is EntryOutcome.KEPT


def test_time_in_a_stream_only_rises_and_only_what_stands_is_replaced() -> None:
    subject = f"case/{made(OWN)}"
    moved = entry(kinds.CASE_MOVED, subject, MOVED, replaces={"state": (f"{OWN}:3",)})
    assert broken(moved) is None
    assert broken(moved, Known(lamport=8)) is None
    assert broken(moved, Known(lamport=9)) is AuthorityRule.LAMPORT_FELL
    for outcome in EntryOutcome:
        found = judge(moved, Known(objected={f"{OWN}:3": outcome}))
        assert found is not None
        assert (found.rule, found.outcome) == (AuthorityRule.BUILDS_ON_REFUSED, outcome)
    unsaid = entry(kinds.CASE_MOVED, subject, MOVED, replaces={"unit_code": (f"{OWN}:3",)})
    assert broken(unsaid) is AuthorityRule.REPLACES_UNSAID
    event = entry(kinds.DATA_REVEALED, subject, {}, replaces={"x": (f"{OWN}:3",)})
    assert broken(event) is AuthorityRule.REPLACES_UNSAID


@every_row("stood", range(4))
@every_row(
    "what", [("decision", OWN), ("received_by", OWN), ("received_by", MATE), ("received_by", None)]
)
@every_row("named", [OFFICER, SECOND, ""])
@every_row("by", [OWN, MATE, CENTRE])
def test_a_word_about_an_objection_names_its_officer_or_settles_what_two_said(
    by: DeviceId, named: str, what: tuple[str, DeviceId | None], stood: int
) -> None:
    """What a colleague's lost PC left is said again in the colleague's name, and the centre speaks for its officers."""
    name, maker = what
    field = f"answer.objection.{made(maker, 7) if maker else OLD}.{name}"
    said = ObjectionDecision("refused", named, datetime(2026, 11, 24, tzinfo=UTC)).text
    before = {field: tuple(f"{OTHER}:{place}" for place in range(stood))} if stood else {}
    case = f"case/{made(CENTRE if by == CENTRE else OWN)}"
    value = said if name == "decision" else named
    item = entry(kinds.CASE_AMENDED, case, {field: value}, by, replaces=before)
    own = name == "decision" or maker in (by, None)
    false = by != CENTRE and own and named == SECOND and stood < _TWO
    assert broken(item) is (SECOND_OFFICER if false else None)


NAMED = (
    authority.officer_subject(OWN, "620134"),
    authority.peer_subject(OWN, OTHER),
    authority.device_subject(OWN),
    authority.keys_subject(OWN),
    authority.package_subject(OWN, "rules"),
    authority.file_subject(OWN, "forms/a.typ"),
    authority.answer_subject(OWN, "1"),
)


@pytest.mark.parametrize("subject", NAMED)
def test_of_what_is_named_by_a_device_nobody_else_speaks(subject: str) -> None:
    rules = [rule for rule in ENTRIES.values() if subject.partition("/")[0] in rule.subjects]
    spoken = [rule.kind for rule in rules if rule.authors == {Author.DEVICE}]
    assert spoken
    for kind in spoken:
        for by in (MATE, OTHER, CENTRE, NOBODY):
            assert broken(entry(kind, subject, {}, by)) is NOT[Author.DEVICE]
        assert broken(entry(kind, subject, {})) is None


LONGEST = 200
"""Characters of a name that every database can keep an index of."""


@every_row("what", ["subject", "officer", "case", "replaces"])
@every_row("more", [-1, 0, 1])
def test_a_name_is_as_long_as_an_index_takes_and_no_longer(what: str, more: int) -> None:
    name = "x" * (LONGEST + more)
    items = {
        "subject": entry(kinds.CASE_MOVED, f"case/{name}", MOVED),
        "officer": entry(kinds.CASE_MOVED, f"case/{OLD}", MOVED, officer=name),
        "case": entry(kinds.TASK_DONE, f"task/{OLD}", {"case": name, "done_at": AT}),
        "replaces": entry(kinds.CASE_MOVED, f"case/{OLD}", MOVED, replaces={"state": (name,)}),
    }
    rule = AuthorityRule.SUBJECT_WRONG if what == "subject" else AuthorityRule.FIELD_VALUE
    assert broken(items[what]) is (rule if more > 0 else None)


def test_a_case_is_merged_with_none_of_another_unit() -> None:
    subject = f"case/{made(OWN)}"
    for into, rule in ((made(MATE), None), (made(OTHER), AuthorityRule.CASE_OF_ANOTHER)):
        for fields in ({"merged.into": into}, {f"leads.{into}": "+"}):
            assert broken(entry(kinds.CASE_MERGED, subject, fields)) is rule
    assert broken(entry(kinds.CASE_MERGED, subject, {"merged.into": ""})) is None


@every_row(
    ("kind", "by", "owns"),
    [
        (kinds.CASE_REGISTERED, OWN, True),
        (kinds.CASE_REGISTERED, CENTRE, True),
        (kinds.CASE_MOVED, OWN, True),
        (kinds.CASE_MOVED, CENTRE, False),
        (kinds.ORDER_ISSUED, CENTRE, True),
        (kinds.CASE_AMENDED, OWN, True),
        (kinds.CASE_AMENDED, CENTRE, False),
        (kinds.DATA_REVEALED, OWN, False),
        (kinds.OFFICER_ENROLLED, OWN, False),
        (kinds.BUNDLE_BEGUN, OWN, True),
        (kinds.BUNDLE_RECEIVED, OWN, False),
        ("order.blessed", OWN, False),
    ],
)
def test_who_speaks_first_of_an_old_id_owns_it(kind: str, by: DeviceId, owns: bool) -> None:
    assert claims(entry(kind, "x/1", {}, by), Known()) is owns


ODD = st.text(st.characters(codec="utf-8"), max_size=8)
VALUES: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | ODD,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(ODD, inner, max_size=2),
    max_leaves=4,
)
SUBJECTS = st.sampled_from(["", "case", "case/", "order/x", "planet/1", f"case/{made(OWN)}", f"order/{OLD}",
                            f"person_link/{OLD}", f"bundle/{made(OWN)}", f"look/{OLD}"])  # fmt: skip
NAMES = st.sampled_from(
    ["case", "kind", "issued_at", "issued_by", "second", "alone", "unit_code", "sender", "receiver",
     "received.heads", "received.tips", "leads.x", "merged.into", "confirmation.x", "charge", "signed", "1x"]
)  # fmt: skip


@given(st.sampled_from([*ENTRIES, "order.blessed"]), SUBJECTS, st.dictionaries(NAMES | ODD, VALUES, max_size=5),
       st.sampled_from([OWN, CENTRE, NOBODY]))  # fmt: skip
def test_whatever_somebody_signs_is_judged(
    kind: str, subject: str, fields: dict[str, Json], by: DeviceId
) -> None:
    item = entry(kind, subject, fields, by)
    for known in (Known(), Known(crew=CREW, last=4), replace(Known(), first={subject: OTHER})):
        judge(item, known)
        claims(item, known)
