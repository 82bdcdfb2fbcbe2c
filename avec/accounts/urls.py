from django.urls import path

from .views import house, invitations, members, own, session

app_name = "accounts"
urlpatterns = [
    path("", own.account, name="account"),
    path("mots/", house.words, name="words"),
    path("affichage/", own.display, name="display"),
    path("etablissements/", own.places, name="places"),
    path("deuxieme-facteur/", own.second_factor, name="second_factor"),
    path("prolonger/", session.stay_signed_in, name="stay_signed_in"),
    path("reprendre/", session.resume, name="resume"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("membres/", members.member_list, name="members"),
    path("membres/ajouter/", members.member_add, name="member_add"),
    path("membres/<uuid:pk>/", members.member, name="member"),
    path("membres/<uuid:pk>/inviter/", members.member_invite, name="member_invite"),
    path("membres/<uuid:pk>/retirer/", members.member_withdraw, name="member_withdraw"),
    path("membres/<uuid:pk>/fermer/", members.member_close, name="member_close"),
    path("membres/<uuid:pk>/ouvrir/", members.member_open, name="member_open"),
]
