"""Who read a person's record, said to the person: names and jobs, what was opened, when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from avec.accounts.models import Member, Role
from avec.accounts.wording import worded_lazy
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


# The pages of one's record, from the verb of the line in the journal.
PAGES = {
    "record": gettext_lazy("mon projet"),
    "said": gettext_lazy("ce que chacun a dit"),
    "thread": gettext_lazy("une chose que j’ai dite"),
    "sound": gettext_lazy("une voix enregistrée"),
    "needs": gettext_lazy("mes besoins et mes points forts"),
    "divergences": gettext_lazy("ce que l’on ne voit pas pareil"),
    "steps": gettext_lazy("les étapes de mon projet"),
    "timeline": gettext_lazy("mon projet dans le temps"),
    "paper": gettext_lazy("mon projet à imprimer"),
    "paper_pdf": gettext_lazy("mon projet en PDF"),
    "form": gettext_lazy("un formulaire de mon projet"),
    "attachment": gettext_lazy("une pièce jointe"),
    "contracts": gettext_lazy("la liste de mes contrats"),
    "contract": gettext_lazy("mon contrat"),
    "contract_preview": gettext_lazy("mon contrat, en préparation"),
    "contract_pdf": gettext_lazy("mon contrat en PDF"),
    "contract_reread": gettext_lazy("mon contrat, relu par d’autres avec mon accord"),
    "paper_scan": gettext_lazy("le papier de mon contrat, signé à la main"),
    "individual_document": gettext_lazy("mon document individuel, à la place du contrat"),
    "individual_pdf": gettext_lazy("mon document individuel en PDF"),
    "text_beside": gettext_lazy("un texte à côté de mon contrat"),
    "clocks": gettext_lazy("les dates à tenir pour moi"),
    "day": gettext_lazy("ce qui attend une réponse"),
    "circle": gettext_lazy("la liste de mes proches"),
    "team": gettext_lazy("la liste de mon équipe"),
    "teams": gettext_lazy("la liste des équipes"),
    "identity": gettext_lazy("qui je suis, et mes séjours"),
    "stays": gettext_lazy("les dates de mon séjour"),
    "admission": gettext_lazy("mon nom et ma date de naissance"),
    "readers": gettext_lazy("qui a lu mon dossier"),
    "list": worded_lazy(gettext_lazy("la liste %(short_of_the_plural)s")),
    "export": gettext_lazy("une copie de mon dossier"),
    "own": gettext_lazy("ce que je partage"),
    "own_said": gettext_lazy("ce que j’ai dit"),
    "own_say": gettext_lazy("la page pour dire quelque chose"),
    "own_contract": gettext_lazy("mon contrat"),
    "own_goals": gettext_lazy("mes objectifs"),
    "own_coming": gettext_lazy("les dates qui viennent pour moi"),
    "own_help": gettext_lazy("qui m’aide, et quand"),
    "negotiation": gettext_lazy("un accord que l’on cherche avec moi"),
    "negotiations": gettext_lazy("la liste des accords que l’on cherche avec moi"),
    "negotiation_paper": gettext_lazy("un accord cherché avec moi, à imprimer"),
    "negotiation_pdf": gettext_lazy("un accord cherché avec moi, en PDF"),
    "refusal": gettext_lazy("un soin que j’ai refusé"),
    "refusals": gettext_lazy("la liste des soins que j’ai refusés"),
    "own_talks": gettext_lazy("la liste des accords que l’on cherche avec moi"),
    "own_talk": gettext_lazy("la page pour demander à en discuter"),
    "own_balance": gettext_lazy("le bilan de mon projet"),
    "own_team": gettext_lazy("la liste de mon équipe"),
    "own_readers": gettext_lazy("qui a lu mon dossier"),
}


def what_was_read(verb: str) -> str:
    """The page in the person's words; « mon dossier » for a page that no longer exists."""
    return str(PAGES.get(verb.removesuffix(".read"), _("mon dossier")))


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
