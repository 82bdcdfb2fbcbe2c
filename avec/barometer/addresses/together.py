from django.urls import URLPattern, path

from ..views import decisions, joint, together

urlpatterns: list[URLPattern] = [
    path("campagnes/<uuid:pk>/ensemble/", together.together, name="together"),
    path("campagnes/<uuid:pk>/ensemble/presents/", together.attendees, name="attendees"),
    path("campagnes/<uuid:pk>/ensemble/clore/", together.close_together, name="close_together"),
    path("campagnes/<uuid:pk>/ensemble/<slug:criterion>/", joint.joint, name="joint"),
    path("campagnes/<uuid:pk>/ensemble/<slug:criterion>/oui/", joint.confirm, name="confirm"),
    path("campagnes/<uuid:pk>/decider/", decisions.decide, name="decide"),
    path("decisions/<uuid:pk>/", decisions.decision, name="decision"),
]
