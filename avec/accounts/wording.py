"""Sentences written when the code is read (labels, choices), said later in the words of the house that speaks."""

from django.utils.functional import lazy

from .vocabulary import worded

worded_lazy = lazy(worded, str)
