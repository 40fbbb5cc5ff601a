"""Draw the portraits of the demo community into static/demo/portraits. Every line is drawn here; nobody is portrayed.

python frontend/portraits.py
"""

from dataclasses import dataclass
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "static" / "demo" / "portraits"

# Skin and its shade under the chin.
SKIN = {
    "umber": ("#8a5637", "#73452b"),
    "rose": ("#f1cbb0", "#e0b195"),
    "sand": ("#d9a27c", "#c58b64"),
    "cocoa": ("#5f3a26", "#4c2d1c"),
    "cream": ("#eabf9c", "#d6a57f"),
    "clay": ("#b77b54", "#a16942"),
}


@dataclass(frozen=True)
class Hair:
    """What is drawn behind and before the face."""

    back: str
    front: str


@dataclass(frozen=True)
class Person:
    """One member of the demo."""

    file: str
    ground: str
    skin: str
    hair: str
    style: str
    shirt: str
    glasses: bool = False


STYLES = {
    "afro": Hair(
        back='<circle cx="24" cy="17.5" r="13.4" fill="{hair}"/>',
        front='<path d="M15.4 18.6c.6-5.6 4-8.4 8.6-8.4s8 2.8 8.6 8.4c-1.6-2.9-4.6-4.4-8.6-4.4s-7 1.5-8.6 4.4z" fill="{hair}"/>',
    ),
    "short": Hair(
        back="",
        front='<path d="M15.3 19.5C14.1 11 18.3 7.6 24.4 7.6c6.3 0 9.8 4.1 8.4 11.9-.9-3.3-2.2-5.1-3.8-6-3.6 1.7-8.2 1.8-11.1.8-1.4 1.2-2.2 2.9-2.6 5.2z" fill="{hair}"/>',
    ),
    "bob": Hair(
        back='<path d="M12.6 30.5c-1.7-3.8-1.5-9-.4-13C13.8 11.3 18 8 24 8s10.2 3.3 11.8 9.5c1.1 4 1.3 9.2-.4 13-3 1.5-5 1.5-7 .7h-8.8c-2 .8-4 .8-7-.7z" fill="{hair}"/>',
        front='<path d="M15.3 20.3c.2-6.2 3-10.2 9-10.2 5.6 0 8.3 4 8.5 9.6-3.5-1-6.5-3.1-8.2-6-2 3.5-5.3 5.8-9.3 6.6z" fill="{hair}"/>',
    ),
    "beanie": Hair(
        back="",
        front='<path d="M14.6 17.2c-.3-7.4 3.7-11.4 9.4-11.4s9.7 4 9.4 11.4z" fill="{hair}"/><circle cx="24" cy="5.4" r="2.5" fill="{hair}"/><rect x="13.8" y="14" width="20.4" height="4.6" rx="2.3" fill="#fff" fill-opacity=".28"/><rect x="13.8" y="14" width="20.4" height="4.6" rx="2.3" fill="{hair}" fill-opacity=".55"/>',
    ),
    "long": Hair(
        back='<path d="M11.8 38c-1-7-.8-14 .2-19.5C13.2 11.8 17.6 7.8 24 7.8s10.8 4 12 10.7c1 5.5 1.2 12.5.2 19.5z" fill="{hair}"/>',
        front='<path d="M15.2 21c-.3-6.6 2.9-10.8 8.8-10.8S33.1 14.4 32.8 21c-1.5-3.8-4.4-6.8-8.8-7.7-4.4.9-7.3 3.9-8.8 7.7z" fill="{hair}"/>',
    ),
    "bun": Hair(
        back='<circle cx="24" cy="6.8" r="4.6" fill="{hair}"/>',
        front='<path d="M15.2 19.6C14.6 12.7 18 8.7 24 8.7s9.4 4 8.8 10.9c-1.7-3.9-4.6-6-8.8-6s-7.1 2.1-8.8 6z" fill="{hair}"/>',
    ),
    "hijab": Hair(
        back='<path d="M24 5.4c-8.2 0-12.4 6-12.4 13.8 0 6 .6 11.5-2.6 18.8h30c-3.2-7.3-2.6-12.8-2.6-18.8C36.4 11.4 32.2 5.4 24 5.4z" fill="{hair}"/>',
        front='<path fill-rule="evenodd" d="M24 5.4c-8.2 0-12.4 6-12.4 13.8 0 8 2.4 14 5.4 17.6 4.2 2.4 9.8 2.4 14 0 3-3.6 5.4-9.6 5.4-17.6C36.4 11.4 32.2 5.4 24 5.4zm0 5.2c4.8 0 7.4 3.8 7.4 9.4 0 5.8-2.8 10-7.4 10s-7.4-4.2-7.4-10c0-5.6 2.6-9.4 7.4-9.4z" fill="{hair}"/><path d="M16.5 34.5c4 3.6 10.5 3.8 15 .2-1.5 4-4.5 7.3-9.5 9.8" fill="none" stroke="#000" stroke-opacity=".16" stroke-width="1.4" stroke-linecap="round"/>',
    ),
    "beard": Hair(
        back="",
        front='<path d="M15.7 21.5c.1 6.6 3.3 10.7 8.3 10.7s8.2-4.1 8.3-10.7c-1.3 2.3-2.4 3.2-4.2 3.3-1.6.1-2.5-.6-4.1-.6s-2.5.7-4.1.6c-1.8-.1-2.9-1-4.2-3.3z" fill="{hair}"/>',
    ),
    "pony": Hair(
        back='<path d="M31 11c5.5.5 7.6 6 6 11.5-1 3.4-.6 6 .8 8.3-4.4-.6-6.8-4-6-8.8z" fill="{hair}"/>',
        front='<path d="M15.2 19.8C14.4 12.4 18 8.2 24.2 8.2c6 0 9.4 4.2 8.5 11.4-1-3.7-3.6-6.2-7-6.6-3 2.8-6.6 4.4-10.5 6.8z" fill="{hair}"/>',
    ),
    "curls": Hair(
        back="",
        front='<circle cx="15.6" cy="16" r="3.5" fill="{hair}"/><circle cx="17" cy="11.6" r="3.5" fill="{hair}"/><circle cx="20.6" cy="9" r="3.5" fill="{hair}"/><circle cx="25" cy="8.2" r="3.5" fill="{hair}"/><circle cx="29" cy="10" r="3.5" fill="{hair}"/><circle cx="31.8" cy="13.4" r="3.5" fill="{hair}"/><circle cx="32.6" cy="17" r="3.5" fill="{hair}"/>',
    ),
}

