"""The other ways to say something: a voice recorded with the microphone, pictograms, and the pages that show them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType, Page, expect

from avec.documents.sounds import sound_of
from tests.browser.conftest import As, axe, no_sideways_scroll, targets_large_enough, well_formed

MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


@pytest.mark.parametrize("address", ["/composants/", "/credits/"])
@pytest.mark.parametrize("width", [1280, 320])
def test_the_pages_of_the_makers_are_sound(as_: As, address: str, width: int) -> None:
    page = as_(None, width=width)
    page.goto(address)
    page.eval_on_selector_all("details:not([open])", "all => all.forEach(each => each.open = true)")
    well_formed(page)
    targets_large_enough(page)
    axe(page)
    no_sideways_scroll(page)
    page.emulate_media(color_scheme="dark")
    axe(page, ["color-contrast", "link-in-text-block"])


@pytest.fixture
def speaking(
    site: str, browser_type: BrowserType, browser_type_launch_args: dict[str, Any]
) -> Iterator[Page]:
    """The gallery, in a browser that has a microphone and lends it."""
    arguments = {**browser_type_launch_args, "args": [*browser_type_launch_args["args"], *MICROPHONE]}
    browser: Browser = browser_type.launch(**arguments)
    page = browser.new_page(base_url=site, locale="fr-FR")
    page.set_default_timeout(10_000)
    page.goto("/composants/")
    yield page
    browser.close()


def test_a_voice_is_recorded_heard_erased_and_put_in_the_form(speaking: Page) -> None:
    part = speaking.locator("#piece-recorder")
    state = part.locator("[data-recorder-state]")
    part.get_by_role("button", name="Enregistrer ma voix").click()
    expect(part.get_by_role("button", name="Arrêter")).to_be_focused()
    expect(state).to_have_text("L’enregistrement a commencé. Parlez.")
    expect(part.locator("[data-recorder-time]")).to_have_text(re.compile("^0:0[1-9]$"))
    axe(speaking)
    part.get_by_role("button", name="Pause").click()
    expect(state).to_have_text("En pause.")
    part.get_by_role("button", name="Continuer").click()
    expect(part.get_by_role("button", name="Arrêter")).to_be_focused()
    part.get_by_role("button", name="Arrêter").click()
    expect(part.get_by_role("button", name="M’écouter")).to_be_focused()
    content = speaking.evaluate(
        """async () => {
          const file = document.querySelector('#piece-recorder input[type=file]').files[0];
          return [...new Uint8Array(await file.arrayBuffer())];
        }"""
    )
    sound = sound_of(bytes(content))
    assert sound.content_type == "audio/webm"
    assert sound.seconds is not None
    assert 1 < sound.seconds < 120
    part.get_by_role("button", name="Effacer et recommencer").click()
    expect(part.get_by_role("button", name="Enregistrer ma voix")).to_be_focused()
    assert speaking.evaluate("document.querySelector('#piece-recorder input[type=file]').files.length") == 0


def test_without_a_microphone_the_page_says_so_and_a_file_may_be_chosen(as_: As, tmp_path: Path) -> None:
    page = as_(None)
    page.goto("/composants/")
    part = page.locator("#piece-recorder")
    part.get_by_role("button", name="Enregistrer ma voix").click()
    expect(part.locator("[data-recorder-state]")).to_contain_text("hoisissez un fichier son")
    heavy = tmp_path / "voix.mp3"
    heavy.write_bytes(bytes(21 * 1024 * 1024))
    part.locator("input[type=file]").set_input_files(heavy)
    expect(part.get_by_role("alert")).to_have_text(re.compile("trop lourd.*20.Mo"))
    assert page.evaluate("document.querySelector('#piece-recorder input[type=file]').files.length") == 0


def test_without_scripts_the_inputs_are_there(as_: As) -> None:
    page = as_(None, scripts=False)
    page.goto("/composants/")
    expect(page.locator("#piece-recorder input[type=file]")).to_be_visible()
    expect(page.locator("[data-recorder-box]")).to_be_hidden()
    page.locator("#piece-picto_picker summary").first.click()
    expect(page.locator("#piece-picto_picker label", has_text="manger").first).to_be_visible()
    expect(page.locator("[data-picker-find]")).to_be_hidden()


def test_pictograms_are_chosen_with_the_keyboard_in_their_order(as_: As) -> None:
    page = as_(None)
    page.goto("/composants/")
    part = page.locator("#piece-picto_picker")
    chosen = part.locator("[data-picker-chosen] li span")
    expect(chosen).to_have_text(["manger", "avec", "ma fille"])
    page.get_by_label("Chercher une image").fill("JARD")
    expect(part.locator("[data-picker-state]")).to_have_text(re.compile("trouvées.*2"))
    garden = part.get_by_role("checkbox", name="le jardin", exact=True)
    garden.focus()
    page.keyboard.press("Space")
    expect(chosen).to_have_text(["manger", "avec", "ma fille", "le jardin"])
    part.get_by_role("button", name="Retirer «\u00a0avec\u00a0»").press("Enter")
    expect(chosen).to_have_text(["manger", "ma fille", "le jardin"])
    expect(part.get_by_role("button", name="Retirer «\u00a0ma fille\u00a0»")).to_be_focused()
    sent = page.evaluate("new FormData(document.querySelector('#piece-picto_picker form')).getAll('pictos')")
    assert sent == ["eat", "daughter", "garden"]
