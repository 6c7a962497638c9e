"""Items: their kinds, signs and thumbnails, and what was dropped."""