PEOPLE = (
    Person("maya", "#f4c268", "umber", "#2b1a14", "afro", "#17604f"),
    Person("jonas", "#bcd6e6", "rose", "#c9963f", "short", "#33506b"),
    Person("ines", "#e9c4c0", "sand", "#3a211a", "bob", "#a3473b"),
    Person("tomasz", "#c9dcc2", "rose", "#c2552f", "beanie", "#3d5a41"),
    Person("priya", "#d7cdea", "clay", "#1f1618", "long", "#5a4590"),
    Person("hana", "#cfe3dc", "cream", "#1e1a1d", "bun", "#e08e4d"),
    Person("dewi", "#17604f", "rose", "#a3461f", "pony", "#f4f1e8"),
    Person("amal", "#f0d9b8", "cream", "#2f6d79", "hijab", "#23525c"),
    Person("luca", "#d3d9df", "sand", "#4a3a30", "beard", "#7a2e3a", True),
    Person("ruth", "#f2cdb6", "cocoa", "#8d8a88", "curls", "#31486f"),
    Person("kofi", "#cfe0ee", "cocoa", "#17110f", "short", "#b5512c"),
    Person("lena", "#f3dfa8", "rose", "#d8b26a", "long", "#3b6b58"),
    Person("mateo", "#dccfe8", "sand", "#2a1d18", "curls", "#2f4f78"),
    Person("sakura", "#f6d3cf", "cream", "#2b2126", "bob", "#46708a"),
    Person("omar", "#d4e3cd", "clay", "#1d1613", "beard", "#4b4466"),
    Person("ingrid", "#c8d8d2", "rose", "#b9b4ad", "bun", "#8a3f4c", True),
    Person("zane", "#f0c9a2", "umber", "#241712", "beanie", "#2c5a6e"),
    Person("noor", "#dfe2c6", "sand", "#7b4a86", "hijab", "#54366a"),
    Person("felix", "#cdd6ea", "rose", "#8a4b22", "short", "#6b5a2f", True),
    Person("abena", "#f5d7b2", "cocoa", "#2a1a14", "bun", "#1e6b66"),
    Person("yusuf", "#d9e6e4", "umber", "#120f0f", "short", "#8a2f3f"),
    Person("clara", "#ecd2dc", "cream", "#a8572c", "pony", "#305f4a"),
    Person("wei", "#f1e2b6", "cream", "#191619", "short", "#44588a"),
    Person("sofia", "#cfe4ea", "sand", "#4b2b1d", "long", "#c06a35"),
    Person("anders", "#e3dccf", "rose", "#d7d2cb", "beard", "#3d5d77"),
    Person("thandi", "#d6e0b9", "cocoa", "#3a1f16", "afro", "#a5443a"),
    Person("rosa", "#f3cdb8", "clay", "#5a3524", "curls", "#3c6e52", True),
    Person("erik", "#c5d3e3", "rose", "#3f5f8a", "beanie", "#5b4a3f"),
    Person("leila", "#e6d6ee", "cream", "#2a1b1b", "pony", "#2f6a70"),
    Person("samuel", "#efd9c4", "umber", "#6f6a66", "short", "#2e4a3d", True),
    Person("mei", "#d5e8d6", "cream", "#231c20", "long", "#b84f56"),
    Person("harriet", "#f4dcb0", "rose", "#7d3b1f", "curls", "#3e4f86"),
)

