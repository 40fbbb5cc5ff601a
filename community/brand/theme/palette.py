"""One palette, light or dark, from a brand's inputs."""

from dataclasses import dataclass

from community.brand.theme.colour import WHITE, Lch, Rgb, from_hex, from_oklch, painted, ratio, to_oklch
from community.brand.theme.solve import MARK, TEXT, fill, readable, text_on

Palette = dict[str, Rgb]

# Hues of the states. They never follow the brand, so that their meaning is the same everywhere.
STATES = {"ok": 152, "info": 245, "warn": 72, "bad": 26, "plum": 322}
SLACK = 0.1


@dataclass(frozen=True, slots=True)
class Look:
    """What a brand chooses."""

    brand: str
    accent: str
    tint: float = 0.5
    radius: int = 14
    display: str = ""
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Scheme:
    """The inputs in OKLCH, and which of the two schemes is being solved."""

    brand: Lch
    accent: Lch
    tint: float
    dark: bool

    def pick(self, light: float, dark: float) -> float:
        """Return the value for this scheme."""
        return dark if self.dark else light

    def neutral(self, light: tuple[float, float], dark: tuple[float, float]) -> Rgb:
        """Return a near-grey leaning to the brand's hue as far as the tint says."""
        lightness, chroma = dark if self.dark else light
        return from_oklch(lightness, chroma * self.tint * 2, self.brand[2])


def palette(look: Look, *, dark: bool = False) -> Palette:
    """Solve every colour role of one scheme."""
    brand = to_oklch(from_hex(look.brand))
    # A grey brand keeps grey neutrals.
    tint = min(look.tint, 0.15) if brand[1] < 0.02 else look.tint
    scheme = Scheme(brand, to_oklch(from_hex(look.accent)), tint, dark)
    roles = _grounds(scheme)
    grounds = [roles["page"], roles["surface"], roles["sunken"]]
    roles |= _ink(scheme, grounds)
    roles |= _brand(scheme, grounds, from_hex(look.brand))
    roles |= _deep(scheme)
    roles |= _recognition(scheme, grounds, from_hex(look.accent), [roles["deep"], roles["deep-2"]])
    roles |= _states(scheme, grounds)
    return roles


def _grounds(scheme: Scheme) -> Palette:
    return {
        "page": scheme.neutral((0.972, 0.006), (0.180, 0.011)),
        "surface": scheme.neutral((1.0, 0.0), (0.222, 0.013)),
        "sunken": scheme.neutral((0.950, 0.009), (0.262, 0.015)),
        "line": scheme.neutral((0.912, 0.010), (0.305, 0.016)),
        "line-2": scheme.neutral((0.86, 0.014), (0.375, 0.018)),
    }


def _ink(scheme: Scheme, grounds: list[Rgb]) -> Palette:
    hue, chroma, up = scheme.brand[2], scheme.pick(0.022, 0.014), scheme.dark
    return {
        "ink": readable((scheme.pick(0.235, 0.955), scheme.pick(0.022, 0.010), hue), grounds, 11, lighter=up),
        "ink-2": readable((scheme.pick(0.425, 0.800), chroma, hue), grounds, 6.2, lighter=up),
        "ink-3": readable((scheme.pick(0.540, 0.680), chroma, hue), grounds, TEXT + SLACK, lighter=up),
        "control": readable((scheme.pick(0.680, 0.520), 0.014, hue), grounds, MARK + SLACK, lighter=up),
    }


def _brand(scheme: Scheme, grounds: list[Rgb], exact: Rgb) -> Palette:
    lightness, chroma, hue = scheme.brand
    up = scheme.dark
    soft = from_oklch(scheme.pick(0.955, 0.285), min(chroma, 0.022), hue)
    surface, text, solved = fill(exact, scheme.brand, grounds[:2], scheme.pick(1.15, 1.6))
    hover = from_oklch(solved + (0.045 if (text == WHITE) == scheme.dark else -0.045), chroma, hue)
    keeps = (lightness > 0.6) == scheme.dark
    words = (lightness if keeps else scheme.pick(0.46, 0.78), chroma, hue)
    return {
        "brand-soft": soft,
        "brand-line": from_oklch(scheme.pick(0.870, 0.390), min(chroma, 0.036), hue),
        "brand": surface,
        "on-brand": text,
        "brand-hover": hover if ratio(hover, text) >= TEXT else surface,
        "brand-text": readable(words, [*grounds, soft], TEXT + SLACK, lighter=up),
        "brand-mark": readable(scheme.brand, [*grounds, soft], MARK + SLACK, lighter=up),
        "focus": readable(
            (scheme.pick(0.45, 0.80), max(chroma, 0.12), hue), [*grounds, soft], TEXT, lighter=up
        ),
    }


def _deep(scheme: Scheme) -> Palette:
    _, chroma, hue = scheme.brand
    deep = from_oklch(scheme.pick(0.275, 0.245), min(chroma, 0.052), hue)
    raised = from_oklch(scheme.pick(0.335, 0.300), min(chroma, 0.056), hue)
    return {
        "deep": deep,
        "deep-2": raised,
        "on-deep": from_oklch(0.985, 0.006, hue),
        "on-deep-2": readable((0.82, 0.03, hue), [deep, raised], 6, lighter=True),
    }


def _recognition(scheme: Scheme, grounds: list[Rgb], exact: Rgb, deep: list[Rgb]) -> Palette:
    lightness, chroma, hue = scheme.accent
    up = scheme.dark
    soft = from_oklch(scheme.pick(0.955, 0.300), min(chroma, 0.055), hue)
    gold, text = painted(exact), text_on(painted(exact))
    if ratio(text, gold) < TEXT:
        gold, text, _ = fill(exact, scheme.accent, [], 1)
    words = (scheme.pick(0.50, 0.84), min(chroma, 0.12), hue)
    return {
        "gold-soft": soft,
        "gold-line": from_oklch(scheme.pick(0.870, 0.430), min(chroma, 0.090), hue),
        "gold-text": readable(words, [*grounds, soft], TEXT + SLACK, lighter=up),
        "gold-mark": readable(scheme.accent, [*grounds, soft], MARK + SLACK, lighter=up),
        "gold": gold,
        "on-gold": text,
        "gold-on-deep": readable((max(lightness, 0.8), min(chroma, 0.14), hue), deep, 6, lighter=True),
    }


def _states(scheme: Scheme, grounds: list[Rgb]) -> Palette:
    roles: Palette = {}
    for name, hue in STATES.items():
        soft = from_oklch(scheme.pick(0.952, 0.295), 0.038, hue)
        on = [*grounds, soft]
        roles[f"{name}-soft"] = soft
        roles[f"{name}-line"] = from_oklch(scheme.pick(0.865, 0.420), 0.070, hue)
        roles[f"{name}-text"] = readable(
            (scheme.pick(0.47, 0.82), 0.105, hue), on, TEXT + SLACK, lighter=scheme.dark
        )
        roles[f"{name}-mark"] = readable(
            (scheme.pick(0.60, 0.72), 0.135, hue), on, MARK + SLACK, lighter=scheme.dark
        )
    return roles
