from django.urls import path

from .views import circle, drafts, invitations, readers

# `list` gathers what the rooms above know of each person: it is added by avec.home.persons_urls.
app_name = "people"
urlpatterns = [
    path("brouillon/", drafts.draft, name="draft"),
    path("<uuid:pk>/cercle/", circle.circle, name="circle"),
    path("<uuid:pk>/qui-a-lu/", readers.readers, name="readers"),
    path("<uuid:pk>/inviter/", invitations.invite_person_page, name="invite_person"),
    path("<uuid:pk>/inviter/<uuid:relative>/", invitations.invite, name="invite"),
]
