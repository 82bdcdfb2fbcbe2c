"""Cards and forms on paper: no more than asked, the same twice; a paper copied once, by name, with no trace of when."""

import re
import subprocess
from collections import Counter
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from avec.audit.models import Entry
from avec.barometer.actions import CampaignRefused, CardsRefused, give_cards, open_campaign, settle_campaign
from avec.barometer.answering import Fate, answer
from avec.barometer.cards import NoCardLeft, card_of, give, left, shown
from avec.barometer.copying import UnknownCode, copy_paper
from avec.barometer.models import Comment, GroupKind, Invitation, SelfRating, SideChoice
from avec.barometer.printed import forms_pdf, slips_pdf, wheel_to_cross
from avec.barometer.quiet import NoCards
from avec.barometer.rules import Kind, Side
from avec.people.models import Draft
from avec.people.tests.factories import sign_in

from . import matter

pytestmark = pytest.mark.django_db


@pytest.fixture
def sonia():
    return matter.member()


@pytest.fixture
def campaign(sonia):
    return open_campaign(matter.campaign(matter.group(sonia), users=12, professionals=3), by=sonia)


def url(name, of):
    return reverse(f"barometer:{name}", args=[of.pk])


def words_of(pdf):
    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"],  # noqa: S607
        input=pdf,
        capture_output=True,
        check=True,
    ).stdout.decode()


def pages(pdf):
    return words_of(pdf).count("\f")


def asked(campaign, side="user", count=9, **more):
    return {"side": side, "count": count, "once": "one-press", **more}


def typed(campaign, token="", **more):
    rates = {f"rate_{code}": "3" for code in campaign.barometer.instrument.codes}
    return {"code": token, **rates, **more}


def printed(client, campaign, name="cards_pdf", **sent):
    """Ask for cards, then open the sheet the page leads to."""
    response = client.post(url(name, campaign), asked(campaign) | sent)
    assert response.status_code == 302, response.content.decode()[:2000]
    page = client.get(response.headers["Location"]).content.decode()
    return client.get(re.search(r'href="([^"]+/cartes/pdf/\?faites=[^"]+)"', page)[1])


def codes_of(response):
    return re.findall(r"\b(?:[0-9A-Z]{4}-){2}[0-9A-Z]{4}\b", words_of(response.content))


def test_cards_are_printed_with_a_code_each_and_nobody_named(client, sonia, campaign, settings):
    settings.AVEC_SITE_URL = "https://avec.example.org"
    sign_in(client, sonia)
    response = printed(client, campaign)
    assert response.headers["Content-Type"] == "application/pdf"
    assert "no-store" in response.headers["Cache-Control"]
    words = words_of(response.content)
    codes = codes_of(response)
    assert len(set(codes)) == 9
    assert all(card_of(code).side == SideChoice.USER for code in codes)
    assert "Usager" in words
    assert "Anonyme" in words
    assert "avec.example.org/b" in words
    assert "Benali" not in words
    assert pages(response.content) == 2
    assert left(campaign, Side.USER) == 3


def test_two_presses_give_one_set_of_cards_and_a_new_page_gives_others(client, sonia, campaign):
    sign_in(client, sonia)
    first, again = printed(client, campaign, count=4), printed(client, campaign, count=4)
    assert codes_of(first) == codes_of(again)
    assert Invitation.objects.count() == 4
    assert Entry.objects.filter(verb="cards.given").count() == 1
    others = printed(client, campaign, count=4, once="another")
    larger = printed(client, campaign, count=2)
    found = [*codes_of(first), *codes_of(others), *codes_of(larger)]
    assert len(set(found)) == len(found) == Invitation.objects.count() == 10


@pytest.mark.parametrize("layout", ["wheel", "list"])
def test_forms_each_have_their_own_card(client, sonia, campaign, layout):
    sign_in(client, sonia)
    codes = codes_of(printed(client, campaign, "forms_pdf", count=2, layout=layout))
    assert len(codes) == 2
    assert all(card_of(code) for code in codes)


