"""What texts are made of: lines, signs nobody sees, pinyin."""
