"""The form of the draft, sent as its page shows it."""

from django.urls import reverse


def address(scene, name="prepare", *more):
    return reverse(f"contracts:{name}", args=[scene.person.pk, *more])


def opened(client, scene):
    """What the page would send if its button were pressed at once."""
    context = client.get(address(scene)).context
    form = context["form"]
    sent = {name: form[name].value() for name in form.fields if name not in {"version", "seen"}}
    return {name: value for name, value in sent.items() if value is not None} | {
        "version": context["draft_version"],
        "seen": context["preview"].print,
        "once": context["once"],
    }


def send(client, scene, do, **changes):
    return client.post(address(scene), opened(client, scene) | {"do": do} | changes)
