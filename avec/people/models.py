import uuid
from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from avec.accounts.models import Establishment, Member, Role, Unit
from avec.accounts.wording import worded_lazy

from .rules import CEILING, Kind, Level, fold

LEVELS = [
    (Level.C1.value, worded_lazy(_("%(short_the)s, ses proches autorisés et l’équipe"))),
    (Level.C2.value, worded_lazy(_("%(short_the)s et l’équipe"))),
    (Level.C3.value, _("note de travail de l’équipe")),
    (Level.C4.value, _("personnes nommées seulement")),
    (Level.C5.value, _("venu d’un tiers : l’équipe seulement")),
]
# A unit manager, a director… opens a record only when they are in the person's team.
CARE_ROLES = frozenset({Role.PROFESSIONAL.value, Role.TRAINEE.value, Role.UNIT_MANAGER.value})


def today() -> date:
    return timezone.localdate()


def in_force() -> Q:
    """A dated tie that holds today: both ends are included days."""
    day = today()
    return (Q(starts_on__isnull=True) | Q(starts_on__lte=day)) & (
        Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    )


def teams_of(member: Member, person: str, *, external: bool) -> Exists:
    """Is the member in the care team now, as one of the house (or from outside, with consent)?"""
    ties = CareTeamMember.objects.filter(
        in_force(), member=member, person=OuterRef(person), external=external
    )
    return Exists(ties.filter(consent_withdrawn_on__isnull=True) if external else ties)


def mandates_of(member: Member, person: str, *, wide: bool) -> Exists:
    """Does the member hold a mandate in force that opens this person's record (wide: C2 too)?"""
    reading = Q(kind__in=[kind.value for kind in CEILING if Level.C2 in CEILING[kind]]) | Q(
        kind=Kind.ASSISTANCE.value, wider=True
    )
    mandates = Mandate.objects.filter(
        in_force(),
        related_person__member=member,
        related_person__person=OuterRef(person),
        revoked_on__isnull=True,
    ).exclude(kind=Kind.PROPERTY.value)
    return Exists(mandates.filter(reading) if wide else mandates)


def open_records(member: Member | None, person: str = "pk", prefix: str = "") -> Q:
    """The persons whose record this member opens. The set form of `rules.readable_levels`."""
    nothing = Q(pk__in=[])
    if member is None or not member.is_active:
        return nothing
    house = Q(**{f"{prefix}establishment": member.establishment_id, f"{prefix}limited_on__isnull": True})
    if member.role in CARE_ROLES:
        objected = Exists(Objection.objects.filter(in_force(), member=member, person=OuterRef(person)))
        team = teams_of(member, person, external=False) | teams_of(member, person, external=True)
        return house & Q(team) & ~Q(objected)
    if member.role == Role.PERSON.value:
        return house & Q(**{f"{prefix}member": member})
    if member.role == Role.RELATIVE.value:
        return house & Q(mandates_of(member, person, wide=False))
    return nothing


def led_records(member: Member | None, person: str = "pk", prefix: str = "") -> Q:
    """The persons whose team this unit manager names: those of their own unit, nothing of the record itself (T39).

    What the person refused, or a file under limitation, closes this too.
    """
    if (
        member is None
        or not member.is_active
        or member.role != Role.UNIT_MANAGER.value
        or member.unit_id is None
    ):
        return Q(pk__in=[])
    objected = Exists(Objection.objects.filter(in_force(), member=member, person=OuterRef(person)))
    house = {"establishment": member.establishment_id, "unit": member.unit_id, "limited_on__isnull": True}
    return Q(**{f"{prefix}{name}": value for name, value in house.items()}) & ~Q(objected)


def readable_elements(member: Member | None, author: str = "written_by") -> Q:
    """The elements of records that this member reads: the record is open and the level fits.

    `author`: the field that names who wrote the element, for what only named people read.
    """
    record = open_records(member, "person_id", "person__")
    if member is None or member.role == Role.PERSON.value:
        return record & Q(level__in=CEILING[Kind.SELF])
    if member.role == Role.RELATIVE.value:
        wide = Q(mandates_of(member, "person_id", wide=True))
        return record & (Q(level=Level.C1) | (wide & Q(level=Level.C2)))
    inside = Q(teams_of(member, "person_id", external=False))
    return record & (
        Q(level__in=CEILING[Kind.EXTERNAL])
        | (inside & Q(level__in=CEILING[Kind.TEAM]))
        | (inside & Q(**{"level": Level.C4, author: member}))
    )


