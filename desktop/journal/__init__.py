"""The append-only record of everything that happened: entries, hash chain, merge rule, who may say what."""
