"""The first page of own space: what is coming, what I said, what is for today."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from avec.accounts.access import MemberRequest
from avec.negotiation.refusals import refusals_of
from avec.people.models import today

from ..links import link
from ..partnership import named, places_of
from ..readers import last_readers
from .coming import coming
from .contract import its_name, my_contracts, words_of
from .helping import helps_of, of_today
from .saying import WAYS
from .space import Space, own_space
from .talking import talks_of
from .words import my_words, shared_words, told

SHOWN = 3


@own_space("own")
def own(request: MemberRequest, space: Space) -> HttpResponse:
    """Three things at most of each kind; the rest is one press away."""
    talks = talks_of(space)
    refused = refusals_of(space.member, space.person)
    contracts = my_contracts(space)
    contract = contracts[0] if contracts else None
    places = places_of(space.member)
    dates = coming(space, talks, refused, contracts, places)
    shown = dates[:SHOWN]
    context: dict[str, Any] = {
        "space": space,
        "now": today(),
        "coming": shown,
        "more": len(dates) - SHOWN,
        "today": of_today(helps_of(space)),
        "ways": WAYS,
        "talks": sum(1 for one in talks if not one.negotiation.is_concluded),
        "contract": contract,
        # Said once: the card of what is coming says it already.
        "contract_told": contract is not None and any(contract.url in card.url for card in shown),
        "contracts": len(contracts),
        "contract_name": its_name(space),
        "contract_says": words_of(contract, space.person, is_self=space.is_self) if contract else [],
        "groups": [named(place) for place in places if link("barometer:home")][:SHOWN],
        "refused": refused,
        "refused_shown": refused.stand[:SHOWN],
    }
    if space.is_self:
        context["readers"] = last_readers(space.person, SHOWN)
        [context["words"]] = told(space, my_words(space), limit=SHOWN)
    else:
        context["words"], context["shared"] = told(space, my_words(space), shared_words(space), limit=SHOWN)
    return render(request, "home/own.html", context)
