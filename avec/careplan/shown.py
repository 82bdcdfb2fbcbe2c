"""Somebody's words as every page shows them: who, when, how they were said, who confirms, who sees it otherwise."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.people.models import Person
from avec.ui.pictograms import pictos_as_words
from avec.ui.words import date_long

from .models import CarePlan, Confirmation, Expectation
from .rules.hearing import WAYS, Way
from .tensions import SideShown, Tensions
from .words import Speaker, confirmed_by, not_written_yet, speaker_of, when_said


@dataclass(frozen=True)
class Confirmed:
    """Somebody else saw the same thing."""

    speaker: Speaker
    words: str
    when: str


@dataclass(frozen=True)
class Facing:
    """« En tension avec Claire, sa fille »: the other sides, and where the divergence is read."""

    url: str
    about: str
    others: list[SideShown]

    @property
    def who(self) -> str:
        """« Claire (sa fille) et Sonia Benali (infirmière) »."""
        names = [
            f"{one.speaker.name} ({one.speaker.word})" if one.speaker.word else one.speaker.name
            for one in self.others
        ]
        return _(" et ").join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


@dataclass
class Shown:
    """What `careplan/said.html` needs of one expectation."""

    expectation: Expectation
    speaker: Speaker
    when: str
    waiting_words: str = ""
    sound_url: str = ""
    written_down: str = ""
    confirmed: list[Confirmed] = field(default_factory=list)
    facing: list[Facing] = field(default_factory=list)
    may_write_down: bool = False
    may_confirm: bool = False
    may_note_divergence: bool = False

    @property
    def not_wanted(self) -> bool:
        return self.expectation.kind == "not_wanted"

    @property
    def unsaid(self) -> str:
        """What stands for words: « pas encore écrit », or « en images » when the pictures say it all."""
        return self.waiting_words or (_("Dit en images, dans cet ordre :") if self.in_pictures_only else "")

    @property
    def in_pictures_only(self) -> bool:
        """The words are then those of the pictures themselves: shown once, under each."""
        return bool(self.expectation.pictos) and self.expectation.words == pictos_as_words(
            self.expectation.pictos
        )


def confirmations_by_expectation(
    member: Member | None, plan: CarePlan | UUID
) -> dict[UUID, list[Confirmation]]:
    """Who confirmed each observation of a plan, as far as this member reads. One query."""
    rows = (
        Confirmation.objects.visible_to(member)
        .filter(expectation__plan=plan)
        .select_related("relative", "by")
        .order_by("at")
    )
    found: dict[UUID, list[Confirmation]] = defaultdict(list)
    for row in rows:
        found[row.expectation_id].append(row)
    return found


def shown(
    expectation: Expectation,
    person: Person,
    *,
    reader: Member | None = None,
    confirmations: Iterable[Confirmation] = (),
    tensions: Tensions | None = None,
    may_write: bool = False,
) -> Shown:
    """From objects already gathered: asks nothing of the database when `transcribed_by` came with them.

    `may_write`: this reader writes in this plan, which is open.
    """
    confirmations = list(confirmations)
    here = may_write and expectation.withdrawn_at is None
    observed = expectation.voice == "observed"
    mine = reader is not None and (
        reader.pk in {expectation.written_by_id, expectation.professional_id}
        or any(one.by_id == reader.pk and one.relative_id is None for one in confirmations)
    )
    return Shown(
        expectation,
        speaker_of(expectation, person),
        when_said(expectation, person),
        waiting_words=not_written_yet(expectation),
        sound_url=reverse("careplan:sound", args=[expectation.pk]) if expectation.recording_id else "",
        written_down=written_down(expectation),
        confirmed=[Confirmed(confirmed_by(one), one.words, when_seen(one)) for one in confirmations],
        facing=[
            Facing(
                reverse("careplan:divergence", args=[one.divergence.pk]),
                one.divergence.about,
                one.others(expectation.pk),
            )
            for one in (tensions.of(expectation.pk) if tensions else [])
        ],
        may_write_down=here and expectation.waits_for_words,
        may_confirm=here and observed and not mine,
        may_note_divergence=here and not expectation.waits_for_words,
    )


def written_down(expectation: Expectation) -> str:
    """« Écrit par Sonia Benali, le 12 novembre 2026 »: the words of a sound are somebody's writing."""
    if not expectation.transcribed_by_id or expectation.transcribed_at is None:
        return ""
    by = expectation.transcribed_by
    return _("Paroles écrites par %(name)s, le %(day)s") % {
        "name": by.name if by else "",
        "day": date_long(timezone.localdate(expectation.transcribed_at)),
    }


def when_seen(confirmation: Confirmation) -> str:
    if confirmation.seen_on is not None:
        return _("vu le %s") % date_long(confirmation.seen_on)
    return _("confirmé le %s") % date_long(timezone.localdate(confirmation.at))


def ways_of(plan: CarePlan) -> list[str]:
    """What was tried to hear somebody who does not speak, in words."""
    return [WAYS[Way(code)] for code in plan.ways_tried if code in set(Way)]
