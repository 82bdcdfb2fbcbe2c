"""Whether contracts can be sealed and stamped today, for those who keep the installation and the house. No name, no contract."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from avec.accounts.access import MemberRequest, members
from avec.documents.health import seal_health
from avec.documents.stamp import stamp_wanted

from ..copies import SEAL_KEEPERS, to_seal, to_stamp


@members(*sorted(SEAL_KEEPERS))
@require_GET
def seals(request: MemberRequest) -> HttpResponse:
    house = request.member.establishment_id
    findings = seal_health()
    context = {
        "findings": findings,
        "troubles": [finding.sentence for finding in findings if not finding.ok],
        "to_seal": to_seal().filter(establishment_id=house).count(),
        "to_stamp": to_stamp().filter(contract__establishment_id=house).count() if stamp_wanted() else 0,
    }
    return render(request, "contracts/seals/seals.html", context)
