from django.urls import URLPattern, path

from ..views import results

urlpatterns: list[URLPattern] = [
    path("campagnes/<uuid:pk>/resultats/", results.results, name="results"),
    path("campagnes/<uuid:pk>/resultats.pdf", results.results_pdf, name="results_pdf"),
    path("campagnes/<uuid:pk>/affiche.pdf", results.poster_pdf, name="poster_pdf"),
]
