"""Documents and agreements of a plan: files, voices kept as sound, assessments as text, signatures."""

import base64
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from avec.accounts.models import Member, Role
from avec.careplan.models import Agreement, Assessment, Attachment, CarePlan, Expectation
from avec.documents.actions import file_bytes
from avec.documents.models import StoredFile
from avec.interop.exporting.build import Export, Json, concept, extension, reference
from avec.interop.exporting.people import add_professional, add_relative
from avec.interop.numbers import (
    exported_number,
    file_number,
    number_of,
    recording_number,
    source_of,
    stand_in_number,
)
from avec.interop.rules import (
    ATTACHMENT,
    CONSENT_PERIOD,
    DISCRIMINATOR,
    DISCRIMINATOR_CODES,
    ExportRefused,
    text_number,
)
from avec.people.models import CARE_ROLES, CareTeamMember

SHARED = ("C1", "C2")
TARGETS = ("expectation_id", "need_id", "goal_id", "activity_id", "assessment_id")
SIDES = {"user": "accordUsager", "structure": "accordStructure"}
PRIVACY = {
    "coding": [{"system": "http://terminology.hl7.org/CodeSystem/consentscope", "code": "patient-privacy"}]
}


# A sound travels inside the file, which the standard wants whole: a longer one stays here.
LONGEST_SOUND = 20 * 1024 * 1024


