"""What makes the case special: other ways of the law and deliveries with what each requires, what aggravates it,
and the amounts with the tier they reach."""

from __future__ import annotations

from desktop.domain.cases.amounts import CaseAmounts
from desktop.domain.cases.scam_types import ScriptQuestion
from desktop.domain.interview.scripts import Scripts
from desktop.services.case_sheet import CaseSheet
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.tier_texts import tier_ink, tier_texts
from desktop.ui.shared.widgets.layout.card import Card, Column
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.texts.label import Label


class SpecialCard(Card):
    """Hidden while nothing is special and no money is known."""

    def __init__(self, kit: Kit, scripts: Scripts) -> None:
        super().__init__(kit, "amounts.title")
        self.setObjectName("case_special")
        self._kit = kit
        self._scripts = scripts
        self._sheet: CaseSheet | None = None
        self._totals = Label(kit, role="strong", wrap=True)
        self._totals.setObjectName("case_totals")
        self._tier = Label(kit, role="small", wrap=True)
        self._tier.setObjectName("case_tier")
        self._aggravating = Label(kit, role="small", wrap=True)
        self._aggravating.setObjectName("case_circumstances")
        self._banners = Column(kit, gap="space_xs")
        self._made: list[Banner] = []
        for label in (self._totals, self._tier, self._aggravating):
            self.body.addWidget(label)
        self.body.addLayout(self._banners)
        kit.texts.changed.connect(self._read)

    def show_sheet(self, sheet: CaseSheet) -> None:
        """Show what is special about a case."""
        self._sheet = sheet
        self._read()

    def _read(self) -> None:
        if self._sheet is None:
            return
        case = self._sheet.file.case
        flags = [line for flag in case.flags if (line := self._scripts.question(flag))]
        self._show_money()
        self._show_circumstances(case.circumstances)
        self._show_flags(flags)
        money = self._sheet.money
        counted = money is not None and bool(money.amounts.gross_fen or money.amounts.attempted_fen)
        self.setVisible(counted or bool(flags or case.circumstances))

    def _show_money(self) -> None:
        money = self._sheet.money if self._sheet else None
        line = (money.loss or money.attempted) if money else None
        self._tier.setVisible(line is not None)
        amounts = money.amounts if money else CaseAmounts()
        # Where nothing came back or failed, the glance above has said the one sum there is.
        self._totals.setVisible(bool(amounts.returned_fen or amounts.attempted_fen))
        self._totals.set_key(
            "amounts.all",
            gross=yuan(amounts.gross_fen),
            returned=yuan(amounts.returned_fen),
            net=yuan(amounts.net_fen),
            attempted=yuan(amounts.attempted_fen),
        )
        if money is not None and line is not None:
            self._tier.set_text(tier_texts(self._kit, line, attempted=money.loss is None))
            self._tier.set_ink(tier_ink(line))

    def _show_circumstances(self, circumstances: tuple[tuple[str, str], ...]) -> None:
        self._aggravating.setVisible(bool(circumstances))
        lines = []
        for name, proof in circumstances:
            line = self._scripts.question(name)
            what = line.text(self._kit.texts.language) if line else name
            lines.append(self._kit.texts.text("amounts.proved", what=what, proof=proof or "…"))
        self._aggravating.set_text("\n".join(lines))

    def _show_flags(self, flags: list[ScriptQuestion]) -> None:
        while len(self._made) < len(flags):
            banner = Banner(self._kit, f"case_flag_{len(self._made)}")
            self._made.append(banner)
            self._banners.addWidget(banner)
        language = self._kit.texts.language
        for place, banner in enumerate(self._made):
            if place >= len(flags):
                banner.clear()
                continue
            line = flags[place]
            banner.show_text(Tone.WARN, line.name(language), line.call(language))
