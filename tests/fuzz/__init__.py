"""Long runs of damaged input over every reader; started by ``packaging/dev fuzz``, never by the tests."""
