import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils import timezone

from avec.accounts.models import Role
from avec.audit.models import Entry
from avec.barometer.actions import close_campaign, open_campaign
from avec.barometer.cards import give, shown
from avec.barometer.models import Comment, Invitation, SelfRating
from avec.barometer.room import room_by_code, room_code
from avec.barometer.rules import GRACE, Kind, Side
from avec.people.tests.factories import sign_in

from . import matter

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return matter.member()


@pytest.fixture
def opened(leader):
    return open_campaign(matter.campaign(matter.group(leader)), by=leader)


def card(campaign, side=Side.USER):
    [token] = give(campaign, side, 1)
    return reverse("barometer_card:card", args=[token])


def test_the_protection_is_said_before_the_first_question(client, opened):
    page = client.get(card(opened)).content.decode()
    said = page.index("Ni nom, ni compte, ni téléphone, ni heure")
    assert said < page.index("moins de 5 réponses") < page.index('name="c-views"')
    assert "les réponses une à une et les cartes sont effacées" in page
    assert "Cette carte est pour les usagers." in page


@pytest.mark.parametrize(
    ("side", "words"), [(Side.USER, "Je donne mon avis"), (Side.PROFESSIONAL, "Je demande leur avis")]
)
def test_each_side_reads_its_own_wording(client, opened, side, words):
    page = client.get(card(opened, side)).content.decode()
    assert words in page
    assert page.count('type="radio" name="c-') == 11 * 6
    # Nothing is chosen beforehand.
    assert " checked" not in page


def test_a_form_sent_without_script_is_counted_and_leaves_no_trace_of_anybody(client, opened):
    lines = Entry.objects.count()
    url = card(opened)
    answer = client.post(
        url, {"c-views": "3", "c-goals": "na", "part": "relative", "w-views": "On m’écoute.", "w-": ""}
    )
    assert "Votre réponse est comptée" in answer.content.decode()
    [kept] = SelfRating.objects.all()
    assert (kept.ratings, kept.part, kept.member, kept.follow) == (
        {"views": 3, "goals": None},
        "relative",
        None,
        "",
    )
    assert [(one.criterion, one.words) for one in Comment.objects.all()] == [("views", "On m’écoute.")]
    assert Entry.objects.count() == lines
    assert not answer.cookies
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]


