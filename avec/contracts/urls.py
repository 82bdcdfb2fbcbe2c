from django.urls import path

from . import views

app_name = "contracts"
urlpatterns = [
    path("verifier/", views.verify, name="verify"),
    path("personne/<uuid:pk>/", views.history, name="history"),
    path("personne/<uuid:pk>/preparer/", views.prepare, name="prepare"),
    path("ligne/<uuid:pk>/", views.sign, name="sign"),
    path("<uuid:pk>/", views.read, name="read"),
    path("<uuid:pk>/article/<int:number>/negocier/", views.negotiate, name="negotiate"),
    path("<uuid:pk>/pdf/<str:reading>/", views.pdf, name="pdf"),
    path("<uuid:pk>/papier/", views.paper, name="paper"),
    path("papier/<uuid:pk>/", views.scan, name="scan"),
]
