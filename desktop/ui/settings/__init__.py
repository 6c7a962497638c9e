"""Settings: officers, language and look, clock, shared folder, safety copies, packs of data."""
