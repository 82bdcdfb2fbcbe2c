"""The sentence of each move of the story: one function for each verb, in the order of `rules.Verb`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.ui.words import date_long, elide, quote

from .models import Move, NatureChoice, NextStepChoice, OutcomeChoice, Party, PhaseChoice, ResultChoice
from .present import listed
from .rules import Answer, Phase, Understood, Verb, is_negotiable
from .sitting import Sitting


def phase_words(phase: Phase, named: Mapping[Phase, Any]) -> str:
    return str(named.get(phase, PhaseChoice(phase.value).label))


@dataclass
class Teller:
    """One move and the table it was made at, with the words its sentence needs."""

    sitting: Sitting
    move: Move
    names: dict[str, str]
    phase: Phase
    aim_before: bool
    due_before: str
    # What the reader's own pages call the phases; else the words of the team.
    phases: Mapping[Phase, Any]

    def phase_named(self, value: object) -> str:
        """« Explorer », or « On dit ce qui compte »: quoted, as this reader knows it."""
        return quote(phase_words(Phase(str(value)), self.phases).capitalize())

    @property
    def hand(self) -> str:
        return self.move.by.name

    @property
    def party(self) -> str:
        return self.sitting.parties[str(self.move.party_id)].name

    @property
    def point(self) -> str:
        """« point 3, « La douche » », in the words it had then."""
        return self.point_of(str(self.move.point_id))

    def point_of(self, key: str) -> str:
        point = self.sitting.points[key]
        return _("point %(number)s, %(words)s") % {
            "number": point.number,
            "words": quote(self.names.get(key, point.words)),
        }

    @property
    def about(self) -> Move:
        return self.sitting.move_at(self.move.about)

    @property
    def own(self) -> bool:
        """Is it the hand of the party that the move is about?"""
        party = self.sitting.parties.get(str(self.move.party_id))
        return party is not None and _is(party, self.move.by, self.sitting)


@dataclass(frozen=True)
class Told:
    """What the sentence of a verb gives. `by_party`: in the party's voice; else in the voice of whose hand it was."""

    sentence: str
    more: tuple[str, ...] = ()
    by_party: bool = False
    said: bool = False


def _is(party: Party, by: Member, sitting: Sitting) -> bool:
    if party.relative is not None:
        return party.relative.member_id == by.pk
    if party.professional_id is not None:
        return party.professional_id == by.pk
    return sitting.negotiation.person.member_id == by.pk


def _facts(one: Teller, **more: object) -> dict[str, object]:
    return {"who": one.hand, **more}


def _day(value: object) -> str:
    return date_long(date.fromisoformat(str(value))) if value else ""


def _nature(detail: object) -> tuple[str, ...]:
    """What a point was said to be, and its source."""
    assert isinstance(detail, dict)
    nature, source = str(detail.get("nature", "")), str(detail.get("source", ""))
    if not nature:
        return ()
    facts = {"what": NatureChoice(nature).label}
    if is_negotiable(nature):
        return (_("Cela se négocie\u00a0: %(what)s.") % facts,)
    return (
        _("Cela ne se négocie pas\u00a0: %(what)s.") % facts,
        _("Source\u00a0: %s") % source if source else "",
    )


# Who is at the table, on what, until when.
def _join(one: Teller) -> Told:
    party = one.sitting.parties[str(one.move.party_id)]
    sentence = _("%s prend place à la table.") % one.party
    more = ""
    if one.move.detail.get("stands_for"):
        called = one.sitting.negotiation.person.called
        sentence = _("%(party)s prend place à la table, et parle au nom %(called)s.") % {
            "party": one.party,
            "called": elide(called),
        }
        more = _("Pourquoi\u00a0: %s") % one.move.detail["stands_for"]
    by = "" if _is(party, one.move.by, one.sitting) else _("À la demande %s.") % elide(one.hand)
    return Told(sentence, (more, by), by_party=True)


def _leave(one: Teller) -> Told:
    if one.own:
        return Told(_("%s quitte la table.") % one.party, by_party=True, said=True)
    return Told(_("%(who)s note que %(party)s quitte la table.") % _facts(one, party=one.party))


def _aloud(one: Teller) -> Told:
    if one.move.detail.get("aloud"):
        if one.own:
            return Told(_("%s choisit de répondre de vive voix.") % one.party, by_party=True)
        return Told(_("%(who)s écrira ce que %(party)s dit de vive voix.") % _facts(one, party=one.party))
    if one.own:
        return Told(_("%s répondra par ses propres moyens.") % one.party, by_party=True)
    return Told(
        _("%(who)s note que %(party)s répondra par ses propres moyens.") % _facts(one, party=one.party)
    )


