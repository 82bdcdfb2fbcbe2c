from django.urls import path

from . import chosen, day, figures, in_time, own, pages, paper, record, thread

app_name = "home"
urlpatterns = [
    path("", pages.index, name="index"),
    path("ma-place/", pages.place, name="place"),
    path("ma-journee/", day.day, name="day"),
    path("mon-espace/", own.own, name="own"),
    path("mon-espace/dire/", own.own_say, name="own_say"),
    path("mon-espace/ce-que-j-ai-dit/", own.own_said, name="own_said"),
    path("mon-espace/ce-que-j-ai-dit/<uuid:pk>/retirer/", own.own_withdraw, name="own_withdraw"),
    path("mon-espace/ce-que-j-ai-dit/<uuid:pk>/partage/", own.own_share, name="own_share"),
    path("mon-espace/objectifs/<uuid:pk>/", own.own_goal, name="own_goal"),
    path("mon-espace/equipe/<uuid:pk>/ne-plus-partager/", chosen.own_stop_sharing, name="own_stop_sharing"),
    path("mon-espace/equipe/<uuid:pk>/lecture/", chosen.own_objection, name="own_objection"),
    path("mon-espace/contrat/", own.own_contract, name="own_contract"),
    path("mon-espace/choisir/", own.own_choose, name="own_choose"),
    path("mon-espace/objectifs/", own.own_goals, name="own_goals"),
    path("mon-espace/equipe/", own.own_team, name="own_team"),
    path("mon-espace/qui-a-lu/", own.own_readers, name="own_readers"),
    path("personnes/<uuid:pk>/", record.record, name="record"),
    path("personnes/<uuid:pk>/temps/", in_time.in_time, name="in_time"),
    path("personnes/<uuid:pk>/papier/", paper.paper, name="paper"),
    path("personnes/<uuid:pk>/papier.pdf", paper.paper_pdf, name="paper_pdf"),
    path("fil/<uuid:pk>/", thread.thread, name="thread"),
    path("fil/objectif/<uuid:pk>/", thread.goal_thread, name="goal_thread"),
    path("fil/action/<uuid:pk>/", thread.activity_thread, name="activity_thread"),
    path("notre-etablissement/", figures.figures, name="figures"),
    path("aide/", pages.help_page, name="help"),
    path("accessibilite/", pages.accessibility, name="accessibility"),
    path("vos-donnees/", pages.data, name="data"),
    path("mentions-legales/", pages.legal, name="legal"),
]
