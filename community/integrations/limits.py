"""How often programs may call, and how often keys are made (security-and-reliability 5.6)."""

from community.limits import Limit

CREATE_KEY = Limit("integrations.create_key", ("100/h", "100/h", "100/h", "100/h"), exempt_staff=False)

# Calls, by who calls. Overridable in settings `LIMITS` under the same names.
CALLS = {
    "key_read": "60/min,5000/day",
    "key_write": "20/min,5000/day",
    "member_read": "200/min",
    "member_write": "60/min",
    "guest_read": "60/min",
    "guest_write": "10/min",
}
