"""Two devices on one table: each sees what the other does, and nothing that somebody writes is lost."""

import re

from playwright.sync_api import Page, expect

from .conftest import no_sideways_scroll


def bernard(page: Page) -> Page:
    page.goto("/personnes/?q=castan")
    page.locator('main a[href^="/personnes/"]').filter(has_text="Castan").first.click()
    record = page.url.split("#")[0].rstrip("/").split("/")[-1]
    page.goto(f"/negociations/personne/{record}/")
    page.locator("main").get_by_role("link", name=re.compile("Le matin de Bernard")).first.click()
    page.goto(page.url.split("?")[0].split("#")[0] + "?point=2")
    return page


def say(page: Page, words: str) -> None:
    page.locator("#dire-2 > summary").click()
    page.locator("#position_words").fill(words)
    page.get_by_role("button", name="Noter cette position").click()


def test_what_is_being_written_stays_while_the_table_changes(as_, watch):
    one, other = bernard(as_("infirmiere")), bernard(as_("infirmiere"))
    one.locator("#proposer-2 > summary").click()
    one.locator("#pas_becomes").click()
    one.keyboard.type("une douche le s")
    say(other, "Deux fois par semaine, vers midi.")
    expect(other.locator("#messages")).to_contain_text("La position est notée")
    expect(one.locator("#p2")).to_contain_text("Deux fois par semaine, vers midi.", timeout=3000)
    assert one.evaluate("document.activeElement.id") == "pas_becomes"
    one.keyboard.type("oir")
    expect(one.locator("#pas_becomes")).to_have_value("une douche le soir")

    one.context.set_offline(True)
    expect(one.get_by_text("Connexion perdue")).to_be_visible(timeout=12_000)
    say(other, "Le soir, deux fois.")
    expect(other.locator("#p2")).to_contain_text("Le soir, deux fois.")
    one.context.set_offline(False)
    expect(one.locator("#p2")).to_contain_text("Le soir, deux fois.", timeout=12_000)
    expect(one.get_by_text("Connexion perdue")).to_be_hidden()
    expect(one.locator("#pas_becomes")).to_have_value("une douche le soir")

    # The point is put aside meanwhile: the form goes, the words are given back.
    other.locator("#issue-set_aside > summary").click()
    other.locator("#issue_set_aside_words").fill("On en reparle plus tard.")
    other.locator("#issue-set_aside").get_by_role("button").click()
    expect(one.locator("#issue-2")).to_contain_text("On en reparle plus tard.", timeout=3000)
    expect(one.locator(".table-kept textarea").last).to_have_value("une douche le soir")
    other.locator("#reprendre-2 > summary").click()
    other.get_by_role("button", name="En discuter encore").click()
    expect(other.locator("#ways, .ways")).to_be_visible()
    watch.faults[:] = [fault for fault in watch.faults if "ERR_INTERNET_DISCONNECTED" not in fault]


def test_a_form_that_comes_back_keeps_its_words_and_takes_the_focus(as_, watch):
    watch.expected.add(422)
    page = bernard(as_("infirmiere"))
    page.locator("#proposer-2 > summary").click()
    page.locator("#pas_was").fill("Trois fois par semaine")
    page.get_by_role("button", name="Proposer ce pas").click()
    expect(page.locator("[data-errors]")).to_be_focused()
    expect(page.locator("#pas_was")).to_have_value("Trois fois par semaine")


def test_the_screen_of_the_room_is_driven_with_the_keyboard(as_):
    page = bernard(as_("infirmiere", width=390))
    page.get_by_role("link", name="Se réunir autour d’un écran").click()
    for one in page.locator("input[name=present]").all():
        one.check()
    page.locator("input[name=closed]").check()
    page.get_by_role("button", name="Ouvrir l’écran").click()
    expect(page.get_by_text("Écran partagé")).to_be_visible()
    for key, point in (("1", "#p1"), ("ArrowRight", "#p2"), ("p", "#p1")):
        page.wait_for_load_state()
        page.keyboard.press(key)
        expect(page.locator(point)).to_be_visible()
    no_sideways_scroll(page)
    page.get_by_role("link", name="Fermer l’écran").click()
    expect(page.locator(".rail")).to_be_visible()
