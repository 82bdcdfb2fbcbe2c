"""A campaign: prepared, opened, closed, counted, published. One page, which says the next step first."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.accounts.policy import require
from avec.people.drafts import already_sent, kept, sent
from avec.people.models import today
from avec.ui.forms import form_status
from avec.ui.words import MONTHS, date_long

from ..actions import (
    CampaignRefused,
    cancel_campaign,
    change_campaign,
    close_campaign,
    discard_campaign,
    open_campaign,
    prepare_campaign,
    publish_campaign,
    settle_campaign,
    widen_campaign,
)
from ..forms.campaigns import CampaignForm, WidenForm, few, protections
from ..instruments import usual_barometer
from ..journal import record_reading
from ..models import Campaign, CampaignState, Group, ReviewChoice
from ..policy import may_belong, may_lead, may_read
from ..rules import INSIDE, Kind, Phase, kind_fits_group
from ..shown.decided import decisions_of
from ..standing import Next, Way, closed_on, state_words, until
from .pairs import other_of
from .ways import ask, campaign_of, frame_of, group_of, is_own, link, once_of, tried

USUAL_DAYS = 14


def usual_title() -> str:
    day = today()
    return f"{MONTHS[day.month - 1].capitalize()} {day.year}"


def campaign_form(
    request: MemberRequest, group: Group, form: Any, draft: Any, *, title: str, submit: str, back: str
) -> HttpResponse:
    chosen = form["kind"].value() if "kind" in form.fields else ""
    context = {
        "frame": frame_of(request.member),
        "own": is_own(request.member),
        "group": group,
        "form": form,
        "kept": draft,
        "once": once_of(request),
        "title": title,
        "submit": submit,
        "back": back,
        "protections": protections(pair=group.is_pair),
        "chosen": chosen,
        "floor": INSIDE,
        "pair_words": kind_fits_group(Kind.ANONYMOUS, pair=group.is_pair),
    }
    return render(request, "barometer/campaign_form.html", context, status=form_status(form))


@require_http_methods(["GET", "POST"])
@members()
def new_campaign(request: MemberRequest, pk: UUID) -> HttpResponse:
    group = group_of(request, pk)
    require(may_lead(request.member, group))
    if already_sent(request):
        return redirect("barometer:group", pk)
    draft = kept(request, f"campaign_new:{group.pk}")
    start = today()
    usual: dict[str, Any] = {
        "barometer": usual_barometer().pk,
        "title": usual_title(),
        "opens_on": start,
        "closes_on": start + timedelta(days=USUAL_DAYS),
        "kind": Kind.NAMED.value if group.is_pair else "",
    }
    form = CampaignForm(request.POST or None, initial=draft.initial(**usual), group=group)
    if request.method == "POST" and form.is_valid():
        try:
            made = prepare_campaign(group, form.plan(), by=request.member)
        except CampaignRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            sent(request, draft.key)
            messages.success(request, _("C’est préparé. Relisez, puis ouvrez."))
            return redirect("barometer:campaign", made.pk)
    return campaign_form(
        request,
        group,
        form,
        draft,
        title=_("Préparer une mesure à deux") if group.is_pair else _("Préparer une campagne"),
        submit=_("Préparer"),
        back=reverse("barometer:group", args=[pk]),
    )


@require_http_methods(["GET", "POST"])
@members()
def edit_campaign(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Before it opens, everything; while it is open, a later last day and more people."""
    campaign = campaign_of(request, pk)
    require(may_lead(request.member, campaign.group))
    if already_sent(request):
        return redirect("barometer:campaign", pk)
    if campaign.state == CampaignState.DRAFT:
        return _change(request, campaign)
    if campaign.course.phase(timezone.now()) == Phase.OPEN:
        return _widen(request, campaign)
    messages.error(request, _("Cette campagne est fermée\u00a0: elle ne se modifie plus."))
    return redirect("barometer:campaign", pk)