def test_the_sheet_opens_for_an_hour_and_only_to_who_leads(client, sonia, campaign, monkeypatch):
    sign_in(client, sonia)
    location = client.post(url("cards_pdf", campaign), asked(campaign)).headers["Location"]
    sheet = url("cards_pdf", campaign) + location[location.index("?") :]
    assert client.get(sheet).status_code == 200
    monkeypatch.setattr("avec.barometer.views.paper.AN_HOUR", -1)
    assert client.get(sheet).status_code == 302
    monkeypatch.undo()
    assert client.get(sheet + "x").status_code == 302
    assert client.get(url("cards_pdf", campaign)).status_code == 302
    sign_in(client, matter.member(name="Diallo"))
    assert client.get(sheet).status_code == 404


def test_the_sheet_is_gone_once_counted(client, sonia, campaign):
    sign_in(client, sonia)
    location = client.post(url("cards_pdf", campaign), asked(campaign)).headers["Location"]
    settle_campaign(matter.over(campaign, sonia), by=sonia)
    assert client.get(url("cards_pdf", campaign) + location[location.index("?") :]).status_code == 302


def test_no_more_cards_than_people_asked(client, sonia, campaign):
    sign_in(client, sonia)
    response = client.post(url("cards_pdf", campaign), asked(campaign, side="professional", count=4))
    assert response.status_code == 422
    assert "Il ne reste pas autant de cartes" in response.content.decode()
    assert not Invitation.objects.exists()
    for wrong in ({"count": "0"}, {"count": "201"}, {"count": "beaucoup"}, {"side": "other"}, {"side": ""}):
        assert client.post(url("cards_pdf", campaign), asked(campaign) | wrong).status_code == 422
    assert not Invitation.objects.exists()


def test_cards_only_while_it_is_open(sonia):
    draft = matter.campaign(matter.group(sonia))
    with pytest.raises(CampaignRefused):
        give_cards(draft, Side.USER, 1, request_id="a", on="slips", by=sonia)
    over = matter.over(open_campaign(draft, by=sonia), sonia)
    with pytest.raises(CampaignRefused):
        give_cards(over, Side.USER, 1, request_id="a", on="slips", by=sonia)


def test_the_refusal_never_says_how_many_are_left(sonia, campaign):
    give_cards(campaign, Side.USER, 10, request_id="a", on="slips", by=sonia)
    with pytest.raises(CardsRefused) as refusal:
        give_cards(campaign, Side.USER, 3, request_id="b", on="slips", by=sonia)
    assert not [letter for letter in str(refusal.value) if letter.isdecimal()]


def test_the_page_does_not_move_when_a_phone_takes_a_card(client, sonia, campaign):
    def said():
        html = client.get(url("cards", campaign)).content.decode()
        return re.findall(r'<p class="paper-left">.*?</p>', html, re.S)

    sign_in(client, sonia)
    before = said()
    give(campaign, Side.USER, 4)
    assert before
    assert said() == before


@pytest.mark.parametrize("name", ["cards", "cards_pdf", "forms_pdf", "type_form"])
def test_only_who_leads_prints_and_copies(client, campaign, name):
    other = matter.member(name="Diallo")
    campaign.group.members.create(member=other, side=SideChoice.PROFESSIONAL, agreed_at=timezone.now())
    sign_in(client, other)
    assert client.get(url(name, campaign)).status_code == 404
    assert client.post(url(name, campaign), asked(campaign)).status_code in {404, 405}
    assert not Invitation.objects.exists()


def test_a_pair_has_no_cards_on_paper(client, sonia):
    pair = matter.group(sonia, kind=GroupKind.PAIR)
    of_pair = matter.campaign(pair, kind=Kind.NAMED, users=1, professionals=1)
    sign_in(client, sonia)
    for name in ("cards", "type_form"):
        assert client.get(url(name, of_pair)).status_code == 404


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("kind", [Kind.ANONYMOUS, Kind.PSEUDONYMOUS])
def test_the_wheel_form_is_one_page_with_every_question(campaign, side, kind):
    campaign.kind = kind.value
    pdf = forms_pdf(campaign, side, ["ABCD23456789", "ABCD23456780"], "wheel")
    assert pages(pdf) == 2
    flat = re.sub(r"\s+", " ", words_of(pdf))
    assert flat.count("ABCD-2345-6789") == 1
    assert flat.count("non concerné") >= 2 * 11
    assert "Exercer un leadership partagé et collaboratif" in flat
    mirrored = "avec les professionnels" if side == Side.USER else "avec les usagers"
    assert mirrored in flat
    assert b"/StructTreeRoot" in pdf


