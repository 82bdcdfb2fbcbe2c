"""What an import did, in sentences: created, recognised, different, ignored."""

from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.interop.records import Ignored

# Singular and plural of each kind of thing, in the order of the report.
KINDS = {
    "establishment": (gettext_lazy("établissement"), gettext_lazy("établissements")),
    "person": (gettext_lazy("personne"), gettext_lazy("personnes")),
    "stay": (gettext_lazy("séjour"), gettext_lazy("séjours")),
    "relative": (gettext_lazy("personne de l’entourage"), gettext_lazy("personnes de l’entourage")),
    "professional": (gettext_lazy("professionnel"), gettext_lazy("professionnels")),
    "team": (gettext_lazy("entrée dans l’équipe de soins"), gettext_lazy("entrées dans l’équipe de soins")),
    "plan": (gettext_lazy("projet personnalisé"), gettext_lazy("projets personnalisés")),
    "expectation": (gettext_lazy("attente"), gettext_lazy("attentes")),
    "need": (gettext_lazy("besoin"), gettext_lazy("besoins")),
    "assessment": (gettext_lazy("évaluation"), gettext_lazy("évaluations")),
    "goal": (gettext_lazy("objectif"), gettext_lazy("objectifs")),
    "activity": (gettext_lazy("action ou moyen"), gettext_lazy("actions et moyens")),
    "document": (gettext_lazy("document"), gettext_lazy("documents")),
    "agreement": (gettext_lazy("accord"), gettext_lazy("accords")),
}


@dataclass(frozen=True)
class PersonLine:
    name: str
    identifier: str
    created: bool


@dataclass
class ImportReport:
    persons: list[PersonLine] = field(default_factory=list)
    created: Counter[str] = field(default_factory=Counter)
    recognised: Counter[str] = field(default_factory=Counter)
    completed: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The report as it is printed, one line each."""
        lines = [
            (
                _("%(name)s, %(identifier)s\u00a0: créée")
                if person.created
                else _("%(name)s, %(identifier)s\u00a0: déjà là")
            )
            % {"name": person.name, "identifier": person.identifier}
            for person in self.persons
        ]
        lines += _section(_("Créé"), _counts(self.created) or [_("rien")])
        lines += _section(_("Reconnu, inchangé"), _counts(self.recognised))
        lines += _section(_("Complété (c’était vide ici)"), self.completed)
        lines += _section(_("Différent dans le fichier, non modifié ici"), self.different)
        lines += _section(_("Ignoré"), [str(ignored) for ignored in self.ignored])
        return lines


def _section(title: str, items: list[str]) -> list[str]:
    return [f"{title}\u00a0:", *(f"  - {item}" for item in items)] if items else []


def _counts(counter: Counter[str]) -> list[str]:
    return [f"{counter[kind]} {words[counter[kind] > 1]}" for kind, words in KINDS.items() if counter[kind]]
