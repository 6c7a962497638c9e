"""What one method's answer looks like as nodes and links: accounts by tier, ways out and held money last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from desktop.domain.flow.sheet import FlowAccount, FlowSheet
from desktop.domain.money.dispositions import Disposition
from desktop.domain.money.money_flow import TracingMethod
from desktop.ui.shared.widgets.views.layered_scene import SceneLink

HELD = {Disposition.FROZEN: "held/frozen", Disposition.HELD: "held/stopped"}
"""The nodes of held money: no accounts, hence keys no account has."""

Ends = tuple[str, str]
"""The keys of who pays and who is paid: one band of the drawing."""


class NodeKind(Enum):
    """What a node is, which gives its colour."""

    VICTIM = "victim"
    ACCOUNT = "account"
    EXIT = "exit"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Node:
    """A node. ``account`` None for held money."""

    key: str
    kind: NodeKind
    account: FlowAccount | None = None


@dataclass(frozen=True, slots=True)
class FlowGraph:
    """Nodes by column, in the order the money came to them."""

    columns: tuple[tuple[Node, ...], ...]
    links: tuple[SceneLink, ...]
    cash_outs: bool
    """Whether the last column is that of ways out and held money."""

    @property
    def nodes(self) -> dict[str, Node]:
        """Every node by its key."""
        return {node.key: node for column in self.columns for node in column}


def graph_of(sheet: FlowSheet, method: TracingMethod) -> FlowGraph:
    """The traced money of all victims by a method."""
    view = sheet.methods[method]
    parts = [part for part in view.trace.parts if part.fen]
    links: dict[Ends, int] = {}
    for part in parts:
        ends = part.move.payer, part.move.payee
        if ends[0] != ends[1]:
            links[ends] = links.get(ends, 0) + part.fen
    keys = list(dict.fromkeys(key for ends in links for key in ends))
    senders = {payer for payer, _ in links}
    held = _held_links(sheet, method)
    nodes = [_node(sheet.accounts[key]) for key in keys]
    last = [node for node in nodes if node.kind is NodeKind.EXIT and node.key not in senders]
    tiers = [node for node in nodes if node not in last]
    depth = max((_tier(node) for node in tiers), default=0)
    columns = [tuple(node for node in tiers if _tier(node) == tier) for tier in range(depth + 1)]
    sinks = [
        Node(key, NodeKind.HELD)
        for key in HELD.values()
        if any(link.target == key for link in held)
    ]
    if last or sinks:
        columns.append((*last, *sinks))
    every = (*(SceneLink(payer, payee, fen) for (payer, payee), fen in links.items()), *held)
    return FlowGraph(tuple(columns), every, bool(last or sinks))


def _node(account: FlowAccount) -> Node:
    if account.victim:
        return Node(account.key, NodeKind.VICTIM, account)
    return Node(account.key, NodeKind.EXIT if account.cash_out else NodeKind.ACCOUNT, account)


def _tier(node: Node) -> int:
    return node.account.tier if node.account else 0


def _held_links(sheet: FlowSheet, method: TracingMethod) -> list[SceneLink]:
    """From each account to what is held of the traced money that rests there."""
    found = []
    places = sheet.methods[method].places
    for rest in places.trace.rests:
        account = sheet.accounts.get(rest.account)
        if account is None:
            continue
        sums = replace(places.accounts[rest.account], rest_fen=rest.fen).at(sheet.at)
        for disposition, key in HELD.items():
            fen = sums.fen(disposition)
            if fen:
                found.append(SceneLink(rest.account, key, fen))
    return found


def path_through(links: Iterable[SceneLink], key: str) -> frozenset[Ends]:
    """The links by which money comes to a node, from the victims on, and goes on from it."""
    every = tuple(links)
    before = _walk({(link.target, link.source) for link in every}, key)
    after = _walk({(link.source, link.target) for link in every}, key)
    return frozenset({(source, target) for target, source in before} | after)


def _walk(ends: set[Ends], start: str) -> set[tuple[str, str]]:
    onward: dict[str, list[str]] = {}
    for one, other in ends:
        onward.setdefault(one, []).append(other)
    visited, waiting, found = {start}, [start], set()
    while waiting:
        here = waiting.pop()
        for other in onward.get(here, ()):
            found.add((here, other))
            if other not in visited:
                visited.add(other)
                waiting.append(other)
    return found


def neighbours(graph: FlowGraph, key: str) -> tuple[Sequence[SceneLink], Sequence[SceneLink]]:
    """(what comes in, what goes out), the largest first."""
    came = sorted((link for link in graph.links if link.target == key), key=lambda link: -link.fen)
    left = sorted((link for link in graph.links if link.source == key), key=lambda link: -link.fen)
    return came, left
