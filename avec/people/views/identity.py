from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.accounts.policy import require

from ..actions import NumberTaken
from ..actions import change_identity as save_identity
from ..actions.identity import IDENTITY
from ..clash import version_of
from ..forms import IdentityForm
from ..journal import record_reading
from ..models import CARE_ROLES, Person, Stay, today
from ..policy import may_change_identity, may_note_stay
from ..rules import age
from .page import edit, found_person, open_record


@require_GET
@members(*CARE_ROLES)
def identity(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Who the person is, and when they were here."""
    person, _circle, head = open_record(request, pk, "people:identity")
    record_reading("identity", person, by=request.member)
    stays = list(Stay.objects.visible_to(request.member).filter(person=person))
    # One standing decides both: who notes a stay may write.
    notes = may_note_stay(request.member, person)
    context = {
        "lines": lines_of(person),
        "stays": stays,
        "may_note": notes,
        "may_change": notes or may_change_identity(request.member, person),
        "here": any(stay.discharged_on is None for stay in stays),
    }
    return render(request, "people/identity.html", head | context)


def lines_of(person: Person) -> list[dict[str, Any]]:
    """What is known, line by line; what is not known is said."""
    born = person.birth_date
    said = [
        (_("Civilité"), person.civility),
        (_("Prénoms"), person.given_names),
        (_("Nom de famille"), person.family_name),
        (_("Nom de naissance"), person.birth_name),
        (_("Comment on l’appelle"), person.used_name or person.called),
        (_("Date de naissance"), born),
        *([(_("Âge"), _("%s ans") % age(born, today()))] if born else []),
        (_("Sexe administratif"), person.get_gender_display()),
        (_("Unité"), person.unit),
        (_("Chambre"), person.room),
        (_("Numéro dans l’établissement"), person.local_id),
        (_("Pour se parler"), person.communication),
        (_("Lit en version facile"), _("oui") if person.easy_read else _("non")),
    ]
    return [
        {"label": label, "text": value, "is_day": value is born and born is not None} for label, value in said
    ]


def initial_of(person: Person) -> dict[str, Any]:
    usual = {name: getattr(person, name) for name in IDENTITY if name != "unit_id"}
    return usual | {"unit": str(person.unit_id or ""), "version": version_of(person, IDENTITY)}


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def change_identity(request: MemberRequest, pk: UUID) -> HttpResponse:
    person = found_person(request, pk)
    require(may_change_identity(request.member, person))

    def form_of(data: Any, initial: dict[str, Any]) -> IdentityForm:
        return IdentityForm(data, initial=initial, house=person.establishment)

    def save(form: IdentityForm) -> list[str] | None:
        try:
            return save_identity(
                person, version=form.cleaned_data["version"], by=request.member, **form.fields_of_person()
            )
        except NumberTaken:
            form.add_error("local_id", _("Ce numéro est déjà celui de quelqu’un d’autre."))
        return None

    return edit(
        request,
        "people/form_parts.html",
        person,
        person,
        key=f"identity:{person.pk}",
        what="identity",
        initial_of=initial_of,
        form_of=form_of,
        save=save,
        boxes=("easy_read",),
        heading=_("Changer son identité"),
        back=reverse("people:identity", args=[person.pk]),
        back_words=_("Revenir à l’identité"),
        submit=_("Enregistrer l’identité"),
        hints=[
            _("Ce que vous changez est noté dans le journal, sans ce qui était écrit avant."),
            _("Le nom qu’on dit tous les jours est dans toutes les phrases du dossier."),
        ],
    )
