"""A form sent after its session ended is not lost.

`to_sign_in` (access.py) keeps the fields of the refused form in the anonymous
session, under the account that last used this browser (a signed cookie set
while signed in). After sign-in, `accounts:resume` shows them to that same
account, who sends them again with one press, to the address they were meant
for. Another account that signs in loses nothing of its own and sees nothing:
the kept form is dropped at its first request.

No page has anything to do for this: every view of ours goes through
`@members` or `@signed_in`. Passwords, codes, keys and files are never kept.
Nor is what somebody else types in this session, on a device that goes round
(`@members(…, restored=False)`): the account that signs in is not its author.
"""

import json
from typing import Any

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

COOKIE = "avec_last"
KEPT = "avec_kept_form"
COOKIE_AGE = 24 * 3600
NEVER_KEPT = {"csrfmiddlewaretoken", "credential"}
SECRET_WORDS = ("password", "mot_de_passe", "code", "secret", "token")
LONGEST = 200_000

signer = Signer(salt="avec.accounts.restore")


def last_account(request: HttpRequest) -> str:
    """The account that last used this browser, or "" when it is unknown or the cookie was tampered with."""
    try:
        return signer.unsign(request.COOKIES.get(COOKIE, ""))
    except BadSignature:
        return ""


def remember_account(request: HttpRequest, response: HttpResponse) -> None:
    """Let this browser know whose form to keep, should the session end."""
    value = signer.sign(str(request.user.pk))
    if request.COOKIES.get(COOKIE) != value:
        response.set_cookie(
            COOKIE, value, max_age=COOKIE_AGE, httponly=True, samesite="Lax", secure=request.is_secure()
        )


def is_secret(name: str) -> bool:
    return name in NEVER_KEPT or any(word in name.lower() for word in SECRET_WORDS)


def keep(request: HttpRequest, page: str) -> bool:
    """Put the fields of a form sent too late aside. Answers whether there was something to keep."""
    account = last_account(request)
    fields = [
        [name, value] for name, values in request.POST.lists() if not is_secret(name) for value in values
    ]
    if not account or not any(value.strip() for _, value in fields) or len(json.dumps(fields)) > LONGEST:
        return False
    request.session[KEPT] = {
        "account": account,
        "action": request.get_full_path(),
        "page": page,
        "fields": fields,
    }
    return True


def kept(request: HttpRequest) -> dict[str, Any] | None:
    """What was kept for the signed-in account, and for nobody else."""
    found = request.session.get(KEPT)
    if found is None or found["account"] != str(request.user.pk):
        return None
    return dict(found)


def drop_others(request: HttpRequest) -> None:
    """Somebody else signed in on this browser: what was kept is not theirs."""
    found = request.session.get(KEPT)
    if found is not None and found["account"] != str(request.user.pk):
        del request.session[KEPT]


def drop(request: HttpRequest) -> None:
    request.session.pop(KEPT, None)
