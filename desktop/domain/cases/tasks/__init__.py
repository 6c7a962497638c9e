"""Tasks of a case, those a centre gives a station, and those a station asks of another."""
