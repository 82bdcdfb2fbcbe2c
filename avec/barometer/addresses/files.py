from django.urls import URLPattern, path

from ..views import comparing, files, history

urlpatterns: list[URLPattern] = [
    path("campagnes/<uuid:pk>/resultats/csv/", files.results_csv, name="results_csv"),
    path("campagnes/<uuid:pk>/resultats/xlsx/", files.results_xlsx, name="results_xlsx"),
    path("campagnes/<uuid:pk>/resultats/codes/", files.codebook, name="codebook"),
    path("groupes/<uuid:pk>/histoire/", history.history, name="history"),
    path("comparer/", comparing.compare, name="compare"),
]