def test_a_long_name_of_group_keeps_the_form_on_one_page(campaign):
    campaign.group.name = "Commission " + "des repas, des sorties et des fêtes " * 3
    campaign.group.establishment.name = "Résidence " * 12
    assert pages(forms_pdf(campaign, Side.USER, ["ABCD23456789"], "wheel")) == 1
    assert pages(slips_pdf(campaign, Side.USER, ["ABCD23456789"] * 8)) == 1


def test_the_large_form_asks_in_easy_words(campaign):
    flat = re.sub(r"\s+", " ", words_of(forms_pdf(campaign, Side.USER, ["ABCD23456789"], "list")))
    assert "On demande l’avis de chacun. On écoute chaque avis." in flat
    assert flat.count("Cela ne me concerne pas") == 11


def test_what_a_group_calls_itself_is_text_on_paper(campaign):
    campaign.group.name = '#import "/etc/passwd" *a* 🙂'
    assert "#import" in words_of(slips_pdf(campaign, Side.USER, ["ABCD23456789"]))


def test_the_wheel_on_paper_has_eleven_sectors_and_five_levels(campaign):
    drawn = wheel_to_cross(campaign.barometer.instrument)
    found = Counter(re.findall(r">(\d+)</text>", drawn))
    assert found["0"] == 11
    assert found["4"] == 11 + 1  # and the sector numbered 4
    assert all(found[str(number)] for number in range(1, 12))


def test_a_paper_is_kept_as_an_answer_and_the_journal_says_nothing(client, sonia, campaign):
    token = give(campaign, Side.USER, 1)[0]
    sign_in(client, sonia)
    before = Entry.objects.count()
    client.get(url("type_form", campaign))
    response = client.post(
        url("type_form", campaign),
        typed(campaign, shown(token).lower(), rate_goals="na", rate_plan="", words="Merci.", part="relative"),
    )
    assert response.status_code == 302
    client.get(response.headers["Location"])
    assert Entry.objects.count() == before
    kept = SelfRating.objects.get()
    assert (kept.side, kept.part, kept.typed_by) == ("user", "relative", sonia)
    assert kept.ratings["views"] == 3
    assert kept.ratings["goals"] is None
    assert "plan" not in kept.ratings
    assert Comment.objects.get().words == "Merci."
    assert not Draft.objects.exists()


def test_the_page_never_says_how_many_were_copied(client, sonia, campaign):
    sign_in(client, sonia)
    tokens = give(campaign, Side.USER, 4)
    pages_seen = []
    for token in tokens:
        client.post(url("type_form", campaign), typed(campaign, token))
        html = client.get(url("type_form", campaign)).content.decode()
        html = html[html.index("<main") :]
        pages_seen.append(re.sub(r"<[^>]+>|\s+", " ", html))
    assert len(set(pages_seen)) == 1


def test_a_card_that_has_answered_is_told_and_nothing_changes(client, sonia, campaign):
    token = give(campaign, Side.USER, 1)[0]
    answer(card_of(token), {"views": 1})
    sign_in(client, sonia)
    response = client.post(url("type_form", campaign), typed(campaign, token, words="Trop tard"))
    assert response.status_code == 422
    html = response.content.decode()
    assert "déjà servi" in html
    assert "Trop tard" in html
    assert SelfRating.objects.get().ratings == {"views": 1}
    assert not Comment.objects.exists()


@pytest.mark.parametrize("wrong", ["AAAA-AAAA-AAAA", "<script>", "0" * 39])
def test_an_unknown_code_is_told(client, sonia, campaign, wrong):
    sign_in(client, sonia)
    response = client.post(url("type_form", campaign), typed(campaign, wrong))
    assert response.status_code == 422
    assert "pas de cette campagne" in response.content.decode()


