"""« Affichage »: each choice is shown, kept and found again; pages are read with a voice of the device, or not at all."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import As, axe, no_sideways_scroll, targets_large_enough, well_formed

LOOKS = "/compte/affichage/"
# What the browser would do with a voice, written down instead. Chromium here has none.
SPEECH = """(() => {
  const said = window.__said = [];
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  const speech = {
    paused: false,
    getVoices: () => VOICES,
    speak(utterance) { said.push(utterance); },
    cancel() { this.cancelled = true; },
    pause() { this.paused = true; },
    resume() { this.paused = false; },
    addEventListener() {},
  };
  Object.defineProperty(window, "speechSynthesis", { value: speech });
})()"""
LOCAL = '{ lang: "fr-FR", localService: true, name: "ici" }'
REMOTE = '{ lang: "fr-FR", localService: false, name: "ailleurs" }'
ENGLISH = '{ lang: "en-GB", localService: true, name: "anglaise" }'


def with_voices(page: Page, *voices: str) -> Page:
    page.add_init_script(SPEECH.replace("VOICES", f"[{', '.join(voices)}]"))
    return page


def said(page: Page) -> list[str]:
    return page.evaluate("window.__said.map(each => each.text)")


def ended(page: Page) -> None:
    page.evaluate("window.__said.at(-1).onend()")


def keep(page: Page, **chosen: str) -> None:
    page.goto(LOOKS)
    for name, value in chosen.items():
        page.check(f'input[name="{name}"][value="{value}"]')
    page.get_by_role("button", name="Garder").click()
    page.wait_for_load_state()


def test_a_page_is_read_sentence_by_sentence_with_a_voice_of_the_device(as_: As) -> None:
    page = with_voices(as_("residente"), REMOTE, ENGLISH, LOCAL)
    page.goto("/mon-espace/")
    assert said(page) == [], "nothing starts by itself"
    listen = page.locator("[data-listen]")
    listen.click()
    expect(listen).to_contain_text("Pause")
    assert len(said(page)) == 1, "one sentence at a time"
    assert page.evaluate("CSS.highlights.has('reading')")
    first = page.evaluate("[...CSS.highlights.get('reading')][0].toString().trim()")
    assert first.split() == said(page)[0].split(), "the sentence shown is the one said"
    ended(page)
    assert len(said(page)) == 2
    listen.click()
    expect(listen).to_contain_text("Reprendre")
    assert page.evaluate("speechSynthesis.paused")
    listen.click()
    expect(listen).to_contain_text("Pause")
    page.locator("[data-listen-stop]").click()
    expect(listen).to_contain_text("Écouter")
    expect(page.locator("[data-listen-stop]")).to_be_hidden()
    assert not page.evaluate("CSS.highlights.has('reading')")
    ended(page)
    assert len(said(page)) == 2, "what ends late starts nothing again"
    assert page.evaluate(
        "window.__said.every(each => each.voice.localService === true && each.lang === 'fr-FR')"
    )


def test_the_end_of_the_page_gives_the_button_back(as_: As) -> None:
    page = with_voices(as_("residente"), LOCAL)
    page.goto("/mon-espace/")
    page.locator("[data-listen]").click()
    for _ in range(400):
        if page.locator("[data-listen-stop]").is_hidden():
            break
        ended(page)
    expect(page.locator("[data-listen]")).to_contain_text("Écouter")
    assert not page.evaluate("CSS.highlights.has('reading')")


@pytest.mark.parametrize("voices", [(), (REMOTE,), (REMOTE, ENGLISH)])
def test_without_a_voice_of_the_device_nothing_is_said_and_it_is_told(
    as_: As, voices: tuple[str, ...]
) -> None:
    page = with_voices(as_("residente"), *voices)
    page.goto(LOOKS)
    expect(page.locator("[data-no-voice]")).to_be_visible()
    for button in page.locator("[data-listen], [data-listen-try]").all():
        expect(button).to_be_hidden()
    # Even pressed by a script, a remote voice is not used.
    page.eval_on_selector_all("[data-listen], [data-listen-try]", "all => all.forEach(each => each.click())")
    assert said(page) == []


def test_the_speed_is_heard_before_it_is_kept_and_the_button_may_go(as_: As) -> None:
    page = with_voices(as_("fille"), LOCAL)
    page.goto(LOOKS)
    expect(page.locator("[data-no-voice]")).to_be_hidden()
    attempt = page.locator("[data-listen-try]")
    attempt.click()
    usual = page.evaluate("window.__said.at(-1).rate")
    attempt.click()
    page.locator('input[name="speech"][value="slow"]').check()
    page.locator("[data-listen-stop]").click()
    attempt.click()
    assert page.evaluate("window.__said.at(-1).rate") < usual
    page.locator('input[name="speech"][value="off"]').check()
    expect(attempt).to_be_hidden()
    keep(page, speech="off")
    page.goto("/mon-espace/")
    expect(page.locator("[data-listen]").first).to_be_hidden()
    keep(page, speech="")


def test_one_touch_from_own_space_and_back_with_what_was_chosen(as_: As) -> None:
    page = as_("residente", width=390)
    page.goto("/mon-espace/dire/")
    page.locator(".own-head").get_by_role("link", name="Affichage").click()
    page.locator('input[name="contrast"][value="more"]').check()
    assert page.evaluate("document.documentElement.dataset.contrast") == "more", "seen before it is kept"
    page.get_by_role("button", name="Garder").click()
    page.wait_for_url("**/mon-espace/dire/")
    assert page.evaluate("document.documentElement.dataset.contrast") == "more"
    expect(page.locator("#messages")).to_contain_text("Vos choix sont gardés.")
    # On another device too.
    other = as_("residente")
    assert other.evaluate("document.documentElement.dataset.contrast") == "more"
    keep(page, contrast="")


def test_it_works_without_scripts(as_: As) -> None:
    page = as_("tuteur", scripts=False)
    keep(page, theme="dark", text_size="large", reading="easy")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.locator('input[name="reading"][value="easy"]').is_checked()
    keep(page, theme="", text_size="")


@pytest.mark.parametrize("slug", ["residente", "infirmiere"])
@pytest.mark.parametrize("dark", [False, True])
def test_with_more_contrast_and_wide_lines_pages_stay_sound(as_: As, slug: str, dark: bool) -> None:
    page = as_(slug, dark=dark)
    start = page.url
    keep(page, contrast="more", spacing="wide")
    for address in (LOOKS, start):
        page.goto(address)
        well_formed(page)
        targets_large_enough(page)
        axe(page)
        axe(page, ["color-contrast-enhanced"])
        page.set_viewport_size({"width": 320, "height": 800})
        no_sideways_scroll(page)
        page.set_viewport_size({"width": 1280, "height": 900})
    keep(page, contrast="", spacing="")


def test_what_the_device_asks_gives_the_same_contrast(as_: As) -> None:
    page = as_("residente")
    page.emulate_media(contrast="more")
    assert (
        page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--linen').trim()")
        == "#ffffff"
    )
    axe(page, ["color-contrast-enhanced"])


def test_the_words_of_the_house_are_read_before_they_are_kept(as_: As) -> None:
    page = as_("directrice")
    page.goto("/compte/mots/")
    page.locator('input[name="called"][value="user"]').check()
    expect(page.locator("#apercu")).to_contain_text("L’équipe répond à l’usagère.")
    axe(page)
    page.set_viewport_size({"width": 320, "height": 800})
    no_sideways_scroll(page)
    page.reload()
    expect(page.locator("#apercu")).to_contain_text("à la résidente")
