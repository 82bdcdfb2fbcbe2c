from django.urls import path

from ..views import comments, paper

urlpatterns = [
    path("campagnes/<uuid:pk>/cartes/", paper.cards, name="cards"),
    path("campagnes/<uuid:pk>/cartes/pdf/", paper.cards_pdf, name="cards_pdf"),
    path("campagnes/<uuid:pk>/formulaires/", paper.paper_forms, name="forms_pdf"),
    path("campagnes/<uuid:pk>/papier/", paper.type_form, name="type_form"),
    path("campagnes/<uuid:pk>/mots/", comments.comments, name="comments"),
    path("campagnes/<uuid:pk>/mots/relire/", comments.review_comment, name="review_comment"),
]