class Files:
    """The files joined to the lines of one plan, and who agreed to it."""

    def __init__(self, export: Export, plan: CarePlan, patient: str, organization: str) -> None:
        self.export = export
        self.patient = patient
        self.organization = organization
        # What is joined to each line: its number, and how it is put in the bundle when the line goes.
        self.by_line: dict[Any, list[tuple[str, Callable[[], str]]]] = {}
        self.attachments: list[Attachment] = []
        joined = plan.attachments.select_related("file", "written_by__establishment", "person__establishment")
        for attachment in joined:
            if attachment.withdrawn_at:
                export.leave(_("Les pièces jointes retirées ne sont pas transmises."))
            elif attachment.level not in SHARED:
                export.leave(_("Des pièces jointes réservées à l’équipe ne sont pas transmises."))
            else:
                self.attachments.append(attachment)
                lines = [getattr(attachment, name) for name in TARGETS if getattr(attachment, name)]
                for line in lines or [plan.pk]:
                    self._hang(line, number_of(attachment), partial(self._document, attachment))

    def _hang(self, line: Any, number: str, add: Callable[[], str]) -> None:
        self.by_line.setdefault(line, []).append((number, add))

    def references(self, line: Any) -> list[str]:
        """In the order of their numbers, whatever they are."""
        found = sorted(self.by_line.get(line.pk, []), key=lambda one: one[0])
        return list(dict.fromkeys(add() for _number, add in found))

    def joined(self, line: Any) -> list[Json]:
        return [extension(ATTACHMENT, valueReference=reference(target)) for target in self.references(line)]

    def hang_text(self, plan: CarePlan, assessment: Assessment, title: str, text: str) -> None:
        """An assessment that no profile carries: its words beside the plan, with the files joined to it."""
        number = text_number(exported_number(assessment))
        author = self.patient if assessment.by_person else self._professional(author_of(assessment))
        data, kind = text.encode(), "text/plain; charset=utf-8"
        self._hang(plan.pk, number, partial(self._add, number, kind, data, title, "fr", author))
        for joined in self.by_line.get(assessment.pk, []):
            self._hang(plan.pk, *joined)

    def hang_sound(self, expectation: Expectation) -> None:
        """The voice itself, signed by who speaks, beside the words that somebody wrote from it."""
        file = expectation.recording
        if file is None:
            return
        if expectation.withdrawn_at:
            self.export.leave(_("Les messages de vive voix retirés ne sont pas transmis."))
        elif file.size > LONGEST_SOUND:
            self.export.leave(
                _("Un message de vive voix est trop lourd pour être transmis\u00a0: ses mots écrits le sont.")
            )
        else:
            number = recording_number(expectation)
            self._hang(expectation.pk, number, partial(self._sound, number, expectation, file))

    def _sound(self, number: str, expectation: Expectation, file: StoredFile) -> str:
        if expectation.voice == "person":
            author = self.patient
        elif expectation.relative is not None:
            author = add_relative(self.export, expectation.relative, self.patient)
        else:
            author = self._professional(expectation.professional)
        return self._add(number, file.content_type, file_bytes(file), file.title, "", author)

    def _professional(self, member: Member | None) -> str:
        """Staff as authors; nobody else signs what the house holds."""
        return add_professional(self.export, member) if member and member.role in CARE_ROLES else ""

    def _document(self, attachment: Attachment) -> str:
        return self._file(
            number_of(attachment),
            attachment.file,
            attachment.title,
            attachment.language,
            self._professional(attachment.written_by),
        )

    def _file(self, number: str, file: StoredFile, title: str, language: str, author: str) -> str:
        return self._add(number, file.content_type, file_bytes(file), title, language, author)

    def _add(
        self, number: str, content_type: str, data: bytes, title: str, language: str, author: str
    ) -> str:
        content = {
            "contentType": content_type,
            "data": base64.b64encode(data).decode(),
            "title": title,
        }
        if language:
            content["language"] = language
        return self.export.add(
            "DocumentReference",
            "tddui-document-reference",
            number,
            {
                "masterIdentifier": {"value": number},
                "status": "current",
                "subject": reference(self.patient),
                "author": [reference(author or self.organization)],
                "content": [{"attachment": content}],
            },
        )

    # Agreements

    def agreements(self, plan: CarePlan) -> list[Json]:
        """Each agreement, one signatory each; the structure's is made up from the plan's author when none was given."""
        given = plan.agreements.select_related(
            "person__establishment",
            "by_relative__person__establishment",
            "by_professional__establishment",
            "document",
        )
        agreed: list[tuple[tuple[datetime, str], str, Callable[[], str]]] = [
            ((one.signed_at, source_of(one)), one.side, partial(self._agreement, one)) for one in given
        ]
        if not any(side == "structure" for _when, side, _add in agreed):
            source = stand_in_number(plan)
            agreed.append(((plan.created_at, source), "structure", partial(self._stand_in, plan, source)))
        # In order of signature; at the same instant, by their number.
        return [_info(side, add()) for _when, side, add in sorted(agreed, key=lambda one: one[0])]

    def _agreement(self, one: Agreement) -> str:
        if one.by_relative is not None:
            signatory = add_relative(self.export, one.by_relative, self.patient)
        elif one.by_professional is not None:
            signatory = add_professional(self.export, one.by_professional)
        else:
            signatory = self.patient
        validity = self.export.period(
            one.valid_from.isoformat() if one.valid_from else "",
            one.valid_until.isoformat() if one.valid_until else "",
        )
        return self._consent(
            source_of(one),
            one.status,
            self.export.moment(one.signed_at),
            signatory,
            validity,
            self._signed(one.document) if one.document else "",
        )

    def _signed(self, file: StoredFile) -> str:
        """The document signed: under the number it has as an attachment, or under its fingerprint."""
        for attachment in sorted(self.attachments, key=number_of):
            if attachment.file_id == file.pk:
                return self._document(attachment)
        return self._file(file_number(self.export.person, file), file, file.title, "", "")

    def _consent(
        self, source: str, status: str, moment: str, signatory: str, validity: Json, document: str
    ) -> str:
        number: Json = {"value": source}
        if source.startswith(("http", "urn:")):
            number = {"system": "urn:ietf:rfc:3986", **number}
        content = {
            "extension": [extension(CONSENT_PERIOD, valuePeriod=validity)] if validity else [],
            "identifier": [number],
            "status": status,
            "scope": PRIVACY,
            "category": [concept("http://loinc.org", "59284-0")],
            "patient": reference(self.patient),
            "dateTime": moment,
            "performer": [reference(signatory)],
            "sourceReference": reference(document) if document else {},
            "policy": [{"authority": "https://www.cnsa.fr/"}],
        }
        return self.export.add("Consent", "tddui-consent-accord", source, content)

    def _stand_in(self, plan: CarePlan, source: str) -> str:
        """The standard wants the structure's agreement at all times, even on a draft."""
        member = _answerable(plan)
        self.export.leave(
            _(
                "Personne de l’établissement n’a encore donné son accord au projet\u00a0: %(name)s est donné(e) à sa place, à la date de création."
            )
            % {"name": member.name}
        )
        signatory = add_professional(self.export, member)
        return self._consent(source, "active", self.export.moment(plan.created_at), signatory, {}, "")

    def structure_signatory(self, plan: CarePlan) -> str:
        """A professional who answers for the plan, as a reference."""
        signed = (
            plan.agreements.filter(side="structure", by_professional__isnull=False)
            .order_by("signed_at")
            .first()
        )
        return add_professional(self.export, signed.by_professional if signed else _answerable(plan))


def author_of(assessment: Assessment) -> Member | None:
    """Who wrote it: what they found is theirs, whoever validated it."""
    return assessment.author or assessment.assessor or assessment.responsible


def _answerable(plan: CarePlan) -> Member:
    """The plan's author, else the referent, else whoever is longest in the team."""
    if plan.created_by is not None and plan.created_by.role == Role.PROFESSIONAL.value:
        return plan.created_by
    team = CareTeamMember.objects.filter(
        person_id=plan.person_id, external=False, member__role__in=CARE_ROLES
    )
    tie = team.select_related("member__establishment").order_by("-is_referent", "starts_on", "pk").first()
    if tie is None:
        raise ExportRefused(
            _(
                "Le projet « %(title)s » n’a ni accord de l’établissement, ni professionnel dans l’équipe\u00a0: nommez un référent."
            )
            % {"title": plan.title}
        )
    return tie.member


def _info(side: str, target: str) -> Json:
    mark = extension(DISCRIMINATOR, valueCodeableConcept=concept(DISCRIMINATOR_CODES, SIDES[side]))
    return {"extension": [mark], "reference": target}
