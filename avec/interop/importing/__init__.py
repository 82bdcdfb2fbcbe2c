"""Records written to the database: all of a file or nothing, and nothing that is there is overwritten.

What the file names is found by its national identifier; a second reading of the same file creates
nothing. A difference with what is kept is reported, and left to people.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.audit.actions import record as write_line
from avec.audit.actions import seal_journal
from avec.interop.importing import files, people, plans
from avec.interop.importing.work import Work
from avec.interop.records import Records
from avec.interop.report import ImportReport
from avec.interop.rules import FileRefused


@transaction.atomic
def import_bundle(records: Records, *, by: Member | None = None) -> ImportReport:
    """Write what a file says. `by` is nobody when the file is given at the console of the server.

    Any refusal undoes everything: a file is never half read.
    """
    if not records.persons:
        raise FileRefused(
            _("Ce fichier ne parle de personne\u00a0: aucune fiche de patient n’y est lisible.")
        )
    work = Work(records, by)
    people.write_people(work)
    plans.write_plans(work)
    files.write_documents(work)
    files.write_agreements(work)
    _say_unused(work)
    _trace(work)
    return work.report


def _say_unused(work: Work) -> None:
    used = {key for key, _place in work.members}
    for professional in work.records.professionals:
        if professional.key not in used:
            name = f"{professional.given_name} {professional.family_name}".strip()
            work.ignore(name or professional.national_id, _("ce professionnel n’intervient pour personne"))


def _trace(work: Work) -> None:
    """One line of the journal for each person, when something was written."""
    if not work.report.created:
        return
    for person in work.persons.values():
        write_line(
            "file.imported",
            person,
            establishment_id=person.establishment_id,
            actor_id=work.by.pk if work.by else None,
            person_id=person.pk,
            detail={"created": sum(work.report.created.values())},
        )
    for establishment in sorted({person.establishment_id for person in work.persons.values()}):
        seal_journal(establishment)
