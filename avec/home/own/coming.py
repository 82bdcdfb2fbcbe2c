"""What is coming: what waits for me now, then each date, with the one thing to do. No task is invented."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from avec.accounts.access import MemberRequest
from avec.careplan.actions import plan_of
from avec.careplan.models import CarePlan, Expectation, ReplyChoice
from avec.careplan.words import short
from avec.negotiation.refusals import Rows, refusals_of
from avec.people.models import today
from avec.ui.words import date_full, distance

from ..partnership import Asks, asks_of, named, places_of
from .aims import Aim, aims_of, open_goals, where_words
from .balance import SAID_IN, said_of
from .contract import Mine, its_name, my_contracts, words_of
from .space import Space, own_space
from .talking import Talk, talks_of, waits
from .words import my_words


@dataclass(frozen=True)
class Coming:
    """One thing: what, in short lines, and the one thing to do. Without a day, it waits now."""

    what: str
    url: str
    act: str
    lines: tuple[str, ...] = ()
    day: date | None = None
    picto: str = ""

    @property
    def is_late(self) -> bool:
        return self.day is not None and self.day < today()

    @property
    def when(self) -> str:
        """« Jeudi 12 novembre 2026 », « Maintenant »."""
        if self.day is None:
            return _("Maintenant")
        words = date_full(self.day)
        return words[:1].upper() + words[1:]

    @property
    def far(self) -> str:
        """« C’est dans 2 jours. », « C’était il y a 3 jours. »"""
        if self.day is None:
            return ""
        return (_("C’était %s.") if self.is_late else _("C’est %s.")) % distance(self.day, today())


def coming(
    space: Space,
    talked: list[Talk] | None = None,
    refused: Rows | None = None,
    contracts: list[Mine] | None = None,
    places: list[Any] | None = None,
) -> list[Coming]:
    """In the order of their dates: what waits now stands at today.

    `talked`, `refused`, `contracts`, `places`: the negotiations, the refused cares, my contracts and my places in
    a group, once they are read.
    """
    plan = plan_of(space.person)
    rows = refusals_of(space.member, space.person) if refused is None else refused
    signing = my_contracts(space) if contracts is None else contracts
    found = [*contract(space, signing), *talks(talks_of(space) if talked is None else talked)]
    found += [*goals(space, aims_of(space, open_goals(space))), *put_off(space), *asked_again(space, rows)]
    found += together(places_of(space.member) if places is None else places)
    if plan is not None:
        found += review(space, plan)
    return sorted(found, key=lambda one: one.day or today())


def contract(space: Space, found: list[Mine]) -> Iterable[Coming]:
    """What the contracts ask of me: a choice, the day the team comes back for it, a copy."""
    act = _("Lire mon contrat") if space.is_self else _("Lire le contrat")
    for mine in found:
        if not mine.url:
            continue
        lines = tuple(words_of(mine, space.person, is_self=space.is_self))
        if mine.open and mine.back_on is not None:
            yield Coming(_("L’équipe revient me voir"), mine.url, act, lines, mine.back_on, "pen")
        elif mine.open:
            yield Coming(_("%s m’attend") % its_name(space), mine.url, act, lines, picto="pen")
        elif mine.copy_waits:
            yield Coming(
                _("Ma copie m’attend"),
                f"{mine.url}#copie",
                _("Prendre ma copie"),
                (_("Le contrat est signé."), _("Je peux garder ma copie.")),
                picto="copy",
            )
        elif mine.refused and mine.step_on is not None and mine is found[0]:
            yield Coming(
                _("On me reparle de mon contrat") if space.is_self else _("On me reparle du contrat"),
                mine.url,
                act,
                lines[:1],
                mine.step_on,
                "say",
            )


def talks(found: Iterable[Talk]) -> Iterable[Coming]:
    """What waits for me at each table; else the date by which an agreement is looked for."""
    for talk in found:
        one = talk.negotiation
        if talk.seated.waits:
            what, act = waits()[talk.seated.waits[0].ask]
            yield Coming(what, talk.url, act, (one.title,), picto="say")
        elif not one.is_concluded and one.due_on is not None:
            yield Coming(
                _("On cherche un accord"), talk.url, _("Voir où on en est"), (one.title,), one.due_on, "with"
            )
        elif one.is_concluded and one.next_on is not None and one.next_on >= today():
            yield Coming(
                _("On reparle de ce qui n’est pas d’accord"),
                talk.url,
                _("Relire ce qui a été dit"),
                (one.title,),
                one.next_on,
                "say",
            )


def together(places: list[Any]) -> Iterable[Coming]:
    """What my groups ask of me: a yes to a pair, what I think of our partnership, the next step if I lead it."""
    for ask in asks_of(places, timezone.now()):
        name = named(ask.place)
        if ask.asks == Asks.AGREE:
            who = ask.place.group.created_by.name
            what = _("%s veut faire le point avec moi") % who
            yield Coming(what, ask.url, _("Dire oui ou non"), (_("À deux, sur notre façon de travailler."),))
        elif ask.asks == Asks.ANSWER:
            what = _("On demande ce que je pense")
            lines = (name, _("Ce que nous faisons ensemble, et ce qui manque."))
            yield Coming(what, ask.url, _("Voir comment répondre"), lines, ask.on, "say")
        elif ask.asks == Asks.OPEN:
            yield Coming(_("Le baromètre est à ouvrir"), ask.url, _("Préparer"), (name,), ask.on, "team")
        else:
            yield Coming(_("Le baromètre est fermé"), ask.url, _("Voir la suite"), (name,), picto="team")


def goals(space: Space, aims: list[Aim]) -> Iterable[Coming]:
    """What to say of the goals, and the dates on which one looks at them together."""
    # A relative gives their opinion if they wish: it is not a thing that waits for them.
    asked = [aim for aim in aims if aim.stance is None and (space.is_self or space.speaks_for)]
    if asked:
        yield Coming(
            ngettext("Un objectif attend mon avis", "%s objectifs attendent mon avis", len(asked))
            % (len(asked) if len(asked) > 1 else ()),
            asked[0].next[0] if len(asked) == 1 else reverse("home:own_goals"),
            _("Dire mon avis") if len(asked) == 1 else _("Voir les objectifs"),
            tuple(aim.title for aim in asked[:3]),
            picto="say",
        )
    for aim in aims:
        yield from dates_of(space, aim)


def dates_of(space: Space, aim: Aim) -> Iterable[Coming]:
    here = reverse("home:own_goal", args=[aim.goal.pk])
    due, held = aim.goal.due_on, aim.stance
    if due is not None and (due > today() or aim.asks_level):
        come = due <= today()
        yield Coming(
            _("On fait le point")
            if not come
            else _("Où j’en suis\u00a0?")
            if space.is_self
            else _("Où en est-on\u00a0?"),
            reverse("home:own_evaluate", args=[aim.goal.pk]) if come else here,
            where_words(space) if come else _("Voir cet objectif"),
            (aim.title,),
            due,
            aim.goal.picto,
        )
    if held is not None and (again := held.position.ask_again_on):
        come = again <= today()
        yield Coming(
            _("On me redemande mon avis"),
            reverse("home:own_position", args=[aim.goal.pk]) if come else here,
            _("Dire mon avis") if come else _("Voir cet objectif"),
            (aim.title,),
            again,
            "say",
        )


def asked_again(space: Space, refused: Rows) -> Iterable[Coming]:
    """The day on which I am asked again about a care that I do not want."""
    for row in refused.stand:
        come = row.where.to_ask and space.is_self
        yield Coming(
            _("On me redemande pour un soin") if space.is_self else _("On redemande pour un soin"),
            reverse("negotiation:ask_again" if come else "negotiation:refusal", args=[row.refusal.pk]),
            _("Répondre") if come else _("Voir ce que j’ai dit") if space.is_self else _("Lire"),
            (row.refusal.care,),
            row.where.ask_on,
            "no",
        )


def put_off(space: Space) -> Iterable[Coming]:
    """My words whose answer was put off until a day."""
    words = my_words(space).filter(
        current_answer__reply=ReplyChoice.POSTPONED.value, current_answer__until__isnull=False
    )
    for said in words:
        yield Coming(
            _("On reparle de ce que j’ai dit") if not has_come(said) else _("On devait reparler de mes mots"),
            reverse("home:own_said") + f"#dit-{said.pk}",
            _("Relire mes mots"),
            (short(said.words) or _("Mon message de vive voix"),),
            said.current_answer.until if said.current_answer else None,
            "say",
        )


def has_come(said: Expectation) -> bool:
    until = said.current_answer.until if said.current_answer else None
    return until is not None and until < today()


def review(space: Space, plan: CarePlan) -> Iterable[Coming]:
    """The balance of the plan: now when it is under review, else on the day it was set for."""
    mine = _("Le bilan de mon projet") if space.is_self else _("Le bilan du projet")
    url = reverse("home:own_balance")
    if plan.step == "under_review":
        if not any(space.said_by_me(one.voice, one.relative_id) for one in said_of(space, plan)):
            yield Coming(
                mine, url, _("Dire ce que j’en pense"), (_("Je dis ce que le projet a changé."),), picto="say"
            )
    elif plan.review_on is not None and plan.review_on >= today():
        yield Coming(
            mine,
            url if plan.step in SAID_IN else reverse("home:own_goals"),
            _("Préparer ce moment") if plan.step in SAID_IN else _("Voir les objectifs"),
            (_("On regarde ensemble ce qui a changé."),),
            plan.review_on,
            "team",
        )


@own_space("own_coming")
def own_coming(request: MemberRequest, space: Space) -> HttpResponse:
    """Everything that is coming, each date in full with how far it is."""
    return render(request, "home/own_coming.html", {"space": space, "coming": coming(space)})
