"""Own space, in one's own voice: say, take a position, evaluate, look at what is coming. Tried by the cast."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from avec.audit.models import Entry
from avec.careplan.actions import (
    Replied,
    Said,
    add_activity,
    answer_expectation,
    evaluate_goal,
    say,
    say_balance,
    take_position,
    transcribe,
)
from avec.careplan.models import Balance, CarePlan, Evaluation, Expectation, Goal, Position, Questionnaire
from avec.careplan.rules import Stance
from avec.careplan.rules.wording.reading import count_words, sentences
from avec.careplan.tests.sounds import received, wav
from avec.home.own.coming import coming
from avec.home.own.helping import by_moment, helps_of, of_today, part_of, rhythm_said
from avec.home.own.space import Space
from avec.home.tests.test_own import page_to_say, read
from avec.home.tests.worlds import House, house
from avec.people.models import Mandate
from avec.people.tests.factories import days, person, relative, sign_in

pytestmark = pytest.mark.django_db
FOR_A_GOAL = ["own_goal", "own_position", "own_evaluate"]
NEW_PAGES = ["own_coming", "own_help", "own_balance"]


def space_of(home: House, tie=None) -> Space:
    member = tie.member if tie else home.odette.member
    return Space(member, home.odette, tie, several=False, easy=True)


def send(client, name, sent, *args):
    return client.post(reverse(f"home:{name}", args=args), sent)


def in_force(home: House) -> None:
    CarePlan.objects.filter(pk=home.plan.pk).update(step="in_force", review_on=days(40))


def voice_file(name="voix.wav", content=None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, wav() if content is None else content, "audio/wav")


# ───────── Positions


def test_the_five_positions_are_equal_and_one_may_change(client):
    home = house()
    sign_in(client, home.odette.member)
    page = read(client, "own_position", home.goal.pk)
    assert page.count('name="stance"') == 5
    assert "checked" not in page
    for stance in ("disagrees", "prefers_not"):
        assert send(client, "own_position", {"stance": stance}, home.goal.pk).status_code == 302
    mine = Position.objects.filter(goal=home.goal, voice="person")
    assert [p.stance for p in mine.filter(is_current=True)] == ["prefers_not"]
    assert mine.count() == 2
    page = read(client, "own_goal", home.goal.pk)
    assert "je préfère ne pas dire" in page
    assert "Mes avis d’avant" in page


def test_who_can_not_answer_today_is_asked_again(client):
    home = house()
    sign_in(client, home.odette.member)
    for again, wait in (("", 14), ("30", 30)):
        send(client, "own_position", {"stance": "could_not", "again": again}, home.goal.pk)
        mine = Position.objects.get(goal=home.goal, voice="person", is_current=True)
        assert mine.ask_again_on == days(wait)
    assert "On me redemande mon avis" in read(client, "own_coming")


def test_a_position_without_a_choice_says_what_to_do_and_keeps_the_words(client):
    home = house()
    sign_in(client, home.odette.member)
    answer = send(client, "own_position", {"reason": "Il fait froid."}, home.goal.pk)
    assert answer.status_code == 422
    assert "Cochez une case." in answer.content.decode()
    assert "Il fait froid." in answer.content.decode()


# ───────── Evaluations


def test_five_faces_and_words_of_the_same_weight(client):
    home = house()
    sign_in(client, home.odette.member)
    page = read(client, "own_evaluate", home.goal.pk)
    assert page.count('name="value"') == 6
    assert page.count("#face-") == 5
    assert "checked" not in page
    send(client, "own_evaluate", {"value": "1", "words": "J’y vais presque."}, home.goal.pk)
    send(client, "own_evaluate", {"value": "none", "words": "Il a plu."}, home.goal.pk)
    said = Evaluation.objects.filter(goal=home.goal, voice="person").order_by("at")
    assert [(one.value, one.words) for one in said] == [(1, "J’y vais presque."), (None, "Il a plu.")]
    page = read(client, "own_goal", home.goal.pk)
    assert "Il a plu." in page
    assert "Ce que j’ai dit avant" in page
    assert "J’y vais presque." in page


@pytest.mark.parametrize(
    ("sent", "words"),
    [({}, "Choisissez un visage, ou écrivez vos mots."), ({"value": "none"}, "Écrivez vos mots.")],
)
def test_an_evaluation_that_says_nothing_is_sent_back_in_plain_words(client, sent, words):
    home = house()
    sign_in(client, home.odette.member)
    answer = send(client, "own_evaluate", sent, home.goal.pk)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Evaluation.objects.exists()


@pytest.mark.parametrize("value", ["3", "-7", "x"])
def test_a_level_that_does_not_exist_changes_nothing(client, value):
    home = house()
    sign_in(client, home.odette.member)
    assert send(client, "own_evaluate", {"value": value, "words": "Oui"}, home.goal.pk).status_code == 422
    assert not Evaluation.objects.exists()


def folded(page: str, summary: str) -> bool:
    found = re.search(r"<details([^>]*)>\s*<summary>" + summary, page)
    assert found, summary
    return "open" not in found[1]


def test_the_person_speaks_before_reading_the_team(client):
    home = house()
    evaluate_goal(home.goal, value=-1, words="Deux fois seulement.", by=home.nurse)
    sign_in(client, home.odette.member)
    assert folded(read(client, "own_goal", home.goal.pk), "Ce que disent les autres")
    assert "Deux fois" not in read(client, "own_evaluate", home.goal.pk)
    send(client, "own_evaluate", {"value": "1"}, home.goal.pk)
    page = read(client, "own_goal", home.goal.pk)
    assert not folded(page, "Ce que disent les autres")
    assert "moins que prévu" in page
    assert "Pour moi, ça va beaucoup mieux que pour l’équipe." in page


def test_what_the_team_says_long_after_is_folded_again(client):
    home = house()
    evaluate_goal(home.goal, value=1, evaluated_on=days(-90), by=home.odette.member)
    evaluate_goal(home.goal, value=0, by=home.nurse)
    page = read(sign_in(client, home.odette.member), "own_goal", home.goal.pk)
    assert folded(page, "Ce que disent les autres")


@pytest.mark.parametrize(
    ("mine", "team", "words"),
    [
        (1, 1, "nous voyons la même chose"),
        (1, 0, "ça va mieux que pour l’équipe"),
        (0, 1, "ça va moins bien que pour l’équipe"),
        (-2, 1, "ça va beaucoup moins bien que pour l’équipe"),
    ],
)
def test_the_gap_is_said_in_a_sentence_and_never_as_a_score(client, mine, team, words):
    home = house()
    evaluate_goal(home.goal, value=team, by=home.nurse)
    evaluate_goal(home.goal, value=mine, by=home.odette.member)
    sign_in(client, home.odette.member)
    page = read(client, "own_goal", home.goal.pk)
    assert words in page
    for name, args in (("own_goal", [home.goal.pk]), ("own_goals", []), ("own", [])):
        main = read(client, name, *args).split("<main")[1].split("</main")[0]
        # « à 11 h 50 » is an hour, and no score.
        words_read = re.sub(r"\d+\s*h\s*\d\d", "", re.sub(r"<[^>]*>", " ", main))
        assert not re.search(r"T-score|[−-]2|\+1|50[,\s]", words_read)


def test_easy_words_first_for_who_reads_easily_the_whole_within_reach(client):
    home = house()
    sign_in(client, home.odette.member)
    page = read(client, "own_goal", home.goal.pk)
    assert page.index("Je porte le bracelet.") < page.index("Odette va au jardin seule.")
    home.odette.member.user.reading = "full"
    home.odette.member.user.save()
    page = read(client, "own_goal", home.goal.pk)
    assert page.index("Odette va au jardin seule.") < page.index("Je porte le bracelet.")


# ───────── Say


def test_three_ways_of_the_same_weight_none_chosen(client):
    home = house()
    page = read(sign_in(client, home.odette.member), "own_say")
    ways = re.findall(r"\?comment=(\w+)", page)
    assert ways == ["parler", "ecrire", "montrer"]
    assert "<form" not in page.split("<main")[1].split("</main")[0]


def test_the_questions_made_for_the_person_are_within_reach(client):
    home = house()
    for title, mine in (("Ma journée", True), ("Grille des équipes", False)):
        Questionnaire.objects.create(
            establishment=home.odette.establishment, url=title, title=title, for_person=mine
        )
    page = read(sign_in(client, home.odette.member), "own_say")
    assert "Ma journée" in page
    assert "Grille des équipes" not in page
    assert "Ma journée" not in read(sign_in(client, home.claire.member), "own_say")


def test_a_voice_is_kept_and_listened_to_and_somebody_will_write_it(client):
    home = house()
    sign_in(client, home.odette.member)
    sent = {"way": "voice", "recording": voice_file(), "kind": "wish", "level": "C2"}
    answer = client.post(reverse("home:own_say"), sent, follow=True)
    page = answer.content.decode()
    said = Expectation.objects.get(way="voice")
    assert "C’est gardé" in page
    assert "Quelqu’un l’écrira." in page
    assert reverse("careplan:sound", args=[said.pk]) in page
    sound = client.get(reverse("careplan:sound", args=[said.pk]))
    assert b"".join(sound.streaming_content if sound.streaming else [sound.content]) == wav()
    assert "C’est gardé" in read(client, "own_said")


def test_who_spoke_writes_their_own_words_once(client):
    home = house()
    said = say(home.plan, Said("", way="voice", recording=received(), level="C1"), by=home.odette.member)
    sign_in(client, home.odette.member)
    assert reverse("home:own_write", args=[said.pk]) in read(client, "own_said")
    assert send(client, "own_write", {"words": " "}, said.pk).status_code == 422
    send(client, "own_write", {"words": "Je veux du silence."}, said.pk)
    said.refresh_from_db()
    assert (said.words, said.transcribed_by) == ("Je veux du silence.", home.odette.member)
    # Written once: a second time leads back to the words.
    assert send(client, "own_write", {"words": "Autre chose."}, said.pk).status_code in {302, 404}
    said.refresh_from_db()
    assert said.words == "Je veux du silence."


def test_words_written_by_the_team_meanwhile_are_not_lost(client):
    home = house()
    said = say(home.plan, Said("", way="voice", recording=received()), by=home.odette.member)
    transcribe(said, "Je veux du silence.", by=home.nurse)
    assert (
        send(sign_in(client, home.odette.member), "own_write", {"words": "Non."}, said.pk).status_code == 302
    )
    said.refresh_from_db()
    assert said.words == "Je veux du silence."


def test_a_relative_does_not_write_the_person_s_voice(client):
    home = house()
    said = say(home.plan, Said("", way="voice", recording=received()), by=home.odette.member)
    sign_in(client, home.claire.member)
    assert client.get(reverse("home:own_write", args=[said.pk])).status_code == 404
    assert send(client, "own_write", {"words": "Elle a dit."}, said.pk).status_code == 404
    # Shared with her (C1), so listened to.
    assert "La voix d’Odette" in read(client, "own_said") or "La voix de Odette" in read(client, "own_said")


@pytest.mark.parametrize(
    ("name", "content"),
    [("voix.mp3", b"MZ\x90\x00" + b"\x00" * 600), ("voix.wav", b""), ("voix.wav", b"bonjour")],
)
def test_what_is_no_sound_is_refused_and_nothing_changes(client, name, content):
    home = house()
    sign_in(client, home.odette.member)
    before = Expectation.objects.count()
    sent = {"way": "voice", "recording": voice_file(name, content), "kind": "wish", "level": "C2"}
    assert send(client, "own_say", sent).status_code == 422
    assert Expectation.objects.count() == before


def test_pictures_are_words_in_the_order_chosen(client):
    home = house()
    sign_in(client, home.odette.member)
    assert "La phrase" in page_to_say(client, "montrer")
    sent = {"way": "pictos", "pictos": ["with", "garden"], "kind": "wish", "level": "C1"}
    assert send(client, "own_say", sent).status_code == 302
    said = Expectation.objects.get(way="pictos")
    assert said.pictos == ["with", "garden"]
    assert said.words
    assert not said.waits_for_words
    assert send(client, "own_say", sent | {"pictos": []}).status_code == 422
    assert send(client, "own_say", sent | {"pictos": ["nowhere"]}).status_code == 422


@pytest.mark.parametrize("words", ["🙂 Voir la mer 🌊", "أريد الحديقة", "<b>gras</b>"])
def test_any_writing_is_kept_as_it_is(client, words):
    home = house()
    sign_in(client, home.odette.member)
    assert send(client, "own_say", {"words": words, "kind": "wish", "level": "C2"}).status_code == 302
    assert Expectation.objects.filter(words=words).exists()
    assert "<b>gras</b>" not in read(client, "own_said")


def test_too_long_a_text_is_sent_back_whole(client):
    home = house()
    sign_in(client, home.odette.member)
    long = "mot " * 5000
    answer = send(client, "own_say", {"words": long, "kind": "wish", "level": "C2"})
    assert answer.status_code == 422
    assert "C’est trop long pour une fois." in answer.content.decode()
    assert long.strip() in answer.content.decode()


def test_a_way_that_does_not_exist_asks_how_again(client):
    home = house()
    sign_in(client, home.odette.member)
    before = Expectation.objects.count()
    page = send(client, "own_say", {"way": "chant", "words": "La la."}).content.decode()
    assert "Comment je veux le dire" in page
    assert Expectation.objects.count() == before


# ───────── What is coming


def test_what_comes_is_in_the_order_of_dates_three_on_the_first_page(client):
    home = house()
    answer_expectation(home.waiting, Replied("postponed", until=days(5), reason="Après."), by=home.nurse)
    take_position(home.goal, Stance.COULD_NOT, by=home.odette.member, ask_again_on=days(3))
    in_force(home)
    dates = [(one.what, one.day) for one in coming(space_of(home))]
    assert dates == [
        ("On me redemande mon avis", days(3)),
        ("On reparle de ce que j’ai dit", days(5)),
        ("On fait le point", days(10)),
        ("Le bilan de mon projet", days(40)),
    ]
    sign_in(client, home.odette.member)
    assert read(client).count('class="next-meet"') == 3
    assert "Voir tout ce qui vient" in read(client)
    page = read(client, "own_coming")
    assert page.count('class="next-meet"') == 4
    assert "C’est dans 3 jours." in page


def test_a_goal_whose_date_has_come_asks_where_i_am_until_i_say(client):
    home = house()
    Goal.objects.filter(pk=home.goal.pk).update(due_on=days(-2))
    take_position(home.goal, Stance.AGREES, by=home.odette.member)
    [one] = coming(space_of(home))
    assert (one.what, one.act, one.is_late) == ("Où j’en suis\u00a0?", "Dire où j’en suis", True)
    assert "C’était il y a 2 jours." in read(sign_in(client, home.odette.member))
    evaluate_goal(home.goal, words="J’y suis.", by=home.odette.member)
    assert not coming(space_of(home))
    assert "Rien ne m’attend pour l’instant." in read(client)


def test_a_goal_without_my_opinion_waits_for_it(client):
    home = house()
    [first, *_rest] = coming(space_of(home))
    assert first.what == "Un objectif attend mon avis"
    assert first.url == reverse("home:own_position", args=[home.goal.pk])
    # A relative gives theirs if they wish; who speaks for the person is asked.
    assert all("avis" not in one.what for one in coming(space_of(home, home.claire)))
    guardian = relative(home.odette, "representation", given_name="Paul")
    assert coming(space_of(home, guardian))[0].what == "Un objectif attend mon avis"


def test_the_balance_waits_while_the_plan_is_reviewed():
    home = house()
    CarePlan.objects.filter(pk=home.plan.pk).update(step="under_review")
    assert "Le bilan de mon projet" in [one.what for one in coming(space_of(home))]
    say_balance(home.plan, "Je sors plus.", by=home.odette.member)
    assert "Le bilan de mon projet" not in [one.what for one in coming(space_of(home))]


# ───────── Who helps


def test_help_of_today_and_by_moment_of_the_day(client):
    home = house()
    everyday = {"goals": [home.goal], "by": home.nurse, "participation": "by"}
    add_activity(home.plan, title="Soir", recurrence="FREQ=DAILY @ 19:30", **everyday)
    add_activity(home.plan, title="Café", recurrence="FREQ=DAILY @ morning", **everyday)
    add_activity(home.plan, title="Sur demande", recurrence="ON_REQUEST", **everyday)
    add_activity(home.plan, title="Lever", rhythm="chaque matin", **everyday)
    helps = helps_of(space_of(home))
    assert [one.help.activity.title for one in of_today(helps)] == ["Café", "Lever", "Soir"]
    groups = {words: [one.activity.title for one in found] for words, found in by_moment(helps)}
    assert groups == {
        "Le matin": ["Café", "Lever"],
        "Le soir": ["Soir"],
        "À un autre moment": ["Aller au jardin", "Sur demande"],
    }
    page = read(sign_in(client, home.odette.member), "own_help")
    assert "À 19\u00a0h\u00a030" in page
    assert "C’est moi qui le fais." in page


@pytest.mark.parametrize(
    ("words", "times", "week"),
    [
        ("chaque matin", ["morning"], 0),
        ("Tous les soirs.", ["evening"], 0),
        ("tous les jours", [], 0),
        ("le mardi et le jeudi", [], 2),
        ("lundi, mercredi et vendredi", [], 3),
    ],
)
def test_plain_words_say_when(words, times, week):
    found = rhythm_said(words)
    assert found is not None
    assert ([str(at) for at in found.times], len(found.days)) == (times, week)


@pytest.mark.parametrize(
    "words",
    ["", "le premier lundi du mois", "chaque matin sauf le mardi", "quand je veux", "2 fois par jour"],
)
def test_what_says_more_is_not_guessed(words):
    assert rhythm_said(words) is None


def test_before_dawn_is_the_night():
    from datetime import time

    assert [str(part_of(time(hour))) for hour in (2, 5, 12, 15, 19, 23)] == [
        "night",
        "morning",
        "noon",
        "afternoon",
        "evening",
        "night",
    ]


# ───────── The balance


def test_the_balance_is_said_in_one_s_own_voice(client):
    home = house()
    sign_in(client, home.odette.member)
    assert "Ce n’est pas encore le moment du bilan." in read(client, "own_balance")
    assert send(client, "own_balance", {"words": "Trop tôt."}).status_code == 404
    in_force(home)
    once = re.search(r'name="once" value="([^"]+)"', read(client, "own_balance"))[1]
    for _press in range(2):
        assert send(client, "own_balance", {"words": "Je sors plus.", "once": once}).status_code == 302
    assert send(client, "own_balance", {"words": ""}).status_code == 422
    [balance] = Balance.objects.all()
    assert (balance.voice, balance.words) == ("person", "Je sors plus.")
    assert "Je sors plus." in read(client, "own_balance")


def test_who_reads_the_balance(client):
    home = house()
    in_force(home)
    guardian = relative(home.odette, "representation", given_name="Paul")
    for by, words in (
        (home.odette.member, "Voix personne."),
        (home.claire.member, "Voix proche."),
        (guardian.member, "Voix mandat."),
        (home.nurse, "Voix équipe."),
    ):
        say_balance(home.plan, words, by=by)
    expected = {
        home.odette.member: {"personne", "proche", "mandat", "équipe"},
        home.claire.member: {"proche"},
        guardian.member: {"personne", "mandat", "équipe"},
    }
    for member, voices in expected.items():
        page = read(sign_in(client, member), "own_balance")
        assert set(re.findall(r"Voix (\w+)\.", page)) == voices


# ───────── The circle


def test_a_relative_gives_their_own_position_and_evaluation(client):
    home = house()
    take_position(home.goal, Stance.DISAGREES, by=home.odette.member, reason="Le sol glisse.")
    evaluate_goal(home.goal, value=-1, words="J’ai peur.", by=home.odette.member)
    sign_in(client, home.claire.member)
    page = read(client, "own_goal", home.goal.pk)
    assert "Odette partage ceci avec vous." in page
    assert "J’ai peur." in page
    send(client, "own_position", {"stance": "agrees"}, home.goal.pk)
    send(client, "own_evaluate", {"value": "2", "words": "Elle y arrive."}, home.goal.pk)
    position = Position.objects.get(goal=home.goal, relative=home.claire)
    assert (position.voice, position.stance) == ("relative", "agrees")
    said = Evaluation.objects.get(goal=home.goal, relative=home.claire)
    assert (said.voice, said.value) == ("relative", 2)
    assert Position.objects.get(goal=home.goal, voice="person").is_current


def test_a_representative_reads_what_the_mandate_opens_and_speaks_in_their_voice(client):
    home = house()
    home.goal.level = "C2"
    home.goal.save()
    guardian = relative(home.odette, "representation", given_name="Paul")
    sign_in(client, guardian.member)
    page = read(client, "own_goal", home.goal.pk)
    assert "Votre mandat vous permet de lire ceci." in page
    send(client, "own_evaluate", {"value": "0"}, home.goal.pk)
    assert Evaluation.objects.get(relative=guardian).voice == "representative"
    sign_in(client, home.claire.member)
    for name in FOR_A_GOAL:
        assert client.get(reverse(f"home:{name}", args=[home.goal.pk])).status_code == 404
        assert send(client, name, {"stance": "agrees", "value": "1"}, home.goal.pk).status_code == 404


def test_no_relative_reads_what_another_relative_thinks(client):
    home = house()
    other = relative(home.odette, "carer", given_name="Paul")
    take_position(home.goal, Stance.DISAGREES, by=other.member, reason="Raison de Paul.")
    evaluate_goal(home.goal, value=-2, words="Mots de Paul.", by=other.member)
    sign_in(client, home.claire.member)
    for name, args in (("own_goal", [home.goal.pk]), ("own_goals", []), ("own_coming", []), ("own", [])):
        assert "de Paul" not in read(client, name, *args)
    assert "Mots de Paul." in read(sign_in(client, home.odette.member), "own_goal", home.goal.pk)


def test_another_person_s_goal_is_not_there(client):
    home, other = house(), house()
    for member in (other.odette.member, other.claire.member):
        sign_in(client, member)
        for name in FOR_A_GOAL:
            assert client.get(reverse(f"home:{name}", args=[home.goal.pk])).status_code == 404
            sent = {"stance": "agrees", "value": "1", "words": "x"}
            assert send(client, name, sent, home.goal.pk).status_code == 404
    assert not Evaluation.objects.exists()


def test_a_mandate_taken_back_closes_every_page_and_every_form(client):
    home = house()
    in_force(home)
    said = say(home.plan, Said("", way="voice", recording=received()), by=home.claire.member)
    sign_in(client, home.claire.member)
    Mandate.objects.update(revoked_on=days(0))
    before = (Position.objects.count(), Balance.objects.count())
    for name in NEW_PAGES:
        assert client.get(reverse(f"home:{name}")).status_code == 403
    for name in FOR_A_GOAL:
        assert client.get(reverse(f"home:{name}", args=[home.goal.pk])).status_code == 403
        assert send(client, name, {"stance": "agrees", "value": "1"}, home.goal.pk).status_code == 403
    assert send(client, "own_balance", {"words": "Encore."}).status_code == 403
    assert client.get(reverse("careplan:sound", args=[said.pk])).status_code == 404
    assert (Position.objects.count(), Balance.objects.count()) == before


def test_a_relative_of_nobody_here_finds_nothing(client):
    home = house()
    stranger = relative(person(home.odette.establishment), None)
    sign_in(client, stranger.member)
    for name in NEW_PAGES:
        assert client.get(reverse(f"home:{name}")).status_code == 403


# ───────── Trace, drafts, double press


@pytest.mark.parametrize("name", FOR_A_GOAL)
def test_a_goal_that_is_opened_leaves_one_line(client, name):
    home = house()
    sign_in(client, home.claire.member)
    before = Entry.objects.count()
    read(client, name, home.goal.pk)
    line = Entry.objects.order_by("-pk").first()
    assert Entry.objects.count() == before + 1
    assert (line.verb, line.person_id) == ("own_goals.read", home.odette.pk)
    page = read(sign_in(client, home.odette.member), "own_readers")
    assert "mes objectifs" in page


def test_a_second_press_evaluates_once(client):
    home = house()
    sign_in(client, home.odette.member)
    once = re.search(r'name="once" value="([^"]+)"', read(client, "own_evaluate", home.goal.pk))[1]
    for _press in range(2):
        assert send(client, "own_evaluate", {"value": "1", "once": once}, home.goal.pk).status_code == 302
    assert Evaluation.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "field"), [("own_position", "reason"), ("own_evaluate", "words"), ("own_balance", "words")]
)
def test_what_was_being_written_is_kept_for_its_writer_only(client, name, field):
    home = house()
    in_force(home)
    args = [] if name == "own_balance" else [home.goal.pk]
    sign_in(client, home.odette.member)
    page = read(client, name, *args)
    key = re.search(r'name="draft_key" value="([^"]+)"', page)[1]
    client.post(reverse("people:draft"), {"draft_key": key, field: "Je voudrais dire"})
    assert "Je voudrais dire" in read(client, name, *args)
    assert "Je voudrais dire" not in read(sign_in(client, home.claire.member), name, *args)


def test_a_session_that_ended_gives_the_words_back_to_the_same_person(client):
    home = house()
    sign_in(client, home.odette.member)
    page = reverse("home:own_evaluate", args=[home.goal.pk])
    client.get(page)
    seen = client.cookies
    client.logout()
    client.cookies = seen
    assert client.post(page, {"value": "1", "words": "Ne pas perdre."}).status_code == 302
    kept = dict(client.session["avec_kept_form"])
    assert kept["account"] == str(home.odette.member.user_id)
    assert ["words", "Ne pas perdre."] in [list(field) for field in kept["fields"]]
    assert not Evaluation.objects.exists()


# ───────── Easy reading

BLOCKS = re.compile(r"</?(?:p|li|h\d|label|legend|summary|button|a|div|dt|dd|br|option|b|figcaption)\b[^>]*>")


def sentences_of(page: str) -> list[str]:
    """What is read in the page itself, a sentence at a time."""
    main = page.split("<main")[1].split("</main")[0]
    text = re.sub(r"<(script|svg|textarea)\b.*?</\1>", "", main, flags=re.DOTALL)
    lines = unescape(re.sub(r"<[^>]*>", "", BLOCKS.sub("\n", text))).splitlines()
    return [one for line in lines for one in sentences(line.strip())]


@pytest.mark.parametrize("who", ["odette", "claire"])
def test_every_sentence_is_short(client, who):
    home = house()
    in_force(home)
    evaluate_goal(home.goal, value=0, by=home.nurse)
    take_position(home.goal, Stance.COULD_NOT, by=getattr(home, who).member, ask_again_on=days(3))
    evaluate_goal(home.goal, value=-2, words="Non.", by=getattr(home, who).member)
    say(home.plan, Said("", way="voice", recording=received()), by=getattr(home, who).member)
    sign_in(client, getattr(home, who).member)
    pages = [read(client, name) for name in ("own", "own_said", "own_goals", "own_team", *NEW_PAGES)]
    pages += [read(client, name, home.goal.pk) for name in FOR_A_GOAL]
    pages += [page_to_say(client, how) for how in ("ecrire", "parler")]
    long = {one for page in pages for one in sentences_of(page) if count_words(one) > 12}
    assert not long
