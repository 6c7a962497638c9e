"""Files are known by their content, shown within limits, and never run."""

from __future__ import annotations

import hashlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.evidence.contents import ContentsKind, DecodedContents
from desktop.readers.contents.look import look
from desktop.readers.contents.refusal import ContentsRefused
from tests.support.made_apk import PERMISSIONS, certificate, made_apk


def facts(contents: DecodedContents) -> dict[str, str]:
    return {fact.name: fact.value for fact in contents.facts}


def zipped(**members: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return whole.getvalue()


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(ContentsRefused) as caught:
        look(name, data)
    return caught.value.code


def test_an_app_says_what_it_is_what_it_may_and_who_signed_it() -> None:
    der = certificate()
    data = made_apk(der)
    found = look("收款助手.apk", data)
    assert found.kind is ContentsKind.APP
    known = facts(found)
    assert known["app_package"] == "com.lucky.invest"
    assert known["app_label"] == "幸运理财"
    assert (known["app_version"], known["app_version_code"]) == ("3.1.4", "314")
    assert known["signed_by"] == "CN=Lucky Invest"
    assert known["sign_schemes"] == "v2"
    assert known["sign_sha256"] == hashlib.sha256(der).hexdigest()
    assert known["file_sha256"] == hashlib.sha256(data).hexdigest()
    permissions, hosts = found.sheets
    assert [row[0] for row in permissions.rows] == sorted(PERMISSIONS)
    assert hosts.rows == (("pay.lucky-invest.example:8443", "2"),)
    assert "never_run" in found.notes


def test_an_app_whose_manifest_resists_still_has_digests() -> None:
    found = look("x.apk", zipped(**{"AndroidManifest.xml": b"\0" * 64, "classes.dex": b""}))
    assert "manifest_unreadable" in found.notes
    assert facts(found)["signed_by"] == "—"
    assert "file_md5" in facts(found)


def test_an_archive_is_listed_and_not_unpacked() -> None:
    found = look("材料.zip", zipped(**{"聊天__1.txt": b"a" * 1000, "b.txt": b"b"}))
    assert found.kind is ContentsKind.ARCHIVE
    assert [row[:2] for row in found.sheets[0].rows] == [("聊天/1.txt", "1000"), ("b.txt", "1")]
    assert facts(found)["unpacked"] == "1001"


@pytest.mark.parametrize("head", [b"7z\xbc\xaf\x27\x1c\0\4", b"Rar!\x1a\x07\1\0"])
def test_another_archive_says_that_it_is_not_even_listed(head: bytes) -> None:
    found = look("材料.zip", head + bytes(range(256)))
    assert found.kind is ContentsKind.ARCHIVE
    assert found.notes == ("other_archive",)


def test_a_word_document_shows_its_words() -> None:
    xml = (
        "<!DOCTYPE x [<!ENTITY a 'boom'>]><w:document><w:p><w:r><w:t>甲方 &amp; 乙方</w:t></w:r></w:p>"
        "<w:p><w:t xml:space='preserve'>收款账号：</w:t><w:tab/><w:t>6230520010037788994&a;</w:t></w:p></w:document>"
    )
    members = {"word__document.xml": xml.encode(), "word__vbaProject.bin": b"x"}
    found = look("合同.docx", zipped(**members))
    assert found.text == "甲方 & 乙方\n收款账号：\t6230520010037788994&a;"
    assert found.notes == ("words_only", "macros_not_run")


@pytest.mark.parametrize("manifest", [True, False])
def test_bombs_are_not_unpacked(manifest: bool) -> None:
    name = "AndroidManifest.xml" if manifest else "xl__workbook.xml"
    assert refusal("x.xlsx", zipped(**{name: b"\0" * (200 << 20)})) == "bomb"


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04", b"PK\x03\x04" + b"\xff" * 400, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1x"]
)
def test_broken_containers_are_damaged(data: bytes) -> None:
    assert refusal("a.xlsx", data) == "damaged"


def test_an_unknown_file_shows_its_first_octets() -> None:
    found = look("db", b"SQLite format 3\0" + bytes(range(256)))
    assert found.kind is ContentsKind.OTHER
    assert facts(found)["format"] == "SQLite"
    assert found.text.startswith("000000  53 51 4c 69 74 65")
    assert found.text.splitlines()[0].endswith("SQLite format 3.")


@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.apk", "a.eml", "a.html", "a.txt"]))
def test_whatever_comes_is_shown_or_refused(data: bytes, name: str) -> None:
    known = {"shown", "empty", "damaged", "bomb", "nested", "no_rows", "book_locked"}
    assert outcome(name, data) in known


def outcome(name: str, data: bytes) -> str:
    try:
        look(name, data)
    except ContentsRefused as refused:
        return refused.code
    return "shown"
