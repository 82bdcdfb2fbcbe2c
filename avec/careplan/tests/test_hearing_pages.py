"""Aloud, in pictures, seen: the ways in, by HTTP, as the cast."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from avec.accounts.models import Role
from avec.audit.models import Entry
from avec.careplan.actions import confirm_observation, transcribe
from avec.careplan.models import Answer, CarePlan, Confirmation, Expectation
from avec.careplan.rules.hearing import HearingRefused
from avec.careplan.tests.factories import (
    days,
    establishment,
    expectation,
    in_team,
    member,
    person,
    plan,
    relative,
    sign_in,
)
from avec.careplan.tests.sounds import received, wav
from avec.documents.models import HeldSound, StoredFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return establishment()


@pytest.fixture
def nurse(house):
    return member(house)


@pytest.fixture
def odette(house, nurse):
    odette = person(house, used_name="Odette")
    in_team(odette, nurse, is_referent=True)
    return odette


@pytest.fixture
def project(odette, nurse):
    return plan(odette, nurse)


@pytest.fixture
def team(client, nurse):
    return sign_in(client, nurse)


def text(answer):
    return unescape(answer.content.decode())


def words(**changes):
    sent = {"voice": "person", "way": "text", "words": "Je veux mon café au lit.", "kind": "wish"}
    return sent | {"said_on": days(-1).isoformat(), "level": "C1"} | changes


def aloud(project, by, **said):
    return expectation(project, by, "", way="voice", recording=received(), **said)


# ───────── De vive voix


def test_a_voice_is_kept_and_waits_for_its_words(team, odette, project):
    sound = SimpleUploadedFile("voix.wav", wav(), "audio/wav")
    answer = team.post(
        reverse("careplan:say", args=[odette.pk]), words(way="voice", words="", recording=sound)
    )
    said = Expectation.objects.get()
    assert answer.headers["Location"].endswith(f"#attente-{said.pk}")
    assert (said.way, said.words, said.waits_for_words) == ("voice", "", True)
    assert said.recording.content_type == "audio/wav"
    page = text(team.get(reverse("careplan:said", args=[project.pk])))
    assert "Message de vive voix du" in page
    assert "pas encore écrit" in page
    assert reverse("careplan:sound", args=[said.pk]) in page
    assert "Écrire ce qui est dit" in page


def test_nobody_answers_what_nobody_wrote_down(team, odette, project, nurse):
    said = aloud(project, odette.member)
    answer = team.get(reverse("careplan:answer", args=[said.pk]))
    assert answer.headers["Location"] == reverse("careplan:transcribe", args=[said.pk])
    team.post(
        reverse("careplan:answer", args=[said.pk]),
        {"reply": "declined", "reason": "Ce n’est pas possible ici.", "instead": ""},
    )
    assert not Answer.objects.exists()


def test_somebody_named_writes_the_words_down_once(team, odette, project, nurse):
    said = aloud(project, odette.member)
    url = reverse("careplan:transcribe", args=[said.pk])
    assert "mot à mot" in text(team.get(url))
    assert team.post(url, {"words": "   "}).status_code == 422
    team.post(url, {"words": "Je veux voir la mer."})
    said.refresh_from_db()
    assert (said.words, said.transcribed_by) == ("Je veux voir la mer.", nurse)
    assert "Paroles écrites par" in text(team.get(reverse("careplan:said", args=[project.pk])))
    late = team.post(url, {"words": "Autre chose."})
    assert late.status_code == 422
    assert "Autre chose." in text(late)
    said.refresh_from_db()
    assert said.words == "Je veux voir la mer."


def test_who_spoke_may_write_it_and_another_relative_may_not(project, odette):
    claire, jean = relative(odette), relative(odette)
    said = aloud(project, claire.member)
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        transcribe(said, "Je m’inquiète.", by=jean.member)
    with pytest.raises(PermissionDenied):
        transcribe(said, "Je m’inquiète.", by=odette.member)
    assert transcribe(said, "Je m’inquiète.", by=claire.member).transcribed_by == claire.member


def test_the_sound_follows_the_rule_of_the_words(client, project, odette, nurse, house):
    claire, jean = relative(odette), relative(odette)
    shared, closed = aloud(project, odette.member), aloud(project, odette.member, level="C2")
    her = aloud(project, claire.member)

    def opens(who, said):
        sign_in(client, who)
        return client.get(reverse("careplan:sound", args=[said.pk])).status_code

    assert [opens(nurse, one) for one in (shared, closed, her)] == [200, 200, 200]
    assert [opens(odette.member, one) for one in (shared, closed, her)] == [200, 200, 200]
    assert [opens(claire.member, one) for one in (shared, closed, her)] == [200, 404, 200]
    assert [opens(jean.member, one) for one in (shared, closed, her)] == [200, 404, 404]
    assert opens(member(house), shared) == 404
    assert Entry.objects.filter(verb="sound.read").count() == 9


def test_a_part_of_the_sound_is_one_reading(team, project, odette):
    said = aloud(project, odette.member)
    url = reverse("careplan:sound", args=[said.pk])
    first = team.get(url, headers={"range": "bytes=0-9"})
    assert (first.status_code, len(first.content)) == (206, 10)
    assert team.get(url, headers={"range": "bytes=10-"}).status_code == 206
    assert Entry.objects.filter(verb="sound.read").count() == 1


@pytest.mark.parametrize("part", ["bytes=1-", "bytes=00-", "bytes=-500"])
def test_no_part_of_the_sound_is_heard_without_a_trace(team, project, odette, part):
    said = aloud(project, odette.member)
    url = reverse("careplan:sound", args=[said.pk])
    assert team.get(url, headers={"range": part}).status_code == 206
    assert Entry.objects.filter(verb="sound.read", object_id=str(said.pk)).count() == 1


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("virus.mp3", b"MZ\x90\x00" + b"\x00" * 400, "programme"),
        ("photo.mp3", b"\x89PNG\r\n\x1a\n" + b"\x00" * 200, "image"),
        ("vide.wav", b"", "vide"),
    ],
)
def test_what_is_no_sound_is_refused_and_nothing_is_kept(team, odette, project, name, content, sentence):
    sound = SimpleUploadedFile(name, content, "audio/mpeg")
    answer = team.post(
        reverse("careplan:say", args=[odette.pk]),
        words(way="voice", heard="Elle chante.", words="", recording=sound),
    )
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "Elle chante." in text(answer)
    assert not Expectation.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_sound_is_kept_while_another_answer_is_mended(team, odette, project):
    sound = SimpleUploadedFile("voix.wav", wav(), "audio/wav")
    answer = team.post(
        reverse("careplan:say", args=[odette.pk]), words(way="voice", voice="", recording=sound)
    )
    assert answer.status_code == 422
    assert not StoredFile.objects.exists()
    held = HeldSound.objects.get()
    assert str(held.pk) in answer.content.decode()
    answer = team.post(
        reverse("careplan:say", args=[odette.pk]), words(way="voice", words="", recording_held=str(held.pk))
    )
    assert answer.status_code == 302
    assert Expectation.objects.get().recording.content_type == "audio/wav"
    assert not HeldSound.objects.exists()


def test_a_voice_without_a_sound_is_asked_for(team, odette, project):
    answer = team.post(reverse("careplan:say", args=[odette.pk]), words(way="voice", words=""))
    assert answer.status_code == 422
    assert "Enregistrez la voix" in text(answer)


# ───────── En images, en toutes écritures


def test_pictures_keep_their_order(team, odette, project):
    team.post(
        reverse("careplan:say", args=[odette.pk]),
        words(way="pictos", words="", pictos=["shower", "coffee"]),
    )
    said = Expectation.objects.get()
    assert (said.way, said.pictos) == ("pictos", ["shower", "coffee"])
    assert said.words == "la douche · le café"
    assert not said.waits_for_words


@pytest.mark.parametrize("typed", ["Je veux 🐈 et 👩🏽‍🦽.", "أريد قهوتي في الصباح", "<b>Je veux</b>"])
def test_words_of_any_writing_are_kept_as_they_are(team, odette, project, typed):
    team.post(reverse("careplan:say", args=[odette.pk]), words(words=typed))
    assert Expectation.objects.get().words == typed
    page = team.get(reverse("careplan:said", args=[project.pk])).content.decode()
    assert 'dir="auto"' in page
    assert "<b>Je veux" not in page


def test_a_text_of_twenty_thousand_characters_is_refused_and_kept_on_the_page(team, odette, project):
    answer = team.post(reverse("careplan:say", args=[odette.pk]), words(words="m" * 20_000))
    assert answer.status_code == 422
    page = text(answer)
    assert "20000 signes" in page
    assert "m" * 20_000 in page
    assert not Expectation.objects.exists()


# ───────── Ce que l’on a vu


def seen(project, by, **said):
    return expectation(project, by, "Elle sourit.", voice="observed", situation="au jardin", **said)


def test_a_colleague_confirms_in_one_press(team, client, project, odette, nurse, house):
    said = seen(project, nurse)
    assert "Je l’ai vu aussi" not in text(team.get(reverse("careplan:said", args=[project.pk])))
    malik = member(house, given_name="Malik")
    in_team(odette, malik)
    sign_in(client, malik)
    assert "Je l’ai vu aussi" in text(client.get(reverse("careplan:said", args=[project.pk])))
    url = reverse("careplan:confirm", args=[said.pk])
    assert client.post(url, {"who": "me"}).status_code == 302
    assert client.post(url, {"who": "me"}).status_code == 422
    assert Confirmation.objects.count() == 1
    page = text(client.get(reverse("careplan:said", args=[project.pk])))
    assert "l’a vu aussi." in page
    assert "Je l’ai vu aussi" not in page


def test_who_saw_first_does_not_confirm_but_tells_what_a_relative_saw(team, project, odette, nurse):
    said, claire = seen(project, nurse), relative(odette, given_name="Claire")
    with pytest.raises(HearingRefused):
        confirm_observation(said, by=nurse)
    url = reverse("careplan:confirm", args=[said.pk])
    sent = {"who": str(claire.pk), "words": "Chez nous aussi.", "seen_on": days(-3).isoformat()}
    assert team.post(url, sent | {"seen_on": days(3).isoformat()}).status_code == 422
    assert team.post(url, sent).status_code == 302
    assert Confirmation.objects.get().relative == claire
    assert "Chez nous aussi." in text(team.get(reverse("careplan:said", args=[project.pk])))


def test_words_need_nobodys_confirmation(team, project, odette):
    said = expectation(project, odette.member)
    assert team.get(reverse("careplan:confirm", args=[said.pk])).status_code == 404


def test_a_relative_never_reads_what_another_one_confirmed(project, odette, nurse):
    said, claire, jean = seen(project, nurse), relative(odette), relative(odette)
    confirm_observation(said, by=nurse, relative=claire)

    def read_by(who):
        return Confirmation.objects.visible_to(who).count()

    assert [read_by(who) for who in (nurse, odette.member, claire.member, jean.member)] == [1, 1, 1, 0]
    assert Expectation.objects.visible_to(jean.member).count() == 1


# ───────── Comment nous l’avons entendu


def ways(project, **changes):
    from avec.careplan.views.hearing import ways_initial

    now = CarePlan.objects.get(pk=project.pk)
    return {"ways": ["observation"], "words": "", "version": ways_initial(now)["version"]} | changes


def test_what_was_tried_is_said_above_the_words(team, project):
    url = reverse("careplan:ways", args=[project.pk])
    assert team.get(url).status_code == 200
    assert team.post(url, ways(project, words="Deux matins.")).status_code == 302
    page = text(team.get(reverse("careplan:said", args=[project.pk])))
    assert "Comment nous l’avons entendu" in page
    assert "Deux matins." in page


def test_another_way_says_how(team, project):
    url = reverse("careplan:ways", args=[project.pk])
    assert "Écrivez comment" in text(team.post(url, ways(project, ways=["other"])))
    assert "Cochez" in text(team.post(url, ways(project, ways=[], words="Rien.")))


def test_two_people_write_what_was_tried_at_once(team, project):
    url = reverse("careplan:ways", args=[project.pk])
    mine = ways(project, words="Des photos.")
    team.post(url, ways(project, words="Deux matins."))
    clash = team.post(url, mine)
    assert clash.status_code == 409
    both = team.post(url, mine | {"keep": "both"})
    assert "Deux matins." in text(both)
    assert "Des photos." in text(both)
    project.refresh_from_db()
    assert project.ways_words == "Deux matins."
    assert team.post(url, ways(project, words="Des photos.", keep="mine")).status_code == 302


def test_a_manager_outside_the_team_opens_none_of_it(client, project, odette, nurse, house):
    said = seen(project, nurse)
    sign_in(client, member(house, role=Role.UNIT_MANAGER.value))
    for name, pk in (("said", project.pk), ("ways", project.pk), ("confirm", said.pk)):
        assert client.get(reverse(f"careplan:{name}", args=[pk])).status_code == 404
