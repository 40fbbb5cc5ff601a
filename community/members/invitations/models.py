"""`Invitation`, who used it, and lists of addresses that are invited together."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.members.models.groups import Group
from community.members.models.member import Member


class MailWanted(models.TextChoices):
    """What becomes of the letter of an invitation."""

    NONE = "none", _("No letter")
    QUEUED = "queued", _("Waiting")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not delivered")


class Invitation(models.Model):
    """A way in, from somebody who is here already. Its link is made from its number and the site's key, and kept nowhere.

    With an address it is for that address alone, and only who reads its mail learns the link.
    """

    inviter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="invitations"
    )
    email = models.EmailField(_("e-mail"), blank=True, default="")
    message = models.CharField(_("personal words"), max_length=300, blank=True, default="")
    group = models.ForeignKey(
        Group, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("group")
    )
    # A group that is gone must not turn into an invitation without one.
    wants_group = models.BooleanField(default=False)
    landing = models.CharField(_("leads to"), max_length=200, blank=True, default="")
    most_uses = models.PositiveIntegerField(_("uses"), default=1)
    use_count = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField(_("ends"))
    revoked_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    batch = models.ForeignKey(
        "InvitationBatch", null=True, blank=True, on_delete=models.SET_NULL, related_name="invitations"
    )
    mail = models.CharField(max_length=6, choices=MailWanted.choices, default=MailWanted.NONE)
    mail_tries = models.PositiveSmallIntegerField(default=0)
    mail_due_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=Q(use_count__lte=F("most_uses")), name="invitation_not_overused"
            ),
        ]
        indexes = [
            models.Index(fields=["inviter", "-id"], name="invitation_of"),
            models.Index(fields=["expires_at"], condition=Q(use_count=0), name="invitation_age"),
            models.Index(
                fields=["mail_due_at", "id"], condition=Q(mail="queued"), name="invitation_mail_due"
            ),
            models.Index(Lower("email"), condition=~Q(email=""), name="invitation_address"),
        ]

    def __str__(self) -> str:
        return self.email or f"{self.use_count}/{self.most_uses}"


class InvitationUse(models.Model):
    """Who came by an invitation. What it opens is granted once they have really joined."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="acceptances")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="invited_by")
    used_at = models.DateTimeField(default=timezone.now)
    granted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["invitation", "member"], name="invitation_used_once")]


class UninvitedAddress(models.Model):
    """An address whose owner wants no invitations any more. Only a digest of it is kept."""

    digest = models.CharField(max_length=64, primary_key=True)
    declined_at = models.DateTimeField(default=timezone.now)


class BatchState(models.TextChoices):
    """How far a list has come."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")


class InvitationBatch(models.Model):
    """A list of addresses that are invited together, or only looked through. Addresses are forgotten when it is done."""

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("by")
    )
    addresses = models.JSONField(default=list)
    message = models.CharField(_("personal words"), max_length=300, blank=True, default="")
    group = models.ForeignKey(
        Group, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("group")
    )
    landing = models.CharField(_("leads to"), max_length=200, blank=True, default="")
    is_dry_run = models.BooleanField(_("only look it through"), default=True)
    state = models.CharField(_("state"), max_length=8, choices=BatchState.choices, default=BatchState.WAITING)
    row_count = models.PositiveIntegerField(_("rows"), default=0)
    done_count = models.PositiveIntegerField(_("looked at"), default=0)
    good_count = models.PositiveIntegerField(_("invited"), default=0)
    bad_count = models.PositiveIntegerField(_("left out"), default=0)
    # The first rows that were left out: line, what stood there, why.
    report = models.JSONField(default=list)
    created_at = models.DateTimeField(_("begun"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("list of invitations")
        verbose_name_plural = _("lists of invitations")
        indexes = [models.Index(fields=["id"], condition=~Q(state="done"), name="batch_unfinished")]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M}"
