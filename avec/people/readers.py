"""« Qui a lu »: the journal's readings, in words that the person understands too."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.accounts.models import Member, Role
from avec.accounts.wording import worded_lazy
from avec.audit.models import Entry

from .models import Person, RelatedPerson

# The page read, from the verb of the line.
PAGES = {
    "record": gettext_lazy("le projet"),
    "said": gettext_lazy("tout ce qui a été dit"),
    "thread": gettext_lazy("le fil d’une attente"),
    "sound": gettext_lazy("une voix enregistrée"),
    "needs": gettext_lazy("les besoins et les évaluations"),
    "divergences": gettext_lazy("les lectures qui divergent"),
    "steps": gettext_lazy("les étapes du projet"),
    "timeline": gettext_lazy("le projet dans le temps"),
    "paper": gettext_lazy("le projet à imprimer"),
    "paper_pdf": gettext_lazy("le projet en PDF"),
    "contracts": gettext_lazy("la liste des contrats"),
    "contract": gettext_lazy("le contrat"),
    "contract_preview": gettext_lazy("le contrat, en préparation"),
    "contract_pdf": gettext_lazy("le contrat en PDF"),
    "contract_reread": gettext_lazy("la relecture du contrat facile à lire"),
    "paper_scan": gettext_lazy("le papier signé du contrat"),
    "individual_document": gettext_lazy("le document individuel (DIPC)"),
    "individual_pdf": gettext_lazy("le document individuel (DIPC) en PDF"),
    "text_beside": gettext_lazy("un texte à côté du contrat"),
    "circle": gettext_lazy("le cercle et les droits"),
    "readers": gettext_lazy("qui a lu"),
    "identity": gettext_lazy("son identité et ses séjours"),
    "stays": gettext_lazy("les dates de son séjour"),
    "team": gettext_lazy("qui est dans l’équipe"),
    "teams": gettext_lazy("la liste des équipes de l’unité"),
    "admission": gettext_lazy("son nom et sa date de naissance, à une arrivée"),
    "attachment": gettext_lazy("une pièce jointe"),
    "form": gettext_lazy("un formulaire du projet"),
    "day": gettext_lazy("ce qui est à faire (Ma journée)"),
    "clocks": gettext_lazy("les dates dues et leurs preuves (Les horloges)"),
    "list": worded_lazy(gettext_lazy("la liste %(short_of_the_plural)s")),
    "export": gettext_lazy("une copie du dossier"),
    "negotiation": gettext_lazy("une négociation"),
    "negotiations": gettext_lazy("la liste des négociations"),
    "negotiation_paper": gettext_lazy("une négociation à imprimer"),
    "negotiation_pdf": gettext_lazy("une négociation en PDF"),
    "refusal": gettext_lazy("un refus de soins"),
    "refusals": gettext_lazy("la liste des refus de soins"),
    "own": gettext_lazy("son espace"),
}


@dataclass(frozen=True)
class Reading:
    voice: str
    name: str
    word: str
    what: str
    at: datetime


def readings_of(person: Person, entries: Iterable[Entry]) -> list[Reading]:
    """Lines of the journal with their readers: two queries, however many lines."""
    entries = list(entries)
    actors = {entry.actor_id for entry in entries if entry.actor_id}
    members = Member.objects.in_bulk(actors)
    ties = dict(
        RelatedPerson.objects.filter(person=person, member__in=actors).values_list("member_id", "relation")
    )
    return [reading_of(person, entry, members, ties) for entry in entries]


def what_was_read(verb: str) -> str:
    """The page, from the verb; own space is one place here, whatever its page."""
    page = verb.removesuffix(".read")
    return str(PAGES["own"] if page.startswith("own_") else PAGES.get(page, _("le dossier")))


def reading_of(person: Person, entry: Entry, members: dict[UUID, Member], ties: dict[UUID, str]) -> Reading:
    what = what_was_read(entry.verb)
    member = members.get(entry.actor_id) if entry.actor_id else None
    if member is None:
        return Reading("professional", _("Le logiciel"), "", what, entry.at)
    if member.pk == person.member_id:
        return Reading("person", person.called, "", what, entry.at)
    if member.pk in ties or member.role == Role.RELATIVE.value:
        return Reading("relative", member.name, ties.get(member.pk, ""), what, entry.at)
    return Reading("professional", member.name, member.job or str(member.get_role_display()), what, entry.at)
