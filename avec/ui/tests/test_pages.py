import re

import pytest
from django import forms
from django.template import engines
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django_cotton.compiler_regex import CottonCompiler

from avec.ui.gallery import SampleForm
from avec.ui.navigation import Account, Display, Item, Place

pytestmark = pytest.mark.urls("avec.ui.tests.urls")


@pytest.fixture(params=[True, False], ids=["debug", "production"])
def debug(request, settings):
    settings.DEBUG = request.param
    # hashed names need a collected folder: not the matter here
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    return request.param


def show(source: str, **context) -> str:
    template = engines["django"].from_string(CottonCompiler().process(source))
    return template.render(context, RequestFactory().get("/"))


def flat(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", "", html))).strip()


# Closed and missing pages


@pytest.mark.parametrize("path", ["/hidden/", "/nowhere/Odette/", "/refused/", "/bare/"])
def test_a_closed_page_says_nothing(client, debug, path):
    answer = client.get(path)
    assert answer.status_code == (403 if path in {"/refused/", "/bare/"} else 404)
    page = answer.content.decode()
    assert "Cette page n’existe pas, ou ne vous est pas ouverte." in page
    assert "Odette" not in page
    assert "urlconf" not in page.lower()
    assert 'href="/"' in page


def test_cookies_stay(client, debug):
    assert client.get("/bare/").cookies["kept"].value == "yes"


def test_a_page_of_ours_is_left_alone(client, debug):
    answer = client.get("/ours/")
    assert answer.status_code == 404
    assert "Rien n’est perdu" in answer.content.decode()


def test_a_fragment_gets_a_short_answer(client, debug):
    answer = client.get("/hidden/", headers={"HX-Request": "true"})
    assert answer.status_code == 404
    assert "<html" not in answer.content.decode()
    assert "ne vous est pas ouverte" in answer.content.decode()


def test_a_fragment_of_ours_is_left_alone(client, debug):
    answer = client.get("/fragment/", headers={"HX-Request": "true"})
    assert answer.content.decode() == "<p>Ce dossier est fermé.</p>"


def test_data_is_left_alone_or_short(client, debug):
    assert client.get("/data/").json() == {"issue": "not-found"}
    answer = client.get("/hidden/", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/json")
    assert "Odette" not in answer.content.decode()


def test_a_failure_stays_visible_to_who_develops(settings):
    settings.DEBUG = True
    answer = Client(raise_request_exception=False).get("/broken/")
    assert answer.status_code == 500
    assert b"RuntimeError" in answer.content


def test_the_page_of_failures_needs_nothing(debug, settings):
    settings.DEBUG = False
    answer = Client(raise_request_exception=False).get("/broken/")
    assert answer.status_code == 500
    assert "La faute n’est pas de votre côté" in answer.content.decode()


def test_a_refused_form_says_that_nothing_is_lost(debug):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/composants/")
    assert answer.status_code == 403
    assert "Rien n’est perdu" in answer.content.decode()
    short = client.post("/composants/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in short


def test_a_page_may_use_the_microphone_and_nothing_else(client, debug):
    policy = client.get("/composants/").headers["Permissions-Policy"]
    assert "microphone=(self)" in policy
    assert "camera=()" in policy


# Frames


def page(frame: str, **attributes) -> str:
    request = RequestFactory().get("/")
    for name, value in attributes.items():
        setattr(request, name, value)
    return render_to_string(f"ui/frame_{frame}.html", request=request)


MENU = [
    Item("/jour/", "day", "Ma journée", current=True),
    Item("/dire/", "note", "Les transmissions", "Transmettre", act=True),
]


@pytest.mark.parametrize("frame", ["work", "own", "paper", "plain"])
def test_a_frame_stands_without_any_context(frame):
    html = page(frame)
    assert 'lang="fr"' in html
    assert 'href="#contenu"' in html
    assert html.count('id="contenu"') == html.count("<main") == 1
    assert 'role="status"' in html
    assert "data-theme" not in html
    assert "<nav" not in html


def test_the_menu_place_account_and_display():
    html = page(
        "work",
        navigation=MENU,
        place=Place("Les Tilleuls", "Unité Les Acacias"),
        account=Account("Sonia Benali", "/compte/"),
        display=Display("dark", "large"),
    )
    assert 'data-theme="dark"' in html
    assert 'data-size="large"' in html
    assert html.count('aria-current="page"') == 1
    assert "Transmettre" in html
    assert ">SB<" in html
    assert "Unité Les Acacias" in html


def test_own_space_keeps_four_entries():
    html = page("own", navigation=MENU * 3)
    assert html.count("#i-day") == 2 + html.count('id="i-day"') - 1
    assert 'class="frame-own easy"' in html


def test_htmx_writes_nothing_in_the_browser():
    html = page("plain")
    assert '"historyCacheSize": 0' in html
    assert '"includeIndicatorStyles": false' in html
    assert '"allowEval": false' in html


def test_messages_are_said(client):
    html = show(
        '{% include "ui/messages.html" %}',
        messages=[type("M", (), {"level_tag": "error", "__str__": lambda self: "Déjà répondu."})()],
    )
    assert 'role="alert"' in html
    assert "Déjà répondu." in html


def test_the_recorder_is_a_file_input_first():
    html = show('<c-ui.recorder :field="form.recording" />', form=SampleForm({}))
    assert 'type="file"' in html
    assert "capture" in html
    assert "data-recorder-box hidden" in html
    assert 'aria-describedby="id_recording_helptext id_recording_error"' in html
    assert html.count("hidden") >= html.count('data-recorder-do="') - 1


def test_a_recording_says_how_long_it_lasts_and_who_wrote_what_is_said():
    source = (
        '<c-ui.player url="/x/" title="Odette" seconds="45" :transcript="words" by="Malik" when="le 12" />'
    )
    html = show(source, words="Oui <b>")
    assert "45\u00a0secondes" in html
    assert "Oui &lt;b&gt;" in html
    assert "Écrit par Malik, le 12" in flat(html)
    assert "autoplay" not in html
    assert "Écrit par" not in show('<c-ui.player url="/x/" title="Odette">…</c-ui.player>')


# Gallery and components


def test_the_gallery_shows_every_component(client, debug):
    answer = client.get("/composants/")
    assert answer.status_code == 200
    html = answer.content.decode()
    html = re.sub(r"<pre>.*?</pre>", "", html, flags=re.S)
    assert "{{" not in html
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert {i for i in ids if ids.count(i) > 1} == set()


def test_words_said_are_quoted_and_escaped():
    html = show('<c-ui.statement v="person" name="Odette" :text="text" />', text="Oui <b>")
    assert "«\u00a0Oui &lt;b&gt;\u00a0»" in html
    assert "statement--person" in html


def test_what_was_observed_is_not_quoted():
    html = show('<c-ui.statement v="observed" name="Yanis" word="vu par Nadège" text="Sourit." />')
    assert "«" not in html
    assert 'statement--person"' in html
    assert "mark--observed" in html


def test_together_says_its_own_name():
    assert flat(show('<c-ui.voice v="joint" />')) == "Ensemble"
    assert flat(show('<c-ui.voice v="relative" name="Claire" word="sa fille" />')) == "Claire, sa fille"


def test_a_voice_may_stand_inside_a_sentence():
    assert flat(show('(<c-ui.voice v="person" name="Odette" />, oui)')) == "(Odette, oui)"


@pytest.mark.parametrize(
    ("states", "said"),
    [
        (["done", "done", "now", "todo", "todo"], "Étape 3 sur 5"),
        (["done", "done", "done", "todo", "todo"], "Étape 3 sur 5"),
        (["todo"] * 5, "Le fil n’a pas encore commencé"),
    ],
)
def test_the_thread_in_words(states, said):
    assert f'aria-label="{said}"' in show('<c-ui.minithread :states="states" />', states=states)


@pytest.mark.parametrize(("share", "dash"), [(0, "0.00"), (0.4, "13.82"), (7, "34.56"), ("0.5", "17.28")])
def test_the_clock(share, dash):
    assert f'stroke-dasharray="{dash} 34.56"' in show('<c-ui.clock :share="share" />', share=share)


def test_a_passed_date_is_solid():
    assert "clock__full" in show("<c-ui.clock passed />")


def test_an_error_is_tied_to_its_field():
    form = SampleForm({"term": ""})
    html = show('<c-ui.form-errors :form="form" /><c-ui.field :field="form.term" />', form=form)
    assert html.index('class="field__error"') < html.index("<input")
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_term_helptext id_term_error"' in html
    assert 'href="#id_term"' in html
    assert 'href="#id_importance_0"' in html
    assert "(obligatoire)" in html
    for target in re.findall(r'aria-describedby="([^"]+)"', html)[0].split():
        assert f'id="{target}"' in html


def test_a_hint_given_by_the_template_is_tied_too():
    html = show('<c-ui.field :field="form.reason" hint="Avec vos mots." />', form=SampleForm())
    assert 'id="id_reason_helptext"' in html
    assert 'aria-describedby="id_reason_helptext"' in html
    assert "(obligatoire)" not in html


def test_choices_become_picks_in_a_fieldset():
    html = show('<c-ui.field :field="form.importance" />', form=SampleForm())
    assert html.count('class="pick"') == 3
    assert "<legend>" in html
    assert "checked" not in html


def test_a_form_without_error_shows_no_summary():
    class Empty(forms.Form):
        pass

    assert flat(show('<c-ui.form-errors :form="form" />', form=Empty({}))) == ""


def test_buttons_and_links():
    assert 'href="/x/"' in show('<c-ui.button href="/x/" kind="quiet">Lire</c-ui.button>')
    html = show('<c-ui.button name="move" value="yes">Oui</c-ui.button>')
    assert 'type="submit"' in html
    assert 'name="move"' in html
    assert 'value="yes"' in html


def test_a_single_page_has_no_pagination():
    from django.core.paginator import Paginator

    source = '<c-ui.pagination :page="page" query="q=a" />'
    assert "<nav" not in show(source, page=Paginator([1], 5).page(1))
    assert 'href="?q=a&amp;page=2"' in show(source, page=Paginator(range(9), 5).page(1))
