from .addresses import campaigns, files, groups, paper, results, together

app_name = "barometer"

urlpatterns = [
    *groups.urlpatterns,
    *campaigns.urlpatterns,
    *paper.urlpatterns,
    *together.urlpatterns,
    *results.urlpatterns,
    *files.urlpatterns,
]
