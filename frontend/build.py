"""Write the delivered bundles in static/dist from the hand-written sources. Standard library only.

    python frontend/build.py            write the bundles
    python frontend/build.py --check    exit 1 when a committed bundle differs from its sources

The stylesheet keeps its layers in reading order: tokens, base, frame, parts, screens, last. Scripts are small modules
without imports; each gets a block of its own, so that their names never meet.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
LAYERS = "@layer base, frame, parts, screens, last;"


def stylesheet() -> str:
    """One file from the stylesheets, in layer order."""
    css = STATIC / "css"
    order = [css / "tokens.css", css / "base.css", css / "frame.css"]
    order += sorted((css / "parts").glob("*.css"))
    order += sorted((css / "screens").glob("*.css"))
    order.append(css / "last.css")
    return minify_css(LAYERS + "\n".join(path.read_text("utf-8") for path in order))


def room(name: str) -> str:
    """The styles of one room's pages, which every other page does without; they join the layers of the stylesheet."""
    return minify_css((STATIC / "css" / "rooms" / f"{name}.css").read_text("utf-8"))


def minify_css(text: str) -> str:
    """Drop comments and needless white space; strings are left as they are."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    parts = re.split(r'("[^"]*")', text)
    for at in range(0, len(parts), 2):
        part = re.sub(r"\s+", " ", parts[at])
        part = re.sub(r" ?([{};,>]) ?", r"\1", part)
        part = re.sub(r": (?=[^{}]*[;}])", ":", part)
        parts[at] = part.replace(";}", "}")
    return "".join(parts).strip() + "\n"


def script(folder: str) -> str:
    """One module from the modules of a folder, each in a block of its own."""
    out = []
    for path in sorted((STATIC / folder).glob("*.js")):
        body = "\n".join(line.strip() for line in path.read_text("utf-8").splitlines())
        body = re.sub(r"(?m)^//.*\n", "", body)
        body = re.sub(r"\n{2,}", "\n", body).strip()
        out.append(f"/* {path.name} */\n{{\n{body}\n}}\n")
    return "".join(out)


def sprite() -> str:
    """All icons as symbols `i-<name>`; strokes come from the stylesheet."""
    symbols = []
    for path in sorted((ROOT / "frontend" / "icons").glob("*.svg")):
        found = re.search(r'<svg[^>]*viewBox="([^"]+)"[^>]*>(.*)</svg>', path.read_text("utf-8"), re.S)
        if not found:
            raise SystemExit(f"{path} is not an icon")
        symbols.append(f'<symbol id="i-{path.stem}" viewBox="{found[1]}">{found[2].strip()}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def plain_theme() -> str:
    """The default look as a file, for the page that is shown when nothing else answers."""
    sys.path.insert(0, str(ROOT))
    from community.brand.theme.css import theme_css
    from community.brand.theme.palette import Look

    return theme_css(Look(brand="#3d4f8f", accent="#f5b13d", tint=0.3))


def bundles() -> dict[Path, str]:
    """Every delivered file and what it should hold."""
    dist = STATIC / "dist"
    return {
        dist / "community.css": stylesheet(),
        **{dist / path.name: room(path.stem) for path in sorted((STATIC / "css" / "rooms").glob("*.css"))},
        dist / "community.js": script("js"),
        dist / "compose.js": script("js/compose"),
        # Only on pages of conversations and rooms.
        dist / "talk.js": script("js/talk"),
        dist / "push.js": script("js/push"),
        # Only where several threads are chosen.
        dist / "choose.js": script("js/choose"),
        # Only where a form asks for a small sum.
        dist / "proof.js": script("js/proof"),
        # Only on the review queue in the admin.
        dist / "desk.js": script("js/desk"),
        # Served at the root of the site, which is as far as it may reach (community/brand/views.py).
        dist / "worker.js": script("js/worker"),
        # Named on every page a hundred times, so its address is short.
        STATIC / "i.svg": sprite(),
        dist / "plain.css": plain_theme(),
    }


def main() -> int:
    """Write the bundles, or with --check compare them."""
    stale = [path for path, text in bundles().items() if not path.exists() or path.read_text("utf-8") != text]
    if "--check" in sys.argv:
        for path in stale:
            print(f"{path.relative_to(ROOT)} is older than its sources: run `make assets`")
        return 1 if stale else 0
    for path, text in bundles().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