EYES = (
    '<circle cx="20.9" cy="20.6" r=".95" fill="#2a1b14"/><circle cx="27.1" cy="20.6" r=".95" fill="#2a1b14"/>'
)
SMILE = '<path d="M21.5 25.4c1.5 1.3 3.5 1.3 5 0" stroke="#2a1b14" stroke-opacity=".75" stroke-width="1.1" fill="none" stroke-linecap="round"/>'
SMILE_IN_BEARD = '<path d="M22 27c1.2.8 2.8.8 4 0" stroke="#fff" stroke-opacity=".8" stroke-width="1.1" fill="none" stroke-linecap="round"/>'
GLASSES = (
    '<g fill="none" stroke="#2a1b14" stroke-width=".9"><circle cx="20.6" cy="20.7" r="2.7"/>'
    '<circle cx="27.4" cy="20.7" r="2.7"/><path d="M23.3 20.3q.7-.5 1.4 0"/></g>'
)


def portrait(person: Person) -> str:
    """Return one portrait as a picture of 48 by 48."""
    face, shade = SKIN[person.skin]
    hair = STYLES[person.style]
    smile = SMILE_IN_BEARD if person.style == "beard" else SMILE
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="96" height="96">'
        f'<rect width="48" height="48" fill="{person.ground}"/>{hair.back.format(hair=person.hair)}'
        f'<path d="M4.5 50C4.5 39.5 12.5 34.6 24 34.6S43.5 39.5 43.5 50z" fill="{person.shirt}"/>'
        f'<path d="M19.8 27h8.4v6.6c0 4.3-8.4 4.3-8.4 0z" fill="{shade}"/>'
        f'<ellipse cx="24" cy="20.4" rx="8.9" ry="10.1" fill="{face}"/>{EYES}{smile}'
        f"{hair.front.format(hair=person.hair)}{GLASSES if person.glasses else ''}</svg>\n"
    )


def main() -> None:
    """Write every portrait."""
    OUT.mkdir(parents=True, exist_ok=True)
    for person in PEOPLE:
        (OUT / f"{person.file}.svg").write_text(portrait(person), "utf-8")


if __name__ == "__main__":
    main()
