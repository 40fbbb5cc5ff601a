"""The two solvers: a text or mark that is readable on every ground, and a fill that text is readable on."""

from collections.abc import Iterable, Sequence

from community.brand.theme.colour import BLACK, WHITE, Lch, Rgb, from_oklch, luminance, painted

TEXT = 4.5
MARK = 3.0
STEP = 0.004
NEAR_BLACK: Rgb = painted((0.035, 0.047, 0.043))


def readable(wanted: Lch, grounds: Sequence[Rgb], target: float, *, lighter: bool) -> Rgb:
    """Return the colour nearest to `wanted`, moving its lightness one way, that reaches `target` on every ground."""
    lightness, chroma, hue = wanted
    lights = [luminance(ground) for ground in grounds]
    for _ in range(300):
        colour = from_oklch(lightness, chroma, hue)
        if _reaches(luminance(colour), lights, target):
            return colour
        lightness += STEP if lighter else -STEP
        if not 0 <= lightness <= 1:
            break
    return WHITE if lighter else BLACK


def fill(colour: Rgb, lch: Lch, grounds: Sequence[Rgb], floor: float) -> tuple[Rgb, Rgb, float]:
    """Return a fill as close to `colour` as possible, the text on it, and the lightness chosen.

    `floor` is the least contrast of the fill itself against the page behind it.
    """
    lightness, chroma, hue = lch
    lights = [luminance(ground) for ground in grounds]
    for distance in (step * STEP for step in range(200)):
        for sign in (-1, 1):
            tried = lightness + sign * distance
            if not 0.12 <= tried <= 0.97:
                continue
            candidate = from_oklch(tried, chroma, hue) if distance else painted(colour)
            if not _reaches(luminance(candidate), lights, floor):
                continue
            text = text_on(candidate)
            if _reaches(luminance(text), [luminance(candidate)], TEXT):
                return candidate, text, tried
    return BLACK, WHITE, 0.12


def text_on(ground: Rgb) -> Rgb:
    """Return white where white is readable, else near-black."""
    return WHITE if _reaches(luminance(WHITE), [luminance(ground)], TEXT) else NEAR_BLACK


def _reaches(light: float, others: Iterable[float], target: float) -> bool:
    return all((max(light, other) + 0.05) / (min(light, other) + 0.05) >= target for other in others)