def test_sent_twice_it_counts_once_and_says_so(client, opened):
    url = card(opened)
    client.post(url, {"c-views": "3"})
    again = client.post(url, {"c-views": "0"})
    assert again.status_code == 200
    assert "Cette carte a déjà répondu." in again.content.decode()
    assert [one.ratings for one in SelfRating.objects.all()] == [{"views": 3}]
    assert "Cette carte a déjà répondu." in client.get(url).content.decode()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Répondez à une question au moins"),
        ({"c-views": "5", "c-goals": "2"}, "Une réponse n’a pas été comprise"),
        ({"c-views": "-1", "c-goals": "2"}, "Une réponse n’a pas été comprise"),
        ({"c-unknown": "2", "c-goals": "2"}, "Une réponse n’a pas été comprise"),
        ({"c-goals": "2", "w-goals": "a" * 601}, "trop long"),
    ],
)
def test_what_cannot_be_read_is_refused_and_the_rest_kept(client, opened, given, words):
    url = card(opened)
    answer = client.post(url, given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert not SelfRating.objects.exists()
    assert not Invitation.objects.filter(used=True).exists()
    if "c-goals" in given:
        assert 'name="c-goals" value="2" checked' in page


def test_closed_while_answering(client, opened, leader):
    url, late = card(opened), card(opened)
    close_campaign(opened, by=leader)
    assert "Vous pouvez encore envoyer jusqu’à" in client.get(url).content.decode()
    assert "arrivée à temps" in client.post(url, {"c-views": "3"}).content.decode()
    opened.refresh_from_db()
    opened.closed_at -= GRACE * 2
    opened.save()
    assert "C’est fermé." in client.post(late, {"c-views": "3"}).content.decode()
    assert SelfRating.objects.count() == 1


def test_before_the_first_day(client, opened):
    opened.opens_on = timezone.localdate() + timezone.timedelta(days=2)
    opened.save()
    page = client.get(card(opened)).content.decode()
    assert "Ce n’est pas encore ouvert." in page
    assert "Les questions s’ouvrent le" in page


@pytest.mark.parametrize("token", ["ZZZZZZZZZZZZ", "x", "é" * 30, "a" * 300])
def test_an_unknown_card_has_a_kind_page(client, db, token):
    answer = client.get(f"/b/{token}/")
    assert answer.status_code == 404
    assert "Taper le code de ma carte" in answer.content.decode()


def test_a_code_is_typed_as_it_is_read(client, opened):
    [token] = give(opened, Side.USER, 1)
    answer = client.post(reverse("barometer_card:typed"), {"code": f" {shown(token).lower()} "})
    assert answer.headers["Location"] == reverse("barometer_card:card", args=[token])


def test_a_wrong_code_is_told_and_many_have_to_wait(client, db):
    url = reverse("barometer_card:typed")
    answer = client.post(url, {"code": "ABCD"})
    assert answer.status_code == 422
    assert 'value="ABCD"' in answer.content.decode()
    for _ in range(30):
        last = client.post(url, {"code": "ABCD"})
    assert last.status_code == 429
    assert "Attendez une minute" in last.content.decode()


def test_who_is_signed_in_reads_the_same_page_and_is_tied_to_nothing(client, opened, leader):
    url = card(opened)
    outside = client.get(url).content.decode()
    sign_in(client, matter.member(Role.QUALITY.value))
    inside = client.get(url).content.decode()
    assert len(inside.split('name="c-')) == len(outside.split('name="c-'))
    client.post(url, {"c-views": "3"})
    assert SelfRating.objects.get().member is None


def test_a_code_of_ones_own_follows_and_is_not_kept(client, leader):
    campaign = open_campaign(matter.campaign(matter.group(leader), kind=Kind.PSEUDONYMOUS), by=leader)
    url = card(campaign)
    page = client.get(url).content.decode()
    assert "il n’en reste qu’une trace brouillée" in page
    client.post(url, {"c-views": "3", "code": "lune pomme tapis"})
    kept = SelfRating.objects.get()
    assert len(kept.follow) == 64
    client.post(card(campaign), {"c-views": "1", "code": "Lune, Pomme, TAPIS"})
    assert set(SelfRating.objects.values_list("follow", flat=True)) == {kept.follow}


# The shared screen


def test_a_phone_takes_one_card_and_finds_it_again(client, opened):
    url = reverse("barometer_card:room", args=[room_code(opened, Side.USER)])
    assert "usagers" in client.get(url).content.decode()
    taken = client.post(url, {"once": "one"})
    again = client.get(url)
    assert taken.headers["Location"] == again.headers["Location"]
    assert opened.invitations.count() == 1
    assert [name for name in client.cookies if name.startswith("avec_b_")] == list(client.cookies)


def test_pressing_twice_before_the_cookie_takes_one_card(client, opened):
    url = reverse("barometer_card:room", args=[room_code(opened, Side.USER)])
    first = client.post(url, {"once": "one"}).headers["Location"]
    client.cookies.clear()
    assert client.post(url, {"once": "one"}).headers["Location"] == first
    assert opened.invitations.count() == 1


def test_somebody_else_takes_another_card_with_the_same_phone(client, opened):
    url = reverse("barometer_card:room", args=[room_code(opened, Side.USER)])
    client.post(client.post(url, {"once": "one"}).headers["Location"], {"c-views": "3"})
    assert "une autre personne" in client.get(url).content.decode()
    assert client.post(url, {"once": "two"}).status_code == 302
    assert opened.invitations.count() == 2


def test_no_card_left_says_whom_to_tell(client, leader):
    campaign = open_campaign(matter.campaign(matter.group(leader), users=1), by=leader)
    give(campaign, Side.USER, 1)
    answer = client.post(reverse("barometer_card:room", args=[room_code(campaign, Side.USER)]))
    assert answer.status_code == 422
    assert "Toutes les cartes de ce côté sont prises." in answer.content.decode()


def test_the_short_code_of_the_screen_leads_to_its_side(client, opened):
    code = room_code(opened, Side.PROFESSIONAL)
    assert room_by_code(f"{code[:4]}-{code[4:]}".lower()) == (opened, Side.PROFESSIONAL)
    answer = client.post(reverse("barometer_card:typed"), {"code": code})
    assert "professionnels" in client.get(answer.headers["Location"]).content.decode()


def test_a_forged_shared_code_opens_nothing(client, opened):
    assert client.get("/b/salle/forged:token/").status_code == 404


def test_a_campaign_not_open_gives_no_card(client, opened, leader):
    url = reverse("barometer_card:room", args=[room_code(opened, Side.USER)])
    close_campaign(opened, by=leader)
    opened.refresh_from_db()
    opened.closed_at -= GRACE * 2
    opened.save()
    assert client.post(url).status_code == 422
    assert not opened.invitations.exists()


def test_the_shared_screen_shows_two_codes_and_no_count(client, opened, leader):
    matter.answers(opened, Side.USER, 7)
    sign_in(client, leader)
    page = client.get(reverse("barometer:screen", args=[opened.pk])).content.decode()
    assert page.count('class="door__code"') == 2
    assert "réponses" not in page
    sign_in(client, matter.member(name="Autre"))
    assert client.get(reverse("barometer:screen", args=[opened.pk])).status_code in {403, 404}


# Weight: bytes as they are served, compressed.

OURS = ["ui/tokens.css", "ui/components.css", "ui/screens.css", "barometer/answer.css"]
SCRIPTS = ["ui/listen.js", "barometer/answer.js", "ui/icon.svg"]
FONTS = [
    f"ui/fonts/atkinson-hyperlegible-next-{part}-{weight}-normal.woff2"
    for part in ("latin", "latin-ext")
    for weight in (400, 600, 800)
]


def weight(name: str) -> int:
    found = Path(finders.find(name)).read_bytes()
    return len(found) if name.endswith(".woff2") else len(gzip.compress(found))


def test_the_page_is_light_enough_for_a_bad_network(client, opened):
    answer = client.get(card(opened), headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    page = len(answer.content)
    first = page + sum(map(weight, [*OURS, *SCRIPTS, *FONTS]))
    assert page < 20_000  # again, only the page comes
    assert first < 120_000
    # Everything the page asks for is counted above.
    text = gzip.decompress(answer.content).decode()
    for name in [*OURS, *SCRIPTS]:
        assert name in text
    assert text.count("<script") == 2
    assert text.count('rel="stylesheet"') == len(OURS)


def test_opening_a_card_asks_few_queries(client, opened, django_assert_max_num_queries):
    url = card(opened)
    with django_assert_max_num_queries(2):
        client.get(url)
