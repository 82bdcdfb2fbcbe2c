"""What the person, or somebody of their circle, says at the table from their own place: one question a page."""

from uuid import uuid5

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from avec.accounts.access import MemberRequest
from avec.people.drafts import kept

from ..actions import (
    add_point,
    answer_text,
    choose_aloud,
    decline,
    leave,
    offer,
    refuse_aim,
    say_stake,
    take_position,
    withdraw,
)
from ..forms.mine import (
    AimForm,
    AnswerForm,
    DeclineForm,
    LeaveForm,
    OfferForm,
    OpinionForm,
    PointForm,
    PositionForm,
    StakeForm,
    WithdrawForm,
)
from ..rules import Answer, Phase
from ..rules.waiting import Ask
from .question import Place, Question, ask, asked_offer, asked_point, facing_point, from_my_place, posted
from .table import act


@from_my_place(Phase.FRAME)
def my_aim(request: MemberRequest, place: Place) -> HttpResponse:
    """Say what does not fit in the common aim."""
    draft = kept(request, f"nego_aim:{place.negotiation.pk}")
    question = Question(
        draft,
        _("Ce but ne me convient pas"),
        _("Envoyer ma réponse"),
        (_("Je dis ce qui ne va pas."), _("On cherche un autre but ensemble.")),
        part="aim",
    )
    form = AimForm(posted(request), initial=draft.initial())
    number = place.table.aim_number
    return ask(
        place,
        question,
        form,
        lambda said: refuse_aim(
            place.negotiation, place.party, said["words"], by=request.member, about=number
        ),
        _("C’est noté. On cherche un but qui convient à tout le monde."),
    )


@from_my_place(Phase.EXPLORE, Phase.POSITIONS)
def my_stake(request: MemberRequest, place: Place) -> HttpResponse:
    """Say what matters to me."""
    draft = kept(request, f"nego_stake:{place.negotiation.pk}")
    question = Question(
        draft,
        _("Qu’est-ce qui compte pour moi\u00a0?"),
        _("Dire ce qui compte"),
        (
            _("Je ne cherche pas encore la solution."),
            _("Par exemple\u00a0: bien dormir, ne pas avoir froid."),
            _("Il n’y a pas de mauvaise réponse."),
        ),
        part="stake",
    )
    form = StakeForm(posted(request), initial=draft.initial())
    return ask(
        place,
        question,
        form,
        lambda said: say_stake(place.negotiation, place.party, said["words"], by=request.member),
        _("C’est noté. Les autres peuvent le lire."),
    )


@from_my_place(Phase.POSITIONS)
def my_position(request: MemberRequest, place: Place) -> HttpResponse:
    """Say what I ask for on a point; or what I think of one that cannot be negotiated."""
    point = asked_point(place)
    draft, fixed = kept(request, f"nego_position:{point.key}"), point.negotiable is False
    question = Question(
        draft,
        _("Qu’est-ce que j’en pense\u00a0?") if fixed else _("Qu’est-ce que je demande\u00a0?"),
        _("Envoyer mes mots"),
        (_("Ce point ne se négocie pas."), _("Mon avis compte. On me répond."))
        if fixed
        else (_("Je dis ce que je voudrais."), _("Je pourrai changer.")),
        point=point,
    )
    lost = _("Je n’ai pas compris. Je voudrais qu’on m’explique encore.")
    usual = {"words": lost} if fixed and "pas-compris" in request.GET else {}
    form = (OpinionForm if fixed else PositionForm)(posted(request), initial=draft.initial(**usual))
    return ask(
        place,
        question,
        form,
        lambda said: take_position(
            place.negotiation, place.party, point.point, said["words"], by=request.member
        ),
        _("C’est noté. Les autres peuvent le lire."),
    )


@from_my_place(Phase.POSITIONS)
def my_offer(request: MemberRequest, place: Place) -> HttpResponse:
    """Take a step: from what I asked to what I propose now; in answer to somebody else's, when one is named."""
    facing = asked_offer(place)
    point = facing_point(place, facing) if facing else asked_point(place)
    if point.negotiable is not True:
        raise Http404
    draft = kept(request, f"nego_offer:{point.key}")
    mine = next((one for one in place.table.points if one.key == point.key), None)
    asked = mine.asked.move.words if mine and mine.asked else ""
    question = Question(
        draft,
        _("Qu’est-ce que je peux proposer\u00a0?"),
        _("Envoyer ma proposition"),
        (_("Je change un peu ma demande. Les autres me répondent."), _("Je peux reprendre ma proposition.")),
        point=point,
        offer=facing,
        part="offer",
    )
    form = OfferForm(posted(request), initial=draft.initial(was=asked))
    return ask(
        place,
        question,
        form,
        lambda said: offer(
            place.negotiation,
            place.party,
            point.point,
            was=said["was"],
            becomes=said["becomes"],
            by=request.member,
            in_return_for=facing.number if facing and not facing.who.mine else 0,
        ),
        _("Ma proposition est envoyée. J’attends la réponse des autres."),
    )


