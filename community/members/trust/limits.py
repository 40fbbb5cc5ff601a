"""The marks of each trust level: Discourse's, softened for customers who come a few times a year."""

from django.utils.translation import gettext_lazy as _

from community.numbers.number import Number
from community.numbers.units import Unit

_WHY_1 = _("A mark of level 1, basic: its limits are wider.")
_WHY_2 = _("A mark of level 2, member.")
_WHY_3 = _("A mark of level 3, regular, which looks back over a while.")
_EVER_3 = _("A mark of level 3, regular, counted over all time.")

THREADS_1 = Number(
    "members.trust1_threads", _("Level 1: threads opened"), _WHY_1, default=3, least=0, most=500
)
POSTS_1 = Number("members.trust1_posts", _("Level 1: posts read"), _WHY_1, default=15, least=0, most=5000)
MINUTES_1 = Number(
    "members.trust1_minutes", _("Level 1: minutes here"), _WHY_1, default=5, least=0, most=5000
)

THREADS_2 = Number(
    "members.trust2_threads", _("Level 2: threads opened"), _WHY_2, default=15, least=0, most=1000
)
POSTS_2 = Number("members.trust2_posts", _("Level 2: posts read"), _WHY_2, default=60, least=0, most=10000)
MINUTES_2 = Number(
    "members.trust2_minutes", _("Level 2: minutes here"), _WHY_2, default=30, least=0, most=10000
)
DAYS_2 = Number("members.trust2_days", _("Level 2: days here"), _WHY_2, default=6, least=0, most=365)
GIVEN_2 = Number("members.trust2_given", _("Level 2: thank-yous given"), _WHY_2, default=1, least=0, most=500)
RECEIVED_2 = Number(
    "members.trust2_received", _("Level 2: thank-yous received"), _WHY_2, default=1, least=0, most=500
)
REPLIED_2 = Number(
    "members.trust2_replied", _("Level 2: threads replied in"), _WHY_2, default=2, least=0, most=500
)

DAYS_3 = Number("members.trust3_days", _("Level 3: days here"), _WHY_3, default=20, least=0, most=730)
THREADS_3 = Number(
    "members.trust3_threads", _("Level 3: threads opened"), _WHY_3, default=60, least=0, most=5000
)
REPLIED_3 = Number(
    "members.trust3_replied", _("Level 3: threads replied in"), _WHY_3, default=10, least=0, most=1000
)
GIVEN_3 = Number(
    "members.trust3_given", _("Level 3: thank-yous given"), _WHY_3, default=15, least=0, most=1000
)
RECEIVED_3 = Number(
    "members.trust3_received", _("Level 3: thank-yous received"), _WHY_3, default=10, least=0, most=1000
)
PEOPLE_3 = Number(
    "members.trust3_people", _("Level 3: people thanked by"), _WHY_3, default=4, least=0, most=500
)
POSTS_3 = Number("members.trust3_posts", _("Level 3: posts read"), _EVER_3, default=300, least=0, most=50000)

WINDOW = Number(
    "members.trust3_window_days",
    _("Level 3: how far it looks back"),
    _("Customers come with their seasons: a year sees all of them."),
    default=365,
    least=30,
    most=1095,
    unit=Unit.DAYS,
)
GRACE = Number(
    "members.trust3_grace_days",
    _("Level 3: how long it stays with those who fall below its marks"),
    _("They are told when it begins, and again when the level is gone."),
    default=180,
    least=0,
    most=730,
    unit=Unit.DAYS,
)
KEEP = Number(
    "members.trust3_keep_percent",
    _("Level 3: share of each mark that keeps it, in percent"),
    _("So that nobody goes up and down with every thread."),
    default=90,
    least=10,
    most=100,
)
CLEAN = Number(
    "members.trust3_clean_days",
    _("Level 3: how long after a pause it stays closed"),
    _(
        "Counts silences and suspensions that were not lifted. A regular who gets one loses the level at once."
    ),
    default=180,
    least=0,
    most=1095,
    unit=Unit.DAYS,
)
REASON_LENGTH = 300
