"""Groups, and who is in them."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.members.models.member import Member


class Group(models.Model):
    """A named set of members: who may enter a private space, who may be asked."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    description = models.TextField(_("description"), blank=True, default="")
    members: "models.ManyToManyField[Member, GroupMembership]" = models.ManyToManyField(
        Member, through="GroupMembership", through_fields=("group", "member"), related_name="community_groups"
    )

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class GroupMembership(models.Model):
    """One member in one group, since when and by whom."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="group_memberships")
    added_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "member"], name="group_member_once")]