@from_my_place(Phase.POSITIONS)
def my_decline(request: MemberRequest, place: Place) -> HttpResponse:
    """Say no to what somebody offers, with a reason or none."""
    waits = [one for one in place.table.waits if one.ask == Ask.OFFER]
    number = request.GET.get("pas", "")
    one = next((one.offer for one in waits if str(one.number) == number), None)
    if one is None:
        messages.info(request, _("Cette proposition n’attend plus ma réponse."))
        return redirect("negotiation:table", place.negotiation.pk)
    draft = kept(request, f"nego_decline:{uuid5(place.negotiation.pk, str(one.number))}")
    question = Question(
        draft,
        _("Je n’accepte pas"),
        _("Envoyer ma réponse"),
        (_("Je peux dire pourquoi."), _("Je pourrai proposer autre chose.")),
        point=facing_point(place, one),
        offer=one,
    )
    form = DeclineForm(posted(request), initial=draft.initial())
    return ask(
        place,
        question,
        form,
        lambda said: decline(
            place.negotiation, place.party, one.number, by=request.member, words=said["words"]
        ),
        _("C’est noté. Je peux proposer autre chose."),
    )


@from_my_place(Phase.POSITIONS)
def my_withdraw(request: MemberRequest, place: Place) -> HttpResponse:
    """Take my own offer back, before everybody answered."""
    mine = [one for point in place.table.points for one in point.offered]
    number = request.GET.get("pas", "")
    one = next((one for one in mine if str(one.number) == number), None)
    if one is None:
        messages.info(request, _("Cette proposition ne peut plus être reprise."))
        return redirect("negotiation:table", place.negotiation.pk)
    draft = kept(request, f"nego_withdraw:{uuid5(place.negotiation.pk, str(one.number))}")
    question = Question(
        draft,
        _("Reprendre ma proposition\u00a0?"),
        _("Reprendre ma proposition"),
        (_("Elle ne compte plus."), _("Elle reste écrite dans l’histoire.")),
        point=facing_point(place, one),
        offer=one,
    )
    form = WithdrawForm(posted(request), initial=draft.initial())
    return ask(
        place,
        question,
        form,
        lambda said: withdraw(
            place.negotiation, place.party, one.number, by=request.member, words=said["words"]
        ),
        _("C’est fait. Ma proposition ne compte plus."),
    )


@from_my_place(Phase.CONCLUDE)
def my_answer(request: MemberRequest, place: Place) -> HttpResponse:
    """Answer the text read back: yes, yes with reservations, or no. The latest answer counts."""
    draft = kept(request, f"nego_answer:{place.negotiation.pk}")
    question = Question(
        draft,
        _("Est-ce que je suis d’accord avec ce texte\u00a0?"),
        _("Valider mon choix"),
        (_("Je lis, ou on me lit."), _("Chaque réponse est possible."), _("Mes soins continuent.")),
        part="answer",
    )
    number = place.table.read_back
    before = place.table.seat.answered if place.table.seat else None
    usual = {"answer": before.answer.value, "words": before.words} if before else {}
    form = AnswerForm(posted(request), initial=draft.initial(**usual) | {"read": number})
    return ask(
        place,
        question,
        form,
        lambda said: answer_text(
            place.negotiation,
            place.party,
            Answer(said["answer"]),
            by=request.member,
            words=said["words"],
            about=said["read"] or 0,
        ),
        _("Ma réponse est notée. Je peux changer d’avis jusqu’à la fin."),
    )


@from_my_place(Phase.FRAME, Phase.EXPLORE, Phase.POSITIONS)
def my_point(request: MemberRequest, place: Place) -> HttpResponse:
    """Put something else on the table: the team says afterwards whether it can be negotiated, and why."""
    draft = kept(request, f"nego_point:{place.negotiation.pk}")
    question = Question(
        draft,
        _("De quoi je voudrais aussi parler\u00a0?"),
        _("Ajouter ce point"),
        (_("Un point à la fois."), _("L’équipe dit ensuite si cela se négocie.")),
    )
    form = PointForm(posted(request), initial=draft.initial())
    return ask(
        place,
        question,
        form,
        lambda said: add_point(place.negotiation, said["words"], by=request.member),
        _("C’est noté. On va en parler."),
    )


@from_my_place()
def my_leave(request: MemberRequest, place: Place) -> HttpResponse:
    """Leave the table, and say why: what was said stays."""
    draft = kept(request, f"nego_leave:{place.negotiation.pk}")
    question = Question(
        draft,
        _("Quitter cette discussion\u00a0?"),
        _("Quitter la discussion"),
        (_("Ce que j’ai dit reste écrit."), _("Les autres continuent sans moi."), _("Mes soins continuent."))
        if place.table.is_self
        else (_("Ce que j’ai dit reste écrit."), _("Les autres continuent sans moi.")),
    )
    form = LeaveForm(posted(request), initial=draft.initial())
    return ask(
        place,
        question,
        form,
        lambda said: leave(place.negotiation, place.party, said["words"], by=request.member),
        _("C’est fait. Je ne suis plus à la table."),
    )


@require_POST
@from_my_place()
def myself(request: MemberRequest, place: Place) -> HttpResponse:
    """Answer on my own device from now on; or aloud, and the team writes it down."""
    aloud = request.POST.get("aloud") == "1"
    said = _("L’équipe écrit ce que je dis.") if aloud else _("Je réponds moi-même, ici.")
    return act(
        request,
        place.negotiation,
        lambda: choose_aloud(place.negotiation, place.party, aloud, by=request.member),
        said,
    )
