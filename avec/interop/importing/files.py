"""Documents, each beside what it is joined to, and the agreements given to the plan."""

import hashlib
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from avec.careplan.models import Agreement, Assessment, Attachment, Expectation
from avec.documents.actions import FileRefused as UnfitFile
from avec.documents.actions import refuse_unfit, store_file
from avec.documents.models import StoredFile
from avec.interop.importing.people import enter_team, member_of
from avec.interop.importing.work import Work, moment, of
from avec.interop.numbers import exported_number, number_of, recording_number, source_of, stand_in_number
from avec.interop.records import ParsedAgreement, ParsedDocument, ParsedPlan
from avec.interop.rules import assessment_of_text
from avec.interop.saying import assessment_title
from avec.people.models import Person

TARGETS = ("expectation", "need", "goal", "activity", "assessment")


def write_documents(work: Work) -> None:
    places: dict[str, list[dict[str, Any]]] = {}
    for key, place in _joined(work):
        places.setdefault(key, []).append(place)
    known: dict[Any, dict[str, StoredFile]] = {}
    signed = {agreement.document for agreement in work.records.agreements}
    for document in work.records.documents:
        person = work.persons[document.person]
        if person.pk not in known:
            known[person.pk] = _files_by_number(person)
        _document(work, document, places.get(document.key, []), known[person.pk], signed)


def _joined(work: Work) -> Iterator[tuple[str, dict[str, Any]]]:
    """(key of a document, what it is joined to), for the plans and for each of their lines."""
    records = work.records
    for plan in records.plans:
        for key in plan.documents:
            yield key, {"plan": work.plans[plan.key]}
    groups = (records.expectations, records.needs, records.goals, records.activities, records.assessments)
    for target, group in zip(TARGETS, groups, strict=True):
        for parsed in group:  # type: ignore[attr-defined]
            line = work.lines.get(parsed.key)
            if line is not None:
                yield from ((key, {"plan": line.plan, target: line}) for key in parsed.documents)


def _files_by_number(person: Person) -> dict[str, StoredFile]:
    mine = Attachment.objects.filter(person=person).select_related("file", "person__establishment")
    files = {number_of(attachment): attachment.file for attachment in mine}
    spoken = Expectation.objects.filter(person=person, recording__isnull=False)
    for one in spoken.select_related("recording", "person__establishment"):
        if one.recording is not None:
            files.setdefault(recording_number(one), one.recording)
    for agreement in Agreement.objects.filter(person=person, document__isnull=False).select_related(
        "document"
    ):
        if agreement.document is not None:
            files.setdefault(agreement.document.sha256, agreement.document)
    return files


def _document(
    work: Work,
    parsed: ParsedDocument,
    places: list[dict[str, Any]],
    known: dict[str, StoredFile],
    signed: set[str],
) -> None:
    person = work.persons[parsed.person]
    label = parsed.identifier or parsed.title
    if (number := assessment_of_text(parsed.identifier)) and (own := _assessment_here(person, number)):
        work.ignore(label, _("déjà là (%(title)s)") % {"title": assessment_title(own)})
        return
    places = [place for place in places if place["plan"].person_id == person.pk]
    if not places and parsed.key not in signed:
        places = _only_plan(work, person, label)
        if not places:
            return
    if parsed.content_type.startswith("text/"):
        work.ignore(
            label, _("un texte\u00a0: Avec garde des PDF, des images et des sons, lisez-le dans le fichier")
        )
        return
    try:
        refuse_unfit(parsed.content_type, parsed.data)
    except UnfitFile as refusal:
        work.ignore(label, str(refusal))
        return
    file = work.files[parsed.key] = _file(work, parsed, person, label, known)
    for place in places:
        _join(work, parsed, file, place, person)


def _assessment_here(person: Person, number: str) -> Assessment | None:
    """The assessment whose words a text of ours holds, when it is one of this record."""
    mine = Assessment.objects.filter(person=person).select_related("person__establishment", "form")
    return next((one for one in mine if exported_number(one) == number), None)


def _only_plan(work: Work, person: Person, label: str) -> list[dict[str, Any]]:
    plans = [plan for plan in work.plans.values() if plan.person_id == person.pk]
    if len(plans) != 1:
        work.ignore(label, _("aucun projet auquel joindre ce document"))
        return []
    work.ignore(label, _("ce document n’est joint à rien dans le fichier\u00a0: joint au projet"))
    return [{"plan": plans[0]}]


