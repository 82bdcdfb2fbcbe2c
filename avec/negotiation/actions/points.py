from django.db import transaction
from django.utils import timezone

from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.people.journal import record

from ..models import Ground, Move, Negotiation, Point
from ..policy import may_add_point, may_lead
from ..rules import Verb
from ..sitting import lay, sit


@transaction.atomic
def add_point(
    negotiation: Negotiation,
    words: str,
    *,
    by: Member,
    nature: str = "",
    source: str = "",
    ground: Ground | None = None,
    how_of: Point | None = None,
) -> Point:
    """Put a point on the table. Only who leads says that it cannot be negotiated, and from which source."""
    sitting = sit(negotiation)
    table = sitting.negotiation
    require(may_add_point(by, table, list(sitting.parties.values())))
    require(not nature or may_lead(by, table))
    require(ground is None or ground.establishment_id == table.establishment_id)
    require(how_of is None or str(how_of.pk) in sitting.points)
    source = source.strip() or (ground.source if ground else "")
    point = Point(
        negotiation=table,
        number=len(sitting.points) + 1,
        words=words.strip(),
        nature=nature,
        source=source,
        ground=ground,
        how_of=how_of,
    )
    detail = {"nature": nature, "source": source, "how_of": str(how_of.pk) if how_of else ""}
    lay(sitting, Verb.ADD_POINT, by=by, point=point, words=point.words, detail=detail)
    record("negotiation.point_added", table, by=by, person=table.person, point=str(point.pk))
    return point


@transaction.atomic
def class_point(
    negotiation: Negotiation,
    point: Point,
    nature: str,
    *,
    by: Member,
    source: str = "",
    ground: Ground | None = None,
    words: str = "",
) -> Point:
    """Say what a point is: it is negotiated, or it is not and where that comes from."""
    sitting = sit(negotiation)
    table = sitting.negotiation
    require(may_lead(by, table))
    require(ground is None or ground.establishment_id == table.establishment_id)
    point = sitting.points[str(point.pk)]
    source = source.strip() or (ground.source if ground else "")
    lay(
        sitting,
        Verb.CLASS_POINT,
        by=by,
        point=point,
        words=words,
        detail={"nature": nature, "source": source},
    )
    point.nature, point.source, point.ground = nature, source, ground
    point.words = words.strip() or point.words
    point.save(update_fields=["nature", "source", "ground", "words"])
    record("negotiation.point_classed", table, by=by, person=table.person, point=str(point.pk), nature=nature)
    return point


@transaction.atomic
def drop_point(negotiation: Negotiation, point: Point, reason: str, *, by: Member) -> Move:
    """Take a point off the table, saying why; what was said about it stays in the history."""
    sitting = sit(negotiation)
    require(may_lead(by, sitting.negotiation))
    point = sitting.points[str(point.pk)]
    move = lay(sitting, Verb.DROP_POINT, by=by, point=point, words=reason)
    point.dropped_at = timezone.now()
    point.save(update_fields=["dropped_at"])
    record("negotiation.point_dropped", sitting.negotiation, by=by, person=sitting.negotiation.person)
    return move


@transaction.atomic
def explain(
    negotiation: Negotiation, point: Point, *, by: Member, understood: str, form: str, words: str = ""
) -> Move:
    """Note that what cannot be negotiated was explained to the person: by whom, how, understood or not."""
    sitting = sit(negotiation)
    require(may_lead(by, sitting.negotiation))
    point = sitting.points[str(point.pk)]
    move = lay(
        sitting,
        Verb.EXPLAIN,
        by=by,
        point=point,
        words=words,
        detail={"understood": understood, "form": form},
    )
    record(
        "negotiation.explained",
        sitting.negotiation,
        by=by,
        person=sitting.negotiation.person,
        point=str(point.pk),
        understood=understood,
    )
    return move
