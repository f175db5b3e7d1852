"""Two texts beside each other, cut to where they differ."""

_BEFORE = 40
_LONGEST = 240


def difference(old: str, new: str) -> tuple[str, str]:
    """Both from shortly before the first letter that differs."""
    same = next((place for place, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    start = max(0, same - _BEFORE)
    return _cut(old, start), _cut(new, start)


def _cut(text: str, start: int) -> str:
    end = start + _LONGEST
    return ("…" if start and text else "") + text[start:end] + ("…" if len(text) > end else "")
