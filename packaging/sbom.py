"""The list of parts in CycloneDX, ``_internal/sbom.cdx.json``, from ``contents.json`` of a built program.

Usage: ``sbom.py FOLDER``. A component for each package; below it each shared library it brings, with its SHA-256, so
that a library with a known hole is found by name or digest. The same contents give the same bytes.
"""

from __future__ import annotations

import json
import os
import sys
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

NAME: Final = "sbom.cdx.json"
_LIBRARY: Final = (".so", ".dll", ".pyd", ".exe")


def libraries(document: dict[str, Any], part: str) -> Iterator[Component]:
    """The shared libraries of one part."""
    for name, facts in sorted(document["files"].items()):
        bare = Path(name).name
        if facts["part"] == part and (bare.endswith(_LIBRARY) or ".so." in bare):
            yield Component(
                name=name,
                type=ComponentType.FILE,
                bom_ref=f"{part}:{name}",
                hashes=[HashType(alg=HashAlgorithm.SHA_256, content=facts["sha256"])],
            )


def bom_of(document: dict[str, Any], made_at: datetime) -> Bom:
    """The whole list; ``made_at`` is what it says of its time."""
    bom = Bom()
    digest = json.dumps(document, sort_keys=True)
    bom.serial_number = uuid.uuid5(uuid.NAMESPACE_URL, digest)
    bom.metadata.timestamp = made_at
    for part in document["parts"]:
        component = Component(
            name=part["name"],
            version=part["version"],
            type=ComponentType.APPLICATION if part["kind"] == "own" else ComponentType.LIBRARY,
            bom_ref=part["purl"],
            purl=PackageURL.from_string(part["purl"]),
            licenses=[DisjunctiveLicense(name=part["licence"])],
            components=list(libraries(document, part["name"])),
        )
        if part["kind"] == "own":
            bom.metadata.component = component
        else:
            bom.components.add(component)
    bom.metadata.tools.tools.clear()
    return bom


def main(arguments: list[str]) -> int:
    """0; 2 for wrong usage."""
    if len(arguments) != 1:
        print("usage: sbom.py FOLDER", file=sys.stderr)
        return 2
    inside = Path(arguments[0]) / "_internal"
    document = json.loads((inside / "contents.json").read_text("utf-8"))
    made_at = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), UTC)
    output = make_outputter(bom_of(document, made_at), OutputFormat.JSON, SchemaVersion.V1_6)
    (inside / NAME).write_text(output.output_as_string(indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
