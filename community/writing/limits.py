"""How much and how often members may write, upload and preview (security-and-reliability 5.4 and 5.6)."""

from django.utils.translation import gettext_lazy as _

from community.limits import Limit
from community.numbers.number import Number
from community.numbers.units import Unit

ADD_IMAGE = Limit(
    "writing.add_image",
    ("3/day,10/min", "20/day,10/min", "50/day,10/min", "100/day,10/min"),
    exempt_staff=False,
    what=_("Add pictures"),
)
# Addresses that pages are asked about for one member; beyond it links stay links.
CARD = Limit(
    "writing.card",
    ("5/h,10/day", "20/h", "20/h", "40/h"),
    what=_("Have pages asked for link cards"),
)
PREVIEW = Limit("writing.preview", ("20/min", "40/min", "40/min", "60/min"), what=_("Look at a preview"))
SAVE_DRAFT = Limit(
    "writing.save_draft", ("40/min", "60/min", "60/min", "60/min"), what=_("Keep a draft while typing")
)

# What the drawing process can bear; a request carries no more either.
_MOST_MEGABYTES = 8
IMAGE_SIZE = Number(
    "writing.image_megabytes",
    _("Largest picture in a post or message"),
    _("Larger ones are refused with the size. Photos of today's phones have 3 to 6 MB."),
    default=8,
    least=1,
    most=_MOST_MEGABYTES,
    unit=Unit.MEGABYTES,
)
AVATAR_SIZE = Number(
    "writing.avatar_megabytes",
    _("Largest portrait"),
    _("The picture of a profile. It is shown small, so a small one is enough."),
    default=2,
    least=1,
    most=_MOST_MEGABYTES,
    unit=Unit.MEGABYTES,
)

BODY_LENGTH = 32_000
DRAFT_TITLE_LENGTH = 300
DRAFT_DATA_BYTES = 8_000
DRAFTS_EACH = Number(
    "writing.drafts",
    _("Drafts kept for each member"),
    _("Texts they began and did not send. The oldest go first."),
    default=50,
    least=5,
    most=500,
)
ORPHANS_KEPT = Number(
    "writing.orphan_hours",
    _("How long a picture is kept that stands in no text"),
    _("Somebody added it and sent or kept nothing. After that it is deleted."),
    default=24,
    least=6,
    most=720,
    unit=Unit.HOURS,
)
