"""Production, tested as production: https, no demo, real processes, with the shipped nginx in front and without it."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg
import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.core.files.base import ContentFile
from django.db import connection
from pytest_django import DjangoDbBlocker
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from accounts.users.models import User
from nccsi.addresses import uploads
from notifications.subscriptions import links
from tests import databases
from tests.browser.stack import Program
from tests.conftest import SLOW
from tests.factories.accounts import UserFactory
from tests.factories.notifications import SubscriptionFactory
from tests.nccsi.running import production_stack
from tests.nccsi.running.production_stack import HOST, SITE, Answer, Browser
from tests.personas import give_second_factor, signed_in
from tests.test_site import LANGUAGES, _crawl

# They look at other processes, but pytest-django makes a database for those that say so.
pytestmark = pytest.mark.django_db
PASSWORD = "a-long-enough-passphrase"
HEADERS = {
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
OF_PAGES = HEADERS | {"X-Frame-Options": "SAMEORIGIN", "Cross-Origin-Resource-Policy": "same-origin"}
# Written out here, not read from the settings: each directive that goes or grows must be seen.
PUBLIC_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'self'",
}
ADMIN_POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "frame-src": "'self'",
    "object-src": "'none'",
    "form-action": "'self'",
    "base-uri": "'self'",
    "frame-ancestors": "'self'",
}
INERT = {"default-src": "'none'", "sandbox": ""}


@dataclass
class Content:
    """What the tests put into the database for the processes to see."""

    image: str
    document: str
    stop_link: str
    staff_session: str
    partner_session: str


@dataclass
class Production:
    """The running portal and its doors."""

    web: Program
    port: int
    content: Content
    plain: int = 0
    secure: int = 0
    log: Path = Path()

    def browser(self) -> Browser:
        """A new one: through nginx where it stands, else straight to the portal."""
        if self.secure:
            return Browser(self.secure, through_nginx=True, pause=0.06)  # nginx gives a visitor twenty a second
        return Browser(self.port, through_nginx=False)


def _session(user: User) -> str:
    return str(signed_in(user).session.session_key)


@pytest.fixture(scope="module")
def content(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Content]:
    """Committed, since other processes read it, to a copy that goes with all that they write."""
    own = connection.settings_dict["NAME"]
    with (
        django_db_blocker.unblock(),
        databases.instead(lambda server, name: databases.copy(server, own, name)),
    ):
        yield _content()


def _content() -> Content:
    staff = UserFactory.create(email="staff@production.example.org", is_staff=True, is_superuser=True)
    give_second_factor(staff)
    partner = UserFactory.create(email="partner@production.example.org")
    for user in (staff, partner):
        # As the portal hashes it: else the first sign-in would hash it anew, and end all other sessions.
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ScryptPasswordHasher, "work_factor", SLOW)
            user.set_password(PASSWORD)
        user.save()
        EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    image = Image.objects.create(title="A picture", file=get_test_image_file())
    document = Document.objects.create(title="A report", file=ContentFile(b"%PDF-1.7", name="report.pdf"))
    subscription = SubscriptionFactory.create(email="partner@production.example.org")
    return Content(
        image=image.get_rendition("max-100x100").url,
        document=document.url,
        stop_link=f"/en/follow/stop/{links.stop_token(subscription)}/",
        staff_session=_session(staff),
        partner_session=_session(partner),
    )


@pytest.fixture(scope="module", params=["alone", pytest.param("nginx", marks=pytest.mark.needs("nginx"))])
def production(
    request: pytest.FixtureRequest,
    content: Content,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Production]:
    """The portal alone, then behind nginx."""
    folder = tmp_path_factory.mktemp(f"production-{request.param}")
    with django_db_blocker.unblock(), production_stack.portal(folder) as (web, port):
        found = Production(web, port, content)
        if request.param == "alone":
            yield found
            return
        with production_stack.nginx(folder, port) as (found.log, found.plain, found.secure):
            yield found


def policy(answer: Answer) -> dict[str, str]:
    """The content policy by directive."""
    lines = [line.strip().partition(" ") for line in answer["Content-Security-Policy"].split(";") if line.strip()]
    return {name: sources for name, _space, sources in lines}


def check_headers(answer: Answer, expected: dict[str, str]) -> None:
    assert {name: answer.raw.get_all(name) for name in expected} == {
        name: [value] for name, value in expected.items()
    }, "each header once, with its value"


def test_every_page_that_links_lead_to(production: Production, settings: Any) -> None:
    """The site-wide walk, against the real thing."""
    settings.SITE_URL = SITE
    settings.CSRF_COOKIE_NAME = "__Host-csrftoken"
    browser = production.browser()
    site = _crawl(browser)  # type: ignore[arg-type]  # it asks and answers as Django's client does
    assert not site.wrong, "\n".join(site.wrong)
    assert len(site.pages) > 40
    for language in LANGUAGES:
        answer = browser.get(f"/{language}/")
        assert answer.status_code == 200
        check_headers(answer, OF_PAGES)
        assert "geolocation=()" in answer["Permissions-Policy"]
        assert f'href="{SITE}/{language}/"'.encode() in answer.content


@pytest.mark.parametrize(
    "path", ["/en/", "/accounts/login/", "/accounts/signup/", "/en/search/?q=x", "/en/practices/", "/api/v1/docs/"]
)
def test_the_policy_of_public_pages_directive_by_directive(production: Production, path: str) -> None:
    answer = production.browser().get(path)
    assert answer.status_code == 200
    assert policy(answer) == PUBLIC_POLICY


@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/", "/admin/snippets/calls/call/", "/admin/nothing/"])
def test_the_policy_of_the_admin_directive_by_directive(production: Production, path: str) -> None:
    browser = production.browser()
    assert policy(browser.get(path)) == ADMIN_POLICY  # who is not signed in is led to sign in
    browser.cookies["__Host-session"] = production.content.staff_session
    answer = browser.get(path)
    assert answer.status_code == (404 if "nothing" in path else 200)
    assert policy(answer) == ADMIN_POLICY
    check_headers(answer, OF_PAGES | {"Cache-Control": answer["Cache-Control"]})
    assert "no-store" in answer["Cache-Control"]


def ask_for_error(production: Production, status: int) -> Answer:
    """An answer with this status, by what makes one in earnest."""
    browser = production.browser()
    if status == 400:
        return browser.request("GET", "/en/", host="other.example.org")
    if status == 403:
        browser.cookies["__Host-session"] = production.content.partner_session
        return browser.get("/admin/")
    if status == 405:
        return browser.request("OPTIONS", "/sitemap.xml")
    if status == 500:
        # By a connection of its own: what a test does in Django's is not seen by other processes.
        with psycopg.connect(production_stack.database_url(), autocommit=True) as database:
            database.execute("ALTER TABLE practices_libraryentry RENAME TO practices_libraryentry_away")
            try:
                return browser.get("/en/practices/?q=nothing")
            finally:
                database.execute("ALTER TABLE practices_libraryentry_away RENAME TO practices_libraryentry")
    return browser.get("/en/nothing/")


@pytest.mark.parametrize("status", [400, 403, 404, 405, 500])
def test_errors_carry_everything_that_pages_do(production: Production, status: int) -> None:
    answer = ask_for_error(production, status)
    assert answer.status_code == status
    check_headers(answer, OF_PAGES)
    assert "geolocation=()" in answer["Permissions-Policy"]
    assert policy(answer) == (ADMIN_POLICY if status == 403 else PUBLIC_POLICY)
    assert b"Traceback" not in answer.content


def test_what_nginx_refuses_by_itself_is_inert_and_safe(production: Production) -> None:
    if not production.secure:
        return  # there is no nginx in this run of the module
    browser = Browser(production.secure, through_nginx=True)
    long = browser.get(f"/en/?q={'x' * 9_000}")
    large = browser.request("POST", "/en/search/", b"x", headers={"Content-Length": str(27_000_000)})
    private = browser.get("/media/private/file.pdf")
    forms = (browser.request("POST", "/accounts/login/") for _form in range(100))
    refused = next(answer for answer in forms if answer.status_code == 429)
    assert [long.status_code, large.status_code, private.status_code, refused.status_code] == [414, 413, 404, 429]
    for answer in (long, large, private, refused):
        check_headers(answer, OF_PAGES)
        assert policy(answer) == INERT
        assert answer["Server"] == "nginx"
    for words in ("Dat is te groot", "C’est trop volumineux", "Das ist zu groß", "That is too large"):
        assert words in large.content.decode()
    time.sleep(11)  # the forms of the tests after this one are nobody's flood


def test_files_are_inert_and_carry_the_headers(production: Production) -> None:
    browser = production.browser()
    page = browser.get("/en/").content.decode()
    stylesheet = page.partition('rel="stylesheet" href="')[2].partition('"')[0] or page.partition("/static/")[1]
    picture, document = browser.get(production.content.image), browser.get(production.content.document)
    static = browser.get(stylesheet)
    assert (picture.status_code, document.status_code, static.status_code) == (200, 200, 200)
    for answer in (picture, document, static):
        check_headers(answer, HEADERS)
    for answer in (picture, document):
        assert policy(answer) == INERT
    assert document["Content-Disposition"].startswith("attachment")
    assert "immutable" in static["Cache-Control"]


def test_no_other_file_of_the_uploads_has_an_address(production: Production, settings: Any) -> None:
    browser = production.browser()
    for folder in ("documents", "private", "wagtail_uploads", "."):
        place = Path(settings.MEDIA_ROOT) / folder
        place.mkdir(exist_ok=True)
        (place / "unfinished.pdf").write_bytes(b"%PDF-1.7")
        assert browser.get(f"/media/{folder}/unfinished.pdf").status_code == 404, folder
        (place / "unfinished.pdf").unlink()
    assert browser.get("/media/unfinished.pdf").status_code == 404
    for folder in uploads.FOLDERS:
        place = Path(settings.MEDIA_ROOT) / folder
        place.mkdir(exist_ok=True)
        (place / "known.png").write_bytes(b"a picture")
        assert browser.get(f"/media/{folder}known.png").status_code == 200, folder
        (place / "known.png").unlink()


def ask_in_the_clear(production: Production, method: str, path: str, *, body: bytes = b"", host: str = HOST) -> Answer:
    """By plain http, at nginx's door for it where nginx stands."""
    browser = Browser(production.plain or production.port, through_nginx=False)
    # nginx overwrites what a visitor says in this header.
    said = "https" if production.plain else "http"
    return browser.request(method, path, body, headers={"X-Forwarded-Proto": said}, host=host)


