from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.documents.actions import fitting_title, store_file
from avec.people.journal import record

from ..models import Attachment, CarePlan
from ..policy import may_attach, may_withdraw_attachment

# The lines of the plan that a file may be joined to, by the name of their key.
LINES = ("expectation", "need", "assessment", "goal", "activity")


class AttachmentRefused(ValueError):
    """What it lacks. The message is for the screen."""


@transaction.atomic
def attach(
    plan: CarePlan,
    *,
    title: str,
    content_type: str,
    content: bytes,
    level: str,
    by: Member,
    line: Any = None,
) -> Attachment:
    """Join a file to the plan, or to one of its lines that one reads: never shared more widely than it.

    FileRefused when the bytes are not of a kind that is kept.
    """
    plan = CarePlan.objects.select_for_update(of=("self",)).select_related("person").get(pk=plan.pk)
    require(may_attach(by, plan))
    target: dict[str, Any] = {}
    if line is not None:
        visible = type(line).objects.visible_to(by).filter(pk=line.pk, plan=plan)
        require(visible.exists())
        if level < line.level:
            raise AttachmentRefused(
                _("Un fichier n’est pas partagé plus largement que ce à quoi il est joint.")
            )
        target[line._meta.model_name] = line
    file = store_file(
        title=title,
        content_type=content_type,
        content=content,
        establishment_id=plan.establishment_id,
        subject_id=plan.person_id,
    )
    attachment = Attachment.objects.create(
        plan=plan,
        person_id=plan.person_id,
        establishment_id=plan.establishment_id,
        file=file,
        title=fitting_title(title),
        level=level,
        written_by=by,
        **target,
    )
    record("attachment.added", attachment, by=by, person=plan.person)
    return attachment


@transaction.atomic
def withdraw_attachment(attachment: Attachment, reason: str, *, by: Member) -> None:
    """Take it back with a reason: nobody is shown it any more, its bytes stay."""
    held = Attachment.objects.select_for_update(of=("self",)).select_related("plan", "person")
    attachment = held.get(pk=attachment.pk)
    require(may_withdraw_attachment(by, attachment))
    if len(reason.strip()) < 5:
        raise AttachmentRefused(_("Écrivez pourquoi vous retirez ce fichier."))
    attachment.withdrawn_at, attachment.withdrawn_by = timezone.now(), by
    attachment.withdrawn_reason = reason.strip()
    attachment.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    record("attachment.withdrawn", attachment, by=by, person=attachment.person)
