"""Where the database lies: an encrypted file, or a server."""
