"""Evidence files at rest: content-addressed, encrypted, immutable."""
