"""Orders of the story, and what the centre makes of them: approved, withdrawn, dispatched, answered, connected."""

from __future__ import annotations

import json
from typing import Any, Final

from desktop.runtime.files.resources import resource_path
from tests.golden.posts import APPROVER, CENTRE_OFFICER, Post, World
from tests.support.own_rules import own_version

_PHONE: Final = "17012345678"
_SITE: Final = "https://x.example/a"
_OTHER_SITE: Final = "https://app.hxjy-88.example/d/Kq7Z"
_VERSION: Final = "2027-03-01"


def ask(world: World) -> None:
    """Orders of most kinds by the first desk, some by the others."""
    case = world.cases["part-time"]
    for name, words in {
        "stop": ("--kind", "stop"),
        "stop wallet": ("--kind", "stop", "--transfer", 2),
        "query": ("--kind", "query_details"),
        "holder": ("--kind", "query_holder"),
        "accounts": ("--kind", "query_accounts"),
        "watch": ("--kind", "watch"),
        "watch again": ("--kind", "watch", "--transfer", 2),
        "block": ("--kind", "block", "--identifier", _SITE),
        "block again": ("--kind", "block", "--identifier", _OTHER_SITE),
        "shutdown": ("--kind", "shutdown", "--identifier", _PHONE),
        "intercept": ("--kind", "intercept", "--identifier", _PHONE),
        "trace": ("--kind", "trace", "--identifier", "+86 95588", "--line", "displayed"),
        "request": (
            "--kind",
            "evidence_request",
            "--wanted",
            "开户资料",
            "--addressee",
            "中国农业银行",
        ),
    }.items():
        made = world.session.json("order", "issue", case, *words, "--second", "620135")
        world.orders[name] = made["order"]
    for name, at, told in (
        ("stop company", world.session, "company"),
        ("stop mule", world.session, "mule one"),
        ("stop other", world.other, "other"),
        ("stop two", world.other, "mule two"),
        ("stop night", world.colleague, "night"),
        ("stop road", world.laptop, "on the road"),
    ):
        made = at.json("order", "issue", world.cases[told], "--kind", "stop")
        world.orders[name] = made["order"]
    _decide(world)


def _all_know(world: World) -> bool:
    """Whether every place's program takes in what one officer alone ordered; a desk of the station that does not lets
    it wait."""
    return all(at.knows("order", "confirm") for at in world.places)


def _decide(world: World) -> None:
    session, orders = world.session, world.orders
    for name in ("query", "holder", "watch", "shutdown", "request"):
        _approved(world, name)
    session.as_officer(APPROVER).json(
        "order", "refuse", orders["watch again"], "--by", "张局长", "--reason", "不必"
    )
    session.json("order", "withdraw", orders["block again"], "--reason", "网址写错")
    session.json("order", "official", orders["stop"], "JA2026112400017")
    for suffix in ("png", "pdf"):
        slip = world.files / f"slip.{suffix}"
        session.json("order", "slip", orders["stop wallet"], "--to", slip)
        world.keep(slip, "slips", slip.name)
    known = world.files / "known-slip.png"
    session.json("order", "slip", orders["stop"], "--to", known)
    world.keep(known, "slips", known.name)
    world.centre.json("centre", "scan", known)


def _approved(world: World, name: str) -> None:
    order = world.orders[name]
    rows = world.session.json("order", "list")["orders"]
    if next(row["state"] for row in rows if row["order"] == order) == "proposed":
        world.session.as_officer(APPROVER).json(
            "order", "approve", order, "--by", "张局长", "--number", "城公批〔2026〕7号"
        )


