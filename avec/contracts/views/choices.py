"""A choice on its way: kept in the session between choosing and confirming, read back, then made a Choice."""

import time
from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db.models import Model
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from avec.accounts.access import MemberRequest
from avec.people.journal import record
from avec.people.models import Person, today

from ..actions import Choice
from ..forms import ARTICLE_CHOICES, MARK, OUTCOMES, ChoiceForm
from ..models import CareContract, SignatureLine, State
from ..present import come_back_by, says_of
from ..rules import Outcome, Way, from_data, lacks, path_of

# Where the form shows what a choice lacks.
FIELD_OF = {"witness": "witness_name"}


def add_what_lacks(form: ChoiceForm, line: SignatureLine, way: Way, *, witnessed: bool = False) -> None:
    """Each part that is missing from the choice, beside the field where it goes."""
    data = form.cleaned_data
    missing = lacks(
        Outcome(data["outcome"]),
        words=data["words"],
        rights_read=data["rights"],
        stances=list(form.articles().values()),
        is_person=line.voice == "person",
        way=way,
        witnessed=witnessed or bool(data.get("witness_name")),
    )
    for part, sentence in missing.items():
        form.add_error(FIELD_OF.get(part, part), sentence)


def as_kept(form: ChoiceForm) -> dict[str, Any]:
    """The choice as the session keeps it."""
    data = form.cleaned_data
    comes_back = data.get("come_back_on")
    return {
        "outcome": data["outcome"],
        "words": data["words"],
        "rights": data["rights"],
        "articles": form.articles(),
        "reading": data["reading"] or "full",
        "come_back_on": comes_back.isoformat() if comes_back else "",
        "witness_name": data.get("witness_name", ""),
        "drawn": data.get("drawn") or [],
        "at": time.time(),
        # Each choice has its own: a page that reads back another one is told so.
        "seen": uuid4().hex,
    }


def is_changed(request: MemberRequest, form: Form, kept: dict[str, Any]) -> bool:
    """Was another choice made meanwhile, in another window, than the one that the page reads back? The form says so."""
    seen = request.POST.get("seen", kept.get("seen"))
    if seen == kept.get("seen"):
        return False
    form.add_error(
        None, _("Ce choix vient de changer, dans une autre fenêtre. Relisez-le\u00a0: c’est lui qui compte.")
    )
    return True


def choice_from(kept: dict[str, Any]) -> Choice:
    comes_back = kept.get("come_back_on")
    return Choice(
        outcome=Outcome(kept["outcome"]),
        words=kept["words"],
        rights_read=kept["rights"],
        clauses=kept["articles"],
        reading=kept["reading"],
        come_back_on=date.fromisoformat(comes_back) if comes_back else None,
        witness_name=kept.get("witness_name", ""),
        drawn=kept.get("drawn") or (),
    )


def read_back(contract: CareContract, line: SignatureLine, kept: dict[str, Any]) -> dict[str, Any]:
    """The choice as the last page reads it back."""
    said = dict(ARTICLE_CHOICES)
    text = from_data(contract.content)
    return {
        "contract": contract,
        "person": contract.person,
        "line": line,
        "says": says_of(text, line),
        "choice": kept,
        "outcome": next(
            label for value, label, _hint, _icon in (*OUTCOMES, MARK) if value == kept["outcome"]
        ),
        "articles": [
            (clause.heading, said[kept["articles"][str(clause.number)]])
            for clause in text.clauses
            if str(clause.number) in kept["articles"]
        ],
        "comes_back": come_back_by(Outcome(kept["outcome"]), kept.get("come_back_on", ""), today()),
        "drawing": path_of(kept.get("drawn") or []),
    }


def is_former(contract: CareContract) -> bool:
    """A version that another took the place of, or that was taken back."""
    return contract.state in {State.SUPERSEDED.value, State.WITHDRAWN.value}


def newer_of(contract: CareContract) -> CareContract | None:
    """The version that waits for signatures now, when there is one."""
    return CareContract.objects.filter(person=contract.person, state=State.TO_SIGN.value).first()


def offer_newer(request: MemberRequest, contract: CareContract, words: str = "") -> HttpResponse:
    """This version is not signed any more: the one that counts is opened, and says so.

    `words`: what was typed for the former one, given back to whoever typed it.
    """
    messages.warning(request, _("Cette version ne se signe plus. Voici celle qui compte."))
    if words.strip():
        messages.info(request, _("Ce que vous aviez écrit\u00a0: «\u00a0%s\u00a0»") % words.strip())
    return redirect("contracts:read", pk=(newer_of(contract) or contract).pk)


def note_refusal(request: MemberRequest, about: Model, person: Person) -> None:
    """Somebody tried to choose where it is not theirs: the person's journal says so, in their own house."""
    if person.establishment_id == request.member.establishment_id:
        record("signature.refused", about, by=request.member, person=person)
