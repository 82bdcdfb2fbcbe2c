"""Where a campaign stands, in words, and the step that comes next. It never counts an answer."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from avec.ui.words import date_long, time_words

from .models import Campaign
from .rules import GRACE, Phase


def local_words(moment: datetime) -> str:
    return time_words(timezone.localtime(moment))


def until(campaign: Campaign) -> str:
    """When who had begun can no longer send: « 14 h 32 »."""
    return local_words(campaign.course.closes + GRACE)


def state_words(campaign: Campaign, now: datetime | None = None) -> str:
    """Where it is, in a few words, for a list."""
    now = now or timezone.now()
    course = campaign.course
    phase = course.phase(now)
    if phase == Phase.DRAFT:
        return _("En préparation")
    if phase == Phase.CANCELLED:
        return _("Annulée")
    if phase == Phase.SETTLED and campaign.group.is_pair:
        return _("Réponses ouvertes le %s") % date_long(timezone.localdate(campaign.settled_at))
    if phase == Phase.SETTLED:
        return _("Réponses comptées le %s") % date_long(timezone.localdate(campaign.settled_at))
    if course.is_waiting(now):
        return _("S’ouvre le %s") % date_long(campaign.opens_on)
    if phase == Phase.OPEN:
        return _("Ouverte jusqu’au %s") % date_long(campaign.closes_on)
    if phase == Phase.GRACE:
        return _("Fermée. Les réponses commencées arrivent jusqu’à %s") % until(campaign)
    return _("Fermée, réponses à compter")


@dataclass(frozen=True)
class Way:
    """A step, or a page: its words, its address, why."""

    words: str
    url: str
    why: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Next:
    """What comes now: said first, at the top of the page."""

    title: str
    lines: list[str]
    ways: list[Way] = field(default_factory=list)


def closed_on(campaign: Campaign) -> str:
    """Its last day, or the day it was closed."""
    return date_long(campaign.last_day)
