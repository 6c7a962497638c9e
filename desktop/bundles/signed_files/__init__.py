"""Other files under a signature: cards, lists, packages, hand-overs, the audit."""
