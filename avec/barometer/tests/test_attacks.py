"""What somebody would try: forged values, out of turn, from another place, or by watching what moves."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from avec.accounts.access import OF_NOBODY
from avec.accounts.middleware import SEEN
from avec.accounts.models import Role
from avec.barometer.actions import close_campaign, open_campaign, publish_campaign, remove_member
from avec.barometer.cards import give
from avec.barometer.models import Comment, GroupMember, SelfRating, SideChoice
from avec.barometer.quiet import PREFIX
from avec.barometer.room import room_code
from avec.barometer.rules import Side
from avec.people.tests.factories import sign_in

from . import matter
from .test_access import addresses, decided, opened, pair_of

pytestmark = pytest.mark.django_db

FORGED = [
    "\x00",
    "2\x00",
    "\x0b",
    "２",
    "٣",
    "1e0",
    "-1",
    "5",
    "true",
    "[1]",
    '{"a": 1}',
    " 2",
    "2.0",
    "x" * 700,
]


@pytest.fixture
def leader():
    return matter.member()


@pytest.fixture
def group(leader):
    return matter.group(leader)


@pytest.fixture
def campaign(group, leader):
    return open_campaign(matter.campaign(group), by=leader)


def card(campaign, side=Side.USER):
    [token] = give(campaign, side, 1)
    return reverse("barometer_card:card", args=[token])


# What comes in


@pytest.mark.parametrize("field", ["c-views", "c-\x00", "w-", "w-views", "w-\x00", "part", "code"])
@pytest.mark.parametrize("value", FORGED)
def test_forged_values_are_refused_or_left_out(client, campaign, field, value):
    response = client.post(card(campaign), {"c-information": "1", field: value})
    assert response.status_code in {200, 422}
    for answer in SelfRating.objects.all():
        assert all(type(level) is int and 0 <= level <= 4 for level in answer.ratings.values())
        assert answer.part == ""


@pytest.mark.parametrize("value", FORGED)
def test_forged_codes_open_nothing(client, campaign, value):
    assert client.post(reverse("barometer_card:typed"), {"code": value}).status_code in {422, 429}
    assert client.get(reverse("barometer_card:room", args=[value])).status_code == 404


def test_a_card_leaves_one_comment_on_each_criterion_and_no_more(client, campaign):
    flood = {f"w-{place}": f"mot {place}" for place in range(900)}
    client.post(card(campaign), {"c-views": "2", "w-views": "un mot", "w-": "et un autre", **flood})
    assert set(Comment.objects.values_list("criterion", "words")) == {
        ("views", "un mot"),
        ("", "et un autre"),
    }


def test_too_much_at_once_is_refused(client, campaign):
    url = card(campaign)
    assert client.post(url, {"c-views": "2"} | {f"w-{n}": "x" for n in range(10_000)}).status_code == 400
    assert client.post(url, {"c-views": "2", "w-": "x" * 6_000_000}).status_code in {400, 413}
    assert not SelfRating.objects.exists()


def test_who_had_not_begun_takes_no_card_after_the_closing(client, campaign, leader):
    room = reverse("barometer_card:room", args=[room_code(campaign, Side.USER)])
    begun = client.post(room, {"once": "one"}).headers["Location"]
    close_campaign(campaign, by=leader)
    client.cookies.clear()
    assert client.post(room, {"once": "two"}).status_code == 422
    assert client.post(room, {"once": "one"}).headers["Location"] == begun
    assert "arrivée à temps" in client.post(begun, {"c-views": "2"}).content.decode()


def test_who_scanned_the_wrong_side_may_still_take_a_card_of_theirs(client, campaign):
    users, professionals = (
        reverse("barometer_card:room", args=[room_code(campaign, side)])
        for side in (Side.USER, Side.PROFESSIONAL)
    )
    wrong = client.post(users, {"once": "one"}).headers["Location"]
    assert client.get(users).headers["Location"] == wrong
    assert client.get(professionals).status_code == 200
    client.post(professionals, {"once": "two"})
    assert client.get(professionals).headers["Location"] != wrong


# What is left behind


def test_answering_leaves_no_trace_in_the_session_of_who_is_signed_in(client, campaign, leader):
    sign_in(client, leader)
    client.get(reverse("barometer:home"))
    session = client.session
    session[SEEN] -= 600
    session.save()
    client.cookies.pop("avec_account", None)
    before = list(Session.objects.values())
    url = card(campaign)
    for response in (client.get(url), client.post(url, {"c-views": "2"}), client.get(url)):
        assert response.status_code == 200
        assert not response.cookies
        assert "Avec-Session" not in response.headers
    assert list(Session.objects.values()) == before


def test_the_addresses_of_cards_are_those_that_know_nobody():
    assert reverse("barometer_card:typed") == OF_NOBODY == PREFIX


# Who looks too early, too far, too late

RESULTS = (
    "results", "results_pdf", "poster_pdf", "results_csv", "results_xlsx", "codebook", "together", "decide", "comments",
)  # fmt: skip
WAYS = ("", "?qui=person", "?partie=person", "?pour=exterieur", "?pour=interieur")


@pytest.mark.parametrize("role", [None, Role.DIRECTOR, Role.QUALITY, Role.USERS_REPRESENTATIVE])
def test_no_way_reads_before_the_counting(client, campaign, leader, role):
    matter.answers(campaign, Side.USER, 12, part="person")
    matter.answers(campaign, Side.PROFESSIONAL, 12)
    matter.over(campaign, leader)
    sign_in(client, leader if role is None else matter.member(role.value))
    pages = [reverse(f"barometer:{name}", args=[campaign.pk]) + way for name in RESULTS for way in WAYS]
    pages.append(reverse("barometer:joint", args=[campaign.pk, "views"]))
    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 404)


def words_of(client, url):
    """What the page says, without its codes."""
    html = client.get(url).content.decode()
    return re.sub(r"<[^>]+>|\s+", " ", html[html.index("<main") : html.index("</main")])


def test_no_page_counts_the_answers_before_the_counting(client, campaign, leader, group):
    pages = [
        reverse("barometer:home"),
        reverse("barometer:group", args=[group.pk]),
        reverse("barometer:history", args=[group.pk]),
        *(
            reverse(f"barometer:{name}", args=[campaign.pk])
            for name in ("campaign", "cards", "screen", "type_form")
        ),
    ]
    sign_in(client, leader)
    give(campaign, Side.USER, 20)
    before = [re.sub(r"[0-9a-f-]{36}", "", words_of(client, page)) for page in pages]
    for card_left in campaign.invitations.all()[:13]:
        campaign.invitations.filter(pk=card_left.pk).update(used=True)
    assert [re.sub(r"[0-9a-f-]{36}", "", words_of(client, page)) for page in pages] == before


def test_who_left_opens_nothing_any_more(client, leader, group):
    gone = matter.member(name="Partie")
    place = GroupMember.objects.create(group=group, member=gone, side=SideChoice.PROFESSIONAL, leads=True)
    campaign = matter.settled(matter.campaign(group), leader)
    paths = addresses(campaign, decided(campaign, leader))
    remove_member(place, by=leader)
    # What a second press leads back from: one's own place left, one's own « no ».
    again = (str(place.pk), "/non/")
    assert not opened(client, gone, [path for path in paths if not any(one in path for one in again)])


def test_the_direction_reads_figures_and_changes_nothing(client, leader, group):
    campaign = matter.settled(matter.campaign(group), leader)
    decision = decided(campaign, leader)
    sign_in(client, matter.member(Role.DIRECTOR.value))
    assert client.get(reverse("barometer:results", args=[campaign.pk])).status_code == 200
    for name in (
        "together",
        "decide",
        "comments",
        "cards",
        "screen",
        "type_form",
        "cards_pdf",
        "edit_campaign",
    ):
        assert client.get(reverse(f"barometer:{name}", args=[campaign.pk])).status_code == 404
    for name in ("attendees", "close_together", "review_comment", "publish_campaign"):
        assert client.post(reverse(f"barometer:{name}", args=[campaign.pk])).status_code == 404
    page = reverse("barometer:decision", args=[decision.pk])
    assert "Odette" not in client.get(page).content.decode()
    assert client.post(page, {"state": "done"}).status_code == 404


@pytest.mark.parametrize("role", list(Role))
def test_no_list_holds_a_pair_of_others(client, leader, role):
    campaign = pair_of(leader, matter.member(Role.PERSON.value, name="Marcillac"))
    decision = decided(campaign, leader)
    sign_in(client, matter.member(role.value, name="Ailleurs"))
    secrets = (str(campaign.pk), str(campaign.group_id), str(decision.pk), decision.words, "Marcillac")
    pages = (
        "/",
        "/ma-journee/",
        "/notre-etablissement/",
        "/partenariat/",
        "/partenariat/?q=Deux",
        "/partenariat/comparer/",
    )
    for page in pages:
        html = client.get(page, follow=True).content.decode()
        assert not [one for one in secrets if one in html], page


@pytest.mark.parametrize("role", list(Role))
def test_what_is_published_leads_nobody_to_a_closed_door(client, leader, group, role):
    campaign = publish_campaign(matter.settled(matter.campaign(group), leader), by=leader)
    decision = decided(campaign, leader)
    sign_in(client, matter.member(role.value, name="Ailleurs"))
    seen: dict[str, int] = {}
    reads = role != Role.ADMINISTRATOR
    ahead = ["/partenariat/", *([reverse("barometer:decision", args=[decision.pk])] if reads else [])]
    while ahead:
        page = ahead.pop()
        if page in seen:
            continue
        response = client.get(page)
        seen[page] = response.status_code
        if "html" in response.headers.get("Content-Type", ""):
            found = re.findall(r'href="(/partenariat/[^"#]*)', response.content.decode())
            ahead += [address.replace("&amp;", "&") for address in found]
    assert (reverse("barometer:results", args=[campaign.pk]) in seen) == reads
    assert not [page for page, status in seen.items() if status >= 400]
