"""What a portal needs before anybody can use it: languages, terms, rights of staff, home pages, settings.

Every step may run again at any time; none of them undoes what staff changed.
"""

import tomllib
import uuid
from collections.abc import Callable
from functools import cache, reduce
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from i18nfield.strings import LazyI18nString
from wagtail.models import GroupPagePermission, Locale, Page, Site
from wagtail.snippets.models import get_snippet_models

from hub.languages import word_files
from hub.languages.reading_order import BRIDGE
from hub.pages.models import HomePage
from hub.site.models import MenuItem, SiteSettings
from hub.vocabularies import loading

EDITORS = "Editors"
MODERATORS = "Moderators"
PAGE_RIGHTS = {
    EDITORS: ("add_page", "change_page", "publish_page"),
    MODERATORS: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page"),
}
# What both groups may do with the facts of an app, and what moderators may besides. All staff read the mail, moderators
# send again or stop; moderators erase somebody on request; accounts decide for themselves who may touch them.
FACT_RIGHTS = (["view", "add", "change", "publish"], ["delete", "lock", "unlock"])
OTHER_RIGHTS: dict[str, tuple[list[str], list[str]]] = {
    "accounts": ([], ["view", "add"]),
    "notifications": (["view"], ["change"]),
}


_FOLDER = Path(__file__).parent


@cache
def _words() -> dict[str, dict[str, Any]]:
    """By language, what a new portal opens with."""
    return word_files.words(_FOLDER / "words")


Step = Callable[[], str]
_steps: list[Step] = []


def register(step: Step) -> None:
    """Add what an app on the right needs once everything else is there; it tells what it changed, in a sentence."""
    _steps.append(step)


@transaction.atomic
def install() -> list[str]:
    """Does all of it and tells what changed, a sentence each."""
    done = [
        _install_locales(),
        _install_terms(),
        _install_homes(),
        _install_site(),
        _install_settings(),
        _install_rights(),
        *(step() for step in _steps),
    ]
    return [sentence for sentence in done if sentence]


def _install_locales() -> str:
    known = set(Locale.objects.values_list("language_code", flat=True))
    new = [code for code, _name in settings.LANGUAGES if code not in known]
    for code in new:
        Locale.objects.create(language_code=code)
    return f"Languages added: {', '.join(new)}." if new else ""


def _install_terms() -> str:
    changed = loading.load()
    return f"Terms added or updated: {changed}." if changed else ""


def _install_homes() -> str:
    homes = {home.locale.language_code: home for home in HomePage.objects.select_related("locale")}
    missing = [code for code, _name in settings.LANGUAGES if code not in homes]
    if not missing:
        return ""
    _delete_welcome_page()
    root = Page.get_first_root_node()
    key = next((home.translation_key for home in homes.values()), uuid.uuid4())
    for code in missing:
        root.add_child(instance=_new_home(code, key))
        root.refresh_from_db()
    return f"Home pages added: {', '.join(missing)}."


def _new_home(code: str, translation_key: uuid.UUID) -> HomePage:
    return HomePage(
        **_words()[BRIDGE]["home"] | _words().get(code, {}).get("home", {}),
        slug=f"home-{code}",
        locale=Locale.objects.get(language_code=code),
        translation_key=translation_key,
    )


def _delete_welcome_page() -> None:
    """Wagtail's own first page goes, with its site, unless somebody made something of it."""
    plain = ContentType.objects.get_for_model(Page)
    for page in Page.objects.filter(depth=2, content_type=plain, latest_revision=None, numchild=0):
        page.delete()


def _install_site() -> str:
    home = HomePage.objects.get(locale__language_code=settings.LANGUAGE_CODE)
    if Site.objects.filter(root_page__in=HomePage.objects.all(), is_default_site=True).exists():
        return ""
    address = urlsplit(settings.SITE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    Site.objects.filter(is_default_site=True).delete()
    Site.objects.create(hostname=settings.SITE_HOST, port=port, root_page=home, is_default_site=True)
    return f"Site added: {settings.SITE_URL}."


def _install_settings() -> str:
    if SiteSettings.objects.exists():
        return ""
    site = SiteSettings.objects.create(**{name: _said(name) for name in ("tagline", "description", "disclaimer")})
    menu = tomllib.loads((_FOLDER / "menu.toml").read_text(encoding="utf-8"))["item"]
    for position, entry in enumerate(menu):
        MenuItem.objects.create(
            settings=site,
            sort_order=position,
            place=entry["place"],
            route=entry["route"],
            label=_said("menu", entry["route"]),
            is_below=entry.get("below", False),
        )
    return "Site settings added."


def _said(*path: str) -> LazyI18nString:
    """What stands there in the files of words, in each language that has it."""
    found = {code: reduce(lambda part, key: part.get(key, {}), path, words) for code, words in _words().items()}
    return LazyI18nString({code: words for code, words in found.items() if words})


def _install_rights() -> str:
    added = sum(_grant(name) for name in (EDITORS, MODERATORS))
    return f"Rights granted to staff groups: {added}." if added else ""


def _grant(name: str) -> int:
    """Gives a group what it lacks; a right that an administrator added stays, one that was taken comes back."""
    group, _created = Group.objects.get_or_create(name=name)
    wanted = _model_rights(name)
    held = set(group.permissions.values_list("pk", flat=True))
    lacking = [permission for permission in wanted if permission.pk not in held]
    group.permissions.add(*lacking)
    root = Page.get_first_root_node()
    on_pages = set(
        GroupPagePermission.objects.filter(group=group, page=root).values_list("permission__codename", flat=True)
    )
    codes = [code for code in PAGE_RIGHTS[name] if code not in on_pages]
    permissions = Permission.objects.filter(codename__in=codes, content_type__app_label="wagtailcore")
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page=root, permission=permission) for permission in permissions
    )
    return len(lacking) + len(codes)


def _model_rights(name: str) -> list[Permission]:
    """Snippets (facts) for both groups; deleting, the site's settings and what is kept for moderators only."""
    rights = Q(content_type__app_label="wagtailadmin", codename="access_admin")
    rights |= Q(content_type__app_label="wagtail_localize", codename="submit_translation")
    for model in get_snippet_models():
        app, kind = model._meta.app_label, model._meta.model_name
        of_all, of_moderators = OTHER_RIGHTS.get(app, FACT_RIGHTS)
        actions = of_all + of_moderators if name == MODERATORS else of_all
        rights |= Q(content_type__app_label=app, codename__in=[f"{action}_{kind}" for action in actions])
    if name == MODERATORS:
        rights |= Q(content_type__app_label="hub", codename="change_sitesettings")
        rights |= Q(content_type__app_label="accounts", codename="view_keepingrun")
    return list(Permission.objects.filter(rights))
