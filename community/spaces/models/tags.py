"""Tags, their groups and other words for them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TagGroup(models.Model):
    """Tags that belong together: one of them may be asked for in a space, only one of them allowed on a thread."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    one_only = models.BooleanField(
        _("only one of them"),
        default=False,
        help_text=_("A thread carries at most one tag of this group."),
    )
    is_restricted = models.BooleanField(
        _("only for the team"),
        default=False,
        help_text=_("Only moderators and managers put these tags on threads. Everyone reads them."),
    )

    class Meta:
        verbose_name = _("group of tags")
        verbose_name_plural = _("groups of tags")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Tag(models.Model):
    """A word that gathers threads across spaces. Threads carry the slugs; this row carries the words and the count."""

    slug = models.SlugField(max_length=40, unique=True, allow_unicode=True)
    name = models.CharField(max_length=40)
    thread_count = models.PositiveIntegerField(default=0, editable=False)
    group = models.ForeignKey(
        TagGroup,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="tags",
        verbose_name=_("group"),
    )
    is_restricted = models.BooleanField(
        _("only for the team"),
        default=False,
        db_default=False,
        help_text=_("Only moderators and managers put this tag on threads. Everyone reads it."),
    )

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.name


class TagSynonym(models.Model):
    """Another word for a tag: whoever types it gets the tag, and its address leads there. A merged tag leaves one behind."""

    slug = models.SlugField(max_length=40, unique=True, allow_unicode=True)
    name = models.CharField(max_length=40)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="synonyms")

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.name
