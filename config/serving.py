"""Serves pages by several processes that share what they load: `python -m config.serving`, and then what `granian` takes.

granian alone loads the site once in each of them. Here its first process loads it, and the others are its forks: what
nobody writes to, which is most of a site, lies in memory once. A new version needs a new start; a HUP only begins new
processes of the old one.
"""

from config import preload


def main() -> None:
    """Load the site and go on as granian."""
    preload.load_pages()
    from granian.cli import entrypoint

    entrypoint()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