def _change(request: MemberRequest, campaign: Campaign) -> HttpResponse:
    draft = kept(request, f"campaign:{campaign.pk}")
    names = ("title", "kind", "opens_on", "closes_on", "asked_users", "asked_professionals")
    usual = {name: getattr(campaign, name) for name in names} | {"barometer": campaign.barometer_id}
    form = CampaignForm(request.POST or None, initial=draft.initial(**usual), group=campaign.group)
    if request.method == "POST" and form.is_valid():
        try:
            change_campaign(campaign, form.plan(), by=request.member)
        except CampaignRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            sent(request, draft.key)
            messages.success(request, _("C’est enregistré."))
            return redirect("barometer:campaign", campaign.pk)
    return campaign_form(
        request,
        campaign.group,
        form,
        draft,
        title=_("Modifier la campagne"),
        submit=_("Enregistrer"),
        back=reverse("barometer:campaign", args=[campaign.pk]),
    )


def _widen(request: MemberRequest, campaign: Campaign) -> HttpResponse:
    names = ("closes_on", "asked_users", "asked_professionals")
    usual = {name: getattr(campaign, name) for name in names}
    form = WidenForm(request.POST or None, initial=usual, campaign=campaign)
    if request.method == "POST" and form.is_valid():
        try:
            widen_campaign(campaign, by=request.member, **form.given())
        except CampaignRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("C’est enregistré."))
            return redirect("barometer:campaign", campaign.pk)
    context = {
        "frame": frame_of(request.member),
        "campaign": campaign,
        "form": form,
        "once": once_of(request),
    }
    return render(request, "barometer/widen.html", context, status=form_status(form))


