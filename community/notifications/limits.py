"""How often members may change what they hear."""

from django.utils.translation import gettext_lazy as _

from community.limits import Limit

CHANGE_CHOICES = Limit(
    "notifications.change_choices", ("30/h", "60/h", "60/h", "60/h"), what=_("Change what one is told")
)
MARK_READ = Limit(
    "notifications.mark_read",
    ("120/min", "120/min", "240/min", "240/min"),
    what=_("Mark notifications as read"),
)
# Somebody whose address does not exist must not have us write to it all day.
RESUME_ADDRESS = Limit(
    "notifications.resume_address",
    ("3/h", "3/h", "3/h", "3/h"),
    what=_("Try an address again that refused e-mail"),
)
# A browser is turned on now and then; a page that does it all day is broken.
CHANGE_BROWSERS = Limit(
    "notifications.change_browsers",
    ("20/h", "30/h", "30/h", "30/h"),
    what=_("Turn on notices in a browser"),
)
TEST_PUSH = Limit(
    "notifications.test_push", ("5/h", "5/h", "10/h", "10/h"), what=_("Send oneself a test notice")
)
