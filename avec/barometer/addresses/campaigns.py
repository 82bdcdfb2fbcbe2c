from django.urls import URLPattern, path

from ..views import campaigns, steps

urlpatterns: list[URLPattern] = [
    path("groupes/<uuid:pk>/campagne/", campaigns.new_campaign, name="new_campaign"),
    path("campagnes/<uuid:pk>/", campaigns.campaign, name="campaign"),
    path("campagnes/<uuid:pk>/modifier/", campaigns.edit_campaign, name="edit_campaign"),
    path("campagnes/<uuid:pk>/ouvrir/", steps.open_it, name="open_campaign"),
    path("campagnes/<uuid:pk>/fermer/", steps.close, name="close_campaign"),
    path("campagnes/<uuid:pk>/annuler/", steps.cancel, name="cancel_campaign"),
    path("campagnes/<uuid:pk>/depouiller/", steps.settle, name="settle_campaign"),
    path("campagnes/<uuid:pk>/publier/", steps.publish, name="publish_campaign"),
]
