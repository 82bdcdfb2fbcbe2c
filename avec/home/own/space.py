"""Whose space this is, and what opens it: found again at each request."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from avec.accounts.access import MemberRequest, members
from avec.accounts.models import Member, Role
from avec.careplan.actions import voice_of
from avec.people.journal import record_reading
from avec.people.models import Person, RelatedPerson, today
from avec.people.rules import Kind, Level, Relationship, Standing, readable_levels

LAY = (Role.PERSON.value, Role.RELATIVE.value)
CHOSEN = "own_person"


@dataclass(frozen=True)
class Space:
    """Whose space this is, and who is in it. `several`: this relative may choose another person.

    `easy`: this reader reads the easy version first, where there are two.
    """

    member: Member
    person: Person
    tie: RelatedPerson | None
    several: bool
    easy: bool = False

    @property
    def is_self(self) -> bool:
        return self.tie is None

    @property
    def voice(self) -> str:
        return "person" if self.tie is None else voice_of(self.tie)

    @property
    def name(self) -> str:
        return self.person.called if self.tie is None else (self.tie.given_name or self.tie.name)

    @property
    def speaks_for(self) -> bool:
        """Somebody whom a judgment, or the law, lets speak for the person."""
        return self.voice == "representative"

    def said_by_me(self, voice: str, relative_id: UUID | None) -> bool:
        """Are these my own words: of the person, or of this very relative?"""
        if self.tie is None:
            return voice == "person"
        return relative_id == self.tie.pk

    @cached_property
    def also_read(self) -> list[RelatedPerson]:
        """Who of the circle reads even what is hidden from relatives: no page may promise otherwise."""
        ties = RelatedPerson.objects.visible_to(self.member).filter(person=self.person)
        return [tie for tie in ties.prefetch_related("mandates") if Level.C2 in levels_of(tie)]


OwnView = Callable[..., HttpResponse]


def own_space(what: str) -> Callable[[OwnView], Callable[..., HttpResponse]]:
    """Find whose space it is, refuse it calmly when there is none, and leave the trace of the reading.

    The person is looked for again at each request: a mandate taken back closes everything at once (T28).
    """

    def decorate(view: OwnView) -> Callable[..., HttpResponse]:
        @members(*LAY)
        @wraps(view)
        def opened(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            persons = list(Person.objects.visible_to(request.member))
            if not persons:
                return render(request, "home/own_closed.html", status=403)
            chosen = str(request.session.get(CHOSEN, ""))
            person = next((one for one in persons if str(one.pk) == chosen), None)
            if person is None and len(persons) > 1:
                return redirect("home:own_choose")
            person = person or persons[0]
            tie, several = tie_of(request.member, person), len(persons) > 1
            space = Space(request.member, person, tie, several, request.display.easy)
            if request.method != "POST":
                record_reading(what, person, by=request.member)
                return view(request, space, *args, **kwargs)
            response = view(request, space, *args, **kwargs)
            # A form that comes back, or a page asked for by POST, shows the record too.
            if not 300 <= response.status_code < 400:
                record_reading(what, person, by=request.member)
            return response

        return opened

    return decorate


def tie_of(member: Member, person: Person) -> RelatedPerson | None:
    if member.role == Role.PERSON.value:
        return None
    ties = RelatedPerson.objects.visible_to(member).filter(person=person, member=member)
    return ties.prefetch_related("mandates").first()


def as_uuid(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError as error:
        raise Http404 from error


def levels_of(tie: RelatedPerson) -> frozenset[Level]:
    """What the mandates in force open (the decision is people.rules.readable_levels)."""
    ties = tuple(
        Relationship(
            Kind(mandate.kind),
            mandate.starts_on,
            mandate.ends_on,
            revoked=mandate.revoked_on is not None,
            wider=mandate.wider,
        )
        for mandate in tie.mandates.all()
    )
    return readable_levels(Standing(same_establishment=True, relationships=ties), today())


def posted(request: MemberRequest) -> QueryDict | None:
    """What a form was sent with, even nothing at all; None when its page is only opened."""
    return request.POST if request.method == "POST" else None


def once(request: MemberRequest) -> str:
    """What tells this form from the next one: sent twice, it is received once."""
    return request.POST.get("once") or str(uuid4())
