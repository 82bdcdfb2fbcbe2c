"""Who read a person's record, said to the person: names and jobs, what was opened, when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from avec.accounts.models import Member, Role
from avec.accounts.vocabulary import worded
from avec.audit.models import Entry
from avec.people.models import Person, RelatedPerson
from avec.ui.words import date_long, distance


@dataclass(frozen=True)
class Reading:
    """One reader, what was opened, and the last time."""

    voice: str
    name: str
    word: str
    what: str
    when: str


def what_was_read(verb: str) -> str:
    """The page in the person's words; « mon dossier » for whatever has no word of its own."""
    own = _("ce que je partage")
    return {
        "record.read": _("mon projet"),
        "contract.read": _("mon contrat"),
        "thread.read": _("une chose que j’ai dite"),
        "day.read": _("ce qui attend une réponse"),
        "clocks.read": _("les dates à tenir pour moi"),
        "circle.read": _("la liste de mes proches"),
        "readers.read": _("qui a lu mon dossier"),
        "list.read": worded(_("la liste %(short_of_the_plural)s")),
        "attachment.read": _("une pièce jointe"),
        "form.read": _("un formulaire de mon projet"),
        "export.read": _("une copie de mon dossier"),
        "own.read": own,
        "own_said.read": _("ce que j’ai dit"),
        "own_say.read": _("la page pour dire quelque chose"),
        "own_contract.read": _("mon contrat"),
        "own_goals.read": _("mes objectifs"),
        "own_coming.read": _("les dates qui viennent pour moi"),
        "own_help.read": _("qui m’aide, et quand"),
        "own_balance.read": _("le bilan de mon projet"),
        "sound.read": _("ma voix"),
        "own_team.read": _("la liste de mon équipe"),
    }.get(verb, _("mon dossier"))


def moment(at: datetime) -> str:
    """« aujourd’hui à 9 heures », « le 5 octobre 2026 à 9 heures »: the hour is enough, said in letters."""
    local, today = timezone.localtime(at), timezone.localdate()
    near = (today - local.date()).days < 7
    day = distance(local.date(), today) if near else _("le %s") % date_long(local.date())
    hours = ngettext("%(n)s heure", "%(n)s heures", local.hour) % {"n": local.hour}
    return _("%(day)s à %(hours)s") % {"day": day, "hours": hours}


def by_others(person: Person) -> QuerySet[Entry]:
    """What others opened. The person's own readings are in the journal, but tell them nothing."""
    found = Entry.objects.about(person.pk).readings().filter(establishment_id=person.establishment_id)
    return found.exclude(actor_id=person.member_id) if person.member_id else found


def last_readers(person: Person, count: int) -> list[Reading]:
    """The latest readers, each once."""
    rows = by_others(person).order_by().values("actor_id").annotate(last=Max("at")).order_by("-last")[:count]
    return told(person, [row | {"verb": "", "times": 1} for row in rows])


def readings(person: Person) -> QuerySet[Entry, Any]:
    """Each reader once a day for each page, the latest first: to be paginated, then `told`."""
    return (
        by_others(person)
        .order_by()
        .annotate(day=TruncDate("at"))
        .values("actor_id", "verb", "day")
        .annotate(last=Max("at"), times=Count("pk"))
        .order_by("-last")
    )


def told(person: Person, rows: Iterable[dict[str, Any]]) -> list[Reading]:
    rows = list(rows)
    actors = {row["actor_id"] for row in rows}
    # Both inside the person's establishment: an identifier found in the journal leads nowhere else.
    house = Member.objects.filter(establishment_id=person.establishment_id).in_bulk(actors)
    ties = {tie.member_id: tie for tie in RelatedPerson.objects.filter(person=person, member__in=actors)}
    return [reading_of(row, house.get(row["actor_id"]), ties.get(row["actor_id"])) for row in rows]


def reading_of(row: dict[str, Any], reader: Member | None, tie: RelatedPerson | None) -> Reading:
    when, what = moment(row["last"]), what_was_read(row["verb"])
    if reader is None:
        return Reading("professional", _("Quelqu’un de l’établissement"), "", what, when)
    if reader.role == Role.RELATIVE.value:
        return Reading("relative", reader.name, tie.relation if tie else "", what, when)
    return Reading("professional", reader.name, reader.job or reader.get_role_display(), what, when)
