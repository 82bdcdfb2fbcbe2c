from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from avec.accounts.journal import record
from avec.accounts.models import Establishment, Member
from avec.accounts.policy import require
from avec.people.clash import OutOfDate
from avec.people.models import today
from avec.people.rules import fold

from ..models import Ground
from ..policy import may_keep_grounds
from ..rules.grounds import GroundRefused, check_ground, check_review
from ..rules.usual import COUNTRIES, EDITION


@dataclass(frozen=True)
class Grounded:
    """A ground as it is written: what, where it comes from, how it is said, what is left to talk over."""

    nature: str
    words: str
    source: str
    easy_words: str = ""
    open_words: str = ""

    def stripped(self) -> dict[str, str]:
        return {name: value.strip() for name, value in asdict(self).items()}


@transaction.atomic
def add_usual_grounds(country: str, *, by: Member) -> int:
    """Add what the list never had of the usual grounds of a country. How many were added.

    What the house reworded or retired stays as it chose: a line is known by its code, never by its words.
    """
    house = Establishment.objects.select_for_update().get(pk=by.establishment_id)
    require(may_keep_grounds(by, house))
    if country not in COUNTRIES:
        raise GroundRefused("Choisissez un pays.")
    known = Ground.objects.filter(establishment=house)
    codes = set(known.values_list("code", flat=True))
    taken = {fold(words) for words in known.values_list("words", flat=True)}
    _label, usual = COUNTRIES[country]
    missing = [one for one in usual if one.code not in codes and fold(one.words) not in taken]
    Ground.objects.bulk_create(
        Ground(
            establishment=house,
            code=one.code,
            nature=one.nature.value,
            words=one.words,
            source=one.source,
            easy_words=one.easy,
            open_words=one.around,
        )
        for one in missing
    )
    if missing:
        record("grounds.loaded", house, by=by, country=country, edition=EDITION, added=len(missing))
    return len(missing)


@transaction.atomic
def add_ground(fields: Grounded, *, by: Member) -> Ground:
    """Add a ground of the house's own. Raises GroundRefused with a sentence."""
    house = Establishment.objects.select_for_update().get(pk=by.establishment_id)
    require(may_keep_grounds(by, house))
    check_ground(fields.nature, fields.words, fields.source, _taken(by))
    ground = Ground.objects.create(establishment=house, **fields.stripped())
    record("ground.added", ground, by=by)
    return ground


@transaction.atomic
def change_ground(ground: Ground, fields: Grounded, *, version: int, by: Member) -> Ground:
    """Change a ground. Raises OutOfDate when somebody saved since the form was opened.

    Other words, or another source, are to be checked at source again. The points that quote it keep its
    source of their day.
    """
    ground = _held(ground, by)
    require(may_keep_grounds(by, ground.establishment))
    if ground.version != version:
        raise OutOfDate(ground)
    check_ground(fields.nature, fields.words, fields.source, _taken(by, but=ground))
    values = fields.stripped()
    changed = sorted(name for name, value in values.items() if getattr(ground, name) != value)
    for name in changed:
        setattr(ground, name, values[name])
    if {"words", "source", "nature"} & set(changed):
        ground.checked = False
    ground.version += 1
    ground.save(update_fields=[*values, "checked", "version"])
    record("ground.changed", ground, by=by, fields=changed)
    return ground


@transaction.atomic
def review_ground(
    ground: Ground, *, version: int, reviewed_on: date, review_by: date, checked: bool, by: Member
) -> Ground:
    """Somebody read it again: on that day, at source or not, and until when it holds.

    What was read is what is dated: OutOfDate when it was changed since the page was opened.
    """
    ground = _held(ground, by)
    require(may_keep_grounds(by, ground.establishment))
    if ground.version != version:
        raise OutOfDate(ground)
    check_review(reviewed_on, review_by, today())
    ground.reviewed_on, ground.reviewed_by, ground.review_by = reviewed_on, by, review_by
    ground.checked = checked
    ground.version += 1
    ground.save(update_fields=["reviewed_on", "reviewed_by", "review_by", "checked", "version"])
    record("ground.reviewed", ground, by=by, checked=checked)
    return ground


@transaction.atomic
def retire_ground(ground: Ground, *, by: Member) -> Ground:
    """No longer offered when a point is classed: the points that quote it keep it."""
    ground = _held(ground, by)
    require(may_keep_grounds(by, ground.establishment))
    ground.retired_at = timezone.now()
    ground.version += 1
    ground.save(update_fields=["retired_at", "version"])
    record("ground.retired", ground, by=by)
    return ground


@transaction.atomic
def take_back_ground(ground: Ground, *, by: Member) -> Ground:
    """Offered again."""
    ground = _held(ground, by, retired=True)
    require(may_keep_grounds(by, ground.establishment))
    if fold(ground.words) in _taken(by, but=ground):
        raise GroundRefused("Un motif avec les mêmes mots est déjà dans la liste.")
    ground.retired_at = None
    ground.version += 1
    ground.save(update_fields=["retired_at", "version"])
    record("ground.taken_back", ground, by=by)
    return ground


def _held(ground: Ground, by: Member, *, retired: bool = False) -> Ground:
    """The ground as it is now, of the member's own house, or a refusal."""
    require(ground.establishment_id == by.establishment_id)
    found = Ground.objects.select_for_update(of=("self",)).select_related("establishment")
    found = found.filter(pk=ground.pk, retired_at__isnull=not retired)
    if (held := found.first()) is None:
        raise GroundRefused(
            "Ce motif est déjà dans la liste." if retired else "Ce motif n’est plus dans la liste."
        )
    return held


def _taken(by: Member, but: Ground | None = None) -> frozenset[str]:
    rows = Ground.objects.filter(establishment=by.establishment_id, retired_at__isnull=True)
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    return frozenset(fold(words) for words in rows.values_list("words", flat=True))
