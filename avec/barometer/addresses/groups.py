from django.urls import URLPattern, path

from ..views import groups, members, pairs

urlpatterns: list[URLPattern] = [
    path("", groups.home, name="home"),
    path("groupes/nouveau/", groups.new_group, name="new_group"),
    path("groupes/<uuid:pk>/", groups.group, name="group"),
    path("groupes/<uuid:pk>/modifier/", groups.edit_group, name="edit_group"),
    path("groupes/<uuid:pk>/ajouter/", members.add_someone, name="add_member"),
    path("groupes/<uuid:pk>/archiver/", groups.archive, name="archive_group"),
    path("groupes/membre/<uuid:pk>/retirer/", members.remove, name="remove_member"),
    path("groupes/membre/<uuid:pk>/animer/", members.leads, name="leads"),
    path("binome/", pairs.new_pair, name="new_pair"),
    path("groupes/<uuid:pk>/oui/", pairs.agree, name="agree_pair"),
    path("groupes/<uuid:pk>/non/", pairs.decline, name="decline_pair"),
    path("groupes/<uuid:pk>/arreter/", pairs.end, name="end_pair"),
    path("campagnes/<uuid:pk>/repondre/", pairs.answer_mine, name="answer_pair"),
]
