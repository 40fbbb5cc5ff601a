"""What members agree to: documents in versions, and who agreed to which, when. Rows are added and never changed."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.members.models.member import Member


class Document(models.TextChoices):
    """What there is to agree to."""

    TERMS = "terms", _("Terms")
    PRIVACY = "privacy", _("Privacy notice")
    GUIDELINES = "guidelines", _("Community guidelines")


class TermsVersion(models.Model):
    """One version of one document. A material one begins a new round: everyone is asked again."""

    document = models.CharField(_("document"), max_length=12, choices=Document.choices)
    version = models.PositiveIntegerField(_("version"), editable=False)
    round = models.PositiveIntegerField(_("round"), editable=False)
    body_md = models.TextField(_("text"), max_length=60_000, help_text=_("Markdown."))
    changes = models.TextField(
        _("what changed"),
        max_length=600,
        help_text=_("One or two sentences: members read them before they agree."),
    )
    is_material = models.BooleanField(
        _("ask everyone again"),
        default=True,
        help_text=_(
            "Off for a slip of the pen. Whoever is asked can read on, but not write, until they agree."
        ),
    )
    published_at = models.DateTimeField(_("published"), default=timezone.now, editable=False)
    published_by = models.ForeignKey(
        Member, null=True, editable=False, on_delete=models.SET_NULL, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("version of the terms")
        verbose_name_plural = _("versions of the terms")
        ordering = ("-id",)
        constraints = [models.UniqueConstraint(fields=["document", "version"], name="terms_version_once")]

    def __str__(self) -> str:
        return f"{Document(self.document).label} {self.version}"


class TermsAcceptance(models.Model):
    """A member agreed to everything that was in force: the round, and the version of each document."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="acceptances")
    round = models.PositiveIntegerField(_("round"))
    versions = models.JSONField(_("versions"), default=dict)
    source = models.CharField(_("where"), max_length=20)
    accepted_at = models.DateTimeField(_("agreed"), default=timezone.now)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = [models.UniqueConstraint(fields=["member", "round"], name="terms_accepted_once")]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.round}"
