"""Pictures in posts: they belong to the post, and whoever may read it at this moment may load them."""

from community.members.models import Member
from community.threads.composing import Composed, resolve_names
from community.threads.models import Post
from community.writing.actions import attach_uploads
from community.writing.models import Audience
from community.writing.registry import use_resolver, visibility_checks

POST = "threads.post"


def attach_pictures(actor: Member, post: Post, composed: Composed) -> None:
    """Say that the pictures `composed` shows belong to `post`. Costs nothing when it shows none."""
    if not composed.images:
        return
    attach_uploads(
        actor=actor, keys=composed.images, target_type=POST, target_pk=post.pk, audience=Audience.PRIVATE
    )


def may_see_pictures_of(viewer: Member | None, post_pk: int) -> bool:
    """Whether `viewer` may read the post now; asked each time, so leaving a space closes its pictures too."""
    return Post.objects.visible_to(viewer).filter(pk=post_pk).exists()


def register() -> None:
    """Lend writing what it cannot know: who may read a post, and whom a name means."""
    visibility_checks[POST] = may_see_pictures_of
    use_resolver(resolve_names)
