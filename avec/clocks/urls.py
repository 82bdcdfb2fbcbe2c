from django.urls import path

from .views import board, stay, table

app_name = "clocks"
urlpatterns = [
    path("", board.board, name="board"),
    path("export/csv/", board.export_csv, name="export_csv"),
    path("export/xlsx/", board.export_xlsx, name="export_xlsx"),
    path("personne/<uuid:pk>/", stay.of_person, name="person"),
    path("sejour/<uuid:pk>/", stay.stay, name="stay"),
    path("sejour/<uuid:pk>/preuve/", stay.write_evidence, name="evidence"),
    path("sejour/<uuid:pk>/annuler/", stay.cancel, name="cancel"),
    path("sejour/<uuid:pk>/dates/", stay.dates, name="dates"),
    path("sejour/<uuid:pk>/evenement/", stay.life_event, name="life_event"),
    path("delais/", table.table, name="table"),
    path("delais/ajouter/", table.add_deadline, name="add_deadline"),
    path("delais/pays/", table.profile, name="profile"),
    path("delais/<uuid:pk>/", table.change_deadline, name="change_deadline"),
    path("delais/<uuid:pk>/retirer/", table.retire, name="retire"),
]
