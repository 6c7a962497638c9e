"""What a later reader would stumble over is no value of its field, and no entry."""

from __future__ import annotations

import pytest

from desktop.domain.errors import TrustError
from desktop.domain.records.fields import Fields
from desktop.journal.entry import GENESIS, Entry
from desktop.journal.subject_table import SUBJECTS
from desktop.journal.well_formed import well_formed
from tests.support.every_row import every_row

WALL = "2026-11-24T02:31:07.000Z"


def entry(subject: str, fields: Fields, wall: str = WALL, schema: int = 1) -> Entry:
    return Entry("AAAA", 1, 1, wall, "620134", "case.amended", f"{subject}/1", fields, {}, schema,
                 GENESIS, "")  # fmt: skip


BLOB: Fields = {"sha256": "0" * 64, "size": 1, "sm3": ""}
SIGNED: Fields = {"at": WALL, "by": "620134", "pdf": BLOB, "record": BLOB, "pages": 1}
SOUND: list[tuple[str, Fields]] = [
    ("case", {"visit": "report", "state": "new", "accepted_at": WALL}),
    ("case", {}),
    ("transfer", {"time": "", "channel": "", "arrival": "", "certainty": {}}),
    ("transfer", {"time": WALL, "channel": "atm", "certainty": {"amount": "told"}}),
    ("evidence", {"method": "copied", "added_at": WALL}),
    ("order", {"kind": "freeze", "issued_at": WALL, "transfer_time": ""}),
    ("order", {"reply.result": "done", "reply.starts_at": "", "reply.replied_at": WALL}),
    (
        "order",
        {
            "released_at": "",
            "approval.at": WALL,
            "terms.query.reply_by": "",
        },
    ),
    (
        "order",
        {
            "reply.hops": [{"time": WALL}, {"account": "6217", "time": ""}, {}],
        },
    ),
    ("bundle", {"refused.at": ""}),
    ("paper", {"dated": WALL, "made_at": "", "signed": SIGNED, "text.contact": "\u202e"}),
    ("paper", {"signed": None}),
]
BROKEN: list[tuple[str, Fields]] = [
    ("case", {"visit": "robbery"}),
    ("case", {"state": ""}),
    ("case", {"state": None}),
    ("case", {"accepted_at": ""}),
    ("case", {"accepted_at": "yesterday"}),
    ("case", {"accepted_at": "2026-11-24T10:00:00"}),
    ("case", {"accepted_at": 20261124}),
    ("transfer", {"time": "9999-12-31T23:59:59.000Z"}),
    ("transfer", {"time": "0001-01-01T00:00:00.000Z"}),
    ("transfer", {"channel": ["atm"]}),
    ("transfer", {"arrival": {}}),
    ("transfer", {"certainty": "told"}),
    ("transfer", {"certainty": {"amount": "surely"}}),
    ("transfer", {"certainty": {"amount": 1}}),
    ("evidence", {"method": "stolen"}),
    ("evidence", {"added_at": False}),
    ("evidence", {"record.taken_at": "noon"}),
    ("order", {"kind": "dance"}),
    ("order", {"amount_fen": -1}),
    ("order", {"amount_fen": 10**15 + 1}),
    ("order", {"amount_fen": True}),
    ("case", {"narrative": 1}),
    ("order", {"reply.result": 1}),
    ("order", {"reply.ends_at": "later"}),
    ("order", {"released_at": "later"}),
    ("order", {"approval.at": "noon"}),
    ("order", {"withdrawal.at": 1}),
    ("order", {"dispatch.at": "noon"}),
    ("slip", {"received_at": ""}),
    ("order", {"terms.due_at": "2026-11-24T10:00:00"}),
    ("order", {"terms.first_at": "0001-01-01T00:00:00.000Z"}),
    ("order", {"terms.query.reply_by": "soon"}),
    ("order", {"reply.account.earlier_until": "9999-12-31T23:59:59.000Z"}),
    ("order", {"reply.hops": [{"time": WALL}, {"time": "later"}]}),
    ("paper", {"dated": "today"}),
    ("paper", {"case": ""}),
    ("paper", {"signed": "yes"}),
    ("paper", {"signed": {}}),
    ("paper", {"signed": {**SIGNED, "pages": 0}}),
    ("paper", {"signed": {**SIGNED, "at": "9999-12-31T23:59:59.000Z"}}),
    ("paper", {"signed": {**SIGNED, "pdf": {"sha256": "../../etc"}}}),
    ("party", {"trusted_at": ""}),
    ("bundle", {"received.at": "soon"}),
]


def holds(subject: str, fields: Fields) -> bool:
    """Whether the subject has every field, each of its type."""
    about = SUBJECTS[subject]
    return all(
        (kind := about.type_of(name)) is not None and kind.accepts(value)
        for name, value in fields.items()
    )


@every_row(("subject", "fields"), SOUND)
def test_what_can_be_read_passes(subject: str, fields: Fields) -> None:
    assert holds(subject, fields)


@every_row(("subject", "fields"), BROKEN)
def test_what_can_not_be_read_is_no_value_of_its_field(subject: str, fields: Fields) -> None:
    assert not holds(subject, fields)


@pytest.mark.parametrize("wall", ["", "noon", "2026-11-24T10:00:00", "0900-01-01T00:00:00.000Z"])
def test_the_time_of_writing_is_a_time(wall: str) -> None:
    with pytest.raises(TrustError, match=r"^entry\.malformed$"):
        well_formed(entry("case", {}, wall))


@pytest.mark.parametrize(
    "unsound",
    [
        entry("case\0", {}),
        entry("case", {"victim.\0": ""}),
        Entry("AAAA", 1, 1, WALL, "620134", "case.amended", "case/1", {}, {"x": ("A\0:1",)}, 1,
              GENESIS, ""),
    ],
)  # fmt: skip
def test_no_name_holds_what_no_database_takes(unsound: Entry) -> None:
    with pytest.raises(TrustError) as caught:
        well_formed(unsound)
    assert caught.value.code == "entry.malformed"
    assert well_formed(entry("case", {"narrative": "\0"}))
