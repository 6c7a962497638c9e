"""What earlier programs left: profiles, bundles, cards, slips, papers. Every later program must go on from them."""
