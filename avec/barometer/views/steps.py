"""The steps of a campaign: opened, closed, given up, counted, published. Each is asked once more before it is taken."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.accounts.policy import require
from avec.people.drafts import already_sent

from ..actions import (
    cancel_campaign,
    close_campaign,
    discard_campaign,
    open_campaign,
    publish_campaign,
    settle_campaign,
)
from ..forms.campaigns import few, protection_of
from ..models import Campaign, CampaignState
from ..policy import may_lead
from ..rules import INSIDE, Kind, Phase
from .ways import ask, campaign_of, tried


def step(
    request: MemberRequest,
    found: Campaign,
    action: Any,
    *,
    done: str,
    title: str,
    lines: list[str],
    submit: str,
    warning: list[str] | None = None,
    tick: str = "",
    refused: str = "",
    to: str = "campaign",
) -> HttpResponse:
    """Ask, then take one step of the campaign. `refused`: the sentence of this page for the action's refusal."""
    require(may_lead(request.member, found.group))
    refusal = ""
    if request.method == "POST":
        if tick and not request.POST.get("sure"):
            refusal = _("Cochez la ligne si c’est fait.")
        else:
            refusal = tried(lambda: action(found, by=request.member))
            refusal = (refused or refusal) if refusal else ""
        if not refusal:
            messages.success(request, done)
            return (
                redirect("barometer:group", found.group_id)
                if to == "group"
                else redirect("barometer:campaign", found.pk)
            )
    return ask(
        request,
        kind=f"{found.group.name}, {found.title}",
        title=title,
        lines=lines,
        warning=warning,
        submit=submit,
        back=reverse("barometer:campaign", args=[found.pk]),
        back_words=_("Revenir") if found.group.is_pair else _("Revenir à la campagne"),
        tick=tick,
        refusal=refusal,
    )


@require_http_methods(["GET", "POST"])
@members()
def open_it(request: MemberRequest, pk: UUID) -> HttpResponse:
    found = campaign_of(request, pk)
    if found.state != CampaignState.DRAFT:
        return redirect("barometer:campaign", pk)
    pair, protection = found.group.is_pair, protection_of(found)
    lines = [
        _("À partir de maintenant, la protection ne change plus\u00a0: « %s ».") % protection.title.lower(),
        *protection.lines,
    ]
    if not pair:
        lines.append(_("Avant qu’elles soient comptées, personne ne voit les réponses, ni leur nombre."))
    warning = [
        _("Vous demandez à moins de %(floor)s %(side)s\u00a0: aucun résultat de ce côté ne sera montré.")
        % {"floor": INSIDE, "side": side}
        for side in few(found)
    ]
    return step(
        request,
        found,
        open_campaign,
        done=_("C’est ouvert."),
        title=_("Ouvrir cette mesure\u00a0?") if pair else _("Ouvrir la campagne\u00a0?"),
        lines=lines,
        warning=warning,
        submit=_("Ouvrir"),
    )


@require_http_methods(["GET", "POST"])
@members()
def close(request: MemberRequest, pk: UUID) -> HttpResponse:
    found = campaign_of(request, pk)
    if found.course.phase(timezone.now()) != Phase.OPEN:
        return redirect("barometer:campaign", pk)
    return step(
        request,
        found,
        close_campaign,
        done=_("C’est fermé."),
        title=_("Fermer maintenant\u00a0?"),
        lines=[
            _("Personne ne peut plus commencer à répondre."),
            _("Qui a déjà commencé a 30 minutes pour finir."),
            _("Les papiers peuvent encore être saisis, tant que les réponses ne sont pas comptées."),
        ],
        submit=_("Fermer"),
    )


@require_http_methods(["GET", "POST"])
@members()
def cancel(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Before it opens, it is removed; after, what was answered is erased."""
    if already_sent(request):
        return redirect("barometer:home")
    found = campaign_of(request, pk)
    if found.state == CampaignState.DRAFT:
        return step(
            request,
            found,
            discard_campaign,
            done=_("C’est supprimé."),
            title=_("Supprimer cette préparation\u00a0?"),
            lines=[_("Personne n’a encore pu répondre\u00a0: rien d’autre ne change.")],
            submit=_("Supprimer"),
            to="group",
        )
    if found.state != CampaignState.OPEN:
        return redirect("barometer:campaign", pk)
    return step(
        request,
        found,
        cancel_campaign,
        done=_("C’est annulé. Ce qui avait été répondu est effacé."),
        title=_("Annuler tout\u00a0?"),
        lines=[
            _("Toutes les réponses et tous les mots déjà donnés sont effacés, pour toujours."),
            _("Rien ne sera compté. Les cartes ne serviront plus."),
        ],
        submit=_("Annuler et effacer"),
    )


@require_http_methods(["GET", "POST"])
@members()
def settle(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Count, once and for all."""
    found = campaign_of(request, pk)
    if found.state != CampaignState.OPEN:
        return redirect("barometer:campaign", pk)
    if found.group.is_pair:
        closed = found.course.phase(timezone.now()) == Phase.CLOSED
        return step(
            request,
            found,
            settle_campaign,
            done=_("Les deux réponses sont ouvertes."),
            title=_("Ouvrir nos réponses\u00a0?"),
            lines=[
                _("Chacun lit ce que l’autre a répondu. Personne d’autre ne le lit."),
                _("Après, on ne peut plus répondre ni changer."),
            ],
            submit=_("Ouvrir nos réponses"),
            refused=""
            if closed
            else _("Les deux réponses ne sont pas encore là. On les ouvre quand chacun a répondu."),
        )
    words = [
        _("On compte une fois pour toutes. Une réponse tardive n’y changera rien."),
        _("Les cartes sont effacées."),
        _("Un côté où moins de %s personnes ont répondu ne dira rien.") % INSIDE,
    ]
    if found.kind == Kind.ANONYMOUS.value:
        words.insert(1, _("Les réponses sont effacées\u00a0: il ne reste que les totaux."))
    return step(
        request,
        found,
        settle_campaign,
        done=_("C’est compté. Les résultats sont prêts."),
        title=_("Compter les réponses maintenant\u00a0?"),
        lines=words,
        submit=_("Compter les réponses"),
        tick=_("Tous les formulaires papier sont saisis, ou il n’y en a pas."),
    )


@require_http_methods(["GET", "POST"])
@members()
def publish(request: MemberRequest, pk: UUID) -> HttpResponse:
    found = campaign_of(request, pk)
    require(not found.group.is_pair)
    if found.state != CampaignState.SETTLED or found.published_at is not None:
        return redirect("barometer:campaign", pk)
    return step(
        request,
        found,
        publish_campaign,
        done=_("C’est publié."),
        title=_("Publier dans l’établissement\u00a0?"),
        lines=[
            _("Tous ceux qui ont un compte ici liront les résultats et les décisions."),
            _("Les mots laissés et ce qui s’est dit en séance restent dans le groupe."),
            _("On ne dépublie pas."),
        ],
        submit=_("Publier"),
    )