M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class RecordQuerySet(models.QuerySet[M_co]):
    """Parts of a record that have a level of their own."""

    def visible_to(self, member: Member | None) -> Self:
        return self.filter(readable_elements(member))


class FileQuerySet(models.QuerySet[M_co]):
    """Parts of a record that open with it (plan, stay, circle, contract)."""

    def visible_to(self, member: Member | None) -> Self:
        return self.filter(open_records(member, "person_id", "person__"))


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, member: Member | None) -> "PersonQuerySet":
        """The persons whose record is open to this member today, at some level."""
        return self.filter(open_records(member))

    def led_by(self, member: Member | None) -> "PersonQuerySet":
        """Those whose team this unit manager names: no content of theirs."""
        return self.filter(led_records(member))

    def team_open_to(self, member: Member | None) -> "PersonQuerySet":
        """Those whose team this member sees: their record is open, or they name the team."""
        return self.filter(open_records(member) | led_records(member))

    def here(self) -> "PersonQuerySet":
        """Those who have not left, or have no stay noted yet."""
        day = today()
        stays = Stay.objects.filter(person=OuterRef("pk"))
        now = stays.filter(Q(discharged_on__isnull=True) | Q(discharged_on__gte=day))
        return self.filter(Q(Exists(now)) | ~Q(Exists(stays)))

    def matching(self, words: str) -> "PersonQuerySet":
        """Search by any part of a name or room, without accents nor order."""
        found = self
        said = fold(words).split()
        # Rooms are shown as « chambre 12 » and kept as « 12 ».
        for word in [word for word in said if word != "chambre"][:6] or said[:6]:
            found = found.filter(search_text__contains=word)
        return found


class Gender(models.TextChoices):
    """Administrative gender of the national exchange (fr-core-vs-patient-gender-INS)."""

    FEMALE = "female", _("femme")
    MALE = "male", _("homme")
    UNKNOWN = "unknown", _("non précisé")


class Person(models.Model):
    """Somebody who is accompanied."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="persons")
    # The account through which the person enters their own space, if they have one.
    member = models.OneToOneField(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="person"
    )
    # identifiantLocalUsagerESSMS: the person's number in this establishment.
    local_id = models.CharField(_("numéro dans l’établissement"), max_length=40)
    # INS with its OID, and how far the identity was checked, as received.
    ins = models.CharField(_("identité nationale de santé"), max_length=20, blank=True)
    ins_system = models.CharField(max_length=60, blank=True)
    identity_status = models.CharField(max_length=10, blank=True)
    civility = models.CharField(_("civilité"), max_length=10, blank=True)
    family_name = models.CharField(_("nom de famille"), max_length=120)
    birth_name = models.CharField(_("nom de naissance"), max_length=120, blank=True)
    given_names = models.CharField(_("prénoms"), max_length=200, blank=True)
    used_name = models.CharField(_("comment on l’appelle"), max_length=120, blank=True)
    gender = models.CharField(
        _("sexe administratif"), max_length=10, choices=Gender.choices, default="unknown"
    )
    birth_date = models.DateField(_("date de naissance"), null=True, blank=True)
    birth_order = models.PositiveSmallIntegerField(_("rang de naissance"), default=1)
    birth_place_code = models.CharField(_("code du lieu de naissance"), max_length=10, blank=True)
    room = models.CharField(_("chambre"), max_length=40, blank=True)
    communication = models.TextField(_("pour se parler"), blank=True)
    easy_read = models.BooleanField(_("lit en version facile"), default=False)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.SET_NULL, related_name="persons")
    # Limitation of the processing asked by the person (GDPR article 18): closed to care screens.
    limited_on = models.DateField(null=True, blank=True)
    search_text = models.CharField(max_length=400, editable=False, default="")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("personne")
        ordering = ["family_name", "given_names"]
        constraints = [
            models.UniqueConstraint(fields=["establishment", "local_id"], name="one_person_per_local_id")
        ]
        indexes = [
            models.Index(fields=["establishment", "family_name", "given_names"], name="person_by_name")
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.search_text = fold(
            f"{self.given_names} {self.used_name} {self.family_name} {self.birth_name} {self.room} {self.local_id}"
        )[:400]
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def name(self) -> str:
        first = self.given_names.split(" ")[0] if self.given_names else ""
        return f"{first} {self.family_name}".strip()

    @property
    def called(self) -> str:
        """The name used every day: what the person chose, or the first name."""
        return self.used_name or (self.given_names.split(" ")[0] if self.given_names else self.family_name)

    @property
    def national_identifier(self) -> str:
        """« 3 » + FINESS + « / » + local number (exchange standard TDDUI)."""
        return f"3{self.establishment.finess}/{self.local_id}"


class Stay(models.Model):
    """Legal delays count from the admission date."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="stays")
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="stays")
    admitted_on = models.DateField(_("arrivée"))
    discharged_on = models.DateField(_("départ"), null=True, blank=True)
    # The admission interview: some delays count from before it.
    interview_on = models.DateField(_("entretien d’admission"), null=True, blank=True)
    # Under two months a year: an individual document stands for the stay contract.
    short = models.BooleanField(_("moins de deux mois par an"), default=False)

    objects = FileQuerySet["Stay"].as_manager()

    class Meta:
        verbose_name = _("séjour")
        ordering = ["-admitted_on"]
        indexes = [models.Index(fields=["person", "-admitted_on"], name="stay_of_person")]

    def __str__(self) -> str:
        return str(self.admitted_on)


