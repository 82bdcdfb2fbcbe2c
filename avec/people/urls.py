from django.urls import path

from .views import (
    admission,
    circle,
    drafts,
    identity,
    invitations,
    mandates,
    readers,
    relatives,
    stays,
    team,
)

# `list` gathers what the rooms above know of each person: it is added by avec.home.persons_urls.
app_name = "people"
urlpatterns = [
    path("brouillon/", drafts.draft, name="draft"),
    path("accueillir/", admission.welcome, name="admit"),
    path("equipes/", team.teams, name="teams"),
    path("<uuid:pk>/identite/", identity.identity, name="identity"),
    path("<uuid:pk>/identite/changer/", identity.change_identity, name="change_identity"),
    path("<uuid:pk>/retour/", stays.come_back, name="come_back"),
    path("sejour/<uuid:pk>/depart/", stays.leave, name="leave"),
    path("sejour/<uuid:pk>/dates/", stays.correct, name="correct_stay"),
    path("<uuid:pk>/cercle/", circle.circle, name="circle"),
    path("<uuid:pk>/cercle/ajouter/", relatives.add_relative, name="add_relative"),
    path("<uuid:pk>/cercle/<uuid:relative>/", relatives.change_relative, name="change_relative"),
    path("<uuid:pk>/cercle/<uuid:relative>/retirer/", relatives.remove_relative, name="remove_relative"),
    path("<uuid:pk>/cercle/<uuid:relative>/mandat/", mandates.give_mandate, name="give_mandate"),
    path("mandat/<uuid:pk>/", mandates.change_mandate, name="change_mandate"),
    path("mandat/<uuid:pk>/fin/", mandates.end_mandate, name="end_mandate"),
    path("<uuid:pk>/equipe/", team.team, name="team"),
    path("<uuid:pk>/equipe/ajouter/", team.find_colleague, name="find_colleague"),
    path("<uuid:pk>/equipe/ajouter/<uuid:member>/", team.add_colleague, name="add_colleague"),
    path("equipe/<uuid:pk>/", team.change_place, name="change_place"),
    path("equipe/<uuid:pk>/fin/", team.end_place, name="end_place"),
    path("<uuid:pk>/qui-a-lu/", readers.readers, name="readers"),
    path("<uuid:pk>/inviter/", invitations.invite_person_page, name="invite_person"),
    path("<uuid:pk>/inviter/<uuid:relative>/", invitations.invite, name="invite"),
]