def dispatch(world: World) -> None:
    """At the centre: batches for the banks, their answers as tables and as letters, one nobody can place."""
    centre, orders = world.centre, world.orders
    batches = world.stick("batches")
    made = centre.json("centre", "pack", "--to", batches)["packs"]
    for row in made:
        world.keep(batches / _last(row["workbook"]), "batches", _last(row["workbook"]))
    world.later(minutes=25)
    rows = [
        "指令标识,办理结果,未成功原因,网点负责人",
        f"{orders['block']},失败,域名在境外,马行长",
        "nobody-knows-this,成功,,",
        "another-stray,失败,账号错,",
    ]
    table = world.text("answers.csv", "\n".join(rows))
    centre.say("--json", "centre", "replies", table)
    waiting = centre.json("centre", "replies", "--queue")["queue"]
    assert waiting
    centre.json("centre", "replies", "--aside", waiting[-1]["key"], "不是我市指令")
    letter: list[dict[str, Any]] = [
        {
            "order": orders["stop"], "result": "partial", "amount_fen": 5_000_000, "failure": "200002",
            "account": {"merchant": "M1", "earlier_fen": 500, "earlier_by": "某分局"},
            "hops": [{"account": "6222021001116245702", "amount_fen": 3_668_000,
                      "time": "2026-11-24T10:20:00+08:00"}],
        },
        {"order": orders["stop other"], "result": "done", "amount_fen": 9_800_000},
        {"order": orders["stop mule"], "result": "failed", "failure": "200001"},
    ]  # fmt: skip
    centre.json("centre", "replies", world.text("letter.json", json.dumps(letter)))


def _last(path: str) -> str:
    return path.rpartition("/")[2]


def go_on(world: World) -> None:
    """What follows the first answers: a freeze, a lift, a second stop, a reply that the station had itself."""
    session, case = world.session, world.cases["part-time"]
    freeze = session.json("order", "issue", case, "--kind", "freeze", "--second", "620135")
    world.orders["freeze"] = freeze["order"]
    session.as_officer(APPROVER).json(
        "order", "approve", freeze["order"], "--by", "张局长", "--number", "城公冻〔2026〕31号"
    )
    own = {"order": world.orders["stop wallet"], "result": "done", "amount_fen": 2_000_000}
    session.json("order", "reply", world.text("own.json", json.dumps(own)))
    ask_for = session.json if _all_know(world) else session.two
    lift = ask_for("order", "issue", case, "--kind", "lift", "--transfer", 2)
    world.orders["lift"] = lift["order"]
    if _all_know(world):
        session.as_officer(APPROVER).json("order", "confirm", lift["order"])
    done = {"order": lift["order"], "result": "done", "amount_fen": 2_000_000}
    if lift["state"] == "proposed":
        session.as_officer(APPROVER).json("order", "approve", lift["order"], "--by", "张局长")
    session.json("order", "reply", world.text("lifted.json", json.dumps(done)))


def _list_device(world: World) -> None:
    """Where every place's program knows such a list; the stations take it over from their next bundle."""
    if not all(at.knows("trust", "take-list") for at in world.places):
        return
    second, card = Post(world.files / "second-centre", CENTRE_OFFICER), world.files / "second.card"
    second.json("centre", "init", "--officer", CENTRE_OFFICER, "--name", "李静")
    second.json("trust", "card", "--to", card)
    world.centre.two("centre", "add-device", card)


def connect(world: World) -> None:
    """Series at the centre: decided, proposed to the stations, a value that connects nothing, a watch list. It lists
    another device of its own, too."""
    centre = world.centre
    _list_device(world)
    found = centre.json("series")["series"]
    assert found
    one, two, *_ = found[0]["cases"]
    centre.json("series", "decide", one, two, "same", "--reason", "同一收款账户")
    centre.json("series", "propose", one, "--note", "同一团伙")
    centre.json("series", "hub", "95588")
    centre.json("series", "person", one, "--name", "孙某", "--account", "6222022703000612345")
    watch = world.files / "watch.fzp"
    centre.json("series", "watch", "--version", _VERSION, "--to", watch)
    world.keep(watch, "packs", watch.name)
    world.session.json("pack", "take", watch)
    folder = world.stick("rules")
    for path in resource_path("rules").glob("*.toml"):
        text = path.read_text("utf-8").replace(own_version(), _VERSION, 1)
        (folder / path.name).write_text(text, "utf-8")
    pack = world.files / "rules.fzp"
    centre.json("pack", "sign", folder, "--kind", "rules", "--version", _VERSION, "--to", pack)
    world.keep(pack, "packs", pack.name)
