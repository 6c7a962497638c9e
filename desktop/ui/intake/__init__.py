"""The intake wizard: from "I have been cheated" to a stop order, then the story behind it."""
