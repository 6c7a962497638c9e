"""The command line ``fanzha``: one file a group of commands; its output as text or JSON."""
