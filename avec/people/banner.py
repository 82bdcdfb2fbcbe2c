"""What heads every page of a person's record: who they are, who is around them, the parts of the record."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.accounts.vocabulary import worded
from avec.accounts.wording import worded_lazy
from avec.ui.words import date_long, distance

from .models import (
    CareTeamMember,
    Mandate,
    MandateKind,
    MandateOrigin,
    Person,
    RelatedPerson,
    Stay,
    in_force,
    today,
)
from .rules import CEILING, Kind, Level, age

# A judgment, or the law, lets them speak or act for the person.
LEGAL = frozenset(
    {
        MandateKind.REPRESENTATION.value,
        MandateKind.ASSISTANCE.value,
        MandateKind.PARENT.value,
        MandateKind.PROPERTY.value,
    }
)
SHORT = {
    MandateKind.CARER.value: gettext_lazy("proche aidant"),
    MandateKind.TRUSTED.value: gettext_lazy("personne de confiance"),
    MandateKind.REPRESENTATION.value: worded_lazy(gettext_lazy("représente %(short_the)s")),
    MandateKind.ASSISTANCE.value: gettext_lazy("assistance (curatelle)"),
    MandateKind.PROPERTY.value: gettext_lazy("protection des biens"),
    MandateKind.PARENT.value: gettext_lazy("autorité parentale"),
}
# Where a mandate comes from, said when it is no guardianship of a judge.
APART = {
    MandateOrigin.FAMILY.value: gettext_lazy("habilitation familiale"),
    MandateOrigin.FUTURE.value: gettext_lazy("mandat de protection future"),
}
SHOWN = 5
# From this many days before its end, a mandate says how long is left.
SOON = 90


def is_active(mandate: Mandate, day: date) -> bool:
    started = mandate.starts_on is None or mandate.starts_on <= day
    return started and mandate.revoked_on is None and (mandate.ends_on is None or mandate.ends_on >= day)


def short_word(mandate: Mandate) -> str:
    """« assistance (curatelle) », « assistance, habilitation familiale »."""
    apart = APART.get(mandate.origin)
    if apart is None:
        return str(SHORT[mandate.kind])
    word = _("assistance") if mandate.kind == MandateKind.ASSISTANCE.value else str(SHORT[mandate.kind])
    return f"{word}, {apart}"


@dataclass
class Around:
    """Somebody of the circle, with every mandate they hold or held."""

    relative: RelatedPerson
    mandates: list[Mandate] = field(default_factory=list)

    @property
    def active(self) -> list[Mandate]:
        return [mandate for mandate in self.mandates if is_active(mandate, today())]

    @property
    def voice(self) -> str:
        return "representative" if any(mandate.kind in LEGAL for mandate in self.active) else "relative"

    @property
    def name(self) -> str:
        """« Claire » for a relative whose first name we know; « Mme Vidal » for a representative."""
        if self.voice == "representative" and self.relative.civility:
            return f"{self.relative.civility} {self.relative.family_name}"
        return self.relative.name

    @property
    def word(self) -> str:
        """« sa fille, personne de confiance »."""
        kinds = [mandate.words or short_word(mandate) for mandate in self.active]
        words = [self.relative.relation, *kinds]
        return ", ".join(dict.fromkeys(word for word in words if word))


def circle_of(relatives: QuerySet[RelatedPerson]) -> list[Around]:
    """The circle with its mandates, in one query: one row for each mandate, or for somebody without one."""
    rows = relatives.annotate(
        mandate=F("mandates__pk"),
        mandate_kind=F("mandates__kind"),
        mandate_starts=F("mandates__starts_on"),
        mandate_ends=F("mandates__ends_on"),
        mandate_revoked=F("mandates__revoked_on"),
        mandate_wider=F("mandates__wider"),
        mandate_co_signs=F("mandates__co_signs"),
        mandate_words=F("mandates__words"),
        mandate_origin=F("mandates__origin"),
    ).order_by("family_name", "given_name", "pk", "mandates__starts_on", "mandates__pk")
    circle: dict[UUID, Around] = {}
    for row in rows:
        around = circle.setdefault(row.pk, Around(row))
        if row.mandate is not None:
            around.mandates.append(
                Mandate(
                    pk=row.mandate,
                    related_person=row,
                    kind=row.mandate_kind,
                    starts_on=row.mandate_starts,
                    ends_on=row.mandate_ends,
                    revoked_on=row.mandate_revoked,
                    wider=row.mandate_wider,
                    co_signs=row.mandate_co_signs,
                    words=row.mandate_words,
                    origin=row.mandate_origin,
                )
            )
    return list(circle.values())


def reads(mandate: Mandate) -> str:
    """What a mandate opens, in words."""
    levels = CEILING[Kind(mandate.kind)]
    if mandate.kind == MandateKind.PROPERTY.value:
        return _("ne lit pas le dossier : cette mesure est faite pour les biens")
    if Level.C2 in levels or (mandate.kind == MandateKind.ASSISTANCE.value and mandate.wider):
        return worded(_("lit ce qui est partagé avec %(short_the)s"))
    return worded(_("lit ce que %(short_the)s partage avec ses proches"))


def until(mandate: Mandate) -> str:
    """Since when and until when, in words."""
    if mandate.revoked_on is not None:
        return _("retiré le %s") % date_long(mandate.revoked_on)
    if mandate.ends_on is not None and mandate.ends_on < today():
        return _("terminé le %s") % date_long(mandate.ends_on)
    words = []
    if mandate.starts_on is not None:
        starts = _("depuis le %s") if mandate.starts_on <= today() else _("à partir du %s")
        words.append(starts % date_long(mandate.starts_on))
    words.append(
        _("jusqu’au %s") % date_long(mandate.ends_on)
        if mandate.ends_on is not None
        else _("sans date de fin")
    )
    return ", ".join(words)


def ending(mandate: Mandate) -> str:
    """« se termine dans 40 jours », while there is still time to renew it; else nothing."""
    last = mandate.ends_on
    if last is None or not is_active(mandate, today()) or (last - today()).days > SOON:
        return ""
    return _("se termine %s") % distance(last, today())


def here_since(admitted_on: date | None, discharged_on: date | None) -> str:
    """« ici depuis le 3 mars 2026 », or when they will arrive, or when they left."""
    if admitted_on is None:
        return ""
    if admitted_on > today():
        return _("arrive le %s") % date_long(admitted_on)
    if discharged_on is not None and discharged_on < today():
        return _("départ le %s") % date_long(discharged_on)
    return _("ici depuis le %s") % date_long(admitted_on)


def referent_word(civility: str) -> str:
    return {"Mme": _("référente"), "M.": _("référent")}.get(civility, _("fait référence pour l’équipe"))


def banner_fields(person: str = "pk") -> dict[str, Any]:
    """Annotations that the banner needs beside the person: referent and admission. `person`: path to their key."""
    referents = CareTeamMember.objects.filter(in_force(), person=OuterRef(person), is_referent=True)
    first = referents.order_by("starts_on")
    stays = Stay.objects.filter(person=OuterRef(person)).order_by("-admitted_on")
    return {
        "referent_given": Subquery(first.values("member__given_name")[:1]),
        "referent_family": Subquery(first.values("member__family_name")[:1]),
        "referent_civility": Subquery(first.values("member__civility")[:1]),
        "admitted_on": Subquery(stays.values("admitted_on")[:1]),
        "discharged_on": Subquery(stays.values("discharged_on")[:1]),
    }


@dataclass(frozen=True)
class Banner:
    person: Person
    line: list[str]
    facts: list[dict[str, Any]]


def banner_of(person: Person, circle: Iterable[Around], row: Any) -> Banner:
    """The banner, from the person, their circle, and a row annotated with `banner_fields`."""
    circle = list(circle)
    line = []
    if person.birth_date:
        line.append(_("%s ans") % age(person.birth_date, today()))
    if person.room:
        line.append(_("chambre %s") % person.room)
    if since := here_since(row.admitted_on, row.discharged_on):
        line.append(since)
    talk = " ".join(
        part
        for part in (person.communication, _("Lit en version facile.") if person.easy_read else "")
        if part
    )
    relatives = [around for around in circle if around.voice == "relative"]
    voices = [{"v": a.voice, "name": a.name, "word": a.word} for a in relatives[:SHOWN]]
    if row.referent_family:
        name = f"{row.referent_given} {row.referent_family}".strip()
        voices.append({"v": "professional", "name": name, "word": referent_word(row.referent_civility)})
    more = len(relatives) - SHOWN
    legal = [around for around in circle if around.voice == "representative"]
    facts: list[dict[str, Any]] = [
        {"icon": "eye", "label": _("Pour se parler"), "text": talk or _("Rien de noté pour l’instant.")},
        {
            "icon": "people",
            "label": _("Son cercle"),
            "text": "" if voices else _("Personne de noté pour l’instant."),
            "voices": voices,
            "note": _("et %s autres") % more if more > 0 else "",
        },
        {
            "icon": "balance",
            "label": _("Protection"),
            "text": "" if legal else _("Pas de mesure de protection connue."),
            "voices": [{"v": a.voice, "name": a.name, "word": a.word} for a in legal],
            "note": " ".join(
                measure(mandate, person) for a in legal for mandate in a.active if mandate.kind in LEGAL
            ),
        },
    ]
    return Banner(person, line, facts)


def measure(mandate: Mandate, person: Person) -> str:
    """« Jusqu’au 14 mars 2028. Odette signe aussi. »"""
    ends = _("Jusqu’au %s.") % date_long(mandate.ends_on) if mandate.ends_on else _("Sans date de fin notée.")
    # In its own words (« sa fille le représente »), a mandate may not say where it comes from.
    if mandate.words and (apart := APART.get(mandate.origin)) and str(apart) not in mandate.words.lower():
        ends = f"{str(apart).capitalize()}. {ends}"
    if mandate.kind in {MandateKind.REPRESENTATION.value, MandateKind.PARENT.value}:
        return ends
    if mandate.co_signs:
        return f"{ends} " + _("%s signe, et cette personne aussi.") % person.called
    return f"{ends} " + _("%s signe sans avoir besoin d’une autre signature.") % person.called


def parts_of_record(person: Person, current: str) -> list[dict[str, Any]]:
    """The tabs of the record: the pages that exist."""
    parts = [
        ("home:record", _("Projet")),
        ("negotiation:list", _("Négociations")),
        ("careplan:assessments", _("Besoins et évaluations")),
        ("home:in_time", _("Dans le temps")),
        ("contracts:history", _("Contrat")),
        ("clocks:person", _("Horloges")),
        ("people:identity", _("Identité")),
        ("people:circle", _("Cercle et droits")),
        ("people:readers", _("Qui a lu")),
    ]
    items = []
    for name, label in parts:
        try:
            url = reverse(name, args=[person.pk])
        except NoReverseMatch:
            continue
        items.append({"label": label, "url": url, "count": 0, "current": name == current})
    return items