def test_plain_http_leads_to_https(production: Production) -> None:
    for method, body in (("GET", b""), ("HEAD", b""), ("POST", b"email=somebody@example.org")):
        answer = ask_in_the_clear(production, method, "/en/practices/?q=x", body=body)
        assert (answer.status_code, answer["Location"]) == (301, f"{SITE}/en/practices/?q=x"), method


def test_plain_http_leads_to_no_other_host(production: Production) -> None:
    for host in ("other.example.org", f"{HOST}.example.org", "localhost", "127.0.0.1", ""):
        answer = ask_in_the_clear(production, "GET", "/en/", host=host)
        assert (answer.status_code, answer["Location"]) == (400, ""), host


def test_other_host_names_are_refused(production: Production) -> None:
    for host in ("other.example.org", f"{HOST}.example.org", "localhost", "127.0.0.1"):
        assert production.browser().request("GET", "/en/", host=host).status_code == 400
    assert production.browser().request("GET", "/en/", host=HOST).status_code == 200


def test_cookies_are_tied_to_the_host_and_out_of_reach_of_scripts(production: Production) -> None:
    browser = production.browser()
    answers = [browser.get("/accounts/login/?language=en"), browser.get("/accounts/login/")]
    answers.append(_sign_in(browser))
    assert answers[-1].status_code == 302
    given = {morsel.key: morsel for answer in answers for morsel in answer.set_cookies if morsel.value}
    assert {"language", "__Host-csrftoken", "__Host-session"} <= set(given)
    for name, morsel in given.items():
        secure = (morsel["secure"], morsel["httponly"], morsel["samesite"], morsel["path"], morsel["domain"])
        assert secure == (True, True, "Lax", "/", ""), name
        assert name.startswith("__Host-") or name == "language", name
    mine = browser.get("/en/my/")
    assert mine.status_code == 200
    assert "no-store" in mine["Cache-Control"]


