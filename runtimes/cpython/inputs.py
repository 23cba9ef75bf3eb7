"""Inputs that tasks prepare, as src/catalogue/inputs.ts makes them."""


def pattern(size):
    """Bytes 1, 2, … 251, 1, …"""
    period = bytes(range(1, 252))
    return (period * (size // 251 + 1))[:size]


def halves(count):
    """A list of 0.0, 0.5, 1.0, …"""
    return [i * 0.5 for i in range(count)]
