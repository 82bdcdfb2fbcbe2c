"""The word of the house for one person, in agreement with them: « Les mots {{ person|of_the_word }} ».

`{{ vocabulary.the }}` says it of nobody in particular (context_processors.words).
"""

from typing import Any

from django import template

from avec.accounts.vocabulary import Phrase, current

register = template.Library()


@register.filter
def word(person: Any) -> Phrase:
    """`{% with who=person|word %}{{ who.of_the }}{% endwith %}`: every form, for this person."""
    return current().known(person.gender)


@register.filter
def the_word(person: Any) -> str:
    """« la résidente », « la personne »"""
    return word(person).short.the


@register.filter
def of_the_word(person: Any) -> str:
    """« de la résidente », « du patient »"""
    return word(person).short.of_the


@register.filter
def to_the_word(person: Any) -> str:
    """« à la résidente », « au patient »"""
    return word(person).short.to_the
