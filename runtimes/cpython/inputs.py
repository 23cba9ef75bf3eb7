"""Inputs that tasks prepare, as src/catalogue/inputs.ts makes them."""


def pattern(size):
    """Bytes 1, 2, … 251, 1, …"""
    period = bytes(range(1, 252))
    return (period * (size // 251 + 1))[:size]


def scattered(count):
    """Whole numbers below 2**32 without an order."""
    made, state = [], 1
    for _ in range(count):
        state = state + 0x9e3779b9 & 0xffffffff
        mixed = (state ^ state >> 16) * 0x21f0aaad & 0xffffffff
        mixed = (mixed ^ mixed >> 15) * 0x735a2d97 & 0xffffffff
        made.append(mixed ^ mixed >> 15)
    return made


def halves(count):
    """A list of 0.0, 0.5, 1.0, …"""
    return [i * 0.5 for i in range(count)]