def _file(
    work: Work, parsed: ParsedDocument, person: Person, label: str, known: dict[str, StoredFile]
) -> StoredFile:
    """The file that is already there under this number, or a new one: a kept file never changes."""
    digest = hashlib.sha256(parsed.data).hexdigest()
    found = known.get(parsed.identifier) or known.get(digest)
    if found is not None:
        work.report.recognised["document"] += 1
        work.differs(label, [] if found.sha256 == digest else [_("contenu")])
        return found
    work.report.created["document"] += 1
    file = store_file(
        title=parsed.title,
        content_type=parsed.content_type,
        content=parsed.data,
        establishment_id=person.establishment_id,
        subject_id=person.pk,
    )
    known[parsed.identifier or digest] = file
    return file


def _join(
    work: Work, parsed: ParsedDocument, file: StoredFile, place: dict[str, Any], person: Person
) -> None:
    if _is_there(file, place):
        return
    Attachment.objects.create(
        identifier=parsed.identifier,
        file=file,
        title=parsed.title,
        language=parsed.language,
        written_by=member_of(work, parsed.author, person),
        **place,
        **of(person),
    )


def _is_there(file: StoredFile, place: dict[str, Any]) -> bool:
    """Joined already; or the voice of this expectation; or joined to an assessment that left as a text."""
    targets = dict.fromkeys(TARGETS) | place
    if Attachment.objects.filter(file=file, **targets).exists():
        return True
    expectation = place.get("expectation")
    if expectation is not None:
        return bool(expectation.recording_id == file.pk)
    ours = Attachment.objects.filter(file=file, plan=place["plan"], assessment__identifier="")
    return len(place) == 1 and ours.exists()


# Agreements


def write_agreements(work: Work) -> None:
    by_key = {one.key: one for one in work.records.agreements}
    used: set[str] = set()
    for parsed in work.records.plans:
        plan = work.plans[parsed.key]
        existing = Agreement.objects.filter(plan=plan).select_related("person__establishment")
        known = {source_of(agreement): agreement for agreement in existing}
        for side, key in parsed.agreements:
            if key in by_key and key not in used:
                _agreement(work, by_key[key], side, parsed, known)
                used.add(key)
    for key, agreement in by_key.items():
        if key not in used:
            work.ignore(agreement.source_key, _("cet accord n’est rattaché à aucun projet"))


def _agreement(
    work: Work, parsed: ParsedAgreement, side: str, parsed_plan: ParsedPlan, known: dict[str, Agreement]
) -> None:
    plan = work.plans[parsed_plan.key]
    if plan.pk not in work.new and parsed.source_key == stand_in_number(plan):
        # We made it up because the standard wants one: coming back, it is still nobody's agreement.
        work.ignore(parsed.source_key, _("accord écrit par l’export, que personne n’a donné ici"))
        return
    signatory = _signatory(work, parsed.signatory, plan.person)
    if signatory is None:
        work.ignore(parsed.source_key, _("le signataire est d’un autre dossier"))
        return
    fields = {
        "side": side,
        "status": parsed.status,
        "signed_at": moment(parsed.signed_at, plan.person),
        "valid_from": parsed.valid_from,
        "valid_until": parsed.valid_until,
    }
    known[parsed.source_key] = work.settle(
        "agreement",
        parsed.source_key,
        known.get(parsed.source_key),
        Agreement,
        fields,
        plan=plan,
        source_key=parsed.source_key,
        document=work.files.get(parsed.document),
        **signatory,
        **of(plan.person),
    )
    if side == "structure":
        enter_team(work, signatory.get("by_professional"), plan.person)


def _signatory(work: Work, key: str, person: Person) -> dict[str, Any] | None:
    """Exactly one: the person of the plan, somebody of their circle, or a professional."""
    if key in work.persons:
        return {"by_person": True} if work.persons[key].pk == person.pk else None
    if key in work.relatives:
        relative = work.relatives[key]
        return {"by_relative": relative} if relative.person_id == person.pk else None
    if key in work.professionals:
        return {"by_professional": member_of(work, key, person)}
    return None
