"""Where a request comes from, as far as it can be believed."""

import ipaddress

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def network_of(request: HttpRequest) -> str:
    """Return the caller's IPv4 address or IPv6 /64: one household or office, as limits by address count it.

    Only as many proxies are believed as `TRUSTED_PROXY_COUNT` says, so a forged header changes nothing.
    """
    try:
        address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    except (PermissionDenied, ValueError):
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
