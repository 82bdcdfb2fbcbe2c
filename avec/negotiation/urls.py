from django.urls import path

from .views import grounds, mine, refusals, table

app_name = "negotiation"

urlpatterns = [
    path("<uuid:pk>/", table.table, name="table"),
    path("<uuid:pk>/moi/but/", mine.my_aim, name="my_aim"),
    path("<uuid:pk>/moi/ce-qui-compte/", mine.my_stake, name="my_stake"),
    path("<uuid:pk>/moi/ce-que-je-demande/", mine.my_position, name="my_position"),
    path("<uuid:pk>/moi/ce-que-je-propose/", mine.my_offer, name="my_offer"),
    path("<uuid:pk>/moi/je-n-accepte-pas/", mine.my_decline, name="my_decline"),
    path("<uuid:pk>/moi/reprendre/", mine.my_withdraw, name="my_withdraw"),
    path("<uuid:pk>/moi/ma-reponse/", mine.my_answer, name="my_answer"),
    path("<uuid:pk>/moi/autre-point/", mine.my_point, name="my_point"),
    path("<uuid:pk>/moi/quitter/", mine.my_leave, name="my_leave"),
    path("<uuid:pk>/moi/repondre/", mine.myself, name="myself"),
    path("personne/<uuid:pk>/refus/", refusals.refusals, name="refusals"),
    path("personne/<uuid:pk>/refus/noter/", refusals.note_refusal, name="note_refusal"),
    path("refus/<uuid:pk>/", refusals.refusal, name="refusal"),
    path("refus/<uuid:pk>/redemander/", refusals.ask_again, name="ask_again"),
    path("refus/<uuid:pk>/completer/", refusals.complete_refusal, name="complete_refusal"),
    path("motifs/", grounds.grounds, name="grounds"),
    path("motifs/habituels/", grounds.load_grounds, name="load_grounds"),
    path("motifs/ajouter/", grounds.add_ground, name="add_ground"),
    path("motifs/<uuid:pk>/", grounds.change_ground, name="change_ground"),
    path("motifs/<uuid:pk>/relire/", grounds.check_ground, name="check_ground"),
    path("motifs/<uuid:pk>/retirer/", grounds.retire_ground, name="retire_ground"),
]
