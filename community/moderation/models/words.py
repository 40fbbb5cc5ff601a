"""Words that are looked for in what members write."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class WordAction(models.TextChoices):
    """What happens to a text that has the word."""

    BLOCK = "block", _("Refuse it, with the reason")
    HOLD = "hold", _("Let it wait for the team")
    CENSOR = "censor", _("Cover the word")
    REPLACE = "replace", _("Put other words in its place")
    LINK = "link", _("Make a link of it")
    TAG = "tag", _("Give the thread a tag")


class WatchedWord(models.Model):
    """One word or pattern, and what happens where it is written."""

    word = models.CharField(
        _("word"),
        max_length=200,
        help_text=_("A word or several. * stands for any letters: “discount*” also finds “discounted”."),
    )
    is_regex = models.BooleanField(
        _("is a regular expression"),
        default=False,
        help_text=_("For those who know them. One that takes long is refused."),
    )
    action = models.CharField(_("what happens"), max_length=8, choices=WordAction.choices)
    replacement = models.CharField(
        _("other words, link or tag"),
        max_length=200,
        blank=True,
        default="",
        help_text=_(
            "Only for these three: what is put in its place, where it leads, or the name of the tag."
        ),
    )
    in_title = models.BooleanField(_("in titles"), default=True)
    in_body = models.BooleanField(_("in texts"), default=True)
    in_profile = models.BooleanField(_("in what members say about themselves"), default=True)
    in_names = models.BooleanField(_("in names"), default=False)
    is_case_sensitive = models.BooleanField(_("tell capitals from small letters"), default=False)
    note = models.CharField(
        _("why"), max_length=200, blank=True, default="", help_text=_("For the team. Members never see it.")
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)

    class Meta:
        verbose_name = _("watched word")
        verbose_name_plural = _("watched words")
        constraints = [
            models.UniqueConstraint(
                fields=["word", "is_regex", "action"],
                name="watched_word_once",
                violation_error_message=_("This word is on the list already."),
            )
        ]

    def __str__(self) -> str:
        return self.word