def test_the_code_of_another_campaign_is_unknown_here(sonia, campaign):
    other = open_campaign(matter.campaign(matter.group(sonia, name="Jardin")), by=sonia)
    token = give(other, Side.USER, 1)[0]
    with pytest.raises(UnknownCode):
        copy_paper(campaign, {"views": 2}, token=token, by=sonia)
    assert not card_of(token).used


@pytest.mark.parametrize(
    "wrong", [{"rate_views": "5"}, {"rate_views": "-1"}, {"part": "boss"}, {"words": "x" * 601}]
)
def test_what_cannot_be_read_is_refused_and_what_was_typed_is_kept(client, sonia, campaign, wrong):
    token = give(campaign, Side.USER, 1)[0]
    sign_in(client, sonia)
    response = client.post(url("type_form", campaign), typed(campaign, token, **wrong))
    assert response.status_code == 422
    assert token in response.content.decode()
    assert not SelfRating.objects.exists()


def test_an_empty_paper_is_not_kept(client, sonia, campaign):
    token = give(campaign, Side.USER, 1)[0]
    sign_in(client, sonia)
    assert client.post(url("type_form", campaign), {"code": token}).status_code == 422
    assert client.post(url("type_form", campaign), typed(campaign)).status_code == 422
    assert not SelfRating.objects.exists()


def test_a_paper_without_a_code_takes_a_card_while_one_is_left(client, sonia, campaign):
    sign_in(client, sonia)
    for _ in range(3):
        response = client.post(url("type_form", campaign), typed(campaign, side="professional"))
        assert response.status_code == 302
    response = client.post(url("type_form", campaign), typed(campaign, side="professional"))
    assert response.status_code == 422
    assert "ne peut plus entrer" in response.content.decode()
    assert SelfRating.objects.filter(side="professional", typed_by=sonia).count() == 3
    with pytest.raises(NoCardLeft):
        copy_paper(campaign, {"views": 2}, side=Side.PROFESSIONAL, by=sonia)


def test_papers_come_in_after_the_closing_up_to_the_counting(sonia, campaign):
    token, late = give(campaign, Side.USER, 2)
    over = matter.over(campaign, sonia)
    assert copy_paper(over, {"views": 2}, token=token, by=sonia) == Fate.KEPT
    settle_campaign(over, by=sonia)
    with pytest.raises(UnknownCode):
        copy_paper(over, {"views": 2}, token=late, by=sonia)


def test_a_paper_of_a_campaign_still_to_come_takes_no_card(sonia, campaign):
    campaign.opens_on = timezone.localdate() + timedelta(days=2)
    campaign.save(update_fields=["opens_on"])
    assert copy_paper(campaign, {"views": 2}, side=Side.USER, by=sonia) == Fate.WAITING
    assert not Invitation.objects.exists()


def test_a_paper_with_an_invented_code_keeps_its_imprint_alone(client, sonia):
    campaign = open_campaign(matter.campaign(matter.group(sonia), kind=Kind.PSEUDONYMOUS), by=sonia)
    token = give(campaign, Side.USER, 1)[0]
    sign_in(client, sonia)
    client.post(url("type_form", campaign), typed(campaign, token, own_code="Lilas 42"))
    kept = SelfRating.objects.get()
    assert len(kept.follow) == 64
    assert "lilas" not in kept.follow


@pytest.mark.parametrize("name", ["cards", "type_form"])
def test_the_pages_ask_no_more_with_more_cards(client, sonia, campaign, name, django_assert_max_num_queries):
    give(campaign, Side.USER, 12)
    sign_in(client, sonia)
    client.get(url(name, campaign))
    with django_assert_max_num_queries(30):
        assert client.get(url(name, campaign)).status_code == 200


def test_the_log_never_says_a_card(client, sonia, campaign, caplog):
    token = give(campaign, Side.USER, 1)[0]
    caplog.handler.addFilter(NoCards())
    client.get(f"/b/{token}/nowhere/")
    assert "Not Found: /b/…" in caplog.text
    assert token not in caplog.text
