from django.urls import include, path

urlpatterns = [
    path("", include("avec.home.urls")),
    path("", include("avec.ui.urls")),
    path("compte/", include("avec.accounts.urls")),
    path("personnes/", include("avec.home.persons_urls")),
    path("projets/", include("avec.careplan.urls")),
    path("negociations/", include("avec.negotiation.urls")),
    path("contrats/", include("avec.contracts.urls")),
    path("horloges/", include("avec.clocks.urls")),
    path("partenariat/", include("avec.barometer.urls")),
    path("b/", include("avec.barometer.card_urls")),
    path("demo/", include("avec.demo.urls")),
    path("connexion/", include("avec.accounts.signin_urls")),
]

# What somebody may not do answers like what does not exist (access.md, decision 4).
handler403 = "avec.ui.views.not_found"
handler404 = "avec.ui.views.not_found"
handler500 = "avec.ui.views.server_error"
handler429 = "avec.accounts.views.session.too_many"
