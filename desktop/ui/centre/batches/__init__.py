"""Dispatch batches: what stands in one, how it is sent, and to whom."""
