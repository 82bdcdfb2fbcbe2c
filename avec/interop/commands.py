"""What the console does with a file: read one in, write one out. Sentences, never a traceback."""

import json
import sys
from pathlib import Path
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from avec.interop.exporting import export_person
from avec.interop.importing import import_bundle
from avec.interop.parsing import read_records
from avec.interop.reader import read_bundle
from avec.interop.rules import ExportRefused, FileRefused, read_person_number
from avec.people.models import Person


def import_fhir(path: str) -> int:
    """Read a file into the database and say what was done; 1 when it is refused, and nothing was written."""
    try:
        report = import_bundle(read_records(read_bundle(Path(path))))
    except FileRefused as refusal:
        return _fail(str(refusal))
    for line in report.lines():
        sys.stdout.write(f"{line}\n")
    return 0


def export_fhir(person_identifier: str, output: str | None = None) -> int:
    """Write a person's record as a TDDUI bundle; what could not be carried is said on the side."""
    try:
        bundle, left_out = export_person(find_person(person_identifier))
        text = json.dumps(bundle, ensure_ascii=False, indent=2) + "\n"
        if output:
            Path(output).write_text(text, encoding="utf-8")
    except ExportRefused as refusal:
        return _fail(str(refusal))
    except OSError as error:
        return _fail(
            _("Le fichier « %(path)s » ne peut pas être écrit (%(why)s).")
            % {"path": output, "why": error.strerror}
        )
    if not output:
        sys.stdout.write(text)
    if left_out:
        sys.stderr.write(_("Ce que le standard ne porte pas, et qui reste ici\u00a0:") + "\n")
    for sentence in left_out:
        sys.stderr.write(f"  - {sentence}\n")
    if output:
        sys.stderr.write(
            _("%(count)s ressources écrites dans %(path)s.") % {"count": len(bundle["entry"]), "path": output}
            + "\n"
        )
    return 0


def find_person(identifier: str) -> Person:
    """By national identifier, by number in the establishment when one person only has it, or by our own key."""
    identifier = identifier.strip()
    wanted = Q(local_id=identifier)
    if (number := read_person_number(identifier)) is not None:
        wanted = Q(establishment__finess=number.finess, local_id=number.local_id)
    elif _is_key(identifier):
        wanted |= Q(pk=identifier)
    elif (
        identifier.startswith("3") and "/" in identifier
    ):  # an establishment without FINESS has a number of ours
        finess, _slash, local_id = identifier[1:].partition("/")
        wanted |= Q(establishment__finess=finess, local_id=local_id)
    found = list(Person.objects.filter(wanted).select_related("establishment")[:3])
    if not found:
        raise ExportRefused(_("Personne ne porte le numéro « %(number)s ».") % {"number": identifier})
    if len(found) > 1:
        numbers = ", ".join(person.national_identifier for person in found)
        raise ExportRefused(
            _("Plusieurs personnes portent le numéro « %(number)s »\u00a0: précisez (%(numbers)s).")
            % {"number": identifier, "numbers": numbers}
        )
    return found[0]


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _fail(sentence: str) -> int:
    sys.stderr.write(f"avec\u00a0: {sentence}\n")
    return 1
