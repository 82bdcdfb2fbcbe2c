"""Many pictures at once: each campaign through its own protection, as many queries however many campaigns."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from ..models import Campaign, JointRating
from .picture import Picture, picture_of


def pictures_of(campaigns: QuerySet[Campaign]) -> list[Picture]:
    """The pictures of these settled campaigns, in their order; two queries."""
    rows = list(campaigns.select_related("figures", "barometer", "group__establishment"))
    ratings = ratings_of([row.pk for row in rows])
    return [picture_of(row, ratings=ratings[row.pk]) for row in rows]


def ratings_of(keys: Sequence[UUID]) -> dict[UUID, list[JointRating]]:
    found: dict[UUID, list[JointRating]] = defaultdict(list)
    for rating in JointRating.objects.filter(session_id__in=keys):
        found[rating.session_id].append(rating)
    return found
