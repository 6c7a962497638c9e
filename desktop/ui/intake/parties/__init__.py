"""Who else has to do with a report, each on a card of page 当事人."""
