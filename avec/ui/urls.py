from django.urls import path

from avec.ui import views

app_name = "ui"
urlpatterns = [
    path("composants/", views.gallery, name="gallery"),
    path("credits/", views.credits_page, name="credits"),
]
