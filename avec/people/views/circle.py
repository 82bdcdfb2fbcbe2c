from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from avec.accounts.access import MemberRequest, members

from ..asks import asking
from ..banner import ending, is_active, reads, until
from ..journal import record_reading
from ..models import CARE_ROLES, CareTeamMember, Objection, in_force, today
from ..policy import may_note_circle, may_note_mandate
from .page import open_record
from .team import is_now


@require_GET
@members(*CARE_ROLES)
def circle(request: MemberRequest, pk: UUID) -> HttpResponse:
    person, around, head = open_record(request, pk, "people:circle")
    # One standing decides each: who notes a mandate may also invite and add a colleague.
    may_mandate = may_note_mandate(request.member, person)
    may_note = may_mandate or may_note_circle(request.member, person)
    team = CareTeamMember.objects.visible_to(request.member).filter(person=person).select_related("member")
    ordered = sorted(team, key=lambda tie: (not is_now(tie), not tie.is_referent, tie.member.family_name))
    record_reading("circle", person, by=request.member)
    context = {
        "rows": [
            {
                "around": someone,
                "rights": [
                    {
                        "what": str(mandate),
                        "reads": reads(mandate),
                        "until": until(mandate),
                        "now": is_active(mandate, today()),
                        "soon": ending(mandate),
                        "pk": mandate.pk,
                        "revoked": mandate.revoked_on is not None,
                        "over": mandate.ends_on is not None and mandate.ends_on < today(),
                    }
                    for mandate in someone.mandates
                ],
                "invite": may_mandate and any(mandate.kind != "property" for mandate in someone.active),
            }
            for someone in around
        ],
        "team": [tie for tie in ordered if is_now(tie)],
        "objected": set(
            Objection.objects.visible_to(request.member)
            .filter(in_force(), person=person)
            .values_list("member_id", flat=True)
        ),
        "before": [tie for tie in ordered if not is_now(tie)],
        "may_mandate": may_mandate,
        "may_note": may_note,
        "asking": asking(person) if may_mandate else [],
        "named": any(tie.is_referent and not tie.external and is_now(tie) for tie in ordered),
    }
    return render(request, "people/circle.html", head | context)
