"""What a person can do, one verb a file in the folder of its subject, over the ports in ``ports/``."""
