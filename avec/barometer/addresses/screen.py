from django.urls import URLPattern, path

from ..views import screen

urlpatterns: list[URLPattern] = [
    path("campagnes/<uuid:pk>/ecran/", screen.screen, name="screen"),
]
