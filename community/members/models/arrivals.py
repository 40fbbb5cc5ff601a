"""`Arrival`: that an account was made in a way that programs make them. Only those have a row; it counts among the signs of advertising."""

from django.db import models
from django.utils import timezone

from community.members.models.member import Member


class Arrival(models.Model):
    """How a newcomer came in, where that leaves a doubt."""

    member = models.OneToOneField(Member, primary_key=True, on_delete=models.CASCADE, related_name="arrival")
    was_quick = models.BooleanField(default=False)
    # A word of `community.proof.Proof`: what the browser brought along.
    proof = models.CharField(max_length=8)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.member)
