from .addresses import campaigns, files, groups, paper, results, screen, together

app_name = "barometer"

urlpatterns = [
    *groups.urlpatterns,
    *campaigns.urlpatterns,
    *paper.urlpatterns,
    *screen.urlpatterns,
    *together.urlpatterns,
    *results.urlpatterns,
    *files.urlpatterns,
]