def _sign_in(browser: Browser) -> Answer:
    form = {
        "login": "partner@production.example.org",
        "password": PASSWORD,
        "csrfmiddlewaretoken": browser.cookies["__Host-csrftoken"],
    }
    return _post(browser, "/accounts/login/", form)


def _post(browser: Browser, path: str, form: dict[str, str]) -> Answer:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": SITE, "Referer": f"{SITE}{path}"}
    return browser.request("POST", path, urlencode(form).encode(), headers=headers)


def test_a_form_from_another_site_is_refused(production: Production) -> None:
    browser = production.browser()
    browser.get("/accounts/login/?language=en")
    browser.get("/accounts/login/")
    token = browser.cookies["__Host-csrftoken"]
    body = urlencode({"login": "x@example.org", "password": "x", "csrfmiddlewaretoken": token}).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": "https://other.example.org"}
    answer = browser.request("POST", "/accounts/login/", body, headers=headers)
    assert "__Host-session" not in browser.cookies
    assert answer.status_code == 403


def test_short_passwords_are_refused(production: Production) -> None:
    browser = production.browser()
    browser.get("/accounts/signup/?language=en")
    browser.get("/accounts/signup/")
    form = {"email": "new@production.example.org", "password1": "k9-Vb3_xQzw", "first_name": "New", "last_name": "One"}
    answer = _post(browser, "/accounts/signup/", form | {"csrfmiddlewaretoken": browser.cookies["__Host-csrftoken"]})
    assert answer.status_code == 200
    assert b"at least 12 characters" in answer.content
    assert not User.objects.filter(email="new@production.example.org").exists()


def test_nothing_of_the_demo_is_there(production: Production) -> None:
    browser = production.browser()
    assert browser.get("/styleguide/").status_code == 404
    assert b"example.org" not in browser.get("/accounts/login/").content


def test_no_log_holds_the_token_of_a_link(production: Production) -> None:
    """Of the portal with its access log on, and of nginx with the portal gone. Last: it ends the portal."""
    link = production.content.stop_link
    secret = link.rstrip("/").rpartition(".")[2]
    browser = production.browser()
    assert browser.get(link).status_code == 200
    assert browser.request("PUT", link).status_code in {403, 405}
    assert browser.get(f"{link}more/").status_code == 404
    production.web.process.terminate()
    production.web.process.wait(20)
    log = production.web.log.read_text()
    assert "/en/follow/stop/[signed]" in log
    assert '"GET /en/' in log
    assert secret not in log
    if production.secure:
        gone = browser.get(f"{link}?again")
        assert gone.status_code == 502
        check_headers(gone, OF_PAGES)
        assert policy(gone) == INERT
        browser.get(production.content.image.replace(".png", ".gone"), headers={"Referer": SITE + link})
        assert secret not in production.log.read_text()
