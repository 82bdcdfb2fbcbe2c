from typing import Any

app_name = "negotiation"

urlpatterns: list[Any] = []
