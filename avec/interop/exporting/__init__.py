"""One person's record as a TDDUI 2.3.0 transaction, and the list of what stays behind.

Two exports of the same record are the same to the byte: numbers and order come from the data.
Nothing leaves that does not conform to the published definitions. Which line goes under which profile: docs/exchange.md.
"""

from django.utils.translation import gettext as _

from avec.interop.conformance import check_bundle
from avec.interop.exporting.build import Export, Json
from avec.interop.exporting.files import Files
from avec.interop.exporting.people import (
    add_organization,
    add_patient,
    add_relative,
    check_exportable,
)
from avec.interop.exporting.plan import PlanExport
from avec.interop.numbers import exported_number, number_of
from avec.interop.rules import ExportRefused
from avec.people.models import Person


def export_person(person: Person) -> tuple[Json, list[str]]:
    """(the bundle, what it could not carry) — or ExportRefused with one sentence."""
    check_exportable(person)
    export = Export(person)
    organization = add_organization(export)
    patient = add_patient(export)
    for relative in sorted(person.circle.select_related("person__establishment"), key=number_of):
        add_relative(export, relative, patient)
    plans = person.plans.select_related("person__establishment", "created_by__establishment")
    for plan in sorted(plans, key=lambda plan: (plan.created_at, exported_number(plan))):
        files = Files(export, plan, patient, organization)
        PlanExport(export, plan, patient, organization, files).add()
    _leave_the_rest(export)
    bundle = export.bundle()
    _refuse_unsound(bundle)
    return bundle, export.left_out


def _leave_the_rest(export: Export) -> None:
    person = export.person
    if person.room or person.unit_id or person.communication or person.easy_read:
        export.leave(_("La chambre, l’unité et la façon de se parler ne sont pas transmises."))
    if person.stays.exists():
        export.leave(_("Les séjours ne sont pas transmis."))
    if person.team.exists():
        export.leave(
            _(
                "L’équipe de soins (fonctions, dates, référent) n’est pas transmise\u00a0: elle voyage par le cercle de soins."
            )
        )
    if person.plans.exists():
        export.leave(_("Qui a écrit chaque ligne, quand, et son niveau de partage ne sont pas transmis."))


def _refuse_unsound(bundle: Json) -> None:
    problems = check_bundle(bundle).all
    if problems:
        raise ExportRefused(
            _(
                "Le fichier produit ne respecterait pas le standard national (%(count)s écart(s)). Premier écart\u00a0: %(problem)s."
            )
            % {"count": len(problems), "problem": problems[0]}
        )
