"""Exchange with the centre and colleagues: export, import, cards, trusted machines, quarantine."""
