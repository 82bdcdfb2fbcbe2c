"""A proof-reading is of one text: its sentences, its headings, its images."""

from dataclasses import replace

import pytest

from avec.contracts.rules import easy_print, from_data

pytestmark = pytest.mark.django_db


def with_clause(text, **changed):
    return replace(text, clauses=(replace(text.clauses[0], **changed), *text.clauses[1:]))


def test_what_is_read_changes_the_print_and_what_is_not_read_does_not(contract):
    text = from_data(contract.content)
    known = easy_print(text)
    assert easy_print(with_clause(text, easy=("Autre chose.",))) != known
    assert easy_print(with_clause(text, heading="Un autre titre")) != known
    assert easy_print(with_clause(text, picto="garden")) != known
    assert easy_print(replace(text, version=text.version + 1)) == known
