"""What a person can do, one verb a file, over the ports in ports.py."""
