import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from avec.accounts.models import Member

from .expectations import Expectation
from .goals import Goal


class ReplyChoice(models.TextChoices):
    TAKEN_UP = "taken_up", _("reprise")
    NEGOTIATED = "negotiated", _("négociée")
    POSTPONED = "postponed", _("reportée")
    DECLINED = "declined", _("pas possible")


class Answer(models.Model):
    """What became of an expectation. A new answer stands beside the earlier ones, which stay."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    expectation = models.ForeignKey(Expectation, on_delete=models.PROTECT, related_name="answers")
    reply = models.CharField(_("réponse"), max_length=12, choices=ReplyChoice.choices)
    goal = models.ForeignKey(Goal, null=True, blank=True, on_delete=models.PROTECT, related_name="answers")
    reason = models.TextField(_("pourquoi, en mots simples"), blank=True)
    instead = models.TextField(_("à la place"), blank=True)
    until = models.DateField(_("on en reparle le"), null=True, blank=True)
    by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("réponse")
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reply="taken_up") | Q(goal__isnull=False), name="taken_up_by_a_goal"
            ),
            models.CheckConstraint(
                condition=~Q(reply="postponed") | Q(until__isnull=False), name="postponed_until_a_date"
            ),
            models.CheckConstraint(
                condition=~Q(reply="declined") | ~Q(reason=""), name="declined_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_reply_display())
