"""What a card opens, without an account: short, for a QR code and for typing."""

from django.urls import URLPattern

app_name = "barometer_card"

urlpatterns: list[URLPattern] = []
