"""Who may sit at the table, and why not for the others: it follows from what each may read, never from a form."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from avec.accounts.models import Member, Role
from avec.accounts.vocabulary import worded
from avec.people.banner import Around, circle_of
from avec.people.models import CareTeamMember, Objection, Person, RelatedPerson, in_force, today
from avec.people.rules import Deed, Kind, Level, Relationship, Standing, may_do

from .actions import Seat
from .sitting import Sitting

PERSON = "person"
TABLE_LEVELS = (Level.C1, Level.C2)


@dataclass(frozen=True)
class Chair:
    """Somebody who may be asked to the table. `levels`: what they may read of it; `why_not`: in words, when nothing."""

    key: str
    v: str
    name: str
    word: str
    levels: frozenset[Level]
    has_account: bool = True
    why_not: str = ""
    relative: RelatedPerson | None = None
    professional: Member | None = None

    @property
    def may_sit(self) -> bool:
        return bool(self.levels)

    @property
    def narrow(self) -> bool:
        """Reads only what is shared with relatives too."""
        return self.levels == frozenset({Level.C1})

    @property
    def label(self) -> SafeString:
        """As a choice of a form: the mark of the voice, the name, what they are to the person."""
        words = [self.word]
        if self.narrow and self.relative is not None:
            words.append(worded(_("ne lit que ce que %(short_the)s partage avec ses proches")))
        if not self.has_account:
            words.append(_("sans compte\u00a0: répond de vive voix"))
        return format_html(
            '<svg class="mark mark--{0}" aria-hidden="true" focusable="false"><use href="#v-{0}"></use></svg> '
            "{1}{2}",
            self.v,
            self.name,
            "".join(f", {word}" for word in words if word),
        )

    def seat(self, *, speaks_aloud: bool = False, stands_for: str = "") -> Seat:
        """Without an account, one can only answer aloud."""
        return Seat(
            relative=self.relative,
            professional=self.professional,
            capacity=self.word,
            stands_for=stands_for,
            speaks_aloud=speaks_aloud or not self.has_account,
        )


@dataclass
class Chairs:
    """Everybody around one person, as the table may seat them."""

    person: Chair
    relatives: list[Chair] = field(default_factory=list)
    team: list[Chair] = field(default_factory=list)

    @property
    def all(self) -> list[Chair]:
        return [self.person, *self.relatives, *self.team]

    @property
    def free(self) -> list[Chair]:
        return [one for one in self.all if one.may_sit]

    @property
    def kept_out(self) -> list[Chair]:
        return [one for one in self.all if not one.may_sit]

    def of(self, key: str) -> Chair | None:
        return next((one for one in self.all if one.key == key), None)

    def beside(self, sitting: Sitting) -> "Chairs":
        """Those who are not at this table: who left it may come back."""
        taken = {
            str(party.relative_id or party.professional_id or PERSON)
            for party in sitting.parties.values()
            if party.left_at is None
        }
        level = Level(sitting.negotiation.level)
        return Chairs(
            self.person,
            [_at(one, level) for one in self.relatives if one.key not in taken],
            [_at(one, level) for one in self.team if one.key not in taken],
        )


def _at(chair: Chair, level: Level) -> Chair:
    """The same chair at a table of this level."""
    if level in chair.levels or not chair.levels:
        return chair
    return Chair(
        chair.key,
        chair.v,
        chair.name,
        chair.word,
        frozenset(),
        chair.has_account,
        worded(_("ne lit que ce que %(short_the)s partage avec ses proches")),
        chair.relative,
        chair.professional,
    )


def chairs_of(person: Person, reader: Member) -> Chairs:
    """Everybody around this person, with what each reads. Two queries, however many they are."""
    relatives = RelatedPerson.objects.visible_to(reader).filter(person=person)
    circle = circle_of(relatives.select_related("member"))
    return Chairs(
        Chair(
            PERSON,
            "person",
            person.called,
            "",
            frozenset(TABLE_LEVELS),
            has_account=person.member_id is not None,
        ),
        [_of_circle(around, person) for around in circle],
        [_of_team(tie, person) for tie in _team(person)],
    )


def _team(person: Person) -> list[CareTeamMember]:
    objected = Objection.objects.filter(in_force(), person=person, member=OuterRef("member"))
    ties = CareTeamMember.objects.filter(in_force(), person=person).annotate(objected=Exists(objected))
    return list(ties.select_related("member").order_by("external", "-is_referent", "member__family_name"))


def _levels(standing: Standing) -> frozenset[Level]:
    day = today()
    return frozenset(level for level in TABLE_LEVELS if may_do(standing, Deed.SPEAK, level, day))


def _of_circle(around: Around, person: Person) -> Chair:
    relative = around.relative
    active = relative.member is None or relative.member.is_active
    levels = _levels(
        Standing(
            same_establishment=True,
            member_active=active,
            limited=person.limited_on is not None,
            relationships=tuple(
                Relationship(
                    Kind(mandate.kind),
                    mandate.starts_on,
                    mandate.ends_on,
                    revoked=mandate.revoked_on is not None,
                    wider=mandate.wider,
                )
                for mandate in around.mandates
            ),
        )
    )
    why = ""
    if not levels:
        if any(mandate.kind == Kind.PROPERTY for mandate in around.active):
            why = _("sa mesure est faite pour les biens\u00a0: elle n’ouvre pas le dossier")
        elif around.active:
            why = _("son compte est fermé")
        elif around.mandates:
            why = _("son mandat est terminé, ou retiré")
        else:
            why = _("pas de mandat noté dans le cercle")
    return Chair(
        str(relative.pk),
        around.voice,
        around.name,
        around.word,
        levels,
        has_account=relative.member_id is not None,
        why_not=why,
        relative=relative,
    )


def _of_team(tie: CareTeamMember, person: Person) -> Chair:
    member = tie.member
    levels = _levels(
        Standing(
            same_establishment=member.establishment_id == person.establishment_id,
            member_active=member.is_active,
            trainee=member.role == Role.TRAINEE.value,
            objection=tie.objected,  # type: ignore[attr-defined]
            limited=person.limited_on is not None,
            relationships=(
                Relationship(
                    Kind.EXTERNAL if tie.external else Kind.TEAM,
                    tie.starts_on,
                    tie.ends_on,
                    consent=tie.consent_withdrawn_on is None,
                ),
            ),
        )
    )
    why = ""
    if not levels:
        if tie.external:
            why = _("vient du dehors\u00a0: lit le projet, et n’y écrit pas")
        elif tie.objected:  # type: ignore[attr-defined]
            why = _("%s ne souhaite pas que cette personne lise son dossier") % person.called
        else:
            why = _("n’a plus accès au dossier")
    return Chair(
        str(member.pk),
        "professional",
        member.name,
        tie.function or member.job,
        levels,
        why_not=why,
        professional=member,
    )
