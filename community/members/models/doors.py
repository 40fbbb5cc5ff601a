"""`DoorRules`: how people come in. There is one row; without it, these defaults are in force. `Admission`: who waits for a yes."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.activity.one_row import THE_ROW
from community.members.models.member import Member


class Joining(models.TextChoices):
    """Who may join."""

    OPEN = "open", _("Everyone")
    APPROVAL = "approval", _("Everyone, after the team said yes")
    INVITED = "invited", _("People with an invitation")
    CLOSED = "closed", _("Nobody")


class SecondFactor(models.TextChoices):
    """Who must have a second step for signing in."""

    OFF = "off", _("Nobody; everyone may")
    STAFF = "staff", _("The team: moderators and above")
    EVERYONE = "everyone", _("Everyone")


class ProofAsked(models.TextChoices):
    """When the browsers of newcomers do a small sum."""

    OFF = "off", _("Never")
    DOUBT = "doubt", _("When in doubt")
    ALWAYS = "always", _("When in doubt, and always for joining")


def second_factor_default() -> str:
    """Return what `SECOND_FACTOR` says; `staff` unless it says otherwise."""
    return str(settings.SECOND_FACTOR)


class DoorRules(models.Model):
    """Who may join, and how people show that it is them."""

    joining = models.CharField(
        _("who may join"),
        max_length=8,
        choices=Joining.choices,
        default=Joining.OPEN,
        help_text=_(
            "Default everyone. After a yes: newcomers write why, and see nothing of members until then."
        ),
    )
    allowed_domains = models.TextField(
        _("e-mail domains that may join"),
        blank=True,
        default="",
        help_text=_(
            "One in each line, such as example.org; *.example.org means the names below it. Empty: all of them."
        ),
    )
    blocked_domains = models.TextField(
        _("e-mail domains that may not join"),
        blank=True,
        default="",
        help_text=_("One in each line, in the same way. A domain in both lists may not join."),
    )
    code_sign_in = models.BooleanField(
        _("sign-in by a code in an e-mail"),
        default=True,
        help_text=_("Default on. For people who come a few times a year and have forgotten their password."),
    )
    second_factor = models.CharField(
        _("who must have a second step"),
        max_length=8,
        choices=SecondFactor.choices,
        default=second_factor_default,
        help_text=_(
            "Default the team. An app with codes, or a passkey. Whoever must have one and does not is led to it first;"
            " until then they are a member like others."
        ),
    )
    sign_on_only = models.BooleanField(
        _("only by the sign-in of your own site"),
        default=False,
        help_text=_(
            "Default off. Passwords, codes and passkeys of this community no longer open it; only the providers"
            " you turned on do. LOCAL_SIGN_IN=1 in the environment opens the old ways again."
        ),
    )
    proof = models.CharField(
        _("small sum for browsers of newcomers"),
        max_length=6,
        choices=ProofAsked.choices,
        default=ProofAsked.DOUBT,
        db_default=ProofAsked.DOUBT,
        help_text=_(
            "Default when in doubt. It takes a browser about a second, and makes advertising by the thousand dear. Without"
            " script nobody is locked out: it counts in the spam score, and with “always” the team lets them in."
        ),
    )
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("doors")
        verbose_name_plural = _("doors")
        constraints = [models.CheckConstraint(condition=Q(pk=THE_ROW), name="door_rules_once")]

    def __str__(self) -> str:
        return str(_("Doors"))


class AdmissionState(models.TextChoices):
    """What became of a wish to join."""

    WAITING = "waiting", _("Waiting")
    APPROVED = "approved", _("Let in")
    REFUSED = "refused", _("Not let in")


class Admission(models.Model):
    """A newcomer who asked to join, why, and what the team said. Until a yes the account is closed."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="admission")
    why = models.TextField(_("why they want to join"), max_length=600, blank=True, default="")
    state = models.CharField(
        _("state"), max_length=8, choices=AdmissionState.choices, default=AdmissionState.WAITING
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    # Nobody is bothered with sign-ups whose address nobody has shown to be theirs.
    ready_at = models.DateTimeField(_("e-mail confirmed"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        Member,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("decided by"),
    )
    answer = models.TextField(_("what we wrote to them"), max_length=600, blank=True, default="")

    class Meta:
        verbose_name = _("wish to join")
        verbose_name_plural = _("wishes to join")
        indexes = [models.Index(fields=["ready_at"], name="admission_waiting", condition=Q(state="waiting"))]

    def __str__(self) -> str:
        return str(self.member)
