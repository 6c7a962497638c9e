"""Papers of a case: written, printed, signed."""