def _aim(one: Teller) -> Told:
    if one.aim_before:
        return Told(
            _("%s réécrit le but commun.") % one.hand,
            (_("On redemande à chaque personne si elle l’accepte."),),
        )
    return Told(_("%s écrit le but commun.") % one.hand)


def _accept_aim(one: Teller) -> Told:
    return Told(_("%s accepte le but commun.") % one.party, by_party=True)


def _refuse_aim(one: Teller) -> Told:
    return Told(_("%s n’accepte pas le but commun.") % one.party, by_party=True, said=True)


def _deadline(one: Teller) -> Told:
    day = _day(one.move.detail.get("due_on"))
    if one.due_before:
        return Told(_("%(who)s change la date limite\u00a0: le %(day)s.") % _facts(one, day=day))
    return Told(_("%(who)s choisit la date limite\u00a0: le %(day)s.") % _facts(one, day=day))


def _extend(one: Teller) -> Told:
    day, before = _day(one.move.detail.get("due_on")), _day(one.due_before)
    sentence = _("%(who)s donne plus de temps\u00a0: jusqu’au %(day)s, au lieu du %(before)s.")
    return Told(sentence % _facts(one, day=day, before=before))


def _add_point(one: Teller) -> Told:
    how_of = str(one.move.detail.get("how_of", ""))
    number = one.sitting.points[str(one.move.point_id)].number
    more = _nature(one.move.detail)
    if how_of:
        more = (_("C’est la manière de faire du %s.") % one.point_of(how_of), *more)
    return Told(_("%(who)s met le point %(number)s sur la table.") % _facts(one, number=number), more)


def _class_point(one: Teller) -> Told:
    return Told(
        _("%(who)s dit ce qu’est le %(point)s.") % _facts(one, point=one.point),
        _nature(one.move.detail),
    )


def _drop_point(one: Teller) -> Told:
    return Told(_("%(who)s retire le %(point)s.") % _facts(one, point=one.point))


UNDERSTOOD = {
    Understood.YES.value: lambda: _("%s a compris."),
    Understood.IN_PART.value: lambda: _("%s a compris en partie."),
    Understood.NO.value: lambda: _("%s n’a pas compris\u00a0: il faudra expliquer encore."),
    Understood.NOT_SAID.value: lambda: _("On ne sait pas si %s a compris."),
}


def _explain(one: Teller) -> Told:
    called = one.sitting.negotiation.person.called
    facts = _facts(one, point=one.point, called=called, form=one.move.detail.get("form", ""))
    understood = UNDERSTOOD.get(str(one.move.detail.get("understood", "")))
    return Told(
        _("%(who)s explique à %(called)s pourquoi le %(point)s ne se négocie pas, %(form)s.") % facts,
        (understood() % called if understood else "",),
        said=True,
    )


# What each party is after.
def _stake(one: Teller) -> Told:
    return Told(_("%s dit ce qui compte.") % one.party, by_party=True, said=True)


def _keep_stake(one: Teller) -> Told:
    return Told(_("%s choisit de ne pas dire ce qui compte.") % one.party, by_party=True)


# Positions and concessions.
def _position(one: Teller) -> Told:
    before = any(
        earlier.verb == Verb.POSITION.value
        and earlier.party_id == one.move.party_id
        and earlier.point_id == one.move.point_id
        for earlier in one.sitting.moves[: one.move.number - 1]
    )
    facts = {"party": one.party, "point": one.point}
    sentence = (
        _("%(party)s change sa demande sur le %(point)s.")
        if before
        else _("%(party)s dit sa demande sur le %(point)s.")
    )
    return Told(sentence % facts, by_party=True, said=True)


def _offer(one: Teller) -> Told:
    more = [_("Au lieu de\u00a0: %s") % quote(str(one.move.detail.get("was", "")))]
    if one.move.about:
        answered = one.about
        name = one.sitting.parties[str(answered.party_id)].name
        facts = {"name": elide(name), "words": quote(answered.words)}
        more.append(_("En face du pas %(name)s\u00a0: %(words)s") % facts)
    facts = {"party": one.party, "point": one.point}
    return Told(
        _("%(party)s propose un pas sur le %(point)s.") % facts, tuple(more), by_party=True, said=True
    )


def _answered(one: Teller) -> dict[str, str]:
    offered = one.about
    return {
        "party": one.party,
        "name": elide(one.sitting.parties[str(offered.party_id)].name),
        "words": quote(offered.words),
        "point": one.point_of(str(offered.point_id)),
    }


