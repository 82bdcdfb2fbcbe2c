import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from avec.accounts.models import Establishment, Member
from avec.accounts.wording import worded_lazy
from avec.documents.models import StoredFile
from avec.people.models import LEVELS, Person, RecordQuerySet
from avec.people.rules import Level

from .contracts import CareContract


class NextChoice(models.TextChoices):
    TALK = "talk", _("en reparler")
    NEGOTIATE = "negotiate", _("négocier ce qui ne va pas")
    MEDIATOR = "mediator", _("demander une médiation")
    QUALIFIED = "qualified", _("appeler une personne qualifiée (CASF, art. L311-5)")
    DOCUMENT = "document", _("écrire le document individuel (DIPC), avec le même contenu")


class NextStep(models.Model):
    """What happens after somebody chose not to sign: what, when. Nothing is closed by a refusal."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contract = models.ForeignKey(CareContract, on_delete=models.PROTECT, related_name="next_steps")
    what = models.CharField(_("la suite"), max_length=10, choices=NextChoice.choices)
    on = models.DateField(_("le"), null=True)
    words = models.TextField(_("en clair"), blank=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("suite d’un choix de ne pas signer")
        ordering = ["at"]

    def __str__(self) -> str:
        return str(self.get_what_display())


class EndChoice(models.TextChoices):
    TERM = "term", _("il est arrivé à son terme")
    WISH = "wish", worded_lazy(_("%(short_the)s le demande"))
    LEFT = "left", worded_lazy(_("%(short_the)s a quitté l’établissement"))
    DIED = "died", _("un décès")
    CHANGED = "changed", _("la situation a trop changé")
    OTHER = "other", _("une autre raison")


class ContractEnd(models.Model):
    """A contract that no longer runs: since when, why, in whose words."""

    contract = models.OneToOneField(
        CareContract, primary_key=True, on_delete=models.PROTECT, related_name="end"
    )
    on = models.DateField(_("fin le"))
    why = models.CharField(_("pourquoi"), max_length=10, choices=EndChoice.choices)
    words = models.TextField(_("en clair"), blank=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("fin d’un contrat")

    def __str__(self) -> str:
        return str(self.on)


class BesideChoice(models.TextChoices):
    STAY = "stay", _("contrat de séjour")
    PROGRAMME = "programme", _("programme de soins (psychiatrie)")


class TextBeside(models.Model):
    """A text that the care contract is not, and stands beside: the stay contract, the programme of care."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="texts_beside")
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("quel texte"), max_length=10, choices=BesideChoice.choices)
    dated_on = models.DateField(_("daté du"))
    # Where it is kept, when it is not given here.
    words = models.CharField(_("où il est gardé"), max_length=250, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(_("partage"), max_length=2, choices=LEVELS, default=Level.C2.value)
    written_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    # Written by mistake: it stays, struck.
    cancelled_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = RecordQuerySet["TextBeside"].as_manager()

    class Meta:
        verbose_name = _("texte à côté du contrat")
        ordering = ["-dated_on", "-written_at"]

    def __str__(self) -> str:
        return str(self.get_kind_display())
