from django.urls import path

from . import views
from .views import after, beside, changes, preparing, rereading, room, table

app_name = "contracts"
urlpatterns = [
    path("verifier/", views.verify, name="verify"),
    path("sceau/", views.seals, name="seals"),
    path("personne/<uuid:pk>/", views.history, name="history"),
    path("personne/<uuid:pk>/preparer/", views.prepare, name="prepare"),
    path("personne/<uuid:pk>/brouillon/jeter/", preparing.discard, name="discard"),
    path("personne/<uuid:pk>/brouillon/pdf/<str:reading>/", preparing.draft_pdf, name="draft_pdf"),
    path("personne/<uuid:pk>/relire/", rereading.reread_draft, name="reread_draft"),
    path("<uuid:pk>/relire/", rereading.reread, name="reread"),
    path("ligne/<uuid:pk>/", views.sign, name="sign"),
    path("<uuid:pk>/", views.read, name="read"),
    path("<uuid:pk>/article/<int:number>/negocier/", views.negotiate, name="negotiate"),
    path("<uuid:pk>/pdf/<str:reading>/", views.pdf, name="pdf"),
    path("<uuid:pk>/changements/", changes.changes, name="changes"),
    path("<uuid:pk>/papier/", views.paper, name="paper"),
    path("papier/<uuid:pk>/", views.scan, name="scan"),
    path("<uuid:pk>/copie-remise/", views.hand_over, name="hand_over"),
    path("ligne/<uuid:pk>/copie/", views.take_copy, name="take_copy"),
    path("document-individuel/<uuid:pk>/<str:reading>/", views.individual_pdf, name="individual_pdf"),
    path("<uuid:pk>/suite/", after.next_step, name="next_step"),
    path("<uuid:pk>/fin/", after.end, name="end"),
    path("<uuid:pk>/document-individuel/", after.individual, name="individual"),
    path("personne/<uuid:pk>/a-cote/", beside.set_beside, name="set_beside"),
    path("a-cote/<uuid:pk>/fichier/", beside.beside_file, name="beside_file"),
    path("a-cote/<uuid:pk>/erreur/", beside.cancel_beside, name="cancel_beside"),
    path("<uuid:pk>/ensemble/", room.before, name="room_before"),
    path("<uuid:pk>/ensemble/chacun/", room.room, name="room"),
    path("<uuid:pk>/ensemble/rendre/", room.give_back, name="room_give_back"),
    path("<uuid:pk>/ensemble/ligne/<uuid:line_pk>/", room.choose, name="room_choose"),
    path("<uuid:pk>/ensemble/ligne/<uuid:line_pk>/confirmer/", room.confirm, name="room_confirm"),
    path("<uuid:pk>/ensemble/ligne/<uuid:line_pk>/attester/", room.attest, name="room_attest"),
    path("qui-signe/", table.signing_rules, name="signing_rules"),
    path("qui-signe/<uuid:pk>/", table.change_signing_rule, name="change_signing_rule"),
    path("qui-signe/<uuid:pk>/habituelle/", table.restore_signing_rule, name="restore_signing_rule"),
]
