"""The community as an app: manifest, icons, worker, offline page."""

import io
import json

import pytest
from PIL import Image

from community.brand.installed import ICONS
from community.brand.models import Brand
from community.brand.queries import forget_brand


def picture(answer):
    assert answer.status_code == 200 and answer["Content-Type"] == "image/png"
    return Image.open(io.BytesIO(answer.content)).convert("RGBA")


def test_the_manifest_is_the_brands(client, db):
    Brand.objects.create(pk=1, name="Fernhill Community", brand_colour="#17604f")
    forget_brand()

    answer = client.get("/app.webmanifest")

    assert answer["Content-Type"] == "application/manifest+json"
    said = answer.json()
    assert (said["name"], said["short_name"]) == ("Fernhill Community", "Fernhill")
    assert said["theme_color"] == "#17604f"
    assert (said["start_url"], said["scope"], said["display"]) == ("/", "/", "standalone")
    assert {(icon["sizes"], icon["purpose"]) for icon in said["icons"]} == {
        (f"{side}x{side}", purpose) for side in (192, 512) for purpose in ("any", "maskable")
    }
    for icon in said["icons"]:
        found = client.get(icon["src"])
        assert "x".join(map(str, picture(found).size)) == icon["sizes"]
        assert "immutable" in found["Cache-Control"]


@pytest.mark.parametrize("name", [*ICONS, "badge"])
def test_an_icon_fills_its_square_where_a_device_may_cut_it(client, db, name):
    drawn = picture(client.get(f"/icons/{name}.png"))

    corner = drawn.getpixel((0, 0))[3]
    assert corner == (255 if "maskable" in name or name == "touch" else 0)
    assert len(drawn.getcolors(maxcolors=512 * 512)) > 2


def test_the_mark_stays_where_no_shape_cuts_it_off(client, db):
    drawn = picture(client.get("/icons/maskable-512.png"))
    ground = drawn.getpixel((2, 2))
    edge = [(x, y) for x in range(512) for y in range(512) if (x - 256) ** 2 + (y - 256) ** 2 > 205**2]

    assert all(drawn.getpixel(place) == ground for place in edge[::7])


def test_a_logo_of_the_brands_own_is_the_icon(client, db):
    out = io.BytesIO()
    Image.new("RGBA", (100, 50), "#ff0000").save(out, "PNG")
    Brand.objects.create(pk=1, logo=out.getvalue(), logo_hash="0" * 12)
    forget_brand()

    plain, cut = (picture(client.get(f"/icons/{name}.png")) for name in ("192", "maskable-192"))

    assert plain.getpixel((96, 96)) == cut.getpixel((96, 96)) == (255, 0, 0, 255)
    assert plain.getpixel((96, 5))[3] == 0 and cut.getpixel((5, 5)) == (255, 255, 255, 255)
    assert client.get("/apple-touch-icon.png")["Content-Type"] == "image/png"


def test_an_icon_that_there_is_not_is_absent(client, db):
    assert client.get("/icons/1024.png").status_code == 404


def test_the_worker_lies_at_the_root_and_changes_only_with_what_it_keeps(client, db):
    answer = client.get("/service-worker.js")

    assert answer["Content-Type"].startswith("text/javascript")
    assert "max-age=3600" in answer["Cache-Control"]
    first, code = answer.content.decode().split("\n", 1)
    shell = json.loads(first.removeprefix("const SHELL = ").removesuffix(";"))
    assert client.get("/service-worker.js").content == answer.content
    for address in (shell["offline"], shell["icon"], shell["badge"]):
        assert client.get(address).status_code == 200
    assert "addEventListener" in code
    other = client.get("/service-worker.js", headers={"Accept-Language": "de"}).content
    assert other != answer.content


def test_what_the_worker_keeps_is_nobodys(client, sign_in, alice):
    """A page kept in a browser outlives signing out: it must not say who was there."""
    as_alice = sign_in(alice).get("/offline/").content.decode()

    assert as_alice == client.get("/offline/").content.decode()
    assert "Alice" not in as_alice and "csrf" not in as_alice and "<script" not in as_alice
