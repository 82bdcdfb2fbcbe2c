"""What somebody is writing survives a closed laptop: one draft per form and per member, kept by the server.

A draft is private to who writes it, is part of no record, and goes when the
form is sent. Old ones go by themselves.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from avec.accounts.models import Member

from .models import Draft

KEY = re.compile(r"^[a-z_]{1,30}:[0-9a-f-]{36}$")
NOT_KEPT = frozenset({"csrfmiddlewaretoken", "draft_key", "once", "fresh"})
KEPT_FOR = timedelta(days=30)
LARGEST = 60_000  # characters in all: far more than any of our forms takes
MOST = 60  # drafts of one member


class DraftRefused(ValueError):
    """Not one of our forms, or too much of it."""


def save_draft(member: Member, key: str, sent: QueryDict) -> Draft:
    """Keep what is in the form now, whatever is missing from it."""
    # PostgreSQL refuses the null character, which nobody types.
    fields = {
        name.replace("\x00", ""): [value.replace("\x00", "") for value in values]
        for name, values in sent.lists()
        if name not in NOT_KEPT
    }
    size = sum(len(name) + sum(map(len, values)) for name, values in fields.items())
    if not KEY.match(key) or size > LARGEST or len(fields) > 80:
        raise DraftRefused
    Draft.objects.filter(member=member, saved_at__lt=timezone.now() - KEPT_FOR).delete()
    mine = Draft.objects.filter(member=member).exclude(key=key)
    spare = mine.order_by("-saved_at").values_list("pk", flat=True)[MOST - 1 :]
    if crowd := list(spare):
        mine.filter(pk__in=crowd).delete()
    return Draft.objects.update_or_create(
        member=member, key=key, defaults={"fields": fields, "saved_at": timezone.now()}
    )[0]


def forget_draft(member: Member, key: str) -> None:
    Draft.objects.filter(member=member, key=key).delete()


@dataclass(frozen=True)
class Kept:
    """The draft of a form as its page shows it."""

    key: str
    draft: Draft | None

    def initial(self, several: Iterable[str] = (), **usual: Any) -> dict[str, Any]:
        """What the form opens with: the draft's words, else the usual ones. `several`: fields with many values."""
        if self.draft is None:
            return usual
        several = set(several)
        written = {
            name: values if name in several else values[-1]
            for name, values in self.draft.fields.items()
            if values
        }
        # A box that was unticked is not in the draft: it opens unticked.
        return {name: value for name, value in usual.items() if name not in several} | written


def kept(request: HttpRequest, key: str) -> Kept:
    """The draft that this page restores; none once the form has been sent."""
    if request.method == "POST":
        return Kept(key, None)
    return Kept(key, Draft.objects.visible_to(request.member).filter(key=key).first())  # type: ignore[attr-defined]


def already_sent(request: HttpRequest) -> bool:
    """Has this very form been received already? A second press, or a page sent again, changes nothing."""
    return bool(getattr(request, "received_before", False))


def sent(request: HttpRequest, key: str) -> None:
    """The form was received: its draft goes (middleware.py sees that it is not received twice)."""
    forget_draft(request.member, key)  # type: ignore[attr-defined]