class RelatedPerson(models.Model):
    """Somebody of the person's circle. Their rights come from a mandate, never from the tie itself."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="circle")
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="related_persons"
    )
    identifier = models.CharField(max_length=120, blank=True)
    identifier_system = models.CharField(max_length=200, blank=True)
    civility = models.CharField(_("civilité"), max_length=10, blank=True)
    family_name = models.CharField(_("nom"), max_length=120)
    given_name = models.CharField(_("prénom"), max_length=120, blank=True)
    # In the words of the house (« sa fille »), and as coded by the national lists when known.
    relation = models.CharField(_("lien"), max_length=120, blank=True)
    role_code = models.CharField(max_length=30, blank=True)
    relation_code = models.CharField(max_length=30, blank=True)
    protection_code = models.CharField(max_length=30, blank=True)
    phone = models.CharField(_("téléphone"), max_length=40, blank=True)
    email = models.EmailField(_("adresse électronique"), blank=True)
    comment = models.TextField(_("précision"), blank=True)

    objects = FileQuerySet["RelatedPerson"].as_manager()

    class Meta:
        verbose_name = _("personne de l’entourage")
        indexes = [models.Index(fields=["person"], name="related_of_person")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


class MandateKind(models.TextChoices):
    CARER = Kind.CARER.value, worded_lazy(_("proche aidant, avec l’accord écrit %(short_of_the)s"))
    TRUSTED = Kind.TRUSTED.value, _("personne de confiance")
    REPRESENTATION = (
        Kind.REPRESENTATION.value,
        worded_lazy(_("représentation %(short_of_the)s (tutelle, habilitation)")),
    )
    ASSISTANCE = Kind.ASSISTANCE.value, _("assistance (curatelle)")
    PROPERTY = Kind.PROPERTY.value, _("protection des biens seulement")
    PARENT = Kind.PARENT.value, _("autorité parentale")


class MandateOrigin(models.TextChoices):
    """Where a mandate of assistance or representation comes from: it decides who signs a contract."""

    JUDGE = "judge", _("curatelle ou tutelle, décidée par le juge")
    FAMILY = "family", _("habilitation familiale")
    FUTURE = "future", _("mandat de protection future")


class MandateQuerySet(models.QuerySet["Mandate"]):
    def visible_to(self, member: Member | None) -> "MandateQuerySet":
        """A mandate opens with the record it is about."""
        return self.filter(open_records(member, "related_person__person_id", "related_person__person__"))

    def in_force(self) -> "MandateQuerySet":
        return self.filter(in_force(), revoked_on__isnull=True)


class Mandate(models.Model):
    """What somebody of the circle may do, from when to when, and who allowed it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    related_person = models.ForeignKey(RelatedPerson, on_delete=models.PROTECT, related_name="mandates")
    kind = models.CharField(_("mandat"), max_length=20, choices=MandateKind.choices)
    starts_on = models.DateField(_("début"), null=True, blank=True)
    ends_on = models.DateField(_("fin"), null=True, blank=True)
    revoked_on = models.DateField(_("retiré le"), null=True, blank=True)
    # Assistance: the person's express consent to share C2. Trusted person: the express mandate.
    wider = models.BooleanField(_("accord exprès de la personne"), default=False)
    # Does the judgment ask for this representative's signature beside the person's?
    co_signs = models.BooleanField(_("signe aussi le contrat"), default=False)
    words = models.CharField(_("en clair"), max_length=200, blank=True)
    # Empty for those that no judge nor notary gave.
    origin = models.CharField(
        _("d’où vient ce mandat"), max_length=6, choices=MandateOrigin.choices, blank=True
    )

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandat")
        indexes = [models.Index(fields=["related_person", "kind"], name="mandate_of_related")]

    def __str__(self) -> str:
        """« assistance (habilitation familiale) »: what it is, and where it comes from when that is another thing."""
        named = {
            (MandateOrigin.FAMILY.value, MandateKind.ASSISTANCE.value): _(
                "assistance (habilitation familiale)"
            ),
            (MandateOrigin.FAMILY.value, MandateKind.REPRESENTATION.value): worded_lazy(
                _("représentation %(short_of_the)s (habilitation familiale)")
            ),
            (MandateOrigin.FUTURE.value, MandateKind.ASSISTANCE.value): _(
                "assistance (mandat de protection future)"
            ),
            (MandateOrigin.FUTURE.value, MandateKind.REPRESENTATION.value): worded_lazy(
                _("représentation %(short_of_the)s (mandat de protection future)")
            ),
        }
        return str(named.get((self.origin, self.kind), self.get_kind_display()))


