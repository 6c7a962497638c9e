"""Tasks that a centre gives its stations: the page of both."""
