"""What is newly known, for feed readers."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Prefetch
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext

from hub.site.models import SiteSettings
from learning.answers.models import AnswerVersion
from learning.answers.reading import told
from learning.questions import ways
from learning.questions.models import QuestionText

ENTRIES = 30


class AnswersFeed(Feed[Any, Any]):
    """Atom with the latest versions of answers, in the language of its address."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        self.site_name = (SiteSettings.objects.first() or SiteSettings()).name
        return ways.language()

    def title(self, language: str) -> str:
        return gettext("%(site)s: answers of the learning agenda") % {"site": self.site_name}

    def subtitle(self) -> str:
        return gettext("What the network knows by now, and what changed.")

    def author_name(self) -> str:
        return self.site_name

    def link(self, language: str) -> str:
        return settings.SITE_URL + reverse("learning:questions")

    def feed_url(self, language: str) -> str:
        return settings.SITE_URL + reverse("learning:feed")

    def feed_guid(self, language: str) -> str:
        return self.feed_url(language)

    def items(self, language: str) -> list[AnswerVersion]:
        found = AnswerVersion.objects.public().with_words().with_evidence().select_related("question", "by")
        words = QuestionText.objects.defer("search_vector")
        return list(found.prefetch_related(Prefetch("question__texts", words)).order_by("-at", "-pk")[:ENTRIES])

    def item_title(self, item: AnswerVersion) -> str:
        text = item.question.text_in(ways.language())
        return text.words if text else item.question.slug

    def item_description(self, item: AnswerVersion) -> str:
        said = told(item, ways.language())
        return " ".join(filter(None, (said.short, said.changed)))

    def item_link(self, item: AnswerVersion) -> str:
        return f"{settings.SITE_URL}{item.question.get_absolute_url()}"

    def item_guid(self, item: AnswerVersion) -> str:
        return f"{self.item_link(item)}#version-{item.number}"

    def item_pubdate(self, item: AnswerVersion) -> datetime:
        return item.at

    def item_updateddate(self, item: AnswerVersion) -> datetime:
        return item.at
