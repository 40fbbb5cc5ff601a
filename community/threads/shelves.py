"""The texts of threads, as the renewal of old HTML knows them."""

from community.threads.composing import resolve_names
from community.writing.renewing import Shelf, add_shelf

POSTS = Shelf(
    name="threads.post",
    table="threads_post",
    text="body_md",
    html="body_html",
    version="render_version",
    resolve=resolve_names,
)


def register() -> None:
    """Let posts be rendered again."""
    add_shelf(POSTS)
