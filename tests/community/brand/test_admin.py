"""The administrator's page of the brand."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from community.brand.actions import FIELDS
from community.brand.models import Brand
from tests.community.brand.test_actions import picture

PAGE = "/admin/brand/brand/1/change/"


def typed(**changes: Any) -> dict[str, Any]:
    return {name: getattr(Brand(pk=1), name) for name in FIELDS} | changes


def test_the_list_leads_straight_to_the_one_brand(admin: Any, sign_in: Any) -> None:
    assert sign_in(admin).get(reverse("admin:brand_brand_changelist"))["Location"] == PAGE


def test_it_shows_the_solved_colours_and_their_readability(admin: Any, sign_in: Any) -> None:
    html = sign_in(admin).get(PAGE).content.decode()

    assert "82 of 82 pairs are readable" in html
    assert "#3d4f8f" in html


def test_saving_goes_through_the_action(admin: Any, sign_in: Any) -> None:
    upload = SimpleUploadedFile("logo.png", picture(), content_type="image/png")
    answer = sign_in(admin).post(PAGE, typed(name="Tarn Commons", brand_colour="#17604f", new_logo=upload))

    assert answer.status_code == 302
    brand = Brand.objects.get()
    assert (brand.name, brand.brand_colour, len(brand.logo_hash)) == ("Tarn Commons", "#17604f", 12)


def test_a_logo_that_is_no_picture_changes_nothing(admin: Any, sign_in: Any) -> None:
    upload = SimpleUploadedFile("logo.png", b"<svg/>", content_type="image/png")
    answer = sign_in(admin).post(PAGE, typed(name="Tarn", new_logo=upload), follow=True)

    page = answer.content.decode()
    assert "Choose a PNG, JPEG, WebP or GIF picture." in page and "successfully" not in page
    assert not Brand.objects.exists()


@pytest.mark.parametrize("who", ["alice", "mod", "manager"])
def test_only_administrators_open_it(who: str, request: pytest.FixtureRequest, sign_in: Any) -> None:
    assert sign_in(request.getfixturevalue(who)).get(PAGE).status_code in (302, 403, 404)
