"""Series of cases: what links them, what people decided, what the stations are told."""
