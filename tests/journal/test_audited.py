"""No kind of entry is forgotten by the audit, and none tells more than it may."""

from pathlib import Path

from desktop.domain.installation.audit import AuditCategory
from desktop.journal import kinds
from desktop.journal.audited import AUDITED, NOT_AUDITED, kinds_of
from desktop.journal.audited_page import page
from desktop.runtime.texts.catalogue import LANGUAGES, Catalogue
from tests.support.strict import all_of

KINDS = {value for name, value in vars(kinds).items() if name.isupper() and isinstance(value, str)}
OF_A_CASE = {"name", "value", "text", "id_number", "phone", "address", "account", "note", "reason"}


def test_every_kind_of_entry_is_audited_or_left_out_for_a_reason() -> None:
    assert not AUDITED.keys() & NOT_AUDITED.keys()
    assert AUDITED.keys() | NOT_AUDITED.keys() == KINDS
    assert all_of(len(reason) > 20 for reason in NOT_AUDITED.values())
    assert {category for category in AuditCategory if not kinds_of(category)} == set()


def test_the_printed_page_is_this_table() -> None:
    """``python packaging/make_audited.py`` writes it anew."""
    printed = Path(__file__).parents[2] / "docs" / "audit.md"
    assert printed.read_text("utf-8") == page()


def test_every_line_has_its_words_in_both_languages() -> None:
    variants = {
        "officer.password_given",
        "officer.second_failed",
        "document.kept",
        "profile.receipt",
    }
    for language in LANGUAGES:
        texts = Catalogue.load(language).keys()
        assert {f"audit.what.{kind}" for kind in {*AUDITED, *variants}} == {
            key for key in texts if key.startswith("audit.what.")
        }
        assert {f"audit.category.{item.value}" for item in AuditCategory} <= texts


def test_only_an_officer_is_named() -> None:
    """A detail of a line is a count, a code, a form or an officer; what is typed about a case is none of these."""
    telling = {kind for kind, row in AUDITED.items() if OF_A_CASE & {*row.tells}}
    assert telling == {kinds.OFFICER_ENROLLED, kinds.OFFICER_DISMISSED}
    assert all_of(not row.tells or row.category is not AuditCategory.WORK or {*row.tells} <= {
        "number", "state", "kind",
    } for row in AUDITED.values())  # fmt: skip
