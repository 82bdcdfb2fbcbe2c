"""The invented words of the gallery page. No person, no table: nothing here is anybody's data."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone

from avec.ui.forms import PictosField
from avec.ui.pictograms import PICTOGRAMS

VOICES = [
    {
        "v": "person",
        "name": "Odette",
        "word": "",
        "note": "la personne : rond",
        "text": "Je veux aller au jardin toute seule.",
    },
    {
        "v": "relative",
        "name": "Claire",
        "word": "sa fille",
        "note": "proche : triangle",
        "text": "J’ai peur quand le sol est mouillé.",
    },
    {
        "v": "representative",
        "name": "Mme Vidal",
        "word": "curatrice",
        "note": "représentant légal : losange",
        "text": "Le budget permet un fauteuil de jardin.",
    },
    {
        "v": "professional",
        "name": "Malik",
        "word": "aide-soignant",
        "note": "professionnel : carré",
        "text": "On peut ouvrir dès 6 h 45.",
    },
    {
        "v": "joint",
        "name": "",
        "word": "",
        "note": "dit d’une même voix : rond et carré mêlés",
        "text": "La porte ouvre à 6 h 45, avec le bracelet.",
    },
    {
        "v": "observed",
        "name": "Yanis",
        "word": "vu par Nadège",
        "note": "observé, pas dit : rond pointillé",
        "text": "Se bouche les oreilles pendant le repas.",
    },
]
STATES = ["done", "done", "now", "todo", "todo"]
LINKS = [
    {"label": "Attente dite le 9 septembre", "url": "", "current": False},
    {"label": "Négociation conclue le 22 octobre", "url": "#piece-follow", "current": False},
    {"label": "Contrat, article 1, à signer", "url": "#piece-follow", "current": True},
    {"label": "3 actions prévues", "url": "", "current": False},
    {"label": "Évaluation le 31 janvier", "url": "", "current": False},
]
STEPS = [
    {
        "label": "Attentes",
        "note": "6 dites",
        "flag": "1 sans réponse",
        "url": "#piece-threadway",
        "state": "done",
    },
    {
        "label": "Négociation",
        "note": "conclue le 22 octobre",
        "flag": "",
        "url": "#piece-threadway",
        "state": "done",
    },
    {
        "label": "Contrat",
        "note": "à signer avant le 3 décembre",
        "flag": "",
        "url": "#piece-threadway",
        "state": "now",
    },
    {
        "label": "Actions",
        "note": "7 sur 9 faites avec elle",
        "flag": "",
        "url": "#piece-threadway",
        "state": "todo",
    },
    {"label": "Évaluation", "note": "prochaine le 31 janvier", "flag": "", "url": "", "state": "todo"},
]
FACTS = [
    {
        "icon": "eye",
        "label": "Pour se parler",
        "text": "Voit peu. Se placer à sa gauche, dire son nom.",
        "voices": [],
        "note": "",
    },
    {
        "icon": "people",
        "label": "Son cercle",
        "text": "",
        "voices": [
            {"v": "relative", "name": "Claire", "word": "sa fille, personne de confiance"},
            {"v": "professional", "name": "Sonia Benali", "word": "référente"},
        ],
        "note": "",
    },
    {
        "icon": "balance",
        "label": "Protection",
        "text": "",
        "voices": [{"v": "representative", "name": "Mme Vidal", "word": "curatrice"}],
        "note": "Assistance pour les biens. Odette signe elle-même.",
    },
]


class SampleForm(forms.Form):
    """One field of each kind; the gallery shows it refused."""

    term = forms.CharField(
        label="Terme de l’objectif",
        help_text="Par exemple : 31 janvier 2027",
        error_messages={"required": "Écrivez une date."},
    )
    reason = forms.CharField(label="Pourquoi", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    unit = forms.ChoiceField(label="Unité", choices=[("a", "Les Acacias"), ("b", "Les Bouleaux")])
    importance = forms.ChoiceField(
        label="Combien cela compte-t-il ?",
        choices=[("1", "Un peu"), ("2", "Beaucoup"), ("3", "Plus que tout")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une des trois réponses."},
    )
    present = forms.BooleanField(label="Odette était présente", required=False)
    recording = forms.FileField(
        label="Votre voix",
        help_text="Avec vos mots. Il n’y a pas de faute.",
        widget=forms.FileInput(attrs={"accept": "audio/*", "capture": True, "data-most": "20971520"}),
        error_messages={"required": "Enregistrez votre voix, ou choisissez un fichier son."},
    )
    pictos = PictosField(label="En images", help_text="Dans l’ordre que vous voulez.")

    def clean(self) -> dict[str, Any]:
        raise forms.ValidationError("Le terme vient après la date d’aujourd’hui.")


def icons() -> list[str]:
    """The names of the icons, from the sprite."""
    sprite = Path(__file__).parent / "templates" / "ui" / "sprite.html"
    return sorted(re.findall(r'<symbol id="i-([^"]+)"', sprite.read_text()))


def events(today: date) -> list[dict[str, Any]]:
    """Past, today, due."""
    return [
        {"date": today - timedelta(days=376), "text": "Arrivée", "state": "past", "url": ""},
        {
            "date": today - timedelta(days=12),
            "text": "Réunion de synthèse",
            "state": "past",
            "url": "#piece-timeline",
        },
        {"date": today, "text": "Aujourd’hui", "state": "today", "url": ""},
        {"date": today + timedelta(days=16), "text": "Dernier jour pour signer", "state": "due", "url": ""},
    ]


def sample() -> dict[str, Any]:
    """What the gallery shows."""
    today = timezone.localdate()
    return {
        "voices": VOICES,
        "states": STATES,
        "links": LINKS,
        "steps": STEPS,
        "facts": FACTS,
        "events": events(today),
        "today": today,
        "form": SampleForm(initial={"pictos": ["eat", "with", "daughter"]}),
        "refused": SampleForm({"term": "", "unit": "a"}, auto_id="refused_%s"),
        "page": Paginator(range(168), 25).page(2),
        "conditions": [
            {"label": "L’heure du lever", "met": True, "url": ""},
            {"label": "La douche", "met": False, "url": "#piece-gate"},
        ],
        "tabs": [
            {"label": "Projet", "url": "#piece-tabs", "count": 0, "current": True},
            {"label": "Négociations", "url": "#piece-tabs", "count": 1, "current": False},
            {"label": "Qui a lu", "url": "#piece-tabs", "count": 0, "current": False},
        ],
        "document_steps": [
            {"label": "Je lis", "url": "#piece-steps", "current": True},
            {"label": "Je choisis", "url": "#piece-steps", "current": False},
        ],
        "lines": [
            "Vous allez au jardin chaque matin.",
            "Vous y allez seule.",
            "L’équipe ouvre la porte à 6 h 45.",
        ],
        "icons": icons(),
        "pictos": PICTOGRAMS.values(),
        "sentence": ["eat", "with", "daughter"],
    }
