"""An indicator's numbers over time, larger than on its box. The table beside it says them."""

from .faces import num, spark

WIDE, HIGH, PAD = 320, 96, 8


def chart(series: list[float], goal: float | None) -> str:
    """Values from the first to the newest, what is aimed at dotted; "" for fewer than two."""
    if len(series) < 2:
        return ""
    parts = spark(series, goal, PAD, PAD, WIDE - 2 * PAD, HIGH - 2 * PAD)
    return (
        f'<svg class="matrix-sign chart" aria-hidden="true" viewBox="0 0 {num(WIDE)} {num(HIGH)}"'
        f' width="{WIDE}" height="{HIGH}">{"".join(parts)}</svg>'
    )
