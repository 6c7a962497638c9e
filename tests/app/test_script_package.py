"""A type of fraud that did not exist when the program was built: shipped by the centre, proposed and asked about."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from desktop.domain.cases.scam_types import Section
from desktop.domain.exchange.data_package import PackageKind
from desktop.runtime.files.resources import resource_path
from desktop.services.cases.form.suggest_type import suggest_type
from desktop.services.packages.install_package import install_package
from desktop.services.packages.sign_package import sign_package
from tests.runtime.test_script_packages import CUES, NEW_TYPE
from tests.support.installations import OFFICER, PASSWORD, introduce, make_centre, make_desk
from tests.support.sessions import a_form

VERSION = "2027-03-01"
STORY = "对方让我升级银行客户端，装好以后卡里的钱就少了"


def test_the_centre_s_new_type_is_proposed_and_its_questions_are_asked(tmp_path: Path) -> None:
    station, centre = make_desk(tmp_path / "desk"), make_centre(tmp_path / "centre")
    session, head = station.sign_in(OFFICER, PASSWORD), centre.sign_in("620001", PASSWORD)
    introduce(session, head)
    form = replace(a_form(session), narrative=STORY)
    assert "T19" not in {item.code for item in suggest_type(session, form).candidates}
    text = resource_path("scripts/types.toml").read_text("utf-8")
    text = (
        re.sub(r'(?m)^version = ".*"$', f'version = "{VERSION}"', text, count=1) + NEW_TYPE + CUES
    )
    package = tmp_path / "scripts.fzp"
    package.write_bytes(
        sign_package(head, PackageKind.SCRIPTS, VERSION, {"types.toml": text.encode()})
    )
    install_package(session, package)
    station.close()
    again = station.sign_in(OFFICER, PASSWORD)
    best = suggest_type(again, form).candidates[0]
    assert (best.code, best.reasons[0].word) == ("T19", "银行客户端")
    asked = [line.id for line in again.scripts.asked("T19")]
    assert "T19.ask.client" in asked
    assert again.scripts.own("T19", Section.EVIDENCE)
    station.close()
    centre.close()