class CareTeamQuerySet(FileQuerySet["CareTeamMember"]):
    def open_to(self, member: Member | None) -> "CareTeamQuerySet":
        """The places of a team that this member sees: the record is open to them, or they name the team."""
        return self.filter(
            open_records(member, "person_id", "person__") | led_records(member, "person_id", "person__")
        )


class CareTeamMember(models.Model):
    """A professional in the person's care team, for a time. This, and nothing else, opens a record to staff."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="team")
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="teams")
    function = models.CharField(_("fonction auprès de la personne"), max_length=120, blank=True)
    is_referent = models.BooleanField(_("référent"), default=False)
    external = models.BooleanField(_("vient du dehors"), default=False)
    starts_on = models.DateField(_("depuis"), null=True, blank=True)
    ends_on = models.DateField(_("jusqu’au"), null=True, blank=True)
    consent_withdrawn_on = models.DateField(null=True, blank=True)

    objects = CareTeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("membre de l’équipe")
        indexes = [
            models.Index(fields=["member", "person"], name="team_of_member"),
            models.Index(fields=["person"], name="team_of_person"),
        ]

    def __str__(self) -> str:
        return str(self.member)


class Objection(models.Model):
    """The person does not want this professional to read their record: it beats membership of the team."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="objections")
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(default=timezone.localdate)
    ends_on = models.DateField(null=True, blank=True)

    objects = FileQuerySet["Objection"].as_manager()

    class Meta:
        verbose_name = _("opposition")
        indexes = [models.Index(fields=["person", "member"], name="objection_of_person")]

    def __str__(self) -> str:
        return str(self.starts_on)


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, member: Member | None) -> "DraftQuerySet":
        """One's own drafts: nobody else ever sees what was not sent."""
        return self.filter(member=member) if member else self.none()


class Draft(models.Model):
    """What somebody is writing in a form, kept while they write. Not part of any record."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="drafts")
    # Which form, about what: « answer:0b6f… ». The form's own page checks who may open it.
    key = models.CharField(max_length=80)
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=timezone.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("brouillon")
        constraints = [models.UniqueConstraint(fields=["member", "key"], name="one_draft_per_form")]

    def __str__(self) -> str:
        return self.key
