app_name = "careplan"
urlpatterns: list = []
