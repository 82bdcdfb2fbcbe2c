from django.urls import path

from . import views

# `list` gathers what the rooms above know of each person: it is added by avec.home.persons_urls.
app_name = "people"
urlpatterns = [
    path("brouillon/", views.draft, name="draft"),
    path("<uuid:pk>/cercle/", views.circle, name="circle"),
    path("<uuid:pk>/qui-a-lu/", views.readers, name="readers"),
    path("<uuid:pk>/inviter/", views.invite_person_page, name="invite_person"),
    path("<uuid:pk>/inviter/<uuid:relative>/", views.invite, name="invite"),
]
