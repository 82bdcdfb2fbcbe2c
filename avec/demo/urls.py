from django.urls import path

from . import views

app_name = "demo"
urlpatterns = [
    path("", views.cast, name="cast"),
    path("entrer/", views.enter, name="enter"),
]
