"""PCs of one centre, each with keys of its own, in one database on a server."""
