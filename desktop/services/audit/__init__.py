"""Who did what: the traces an auditor reads, and the reading of them."""
