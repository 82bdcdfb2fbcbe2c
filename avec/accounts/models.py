import uuid
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .rules import fingerprint, is_sign_in_name
from .vocabulary import Vocabulary, vocabulary
from .wording import worded_lazy


class Sector(models.TextChoices):
    HEALTH = "health", _("sanitaire")
    SOCIAL_CARE = "social_care", _("médico-social")
    SOCIAL = "social", _("social")
    COMMUNITY = "community", _("ville")


class Called(models.TextChoices):
    """What the establishment calls the person (domain.md, vocabulary)."""

    RESIDENT = "resident", _("résident")
    PATIENT = "patient", _("patient")
    SUPPORTED = "supported", _("personne accompagnée")
    USER = "user", _("usager")


class PartnerCalled(models.TextChoices):
    """What it calls somebody who is a partner of the teams; a carer may be one (domain.md, vocabulary)."""

    PATIENT = "patient", _("patient partenaire")
    SUPPORTED = "supported", _("personne accompagnée partenaire")
    RESIDENT = "resident", _("résident partenaire")
    USER = "user", _("usager partenaire")


class Establishment(models.Model):
    """A place that accompanies people. Everything about a person belongs to one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    finess = models.CharField(_("numéro FINESS"), max_length=14, unique=True)
    name = models.CharField(_("nom"), max_length=200)
    sector = models.CharField(
        _("secteur"), max_length=20, choices=Sector.choices, default=Sector.SOCIAL_CARE.value
    )
    called = models.CharField(
        _("comment on nomme la personne"),
        max_length=20,
        choices=Called.choices,
        default=Called.SUPPORTED.value,
    )
    partner_called = models.CharField(
        _("comment on nomme le partenaire"),
        max_length=20,
        choices=PartnerCalled.choices,
        default=PartnerCalled.SUPPORTED.value,
    )
    time_zone = models.CharField(_("fuseau horaire"), max_length=40, default="Europe/Paris")
    # A demo establishment holds invented people only: it may be entered without a password.
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("établissement")

    def __str__(self) -> str:
        return self.name

    @property
    def words(self) -> Vocabulary:
        """Its words for the person and for the partner, in every form."""
        return vocabulary(self.called, self.partner_called)


class Unit(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(_("nom"), max_length=120)

    class Meta:
        verbose_name = _("unité")
        constraints = [models.UniqueConstraint(fields=["establishment", "name"], name="one_unit_per_name")]

    def __str__(self) -> str:
        return self.name


class Theme(models.TextChoices):
    AUTO = "", pgettext_lazy("theme", "comme mon appareil")
    LIGHT = "light", pgettext_lazy("theme", "clair")
    DARK = "dark", pgettext_lazy("theme", "sombre")


class TextSize(models.TextChoices):
    NORMAL = "", pgettext_lazy("size", "normale")
    LARGE = "large", pgettext_lazy("size", "grande")
    LARGER = "larger", pgettext_lazy("size", "très grande")


class Contrast(models.TextChoices):
    NORMAL = "", pgettext_lazy("contrast", "comme mon appareil")
    MORE = "more", pgettext_lazy("contrast", "fort")


class Spacing(models.TextChoices):
    NORMAL = "", pgettext_lazy("spacing", "normales")
    WIDE = "wide", pgettext_lazy("spacing", "espacées")


class Reading(models.TextChoices):
    """Empty: what the team noted of the person; full for everyone else."""

    AUTO = "", pgettext_lazy("reading", "comme noté dans mon dossier")
    EASY = "easy", pgettext_lazy("reading", "facile à lire")
    FULL = "full", pgettext_lazy("reading", "texte complet")


class Speech(models.TextChoices):
    """The « Écouter » button, and how fast it speaks."""

    NORMAL = "", pgettext_lazy("speech", "oui")
    SLOW = "slow", pgettext_lazy("speech", "oui, lentement")
    FAST = "fast", pgettext_lazy("speech", "oui, vite")
    OFF = "off", pgettext_lazy("speech", "non")


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """An account: how somebody signs in. What they may see comes from their member and its relationships."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("adresse électronique"), unique=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)
    # The place this account works in at the moment: loaded with the user in one query.
    current_member = models.ForeignKey(
        "Member", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    theme = models.CharField(_("couleurs"), max_length=10, blank=True, choices=Theme.choices, default="")
    text_size = models.CharField(
        _("taille du texte"), max_length=10, blank=True, choices=TextSize.choices, default=""
    )
    contrast = models.CharField(
        _("contraste"), max_length=10, blank=True, choices=Contrast.choices, default=""
    )
    spacing = models.CharField(_("lignes"), max_length=10, blank=True, choices=Spacing.choices, default="")
    reading = models.CharField(_("version"), max_length=10, blank=True, choices=Reading.choices, default="")
    speech = models.CharField(
        _("écouter les pages"), max_length=10, blank=True, choices=Speech.choices, default=""
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        verbose_name = _("compte")

    def __str__(self) -> str:
        return self.email

    @property
    def has_mailbox(self) -> bool:
        """False for a sign-in name made by us."""
        return not is_sign_in_name(self.email)


class Role(models.TextChoices):
    """What a member does in the establishment. A role alone never opens a record (access.md)."""

    PROFESSIONAL = "professional", _("professionnel")
    TRAINEE = "trainee", _("stagiaire")
    UNIT_MANAGER = "unit_manager", _("cadre")
    DIRECTOR = "director", _("direction")
    QUALITY = "quality", _("qualité")
    USERS_REPRESENTATIVE = "users_representative", _("représentation des usagers")
    RESEARCHER = "researcher", _("recherche")
    TRAINER = "trainer", _("formation")
    STUDENT = "student", _("étudiant")
    RIGHTS_OFFICER = "rights_officer", _("droits des personnes")
    ADMINISTRATOR = "administrator", _("administration technique")
    PERSON = "person", worded_lazy("%(one)s")
    RELATIVE = "relative", _("proche ou représentant")


# Who needs a second factor before seeing a record (access.md, decision 7).
LAY_ROLES = frozenset({Role.PERSON.value, Role.RELATIVE.value, Role.USERS_REPRESENTATIVE.value})


class MemberQuerySet(models.QuerySet["Member"]):
    def active(self) -> "MemberQuerySet":
        now = timezone.now()
        return self.filter(models.Q(active_until__isnull=True) | models.Q(active_until__gt=now))

    def managed_by(self, member: "Member") -> "MemberQuerySet":
        """Those whose access the administration opens and closes: never the persons nor their relatives."""
        if member.role != Role.ADMINISTRATOR.value or not member.is_active:
            return self.none()
        return self.filter(establishment_id=member.establishment_id).exclude(
            role__in=[Role.PERSON.value, Role.RELATIVE.value]
        )

    def with_invitation(self) -> "MemberQuerySet":
        """Adds `invited_until`: the end of the invitation that can still be used, if there is one."""
        usable = Invitation.objects.usable().filter(member=models.OuterRef("pk"))
        return self.annotate(invited_until=models.Subquery(usable.values("expires_at")[:1]))

    def search(self, words: str) -> "MemberQuerySet":
        found = self
        for word in words.split():
            found = found.filter(
                models.Q(given_name__icontains=word)
                | models.Q(family_name__icontains=word)
                | models.Q(job__icontains=word)
                | models.Q(email__icontains=word)
            )
        return found


class Member(models.Model):
    """Somebody's place in one establishment: the actor of every action.

    A professional who is also somebody's relative has two members: what one may
    see, the other may not (access.md, T38).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="members")
    # Empty for a professional known from an imported file, or not yet invited.
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="members")
    role = models.CharField(_("rôle"), max_length=24, choices=Role.choices)
    civility = models.CharField(_("civilité"), max_length=10, blank=True)
    given_name = models.CharField(_("prénom"), max_length=120, blank=True)
    family_name = models.CharField(_("nom"), max_length=120)
    job = models.CharField(_("métier"), max_length=120, blank=True)
    # Where an invitation may be sent; the account keeps its own address.
    email = models.EmailField(_("adresse électronique"), blank=True)
    # National identifier: idNatPs (RPPS with its prefix, or the structure's own), as the exchange standard wants it.
    national_id = models.CharField(_("identifiant national"), max_length=60, blank=True)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.SET_NULL, related_name="members")
    active_until = models.DateTimeField(null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("membre")
        constraints = [
            models.UniqueConstraint(
                fields=["establishment", "national_id"],
                condition=~models.Q(national_id=""),
                name="one_member_per_national_id",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def is_lay(self) -> bool:
        return self.role in LAY_ROLES

    @property
    def is_active(self) -> bool:
        return self.active_until is None or self.active_until > timezone.now()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def usable(self) -> "InvitationQuerySet":
        """Not used, not withdrawn, not too old, for a member whose access is open."""
        now = timezone.now()
        return self.filter(
            models.Q(member__active_until__isnull=True) | models.Q(member__active_until__gt=now),
            used_at__isnull=True,
            withdrawn_at__isnull=True,
            expires_at__gt=now,
        )

    def of_token(self, token: str) -> "InvitationQuerySet":
        return self.filter(token_hash=fingerprint(token))


class Invitation(models.Model):
    """A one-time way in for a person, a relative or a new professional. Only the token's hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    # For whoever has no address: the name written on the card, with which the account will open.
    sign_in_name = models.CharField(max_length=254, blank=True)
    invited_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")

    def __str__(self) -> str:
        return str(self.created_at)