@require_GET
@members()
def campaign(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Where it is, and what to do now. Never how many have answered."""
    found = campaign_of(request, pk)
    member, group = request.member, found.group
    record_reading("campaign", found, by=member)
    leads = may_lead(member, group)
    pair = group.is_pair
    course, now = found.course, timezone.now()
    answered = pair and found.invitations.filter(member=member, used=True).exists()
    protection = next(one for one in protections(pair=pair) if one.kind == found.kind)
    context = {
        "frame": frame_of(member),
        "own": is_own(member),
        "campaign": found,
        "group": group,
        "state": state_words(found, now),
        "phase": course.phase(now).value,
        "next": next_for_pair(found, other_of(group, member), answered, own=is_own(member))
        if pair
        else next_of(found, leads, reads=may_read(member, found), belongs=may_belong(member, group)),
        "pair": pair,
        "may_answer": pair and course.takes_phones(now) and not answered and group.archived_at is None,
        "leads": leads,
        "few": few(found) if found.state in {CampaignState.DRAFT, CampaignState.OPEN} else [],
        "floor": INSIDE,
        "protection": protection,
        "more": more_ways(found, leads),
        "decided": decisions_of(found, today(), named=may_belong(member, group))
        if may_read(member, found)
        else [],
        "once": once_of(request),
    }
    return render(request, "barometer/campaign.html", context)


def answering_ways(found: Campaign) -> list[Way]:
    ways = [
        Way(
            _("Afficher l’écran commun"),
            link("screen", found.pk),
            _("Chacun vise le code avec son téléphone."),
            "screen",
        ),
        Way(
            _("Imprimer les cartes"),
            link("cards", found.pk),
            _("Une carte par personne, à donner ou à envoyer."),
            "print",
        ),
        Way(
            _("Imprimer le formulaire papier"),
            link("forms_pdf", found.pk),
            _("Pour qui préfère le papier."),
            "print",
        ),
        Way(
            _("Saisir un formulaire papier"),
            link("type_form", found.pk),
            _("Sous votre nom, tant que les réponses ne sont pas comptées."),
            "note",
        ),
    ]
    return [way for way in ways if way.url]


def paper_ways(found: Campaign) -> list[Way]:
    return [way for way in answering_ways(found) if way.url == link("type_form", found.pk)]


def next_of(found: Campaign, leads: bool, *, reads: bool, belongs: bool) -> Next:
    """The step that comes now, for this member."""
    now = timezone.now()
    course = found.course
    phase = course.phase(now)
    if phase == Phase.CANCELLED:
        return Next(
            _("Cette campagne est annulée."), [_("Rien n’a été compté. Ce qui avait été répondu est effacé.")]
        )
    if phase == Phase.SETTLED:
        return next_when_settled(found, leads, reads=reads, belongs=belongs)
    if not leads:
        return Next(
            state_words(found, now) + ".",
            [
                _("Personne ne lit les réponses avant qu’elles soient comptées, pas même ceux qui animent."),
                _(
                    "Pour répondre, il faut une carte ou le code de l’écran commun\u00a0: qui anime le groupe les donne."
                ),
            ],
        )
    if phase == Phase.DRAFT:
        return Next(
            _("Tout est prêt\u00a0? Ouvrez la campagne."),
            [_("Tant qu’elle n’est pas ouverte, tout peut changer et personne ne peut répondre.")],
            [Way(_("Ouvrir la campagne"), link("open_campaign", found.pk))],
        )
    if course.is_waiting(now):
        return Next(
            _("Les réponses commencent le %s.") % date_long(found.opens_on),
            [_("Préparez dès maintenant de quoi répondre.")],
            [way for way in answering_ways(found) if way.url != link("type_form", found.pk)],
        )
    if phase == Phase.OPEN:
        return Next(
            _("Faites répondre, des deux côtés."),
            [
                _("Jusqu’au %s. Répondre prend moins de quatre minutes.") % date_long(found.closes_on),
                _("Personne ne voit combien ont répondu, ni quoi, avant que les réponses soient comptées."),
            ],
            answering_ways(found),
        )
    if phase == Phase.GRACE:
        return Next(
            _("C’est fermé. Attendez jusqu’à %s pour compter les réponses.") % until(found),
            [
                _("Qui avait commencé à répondre peut encore finir, pendant 30 minutes."),
                _("Profitez-en pour saisir les derniers papiers."),
            ],
            paper_ways(found),
        )
    return Next(
        _("Les réponses sont là, personne ne les a lues. Comptez-les."),
        [
            _("Fermée le %s. Saisissez d’abord les papiers qui restent\u00a0: après, il sera trop tard.")
            % closed_on(found)
        ],
        [Way(_("Compter les réponses"), link("settle_campaign", found.pk)), *paper_ways(found)],
    )


def next_when_settled(found: Campaign, leads: bool, *, reads: bool, belongs: bool) -> Next:
    """Counted: look at it together, then decide, then follow what was decided."""
    results = Way(_("Lire les résultats"), link("results", found.pk), "", "chart")
    if not reads:
        return Next(_("Les réponses sont comptées."), [_("Les résultats sont lus par le groupe.")])
    if not belongs:
        return with_addresses(_("Les réponses sont comptées."), [], [results])
    session = getattr(found, "together", None)
    together = link("together", found.pk)
    if not leads:
        lines = [
            _("Ceux qui animent ouvrent la séance commune\u00a0: on y note ensemble, critère par critère.")
        ]
        seen = [Way(_("Voir la séance commune"), together)] if session else []
        return with_addresses(_("Les résultats sont prêts."), [] if session else lines, [results, *seen])
    decide = Way(_("Écrire une décision"), link("decide", found.pk))
    if session is None:
        title = _("Regardez ensemble, des deux côtés, et notez ensemble.")
        lines = [_("Critère par critère, sur un seul écran. La note commune se dit, elle ne se calcule pas.")]
        ways = [Way(_("Ouvrir la séance commune"), together), results]
    elif session.closed_at is None:
        title, lines = _("La séance commune est commencée."), [_("Reprenez où vous en étiez.")]
        ways = [Way(_("Reprendre la séance commune"), together), results]
    elif not found.decisions.exists():
        title = _("Vous avez noté ensemble. Que décidez-vous de changer\u00a0?")
        lines = [
            _("Une décision dit qui, des deux côtés, pour quand, et à quoi nous saurons que c’est réussi.")
        ]
        ways = [decide, results]
    else:
        title = _("C’est mesuré, noté ensemble, décidé.")
        lines = [_("Suivez les décisions, puis mesurez de nouveau.")]
        ways = [results, Way(_("Écrire une autre décision"), decide.url)]
    if found.comments.filter(review=ReviewChoice.WAITING).exists():
        lines = [*lines, _("Des mots ont été laissés\u00a0: relisez-les avant qu’ils soient montrés.")]
        ways = [*ways, Way(_("Relire les mots"), link("comments", found.pk), "", "talk")]
    return with_addresses(title, lines, ways)


def with_addresses(title: str, lines: list[str], ways: list[Way]) -> Next:
    return Next(title, lines, [way for way in ways if way.url])


def next_for_pair(found: Campaign, other: str, answered: bool, *, own: bool) -> Next:
    """The same between two: each answers, then either opens what both said."""
    now = timezone.now()
    phase = found.course.phase(now)
    if phase == Phase.CANCELLED:
        return Next(_("Cette mesure est annulée."), [_("Ce qui avait été répondu est effacé.")])
    if phase == Phase.SETTLED:
        return next_when_settled(found, True, reads=True, belongs=True)
    if phase == Phase.DRAFT:
        return Next(
            _("Relisez, puis ouvrez. Chacun pourra répondre."),
            [],
            [Way(_("Ouvrir"), link("open_campaign", found.pk))],
        )
    if found.course.is_waiting(now):
        return Next(_("Vous répondrez à partir du %s.") % date_long(found.opens_on), [])
    if answered or phase == Phase.CLOSED:
        return Next(
            (_("J’ai répondu.") if own else _("Vous avez répondu.")) if answered else _("C’est fermé."),
            [
                (
                    _(
                        "Quand nous avons répondu tous les deux, l’un de nous ouvre les réponses. %s les lit aussi."
                    )
                    if own
                    else _(
                        "Quand vous avez répondu tous les deux, l’un de vous ouvre les réponses. %s les lit aussi."
                    )
                )
                % other
            ],
            [Way(_("Ouvrir nos réponses"), link("settle_campaign", found.pk))],
        )
    return Next(
        _("C’est à moi de répondre.") if own else _("C’est à vous de répondre."),
        [
            _("Cela prend moins de quatre minutes."),
            (
                _(
                    "%s lira mes réponses quand nous aurons répondu tous les deux. Personne d’autre ne les lit."
                )
                if own
                else _(
                    "%s lira vos réponses quand vous aurez répondu tous les deux. Personne d’autre ne les lit."
                )
            )
            % other,
        ],
    )


def more_ways(found: Campaign, leads: bool) -> list[Way]:
    """What may be done besides the next step."""
    if not leads:
        return []
    phase = found.course.phase(timezone.now())
    pair = found.group.is_pair
    ways = []
    if phase == Phase.DRAFT:
        ways = [
            Way(_("Modifier"), link("edit_campaign", found.pk)),
            Way(_("Supprimer"), link("cancel_campaign", found.pk)),
        ]
    elif phase == Phase.OPEN:
        ways = [
            Way(
                _("Prolonger") if pair else _("Prolonger, ou demander à plus de monde"),
                link("edit_campaign", found.pk),
            ),
            Way(_("Annuler tout"), link("cancel_campaign", found.pk)),
        ]
        if not pair:
            ways.insert(0, Way(_("Fermer avant la date"), link("close_campaign", found.pk)))
    elif phase in {Phase.GRACE, Phase.CLOSED}:
        ways = [Way(_("Annuler tout"), link("cancel_campaign", found.pk))]
    elif phase == Phase.SETTLED and found.published_at is None and not pair:
        ways = [Way(_("Publier dans l’établissement"), link("publish_campaign", found.pk))]
    return [way for way in ways if way.url]


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
    pair = found.group.is_pair
    protection = next(one for one in protections(pair=pair) if one.kind == found.kind)
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
        lines=[
            _("À partir de maintenant, la protection ne change plus\u00a0: « %s ».")
            % protection.title.lower(),
            *protection.lines,
            _("Avant qu’elles soient comptées, personne ne voit les réponses, ni leur nombre."),
        ]
        if not pair
        else [
            _("À partir de maintenant, la protection ne change plus\u00a0: « %s ».")
            % protection.title.lower(),
            *protection.lines,
        ],
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
