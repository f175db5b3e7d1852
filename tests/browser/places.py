"""Every public template by a name of its own, and how a reader gets to see it."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

Act = Callable[[Page], None]


@dataclass(frozen=True)
class Place:
    """One template in one state; `where` names its address, `act` is what the reader does once there."""

    name: str
    where: str = ""
    act: Act | None = None
    signed_in: bool = False

    def go(self, page: Page, addresses: dict[str, str]) -> None:
        """Open it."""
        page.goto(addresses[self.where or self.name])
        if self.act:
            self.act(page)


def send_empty(page: Page) -> None:
    """Send the page's form without filling in anything, past the browser's own checks."""
    form = page.locator("main form[method=post]").last
    form.evaluate(
        "form => { form.noValidate = true; for (const each of form.elements) "
        "if (['text', 'email', 'search', 'password', 'tel', 'url'].includes(each.type)) each.value = ''; }"
    )
    with page.expect_navigation():
        form.locator("button:not([type=button]), input[type=submit]").first.click()


def plain(*names: str, signed_in: bool = False) -> list[Place]:
    """Places that are just an address."""
    return [Place(name, signed_in=signed_in) for name in names]


def with_errors(*names: str, signed_in: bool = False) -> list[Place]:
    """Forms that come back with their error summary."""
    return [Place(f"{name} with errors", where=name, act=send_empty, signed_in=signed_in) for name in names]


def open_door(page: Page) -> None:
    """A helper's phone: from now on it stands at the door."""
    with page.expect_navigation():
        page.locator("main form[method=post] button").click()


PLACES: list[Place] = [
    *plain("homepage", "standardpage", "contactpage", "newsindexpage", "newspage"),
    *plain("callindexpage", "open call", "closed call", "eventindexpage", "event", "full event", "past event"),
    *plain("series", "sign up for series", "signed up for series", "series to confirm"),
    *plain("finished event", "seat after event", "seat of who was missed", "feedback", "feedback given"),
    *plain("feedback closed", "certificate", "certificate unknown", "enter number"),
    *plain("agenda month", "agenda without results"),
    *plain("library", "library with facets", "library without results", "practice", "ask", "asked"),
    *plain("compare", "compare too many", "compare nothing", "shortlist empty", "shortlist shared", "keep", "unkeep"),
    *plain("my situation"),
    *plain("follow search"),
    *plain("directory", "directory with filter", "organisation", "write to organisation", "written to organisation"),
    *plain("invitation", "invitation over"),
    *plain("offers and requests", "offers without results", "offer", "offer in English", "offer over"),
    *plain("answer offer", "offer answered", "renew offer", "renew offer unknown"),
    *plain("interest", "interest closed", "interest sent", "interest registered", "interested"),
    *plain("verify receipt", "receipt", "receipt unknown", "keys of receipts"),
    *with_errors("verify receipt"),
    *plain("confirm interest", "withdraw interest", "interest link unknown"),
    *plain("sign up for event", "signed up", "seat to confirm", "confirm seat", "cancel seat", "cancel unknown"),
    *plain("change seat", "hand over seat"),
    *plain("door code", "door shut", "door of another day", "door without network"),
    *with_errors("door link"),
    Place("door", where="door link", act=open_door),
    *plain("door, nobody found", "door of a seat", "door of an unknown seat", "door, somebody new"),
    *plain("sign up for full event", "on the list", "place on the list"),
    *plain("follow", "follow news", "follow asked", "follow confirm", "follow link used", "follow stop"),
    *plain("follow newsletter", "manage link", "manage link sent", "manage"),
    *plain("manage change", "manage erase", "manage erased"),
    *plain("question", "question asked"),
    *plain("search", "search with results", "search without results"),
    *plain("sign in", "sign in by code", "sign up", "forgotten password"),
    *plain("403", "404", "410", "413", "429", "500", "csrf", "styleguide", "open data"),
    *with_errors("write to organisation", "answer offer"),
    *with_errors("contactpage", "ask", "interest", "follow", "question", "sign in", "sign up", "manage link"),
    *with_errors("sign up for event", "sign up for full event", "sign up for series", "feedback"),
    *plain("submit", "still true", "still true unknown"),
    *plain("reuse", "reuse without results", "reuse elsewhere", "practice that was taken up"),
    *plain("learning agenda", "learning agenda without results", "learning question", "answers so far"),
    *plain("themes", "theme", "target group", "votes", "notesindexpage", "notepage"),
    *plain("mainstreaming", "practices on their way", "moves", "policy hooks"),
    *plain("figures", "figure", "figure beside another period", "records of figure", "reports", "report"),
    *plain("data link", "data link sent", "data of guest", "data of guest, one kind", "erase guest", "data erased"),
    *with_errors("data link", "erase guest"),
    *plain("my data", "my data, one kind", "erase my data", signed_in=True),
    *plain("tell experience", "offer expertise", "propose question", "vote", signed_in=True),
    *with_errors("tell experience", "propose question", signed_in=True),
    *plain("report reuse", "reuse waiting", "update reuse", "withdraw reuse", "check reuse", signed_in=True),
    *with_errors("report reuse", signed_in=True),
    *plain("my page", "my details", "e-mail addresses", "change password", "sign out", signed_in=True),
    *plain("second factors", "authenticator app", "passkeys", "confirm it is you", signed_in=True),
    *with_errors("change password", signed_in=True),
    *plain(
        "own organisation", "own profile", "invite", "withdraw invitation", "member", "remove member", signed_in=True
    ),
    *plain("leave organisation", "claim organisation", "withdraw claim", "propose organisation", signed_in=True),
    *plain("another interest", "change interest", signed_in=True),
    *plain("new offer", "change offer", "withdraw offer", signed_in=True),
    *with_errors("new offer", signed_in=True),
    *plain("matches", "ask for introduction", "introduction waiting", "introduction accepted", signed_in=True),
    *plain("introduction declined", "introduction to answer", "introduction taken back", signed_in=True),
    *with_errors("ask for introduction", signed_in=True),
    *plain("consortium", "invite into consortium", "sign consortium", "give consortium up", signed_in=True),
    *plain("what the centre sees", "declare", "withdraw declaration", "own receipt", signed_in=True),
    *plain("form consortium", "words of consortium", "part in consortium", signed_in=True),
    *with_errors("form consortium", signed_in=True),
    *plain("documents", "add document", "document", "remove document", "notes", "change note", signed_in=True),
    *plain("tasks", "add task", "change task", signed_in=True),
    *with_errors("add document", "notes", "add task", signed_in=True),
    *with_errors("own profile", "invite", "claim organisation", "propose organisation", signed_in=True),
    *plain(*(f"submit step {number}" for number in range(1, 6)), "submit files", signed_in=True),
    *plain("submit check", "submit check unfinished", "my practices", "withdraw submission", signed_in=True),
    *plain("submission asked", "submission refused", "given answers", "propose update", signed_in=True),
    *with_errors("submit files", "submit check", signed_in=True),
]
