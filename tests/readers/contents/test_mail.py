"""Mails: who, by what way, what is attached; hostile ones are refused within the limits."""

from __future__ import annotations

import hashlib
from email.message import EmailMessage

import pytest

from desktop.domain.contents import ContentsKind
from desktop.readers.contents.look import look
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
