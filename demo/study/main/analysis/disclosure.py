"""Statistical disclosure control for every table that may leave the site."""

THRESHOLD = 8
BASE = 5
REDACTED = "[REDACTED]"


def round_count(count):
    """The count to the nearest 5, or None where it is too small to be shown."""
    if count < THRESHOLD:
        return None
    return BASE * ((count + BASE // 2) // BASE)


def protect(counts):
    """Rounds and redacts the levels of one variable together.

    A single redacted level could be worked out from the total and the other levels, so
    the smallest level that is still shown is redacted with it.
    """
    shown = [round_count(count) for count in counts]
    if shown.count(None) == 1 and len(shown) > 1:
        others = [i for i, value in enumerate(shown) if value is not None]
        shown[min(others, key=lambda i: counts[i])] = None
    return shown


def cell(value, digits=None):
    """One cell of a table, with redacted values spelt out."""
    if value is None:
        return REDACTED
    return str(value) if digits is None else f"{value:.{digits}f}"
