"""The steps of a visit, and which kind of visit has which."""
