from django.urls import path

from .views import table

app_name = "negotiation"

urlpatterns = [
    path("<uuid:pk>/", table.table, name="table"),
]
