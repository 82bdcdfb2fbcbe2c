"""What comes next in a campaign, for who reads its page: said first, with the ways that lead there."""

from django.utils import timezone
from django.utils.translation import gettext as _

from avec.ui.words import date_long

from ..models import Campaign, ReviewChoice
from ..rules import Phase
from ..standing import Next, Way, closed_on, state_words, until
from .ways import link


def giving_ways(found: Campaign) -> list[Way]:
    """How a card comes into somebody's hands."""
    return [
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
    ]


def copying_way(found: Campaign) -> Way:
    return Way(
        _("Saisir un formulaire papier"),
        link("type_form", found.pk),
        _("Sous votre nom, tant que les réponses ne sont pas comptées."),
        "note",
    )


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
            giving_ways(found),
        )
    if phase == Phase.OPEN:
        return Next(
            _("Faites répondre, des deux côtés."),
            [
                _("Jusqu’au %s. Répondre prend moins de quatre minutes.") % date_long(found.closes_on),
                _("Personne ne voit combien ont répondu, ni quoi, avant que les réponses soient comptées."),
            ],
            [*giving_ways(found), copying_way(found)],
        )
    if phase == Phase.GRACE:
        return Next(
            _("C’est fermé. Attendez jusqu’à %s pour compter les réponses.") % until(found),
            [
                _("Qui avait commencé à répondre peut encore finir, pendant 30 minutes."),
                _("Profitez-en pour saisir les derniers papiers."),
            ],
            [copying_way(found)],
        )
    return Next(
        _("Les réponses sont là, personne ne les a lues. Comptez-les."),
        [
            _("Fermée le %s. Saisissez d’abord les papiers qui restent\u00a0: après, il sera trop tard.")
            % closed_on(found)
        ],
        [Way(_("Compter les réponses"), link("settle_campaign", found.pk)), copying_way(found)],
    )


def next_when_settled(found: Campaign, leads: bool, *, reads: bool, belongs: bool) -> Next:
    """Counted: look at it together, then decide, then follow what was decided."""
    results = Way(_("Lire les résultats"), link("results", found.pk), "", "chart")
    if not reads:
        return Next(_("Les réponses sont comptées."), [_("Les résultats sont lus par le groupe.")])
    if not belongs:
        return Next(_("Les réponses sont comptées."), [], [results])
    session = getattr(found, "together", None)
    together = link("together", found.pk)
    if not leads:
        lines = [
            _("Ceux qui animent ouvrent la séance commune\u00a0: on y note ensemble, critère par critère.")
        ]
        seen = [Way(_("Voir la séance commune"), together)] if session else []
        return Next(_("Les résultats sont prêts."), [] if session else lines, [results, *seen])
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
    return Next(title, lines, ways)


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
    return ways
