"""Accounts on networks, sites and machines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.identifiers import CheckVerdict, check
from desktop.domain.reference.directories import NoDirectories
from tests.domain.identifiers.conftest import TODAY, Checking
from tests.support.every_row import every_row

V, W, I = CheckVerdict.VALID, CheckVerdict.WARN, CheckVerdict.INVALID  # noqa: E741 - a table of verdicts below


@every_row(
    ("kind", "typed", "normal", "verdict", "hint"),
    [
        ("wechat", "wxid_AbC123def", "wxid_abc123def", V, "raw"),
        ("wechat", "gh_0123456789ab", "gh_0123456789ab", V, "official_account"),
        ("wechat", "12345678@chatroom", "12345678@chatroom", V, "group"),
        ("wechat", "Some_Body-1", "some_body-1", V, "id"),
        ("wechat", "13993112345", "13993112345", V, "mobile"),
        ("wechat", "小明", "小明", I, "nickname"),
        ("wechat", "1abcdef", "1abcdef", I, "nickname"),
        ("qq", "10001", "10001", V, None),
        ("qq", "10001@qq.com", "10001", V, None),
        ("qq", "0123456", "0123456", I, "prefix"),
        ("qq", "1234", "1234", I, "length"),
        ("qq", "abc", "abc", I, "characters"),
        ("alipay", "2088 1234 5678 9012", "2088123456789012", V, "user_id"),
        ("alipay", "139-9311-2345", "13993112345", V, "mobile"),
        ("alipay", "Some-One@Example.com", "some-one@example.com", V, "email"),
        ("alipay", "some@one", "some@one", I, "host"),
        ("alipay", "159****3321", "159****3321", W, "masked"),
        ("alipay", "小明", "小明", I, "nickname"),
        ("email", "mailto:A.B@Example.COM", "a.b@example.com", V, None),
        ("email", "a@例子.cn", "a@xn--fsqu00a.cn", V, None),
        ("email", "a b@c.cn", "ab@c.cn", V, None),
        ("email", "a@b@c.cn", "a@b@c.cn", I, "form_unknown"),
        ("email", "someone", "someone", I, "no_at"),
        ("email", f"a@{'b' * 64}.cn", f"a@{'b' * 64}.cn", I, "host"),
        ("telegram", "@SomeOne", "@someone", V, "name"),
        ("telegram", "https://t.me/SomeOne?start=1", "@someone", V, "name"),
        ("telegram", "t.me/joinchat/AbCdEfGhIjKl", "https://t.me/+AbCdEfGhIjKl", V, "invite"),
        ("telegram", "+1 415 555 2671", "+14155552671", V, "phone"),
        ("telegram", "-1001234567890", "1001234567890", V, "user_id"),
        ("telegram", "小明", "小明", I, "nickname"),
        ("app", "com.Example.app", "com.Example.app", V, "package"),
        ("app", "AB" * 32, "ab" * 32, V, "sha256"),
        ("app", "某某 优选  Pro", "某某 优选 pro", W, "name_only"),
    ],
)  # fmt: skip
def test_accounts(
    checking: Checking, kind: str, typed: str, normal: str, verdict: CheckVerdict, hint: str | None
) -> None:
    found = checking(kind, typed)
    assert (found.normal, found.verdict) == (normal, verdict)
    result = found.problems[0] if found.problems else found.facts.get("form")
    assert result == hint


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("HTTPS://WWW.Example.CN:443/A?b=C#d", "https://www.example.cn/A?b=C#d"),
        ("hxxps://www[.]example[.]cn", "https://www.example.cn/"),
        ("http：／／example．cn", "http://example.cn/"),
        ("example。cn/下载", "http://example.cn/%E4%B8%8B%E8%BD%BD"),
        ("www.例子.cn:8080", "http://www.xn--fsqu00a.cn:8080/"),
        ("“example.cn”，", "http://example.cn/"),
        ("http://[2001:4860:4860::8888]/x", "http://[2001:4860:4860::8888]/x"),
    ],
)
def test_addresses_of_sites(checking: Checking, typed: str, normal: str) -> None:
    found = checking("url", typed)
    assert (found.normal, found.verdict) == (normal, V)
    said = typed.lower().startswith(("http", "hxxp"))
    assert found.facts.get("scheme", "") == ("" if said else "guessed")


@every_row(
    ("typed", "verdict", "problem"),
    [
        ("", I, "empty"),
        ("http://", I, "host"),
        ("http://a..cn", I, "host"),
        ("http://example.cn:99999/", I, "host"),
        ("http://[::1", I, "host"),
        (f"http://{'a' * 64}.cn", I, "host"),
        ("http://" + "a." * 5000 + "cn", I, "host"),
        ("http://bank.cn@example.cn/", W, "userinfo"),
        ("http://\u0430pple.com/", W, "mixed_script"),
        ("https://xn--pple-43d.com/", W, "mixed_script"),
        ("ftps://example.cn", W, "scheme"),
        ("http://localhost/", I, "no_domain"),
        ("http://bad .com/pay", W, "spaces"),
    ],
)
def test_doubtful_sites(
    checking: Checking, typed: str, verdict: CheckVerdict, problem: str
) -> None:
    found = checking("url", typed)
    assert (found.verdict, found.problems) == (verdict, (problem,))


@every_row(
    ("typed", "normal", "verdict", "port"),
    [
        ("8.8.8.8", "8.8.8.8", V, None),
        ("8.8.8.8:53", "8.8.8.8", V, "53"),
        ("8[.]8[.]8[.]8", "8.8.8.8", V, None),
        ("2001:4860:4860:0:0:0:0:8888", "2001:4860:4860::8888", V, None),
        ("[2001:4860:4860::8888]:443", "2001:4860:4860::8888", V, "443"),
        ("::ffff:8.8.8.8", "8.8.8.8", V, None),
        ("192.168.1.1", "192.168.1.1", W, None),
        ("100.64.0.1", "100.64.0.1", W, None),
        ("fe80::1%eth0", "fe80::1", W, None),
        ("256.1.1.1", "256.1.1.1", I, None),
        ("8.8.8", "8.8.8", I, None),
        ("8.8.8.8:70000", "8.8.8.8:70000", I, None),
    ],
)
def test_machines(
    checking: Checking, typed: str, normal: str, verdict: CheckVerdict, port: str | None
) -> None:
    found = checking("ip", typed)
    assert (found.normal, found.verdict, found.facts.get("port")) == (normal, verdict, port)


def test_a_wechat_id_with_a_space_inside_is_doubted(checking: Checking) -> None:
    found = checking("wechat", "lucky 888")
    assert (found.normal, found.problems) == ("lucky888", ("inner_space",))
    assert checking("wechat", " lucky888 ").problems == ()
    assert checking("wechat", "139 0000 1234").problems == ()


@given(st.one_of(st.ip_addresses(network="224.0.0.0/4"), st.ip_addresses(network="ff00::/8")))
def test_an_address_of_a_group_is_nobodys(address: object) -> None:
    found = check("ip", str(address), NoDirectories(), TODAY)
    assert "not_public" in found.problems


@given(
    st.from_regex(r"-[a-z0-9]{0,5}|[a-z0-9]{1,5}-", fullmatch=True),
    st.sampled_from(["{}.example", "a.{}.example"]),
)
def test_no_part_of_a_domain_of_mail_begins_or_ends_with_a_hyphen(part: str, host: str) -> None:
    found = check("email", f"a@{host.format(part)}", NoDirectories(), TODAY)
    assert found.problems == ("host",)


def test_a_mail_address_between_angles(checking: Checking) -> None:
    assert checking("email", "<someone@example.cn>").normal == "someone@example.cn"
    assert checking("email", "x<someone@example.cn>").verdict is CheckVerdict.INVALID


@given(st.from_regex(r"[a-z][a-z0-9_]{4,20}", fullmatch=True))
def test_every_link_to_a_name_of_telegram_is_that_name(name: str) -> None:
    for link in ("https://t.me/{}", "t.me/{}", "tg://resolve?domain={}", "@{}", "TG：{}"):
        assert check("telegram", link.format(name), NoDirectories(), TODAY).normal == f"@{name}"


@given(
    st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True), st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True)
)
def test_a_point_of_a_mail_address_stands_between_two_signs(one: str, other: str) -> None:
    whole = check("email", f"{one}.{other}@example.cn", NoDirectories(), TODAY)
    assert whole.verdict is CheckVerdict.VALID
    for local in (f".{one}", f"{one}.", f"{one}..{other}"):
        found = check("email", f"{local}@example.cn", NoDirectories(), TODAY)
        assert (local, found.problems) == (local, ("form_unknown",))
