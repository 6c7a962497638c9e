"""Numbers of the law and the clocks they set going; the numbers themselves are in the rule packs."""
