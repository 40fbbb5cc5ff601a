"""How allauth meets our members: handles from names, suspended people, and the moment of joining."""

import re
import secrets
import unicodedata
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.signup import prevent_enumeration
from allauth.core.exceptions import ImmediateHttpResponse
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.members.doors import devices, domains, passes, passkeys
from community.members.doors.actions import note_new_device
from community.members.doors.admissions import ask_to_join
from community.members.doors.arrivals import must_be_read, note_arrival
from community.members.doors.memory import closes_local_ways, door_rules
from community.members.doors.queries import admission_of
from community.members.invitations.joining import use_invitation
from community.members.models import Joining
from community.members.terms.actions import accept_terms
from community.screening import Manner
from community.sql import PlannedAnew, fetch

TAKEN = frozenset(
    {
        "admin",
        "moderator",
        "support",
        "help",
        "team",
        "system",
        "root",
        "everyone",
        "here",
        "all",
        "me",
        "api",
        "null",
        "undefined",
        "former-member",
    }
)


_TRIES = 20
# Numbers of the handles that begin like this, by one look into the index that keeps handles unique: some names are everywhere.
_NUMBERED = PlannedAnew("""SELECT substr(lower(handle), %s) FROM members_member
  WHERE lower(handle) = %s OR lower(handle) LIKE %s""")


def suggest_handle(name: str, *, tries: int = 0) -> str:
    """Return a free handle close to a name. After `tries` that others took meanwhile, leave some room to them."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:24] or "member"
    taken = set(fetch(_NUMBERED, (len(base) + 2, base, f"{base}-%"), lambda row: str(row[0])))
    if base not in TAKEN and "" not in taken and not tries:
        return base
    number = 2
    while str(number) in taken:
        number += 1
    return f"{base}-{number + secrets.randbelow(4 ** min(tries, 9))}"


class AccountAdapter(DefaultAccountAdapter):
    """allauth asks this object whenever it touches a member."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "email_password_mismatch": _("We know no account with this e-mail or handle and this password."),
        "username_password_mismatch": _("We know no account with this e-mail or handle and this password."),
        "email_taken": _("There is already an account with this e-mail."),
        "enter_current_password": _("Enter your current password."),
        "incorrect_code": _("This code does not match. Look for the newest e-mail of ours."),
        "incorrect_password": _("This is not your password."),
        "invalid_or_expired_key": _("This link has been used or has run out."),
        "invalid_password_reset": _("This link has been used or has run out."),
        "same_as_current": _("This is what it is already."),
        "too_many_login_attempts": _("That was too often. Try again in a few minutes."),
        "rate_limited": _("That was too often. Try again in a few minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether this visitor may join by themselves: what the doors say, or an invitation."""
        rules = door_rules()
        if closes_local_ways():
            return False
        if rules.joining in (Joining.INVITED, Joining.CLOSED):
            return rules.joining == Joining.INVITED and passes.has_pass(request)
        return True

    def clean_email(self, email: str) -> str:
        """Refuse addresses of domains that may not join; a member who changes theirs meets the same rule."""
        cleaned: str = super().clean_email(email)
        rules = door_rules()
        if (rules.allowed_domains or rules.blocked_domains) and not domains.may_join(
            cleaned, allowed=rules.allowed_domains, blocked=rules.blocked_domains
        ):
            raise ValidationError(
                _("Addresses of this provider cannot be used here. Use another one."), code="domain"
            )
        return cleaned

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        """Put the name on the account first: the handle is made from it, never from the address, which is nobody's business."""
        user.name = form.cleaned_data.get("name", "") or user.name
        user = super().save_user(request, user, form, commit=False)
        if commit:
            why = str(form.cleaned_data.get("why", ""))
            self.keep_newcomer(request, user, why=why, manner=getattr(form, "manner", None))
        return user

    def keep_newcomer(
        self, request: HttpRequest, user: Any, *, why: str = "", manner: Manner | None = None
    ) -> None:
        """Insert a newcomer; where the team says yes first, closed until then, invited or not. Who should have brought a small
        sum and did not waits for the team too, unless somebody invited them."""
        must_wait = door_rules().joining == Joining.APPROVAL
        if manner is not None and must_be_read(manner) and not passes.has_pass(request):
            must_wait = True
        with transaction.atomic():
            user.is_active = not must_wait
            self._insert(request, user)
            accept_terms(actor=user, source="joining")
            if manner is not None:
                note_arrival(actor=user, manner=manner)
            if must_wait:
                ask_to_join(actor=user, why=why)

    def pre_login(self, request: HttpRequest, user: Any, **more: Any) -> HttpResponse | None:
        """Tell a newcomer who waits that they wait. One whose address is not confirmed is told what everyone is told who
        joins, whether they are known or not."""
        wish = None if user.is_active else admission_of(user)
        if wish is not None and more.get("signup") and passkeys.joins_by_passkey(request):
            return None  # A code and a passkey first: whoever gets a yes must be able to come back.
        if wish is not None and more.get("signup") and wish.ready_at is None:
            return super().respond_email_verification_sent(request, user)  # type: ignore[no-any-return]
        if wish is not None:
            return HttpResponseRedirect(reverse("join_waiting"))
        return super().pre_login(request, user, **more)  # type: ignore[no-any-return]

    def get_login_stages(self) -> list[str]:
        """Let those who join with a passkey alone make it last."""
        return [*super().get_login_stages(), *passkeys.STAGES]

    def is_login_by_code_required(self, login: Any) -> bool:
        """Confirm the address of those who join with a passkey alone by a code."""
        required: bool = passkeys.needs_code(self.request, login) or super().is_login_by_code_required(login)
        return required

    def login(self, request: HttpRequest, user: Any) -> None:
        """Sign in. The first time ever, the device cannot be strange."""
        request.is_first_sign_in = user.last_login is None  # type: ignore[attr-defined]
        super().login(request, user)

    def post_login(self, request: HttpRequest, user: Any, **more: Any) -> HttpResponse:
        """Remember the browser, and tell the member when it is one that never opened this account."""
        response: HttpResponse = super().post_login(request, user, **more)
        if not devices.knows(request, user):
            is_first = more.get("signup") or getattr(request, "is_first_sign_in", False)
            if not is_first:
                note_new_device(actor=user, agent=self.get_http_user_agent(request))
            devices.remember(request, response, user)
        return response

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Give a newcomer a handle made from their name."""
        if not user.handle:
            user.handle = suggest_handle(user.name)

    def _insert(self, request: HttpRequest, user: Any) -> None:
        """Insert a newcomer. Who takes the same handle or joins with the same address at this moment does not break it."""
        for tries in range(1, _TRIES):
            try:
                with transaction.atomic():
                    user.save()
                    use_invitation(request, user)
            except IntegrityError as error:
                if "member_email_once" in str(error):
                    # Answered like any sign-up with an address that is known: nobody learns that it is.
                    known = prevent_enumeration(request, email=user.email)
                    raise ImmediateHttpResponse(known) from error
                if "member_handle_once" not in str(error) or tries == _TRIES - 1:
                    raise
                user.handle = suggest_handle(user.name, tries=tries)
            else:
                return