def _accept(one: Teller) -> Told:
    sentence = _("%(party)s accepte le pas %(name)s sur le %(point)s\u00a0: %(words)s")
    return Told(sentence % _answered(one), by_party=True)


def _decline(one: Teller) -> Told:
    sentence = _("%(party)s n’accepte pas le pas %(name)s sur le %(point)s\u00a0: %(words)s")
    return Told(sentence % _answered(one), by_party=True, said=True)


def _withdraw(one: Teller) -> Told:
    sentence = _("%(party)s reprend le pas qui était proposé sur le %(point)s\u00a0: %(words)s")
    return Told(sentence % _answered(one), by_party=True, said=True)


def _settle(one: Teller) -> Told:
    kind = OutcomeChoice(str(one.move.detail["kind"])).label
    return Told(
        _("%(who)s note l’issue du %(point)s\u00a0: %(kind)s.") % _facts(one, point=one.point, kind=kind)
    )


def _unsettle(one: Teller) -> Told:
    return Told(_("%(who)s remet en discussion le %(point)s.") % _facts(one, point=one.point))


# The whole.
def _gather(one: Teller) -> Told:
    there = [
        one.sitting.parties[key].name
        for key in one.move.detail.get("present", ())
        if key in one.sitting.parties
    ]
    if not there:
        return Told(_("%s commence une rencontre.") % one.hand)
    return Told(_("%(who)s commence une rencontre avec %(names)s.") % _facts(one, names=listed(there)))


def _go_on(one: Teller) -> Told:
    if one.move.detail.get("as_it_stands"):
        return Told(
            _("La date limite est passée. %s passe à la conclusion, avec ce qui est écrit ce jour-là.")
            % one.hand
        )
    to = one.phase_named(one.move.detail["to"])
    return Told(_("%(who)s passe à l’étape %(to)s.") % _facts(one, to=to))


def _reopen(one: Teller) -> Told:
    to = one.phase_named(one.move.detail["to"])
    return Told(_("%(who)s revient à l’étape %(to)s.") % _facts(one, to=to))


def _read_back(one: Teller) -> Told:
    return Told(_("Le texte de l’accord est écrit. Chaque personne le relit, et répond."))


ANSWERED = {
    Answer.YES.value: lambda: _("%s répond oui au texte relu."),
    Answer.RESERVATIONS.value: lambda: _("%s répond oui, avec des réserves, au texte relu."),
    Answer.NO.value: lambda: _("%s répond non au texte relu."),
}


def _answer(one: Teller) -> Told:
    return Told(ANSWERED[str(one.move.detail["answer"])]() % one.party, by_party=True, said=True)


def _conclude(one: Teller) -> Told:
    detail = one.move.detail
    result = ResultChoice(str(detail["result"])).label if detail.get("result") else ""
    more = ""
    if detail.get("next_step"):
        facts = {"step": NextStepChoice(str(detail["next_step"])).label, "day": _day(detail.get("next_on"))}
        more = (
            _("La suite\u00a0: %(step)s, le %(day)s.") % facts
            if facts["day"]
            else _("La suite\u00a0: %(step)s.") % facts
        )
    return Told(_("%(who)s conclut la négociation\u00a0: %(result)s.") % _facts(one, result=result), (more,))


TELLING: dict[Verb, Callable[[Teller], Told]] = {
    Verb.JOIN: _join,
    Verb.LEAVE: _leave,
    Verb.ALOUD: _aloud,
    Verb.AIM: _aim,
    Verb.ACCEPT_AIM: _accept_aim,
    Verb.REFUSE_AIM: _refuse_aim,
    Verb.DEADLINE: _deadline,
    Verb.EXTEND: _extend,
    Verb.ADD_POINT: _add_point,
    Verb.CLASS_POINT: _class_point,
    Verb.DROP_POINT: _drop_point,
    Verb.EXPLAIN: _explain,
    Verb.STAKE: _stake,
    Verb.KEEP_STAKE: _keep_stake,
    Verb.POSITION: _position,
    Verb.OFFER: _offer,
    Verb.ACCEPT: _accept,
    Verb.DECLINE: _decline,
    Verb.WITHDRAW: _withdraw,
    Verb.SETTLE: _settle,
    Verb.UNSETTLE: _unsettle,
    Verb.GATHER: _gather,
    Verb.GO_ON: _go_on,
    Verb.REOPEN: _reopen,
    Verb.READ_BACK: _read_back,
    Verb.ANSWER: _answer,
    Verb.CONCLUDE: _conclude,
}
