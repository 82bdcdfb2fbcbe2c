"""What no profile carries of a plan: it stays here, and the export says so, once each."""

from django.utils.translation import gettext as _

from avec.careplan.models import CarePlan, Confirmation, Divergence, GoalChange, Performer
from avec.interop.exporting.build import Export


def leave_the_rest(export: Export, plan: CarePlan) -> None:
    """Whether something is there is looked up; what it says is not."""
    for is_there, sentence in (
        (plan.ways_tried or plan.ways_words, _("Ce qui a été essayé pour l’entendre n’est pas transmis.")),
        (
            plan.step_changes.exists() or GoalChange.objects.filter(goal__plan=plan).exists(),
            _(
                "L’histoire des étapes du projet et des états des objectifs n’est pas transmise\u00a0: seule la dernière raison d’un objectif l’est."
            ),
        ),
        (
            Divergence.objects.filter(plan=plan).exists(),
            _(
                "Les divergences ne sont pas transmises\u00a0: aucun profil ne porte deux lectures côte à côte."
            ),
        ),
        (
            Confirmation.objects.filter(expectation__plan=plan).exists(),
            _("Qui a confirmé une observation n’est pas transmis."),
        ),
        (
            plan.expectations.exclude(way="text").exists(),
            _("La façon de dire (de vive voix, en images) n’est pas transmise\u00a0: les mots le sont."),
        ),
        (
            plan.goals.exclude(importance=None, difficulty=None).exists(),
            _("Le poids des objectifs et le score T ne sont pas transmis."),
        ),
        (
            plan.goals.exclude(worded_levels={}).exists(),
            _("Les niveaux écrits d’avance pour un objectif ne sont pas transmis."),
        ),
        (
            plan.goals.filter(continues__isnull=False).exists(),
            _("Le lien vers l’objectif du projet précédent n’est pas transmis."),
        ),
        (
            Performer.objects.filter(activity__plan=plan).exists(),
            _(
                "Qui fait une action est transmis en toutes lettres\u00a0: le standard n’y nomme qu’un professionnel référent."
            ),
        ),
        (
            plan.activities.exclude(recurrence="").exists(),
            _("La règle de répétition d’une action est transmise en toutes lettres."),
        ),
    ):
        if is_there:
            export.leave(sentence)
