"""The example of RFC 8291, appendix A, to the byte; and what is refused."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from community.notifications.push.sealing import MOST_BYTES, UnusableKeys, check_keys, seal, seal_with
from tests.community.notifications.pushservice import PushService, code, uncode

TEXT = b"When I grow up, I want to be a watermelon"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
RECEIVER = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
SEALED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
    "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_the_example_of_the_standard_comes_out_to_the_byte():
    own = ec.derive_private_key(int.from_bytes(uncode(SENDER), "big"), ec.SECP256R1())

    sealed = seal_with(TEXT, p256dh=RECEIVER, auth=AUTH, own=own, salt=uncode(SALT))

    assert code(sealed) == SEALED


def test_a_browser_opens_what_was_sealed_for_it_and_never_twice_the_same():
    browser = PushService().browser("a")
    one, other = (seal(b'{"a":1}', **browser.keys) for _again in range(2))

    assert browser.open(one) == browser.open(other) == {"a": 1}
    assert one != other


def test_the_largest_text_fits_into_one_record_and_no_larger_one():
    browser = PushService().browser("a")

    assert len(seal(b"x" * MOST_BYTES, **browser.keys)) == 4096
    with pytest.raises(ValueError, match="at most"):
        seal(b"x" * (MOST_BYTES + 1), **browser.keys)


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [
        ("", AUTH),
        ("AAAA", AUTH),
        (RECEIVER[:-4], AUTH),
        # A point that is not on the curve.
        (code(b"\x04" + b"\x01" * 64), AUTH),
        (RECEIVER, ""),
        (RECEIVER, AUTH[:-3]),
        ("é" * 80, AUTH),
        (RECEIVER, "not base64 !!!!!!!!!!"),
    ],
)
def test_what_is_no_key_of_a_browser_is_refused(p256dh, auth):
    with pytest.raises(UnusableKeys):
        check_keys(p256dh, auth)
