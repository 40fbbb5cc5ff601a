"""A picture in a post is loaded by whoever may read the post, and by nobody else."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from community.threads.actions import edit_post
from community.threads.models import Post
from community.writing.actions import add_image
from community.writing.models import Upload
from tests.community.writing.pictures import encoded, photo, upload

PICTURE = encoded(photo(60, 40))


def status(viewer: Any, picture: Upload) -> int:
    client = Client()
    if viewer is not None:
        client.force_login(viewer)
    return client.get(picture.url_for("640")).status_code


def test_a_picture_in_a_public_post_is_loaded_by_everyone(
    alice: Any, bob: Any, space: Any, make_thread: Callable[..., Any]
) -> None:
    picture = add_image(actor=alice, file=upload(PICTURE))
    assert (status(bob, picture), status(None, picture)) == (404, 404)

    make_thread(alice, space, body=f"This is how mine looked after the night: {picture.markdown}")

    assert (status(bob, picture), status(None, picture)) == (200, 200)
    assert Client().get(picture.url_for("640"))["Cache-Control"] == "public, max-age=3600"


def test_a_picture_in_a_private_space_closes_with_the_space(
    alice: Any, bob: Any, space: Any, make_thread: Callable[..., Any]
) -> None:
    picture = add_image(actor=alice, file=upload(PICTURE))
    make_thread(alice, space, body=f"This is how mine looked after the night: {picture.markdown}")

    space.access = "private"
    space.save()

    assert (status(alice, picture), status(bob, picture), status(None, picture)) == (200, 404, 404)


def test_a_picture_added_by_an_edit_is_shown_too(
    alice: Any, bob: Any, space: Any, make_thread: Callable[..., Any]
) -> None:
    thread = make_thread(alice, space)
    picture = add_image(actor=alice, file=upload(PICTURE))
    post = Post.objects.select_related("thread__space").get(thread=thread)

    edit_post(actor=alice, post=post, body=f"{post.body_md}\n\n{picture.markdown}")

    assert status(bob, picture) == 200


def test_quoting_someone_elses_private_picture_does_not_open_it(
    alice: Any, bob: Any, space: Any, make_thread: Callable[..., Any]
) -> None:
    picture = add_image(actor=alice, file=upload(PICTURE))

    make_thread(bob, space, body=f"I found this name of a picture, may I see it: {picture.markdown}")

    assert (status(bob, picture), status(None, picture)) == (404, 404)
