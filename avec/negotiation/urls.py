from django.urls import path

from .views import mine, table

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
]
