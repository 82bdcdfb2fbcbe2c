"""The addresses of `people`, with its list: a list shows where each plan is, which people does not know."""

from django.urls import path

from avec.people import urls

from . import persons

app_name = urls.app_name
urlpatterns = [path("", persons.persons, name="list"), *urls.urlpatterns]
