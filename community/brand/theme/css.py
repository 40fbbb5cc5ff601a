"""The stylesheet of a brand: custom properties for both schemes."""

from community.brand.theme.colour import to_hex
from community.brand.theme.palette import Look, palette


def theme_css(look: Look) -> str:
    """Write the brand's stylesheet.

    Browsers without `light-dark()` read the first two blocks, all others the last one. A custom property accepts
    any value, so only `@supports` can tell them apart.
    """
    light, dark = palette(look), palette(look, dark=True)
    both = {
        name: to_hex(colour) if colour == dark[name] else f"light-dark({to_hex(colour)},{to_hex(dark[name])})"
        for name, colour in light.items()
    }
    plain_light = _block({name: to_hex(colour) for name, colour in light.items()})
    plain_dark = _block({name: to_hex(colour) for name, colour in dark.items()})
    return (
        f":root{_block(_shape(look))}\n"
        f":root{plain_light}\n"
        f'@media (prefers-color-scheme:dark){{:root:not([data-theme="light"]){plain_dark}}}\n'
        f':root[data-theme="dark"]{plain_dark}\n'
        f"@supports (color:light-dark(#000,#fff)){{:root:root{_block(both)}}}\n"
    )


def _shape(look: Look) -> dict[str, str]:
    shape = {"brand-radius": f"{look.radius}px"}
    if look.display:
        shape["brand-display"] = look.display
    if look.pattern:
        shape["brand-pattern"] = f"url({look.pattern})"
    return shape


def _block(values: dict[str, str]) -> str:
    return "{" + ";".join(f"--{name}:{value}" for name, value in values.items()) + "}"
