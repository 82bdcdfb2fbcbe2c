"""Signing together on a device that goes round: drawn with a finger, with the keyboard alone, and without scripts."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import As, Watch
from tests.browser.test_own import looked_at

# Of everybody in the demo, and written on its pages.
PASSWORD = "avec-demo-2026"
MINE = re.compile("C’est à moi.*Bernard")


@pytest.fixture
def address(as_: As) -> str:
    """Where Bernard's contract is: he has not signed yet. No journey here signs it for good."""
    page = as_("resident")
    link = page.locator('a[href^="/contrats/"]').first.get_attribute("href")
    assert link
    found = re.match(r"/contrats/[0-9a-f-]{36}/", link)
    assert found
    return found[0]


def open_room(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="Signer ensemble, sur cet appareil").click()
    expect(page.get_by_role("heading", name="Avant de signer ensemble")).to_be_visible()
    for box in page.locator("input[name=present]").all():
        box.check()
    page.locator("input[name=closed]").check()
    page.get_by_role("button", name="Commencer").click()
    expect(page.get_by_role("link", name=MINE)).to_be_visible()


def draw(page: Page) -> None:
    frame = page.locator(".draw")
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 40, box["y"] + box["height"] - 20, steps=12)
    page.mouse.up()


def test_a_cross_is_drawn_and_kept_until_it_is_confirmed(as_: As, address: str, watch: Watch) -> None:
    watch.expected |= {422}
    page = as_("infirmiere", width=390)
    page.goto(f"{address}ensemble/")
    looked_at(page)
    page.get_by_role("button", name="Commencer").click()
    looked_at(page)
    open_room(page, address)
    looked_at(page)
    page.get_by_role("link", name=MINE).click()
    looked_at(page)
    # Nothing of the team opens from here.
    assert page.locator("a[href]:not([href^='#']):not([href*='/ensemble/'])").count() == 0
    for right in page.locator("input[name=rights]").all():
        right.check()
    expect(page.locator(".draw")).to_be_hidden()
    page.locator("input[value=oral]").check()
    expect(page.locator("[name=come_back_on]")).to_be_visible()
    page.locator("input[value=mark]").check()
    expect(page.locator("[name=witness_name]")).to_be_visible()
    draw(page)
    strokes = json.loads(page.locator("[name=drawn]").input_value())
    assert len(strokes) == 1
    assert len(strokes[0]) > 5
    page.get_by_role("button", name="Effacer le dessin").click()
    assert page.locator("[name=drawn]").input_value() == ""
    draw(page)
    strokes = json.loads(page.locator("[name=drawn]").input_value())
    page.get_by_role("button", name="Valider mon choix").click()
    # Sonia signs this contract: she is no witness of a mark. What was drawn and ticked is still there.
    looked_at(page)
    assert json.loads(page.locator("[name=drawn]").input_value()) == strokes
    page.locator("[name=witness_name]").fill("Nora Belkacem")
    page.get_by_role("button", name="Valider mon choix").click()
    expect(page.locator(".drawn")).to_be_visible()
    looked_at(page)
    page.get_by_label("Mon mot de passe").fill("ce-n-est-pas-lui")
    page.get_by_role("button", name="Valider mon choix").click()
    looked_at(page)
    page.get_by_role("link", name="Je n’ai pas mon mot de passe ici").click()
    looked_at(page)
    page.get_by_role("link", name="Laisser la place").click()
    page.get_by_role("link", name="Rendre l’appareil").click()
    looked_at(page)
    page.get_by_role("button", name="Reprendre l’appareil").click()
    looked_at(page)
    page.get_by_label("Votre mot de passe").fill("ce-n-est-pas-elle")
    page.get_by_role("button", name="Reprendre l’appareil").click()
    expect(page.get_by_role("main")).to_contain_text("Ce n’est pas le bon mot de passe")
    page.get_by_label("Votre mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Reprendre l’appareil").click()
    expect(page.get_by_text("L’appareil est rendu à l’équipe.")).to_be_visible()


def test_the_device_opens_nothing_else_until_it_is_given_back(as_: As, address: str, watch: Watch) -> None:
    """By an address typed, by the back button, in another tab, and with the keyboard alone to give it back."""
    watch.expected |= {403}
    page = as_("infirmiere", width=390)
    page.goto("/personnes/")
    record = page.locator('main a[href^="/personnes/"]').first.get_attribute("href")
    assert record
    page.goto(record)
    open_room(page, address)
    lent = page.get_by_text("L’appareil est prêté. L’équipe le reprend avec son mot de passe.")
    for elsewhere in ("/", "/personnes/", record, address, "/horloges/", "/compte/", "/demo/", "/aide/"):
        page.goto(elsewhere)
        assert page.url.endswith(f"{address}ensemble/chacun/")
        expect(lent).to_be_visible()
    looked_at(page)
    # The back button asks again: nothing of before was kept.
    page.goto(f"{address}ensemble/chacun/")
    for _ in range(4):
        page.go_back()
        assert "/ensemble/chacun/" in page.url
    other = page.context.new_page()
    other.goto(record)
    expect(other.get_by_text("L’appareil est prêté.")).to_be_visible()
    asked = page.evaluate("address => fetch(address).then(answer => answer.status)", record)
    assert asked == 403
    other.close()

    page.get_by_role("link", name="Rendre l’appareil").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Votre mot de passe").focus()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_text("L’appareil est rendu à l’équipe.")).to_be_visible()
    page.goto(record)
    assert page.url.endswith(record)


def test_with_the_keyboard_alone_and_no_drawing(as_: As, address: str) -> None:
    page = as_("infirmiere")
    open_room(page, address)
    page.get_by_role("link", name=MINE).focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    page.locator("input[name=outcome]").first.focus()
    page.keyboard.press("Space")
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    expect(page.locator("input[value=not_now]")).to_be_checked()
    page.get_by_role("button", name="Valider mon choix").focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    page.get_by_label("Mon mot de passe").focus()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Le choix est enregistré")).to_be_visible()
    expect(page.get_by_text("Une réponse est déjà notée.")).to_be_visible()
    looked_at(page)


def test_without_scripts_one_chooses_without_a_drawing(as_: As, address: str) -> None:
    page = as_("infirmiere", scripts=False)
    open_room(page, address)
    page.get_by_role("link", name=MINE).click()
    assert page.locator("[data-draw]").is_hidden()
    page.locator("input[value=not_now]").check()
    page.get_by_role("button", name="Valider mon choix").click()
    expect(page.get_by_role("heading", name="C’est bien moi")).to_be_visible()
