"""An assessment in the professional's own words, or on a scale of the house, as a text anybody can read."""

from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from avec.careplan.gathered_needs import answers_told
from avec.careplan.models import Assessment
from avec.interop.exporting.build import tidy
from avec.interop.rules import COLON
from avec.interop.saying import assessment_title
from avec.ui.words import date_long


def assessment_text(assessment: Assessment, zone: ZoneInfo) -> str:
    """What was retained, and what was answered in words; empty when nothing of it was put in words."""
    answers = [
        f"- {question.rstrip('. ')}{COLON}{answer}" for question, answer in answers_told(assessment) if answer
    ]
    parts = [
        assessment.summary.strip(),
        "\n".join([_("Réponses") + COLON.rstrip(), *answers]) if answers else "",
        _fact(_("Comment"), assessment.method),
        _fact(_("Commentaire"), assessment.comment),
    ]
    if not (parts[0] or parts[1] or parts[3]):
        return ""
    return str(tidy("\n\n".join(part for part in (_heading(assessment, zone), *parts) if part)))


def _heading(assessment: Assessment, zone: ZoneInfo) -> str:
    """Which scale, who speaks, and when."""
    said_on = assessment.assessed_at or assessment.validated_at
    lines = [assessment_title(assessment)]
    if assessment.form is not None and assessment.form.title not in lines[0]:
        lines.append(_fact(_("Grille"), assessment.form.title))
    if assessment.by_person:
        lines.append(_("La personne s’évalue elle-même."))
    if said_on:
        lines.append(_("Le %(day)s") % {"day": date_long(said_on.astimezone(zone))})
    return "\n".join(lines)


def _fact(label: str, words: str) -> str:
    return f"{label}{COLON}{words.strip()}" if words.strip() else ""
