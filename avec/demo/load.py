"""Load the demonstration: everything or nothing, once."""

import heapq
from collections.abc import Iterable

from django.db import transaction

from avec.accounts.models import Establishment

from .checks import refuse_real_people
from .clock import PARIS, at, days_ago
from .house import TILLEULS, Told, build_houses, load_scales
from .stories import RIVES_STORIES, TILLEULS_STORIES


def is_loaded() -> bool:
    return Establishment.objects.filter(finess=TILLEULS, is_demo=True).exists()


def ensure_demo() -> bool:
    """The demonstration is there when this returns; True when it had to be loaded.

    DemoRefused, with one sentence, when the database belongs to a real establishment.
    """
    refuse_real_people()
    return load_demo()


@transaction.atomic
def load_demo() -> bool:
    """Both establishments and their year of history. Does nothing, and answers False, when they are there."""
    if is_loaded():
        return False
    with at(days_ago(760)):
        tilleuls, rives = build_houses()
        load_scales(tilleuls, by="qualite")
    stories = [story(tilleuls) for story in TILLEULS_STORIES] + [story(rives) for story in RIVES_STORIES]
    tell(stories)
    return True


def tell(stories: Iterable[Told]) -> None:
    """Run all the stories together, in the order of time: the journal is written as it would have been.

    A story yields a moment; what follows, up to its next moment, happens then.
    """
    waiting = [(next(story), order, story) for order, story in enumerate(stories)]
    heapq.heapify(waiting)
    latest = days_ago(760)
    while waiting:
        moment, order, story = heapq.heappop(waiting)
        with at(max(moment, latest)) as clock:
            following = next(story, None)
            latest = clock.now(PARIS)
        if following is not None:
            heapq.heappush(waiting, (following, order, story))
