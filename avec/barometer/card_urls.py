"""What a card opens, without an account: short, for a QR code and for typing."""

from django.urls import URLPattern, path

from .views import answering

app_name = "barometer_card"

urlpatterns: list[URLPattern] = [
    path("", answering.typed, name="typed"),
    path("salle/<str:token>/", answering.room, name="room"),
    path("<str:token>/", answering.card, name="card"),
]
