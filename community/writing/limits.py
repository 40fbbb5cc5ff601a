"""How much and how often members may write, upload and preview (security-and-reliability 5.4 and 5.6)."""

from django.utils.translation import gettext_lazy as _

from community.limits import Limit

ADD_IMAGE = Limit(
    "writing.add_image",
    ("3/day,10/min", "20/day,10/min", "50/day,10/min", "100/day,10/min"),
    exempt_staff=False,
    what=_("Add pictures"),
)
PREVIEW = Limit("writing.preview", ("20/min", "40/min", "40/min", "60/min"), what=_("Look at a preview"))
SAVE_DRAFT = Limit(
    "writing.save_draft", ("40/min", "60/min", "60/min", "60/min"), what=_("Keep a draft while typing")
)

IMAGE_BYTES = 8 * 1024 * 1024
AVATAR_BYTES = 2 * 1024 * 1024

BODY_LENGTH = 32_000
DRAFT_TITLE_LENGTH = 300
DRAFT_DATA_BYTES = 8_000
DRAFTS_EACH = 50
