"""Two presses at the same instant make one: the mark is taken before the view runs."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from avec.people.drafts import already_sent
from avec.people.middleware import receive_once
from avec.people.tests.factories import establishment, member

pytestmark = pytest.mark.django_db


def press(somebody, answer, form="a-form"):
    request = RequestFactory().post("/", {"once": form})
    request.member = somebody
    seen = []

    def view(request):
        seen.append(already_sent(request))
        # A second press that arrives while the first one is still being answered.
        return answer(request) if callable(answer) else HttpResponse(status=answer)

    receive_once(view)(request)
    return seen[0]


def test_a_press_during_the_first_one_is_seen():
    nurse, second = member(establishment()), []

    def meanwhile(_request):
        second.append(press(nurse, 302))
        return HttpResponse(status=302)

    assert press(nurse, meanwhile) is False
    assert second == [True]
    assert press(nurse, 302) is True


def test_a_draft_kept_at_that_instant_does_not_pass_for_the_form():
    """The form sent while its draft is being kept is the first press, not the second."""
    nurse, forms = member(establishment()), []
    request = RequestFactory().post(reverse("people:draft"), {"once": "a-form"})
    request.member = nurse

    def keep(_request):
        forms.append(press(nurse, 302))
        return HttpResponse()

    receive_once(keep)(request)
    assert forms == [False]


def test_a_form_that_came_back_may_be_sent_again():
    nurse = member(establishment())
    assert press(nurse, 422) is False
    assert press(nurse, 302) is False


def test_a_mark_belongs_to_one_member_and_one_form():
    press(member(establishment()), 302)
    nurse = member(establishment())
    assert press(nurse, 302) is False
    assert press(nurse, 302, form="another-form") is False
