"""The program's windows from start to exit, with what every page has around it."""
