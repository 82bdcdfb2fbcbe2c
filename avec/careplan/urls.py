from django.urls import path

from .views import activities, expectations, goals, plans, serafin, steps

app_name = "careplan"
urlpatterns = [
    path("serafin/", serafin.search_serafin, name="search_serafin"),
    path("personne/<uuid:pk>/ouvrir/", plans.open_plan, name="open_plan"),
    path("personne/<uuid:pk>/attente/", expectations.say, name="say"),
    path("attente/<uuid:pk>/reponse/", expectations.answer, name="answer"),
    path("attente/<uuid:pk>/retirer/", expectations.withdraw, name="withdraw"),
    path("objectif/<uuid:pk>/", goals.change_goal, name="change_goal"),
    path("objectif/<uuid:pk>/position/", goals.position, name="position"),
    path("action/<uuid:pk>/", activities.change_activity, name="change_activity"),
    path("piece/<uuid:pk>/", plans.attachment, name="attachment"),
    path("<uuid:pk>/etapes/", steps.steps, name="steps"),
    path("<uuid:pk>/etapes/<slug:move>/", steps.move, name="move"),
    path("<uuid:pk>/bilan/", steps.balance, name="balance"),
    path("<uuid:pk>/bilan/suite/", steps.renew, name="renew"),
    path("<uuid:pk>/objectif/", goals.write_goal, name="write_goal"),
    path("<uuid:pk>/action/", activities.add_activity, name="add_activity"),
]
