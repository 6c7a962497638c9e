"""Mails: who, by what way, what is attached; hostile ones are refused within the limits."""

from __future__ import annotations

import hashlib
from email.message import EmailMessage

import pytest

from desktop.domain.evidence.contents import ContentsKind
from desktop.readers.contents.look import look
from desktop.readers.contents.mail_parts import plain_name, take_out
from desktop.readers.contents.refusal import ContentsRefused


def mail() -> EmailMessage:
    message = EmailMessage()
    message["Received"] = "from mx.example by desk.example; Tue, 24 Nov 2026 10:12:35 +0800"
    message["From"] = "客服中心 <service@refund.example>"
    message["To"] = "victim@example.com"
    message["Subject"] = "退款通知"
    message["Date"] = "Tue, 24 Nov 2026 10:12:00 +0800"
    return message


def test_headers_text_and_attachments() -> None:
    message = mail()
    message.set_content("请尽快办理退款")
    message.add_attachment(b"MZ\x90", maintype="application", subtype="x-exe", filename="退款.exe")
    found = look("通知.eml", message.as_bytes())
    assert found.kind is ContentsKind.MAIL
    known = {fact.name: fact.value for fact in found.facts}
    assert known["mail_from"] == "客服中心 <service@refund.example>"
    assert known["mail_subject"] == "退款通知"
    assert known["mail_received"].startswith("from mx.example")
    assert found.text.strip() == "请尽快办理退款"
    digest = hashlib.sha256(b"MZ\x90").hexdigest()
    assert found.sheets[0].rows == (("退款.exe", "application/x-exe", "3", digest),)


def test_a_page_is_plain_text_and_nothing_is_fetched() -> None:
    message = mail()
    message.set_content(
        "<html><head><style>p{}</style></head><body><p>点 <a href='http://a.example/x'>这里</a></p>"
        "<img src='http://track.example/1.png'><script>steal()</script></body></html>",
        subtype="html",
    )
    found = look("x.eml", message.as_bytes())
    assert found.text == "点 这里 <http://a.example/x>"
    assert "html_as_text" in found.notes


def test_gb2312_beyond_its_letters() -> None:
    raw = b"From: a@b.c\nTo: d@e.f\nSubject: x\nContent-Type: text/plain; charset=gb2312\n\n"
    assert look("a.eml", raw + "喆镕".encode("gb18030")).text == "喆镕"


def nested(depth: int) -> bytes:
    head = "From: a@b.c\nTo: d@e.f\nSubject: x\nMIME-Version: 1.0\n"
    parts = [f"Content-Type: multipart/mixed; boundary=b{at}\n\n--b{at}\n" for at in range(depth)]
    return (head + "".join(parts) + "Content-Type: text/plain\n\nend\n").encode()


@pytest.mark.parametrize("depth", [60, 480, 1000])
def test_parts_a_thousand_deep_are_refused(depth: int) -> None:
    with pytest.raises(ContentsRefused) as caught:
        look("x.eml", nested(depth))
    assert caught.value.code == "nested"


@pytest.mark.parametrize(
    "line", [b"From: =?utf-8?b?////?=", b"From: <<<>>>@@@", b"Subject: =?x?q?=?=", b"Date: 99999"]
)
def test_forged_headers_do_not_stop_the_rest(line: bytes) -> None:
    found = look("x.eml", line + b"\nTo: d@e.f\nFrom: a@b.c\nSubject: s\nDate: d\n\nbody")
    assert found.text == "body"


def carrying(*inner: EmailMessage) -> EmailMessage:
    """A mail to which others are attached, whole."""
    message = mail()
    message.set_content("见附件")
    for one in inner:
        message.add_attachment(one)
    return message


def test_what_is_taken_out_is_what_the_table_says() -> None:
    message = mail()
    message.set_content("账单见附件")
    message.add_attachment(b"\0\1" * 900, maintype="application", subtype="pdf", filename="单.pdf")
    message.add_attachment("单号,金额\r\n1,2.00\r\n", subtype="csv", filename="账单.csv")
    outer = carrying(message)
    for data, around in ((message.as_bytes(), ()), (outer.as_bytes(), (1,))):
        for number, row in enumerate(look("a.eml", message.as_bytes()).sheets[0].rows, 1):
            taken = take_out(data, (*around, number))
            assert (taken.name, taken.media_type, str(len(taken.data))) == row[:3]
            assert hashlib.sha256(taken.data).hexdigest() == row[3]
    assert take_out(outer.as_bytes(), (1, 1)).data == b"\0\1" * 900


def test_an_attached_mail_is_attached_and_comes_out_readable() -> None:
    inner = mail()
    inner.set_content("里面的话")
    data = carrying(inner).as_bytes()
    (row,) = look("a.eml", data).sheets[0].rows
    assert row[:2] == ("attachment-1.eml", "message/rfc822")
    assert look(row[0], take_out(data, (1,)).data).text.strip() == "里面的话"


def test_no_attachment_and_mails_too_deep_are_reported() -> None:
    message = mail()
    for _ in range(5):
        message = carrying(message)
    data = message.as_bytes()
    assert take_out(data, (1, 1, 1)).media_type == "message/rfc822"
    for place, code in (
        ((1, 1, 1, 1), "too_deep"),
        ((2,), "no_attachment"),
        ((0,), "no_attachment"),
    ):
        with pytest.raises(ContentsRefused) as caught:
            take_out(data, place)
        assert caught.value.code == code


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\王\\..\\账单.csv", "账单.csv"),
        ("..", ""),
        ("a\0b.pdf", "ab.pdf"),
        ("流水\u202efdp.exe", "流水fdp.exe"),
        ("  . ", ""),
        ("长" * 300 + ".csv", "长" * 100 + "长" * 96 + ".csv"),
    ],
)
def test_names_of_attachments_name_no_place_and_hide_nothing(written: str, name: str) -> None:
    assert plain_name(written) == name


@pytest.mark.parametrize(("name", "data"), [("退款.pdf.exe", b"x"), ("退款.pdf", b"MZ\x90\0")])
def test_a_program_is_said_to_be_one(name: str, data: bytes) -> None:
    message = mail()
    message.set_content("退款")
    message.add_attachment(data, maintype="application", subtype="pdf", filename=name)
    assert "attached_program" in look("a.eml", message.as_bytes()).notes


def test_of_a_mail_that_ends_somewhere_only_the_words_are_shown() -> None:
    message = mail()
    message.set_content("账单见附件")
    message.add_attachment(b"x" * 99, maintype="application", subtype="pdf", filename="单.pdf")
    found = look("a.eml", message.as_bytes()[:-60], whole=False)
    assert (found.text.strip(), found.sheets, found.cut) == ("账单见附件", (), True)
