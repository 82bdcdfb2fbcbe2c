"""A recording outlives a refused form, for as long as it takes to mend it.

It belongs to whoever was speaking, one at a time; it is no part of any record, and goes
when the form is received, or after two hours.
"""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from avec.documents.models import HeldSound

HELD_FOR = timedelta(hours=2)


@transaction.atomic
def hold_sound(
    holder_id: UUID, *, title: str, content_type: str, content: bytes, seconds: int | None
) -> HeldSound:
    """Keep it aside; what this holder had before goes, and what everybody left."""
    let_go(holder_id)
    HeldSound.objects.filter(held_at__lt=timezone.now() - HELD_FOR).delete()
    return HeldSound.objects.create(
        holder_id=holder_id, title=title, content_type=content_type, seconds=seconds, data=content
    )


def held_sound(holder_id: UUID, pk: str) -> HeldSound | None:
    """The one that this holder's form came back with."""
    try:
        number = UUID(pk)
    except ValueError:
        return None
    since = timezone.now() - HELD_FOR
    return HeldSound.objects.filter(pk=number, holder_id=holder_id, held_at__gte=since).first()


def let_go(holder_id: UUID) -> None:
    HeldSound.objects.filter(holder_id=holder_id).delete()
