"""Own space in the browser, phone first: every way to say something, every page of a goal, with what goes wrong."""

import wave
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import As, Watch
from tests.browser.test_pages import check

PHONE = 390
EASY_TARGET = 56


def easy_targets(page: Page) -> None:
    """Whatever is pressed in easy reading is 56 px high; links inside a sentence aside."""
    small = page.evaluate(
        """least => [...document.querySelectorAll('main .button, main .pick, main summary')]
          .filter(e => e.checkVisibility())
          .map(e => [e.innerText.slice(0, 40), Math.round(e.getBoundingClientRect().height)])
          .filter(([, height]) => height < least)""",
        EASY_TARGET,
    )
    assert not small, f"{page.url}: {small}"


def looked_at(page: Page) -> None:
    page.set_viewport_size({"width": PHONE, "height": 800})
    page.wait_for_load_state()
    easy_targets(page)
    check(page)
    page.set_viewport_size({"width": PHONE, "height": 800})


def send(page: Page, words: str) -> None:
    page.locator("main form.form").get_by_role("button", name=words).click()
    page.wait_for_load_state()


def pick(page: Page, name: str, value: str) -> None:
    page.locator(f'label:has(input[name="{name}"][value="{value}"])').click()


@pytest.fixture
def silence(tmp_path: Path) -> Path:
    path = tmp_path / "voix.wav"
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\x00\x00" * 8000)
    return path


def test_a_voice_then_pictures_from_a_phone(as_: As, watch: Watch, silence: Path) -> None:
    watch.expected = {422}
    page = as_("residente", width=PHONE)
    page.goto("/mon-espace/dire/")
    looked_at(page)
    page.get_by_role("link", name="Parler").click()
    looked_at(page)
    page.set_input_files('input[type="file"]', silence)
    send(page, "Envoyer à mon équipe")
    expect(page.get_by_role("alert")).to_be_visible()
    looked_at(page)
    # The voice was kept while the form was mended.
    pick(page, "kind", "wish")
    pick(page, "level", "C1")
    send(page, "Envoyer à mon équipe")
    expect(page.get_by_role("heading", level=1)).to_have_text("C’est gardé")
    looked_at(page)
    page.get_by_role("link", name="L’écrire moi-même").click()
    page.locator("textarea").fill("Je veux du silence le matin.")
    looked_at(page)
    send(page, "Garder ces mots")
    expect(page.get_by_role("main")).to_contain_text("Je veux du silence le matin.")
    looked_at(page)

    page.goto("/mon-espace/dire/?comment=montrer")
    page.locator("summary", has_text="Manger et boire").click()
    page.locator("label.tile", has_text="le café").click()
    pick(page, "kind", "not_wanted")
    pick(page, "level", "C2")
    looked_at(page)
    send(page, "Envoyer à mon équipe")
    expect(page.get_by_role("main")).to_contain_text("le café")
    looked_at(page)


@pytest.mark.parametrize("slug", ["residente", "fille"])
def test_a_goal_from_a_phone(as_: As, watch: Watch, slug: str) -> None:
    watch.expected = {422}
    page = as_(slug, width=PHONE)
    page.goto("/mon-espace/objectifs/")
    page.locator("h2 a").first.click()
    goal = page.url
    looked_at(page)
    for part, choice, value in (("avis/", "stance", "could_not"), ("ou-j-en-suis/", "value", "1")):
        page.goto(goal + part)
        looked_at(page)
        send(page, "Valider mon choix")
        expect(page.get_by_role("alert")).to_be_visible()
        looked_at(page)
        pick(page, choice, value)
        send(page, "Valider mon choix")
        assert page.url == goal
    expect(page.get_by_role("main")).to_contain_text("On me redemande le")
    looked_at(page)


@pytest.mark.parametrize("slug", ["residente", "fille", "tuteur"])
def test_the_other_pages_of_own_space_from_a_phone(as_: As, slug: str) -> None:
    page = as_(slug, width=PHONE)
    for part in ("", "a-venir/", "qui-m-aide/", "bilan/", "ce-que-j-ai-dit/", "equipe/"):
        page.goto(f"/mon-espace/{part}")
        looked_at(page)


def test_a_goal_is_evaluated_with_the_keyboard_alone(as_: As) -> None:
    page = as_("residente", width=PHONE)
    page.goto("/mon-espace/objectifs/")
    page.goto(f"{page.locator('h2 a').nth(1).get_attribute('href')}ou-j-en-suis/")
    page.locator('input[name="value"]').first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Je le fais presque seule.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    expect(page.get_by_role("main")).to_contain_text("Je le fais presque seule.")
    expect(page.get_by_role("main")).to_contain_text("ça va bien")
