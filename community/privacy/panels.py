"""What privacy adds to the page of a member in the admin."""

from django.http import HttpRequest

from community.members.models import Member


def account_links(request: HttpRequest, member: Member) -> str:
    """Draw the ways to erase the account, and to join it with another."""
    from community.privacy.admin import draw_links

    return draw_links(request, member)
