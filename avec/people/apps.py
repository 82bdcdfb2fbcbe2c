from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "avec.people"
