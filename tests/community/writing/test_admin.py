from typing import Any

from django.test import Client

from community.writing.actions import add_image
from community.writing.models import Upload
from tests.community.writing.pictures import encoded, photo, upload

LIST = "/admin/writing/upload/"


def test_an_administrator_sees_pictures_and_takes_one_away(client: Client, alice: Any, admin: Any) -> None:
    picture = add_image(actor=alice, file=upload(encoded(photo(50, 40)), "<b>tent.png"))
    client.force_login(admin)

    page = client.get(LIST).content.decode()
    assert picture.key in page
    assert "&lt;b&gt;tent" in page and "<b>tent" not in page

    client.post(LIST, {"action": "remove", "_selected_action": [picture.pk]})

    assert not Upload.objects.exists()


def test_members_do_not_get_there(client: Client, alice: Any) -> None:
    client.force_login(alice)

    assert client.get(LIST).status_code in {302, 404}
