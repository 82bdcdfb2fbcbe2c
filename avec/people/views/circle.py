from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from avec.accounts.access import MemberRequest, members

from ..banner import is_active, reads, until
from ..journal import record_reading
from ..models import CARE_ROLES, CareTeamMember, Objection, in_force, today
from ..policy import may_invite_around
from .page import open_record


@require_GET
@members(*CARE_ROLES)
def circle(request: MemberRequest, pk: UUID) -> HttpResponse:
    person, around, head = open_record(request, pk, "people:circle")
    may_invite = may_invite_around(request.member, person)
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
                    }
                    for mandate in someone.mandates
                ],
                "invite": may_invite and any(mandate.kind != "property" for mandate in someone.active),
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
        "may_invite": may_invite,
    }
    return render(request, "people/circle.html", head | context)


def is_now(tie: CareTeamMember) -> bool:
    day = today()
    started = tie.starts_on is None or tie.starts_on <= day
    return started and (tie.ends_on is None or tie.ends_on >= day) and tie.consent_withdrawn_on is None
