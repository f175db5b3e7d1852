"""What the mail about new practices says."""

from datetime import timedelta

import pytest

from hub.saved_searches import alerts
from hub.saved_searches.alerts import run, withdraw_gone
from notifications.delivery.rendering import Rendered, render
from notifications.outbox.models import Message
from practices.practice.models.practice import Practice
from tests.factories.practices import PracticeFactory
from tests.practices.following.searches import HOUR, KIND, NOON, follow, publish, saved


def mail(message: Message | None = None) -> Rendered:
    return render(message or Message.objects.get(kind=KIND), now=NOON)


@pytest.mark.django_db
class TestTheMail:
    def test_it_says_what_is_new_and_why_it_came(self) -> None:
        follow(saved())
        practice = publish(NOON + HOUR, title="Homes <first>")
        run(now=NOON + 2 * HOUR)
        words = mail()
        assert words.subject == "New practice: Homes <first>"
        for part in (words.text, words.html):
            assert f"http://localhost:8000/en/practices/{practice.slug}/" in part
            assert "follows “Practices: Housing and assistance for the homeless”" in part
            assert "/follow/stop/" in part
        assert "Homes <first> in short." in words.text
        assert "Homes &lt;first&gt; in short." in words.html

    @pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
    def test_in_the_language_of_its_reader(self, language: str) -> None:
        follow(saved(), language=language)
        texts = {code: {"title": f"Title {code}"} for code in ("nl", "fr", "de", "en")}
        for slug in ("one", "two"):
            PracticeFactory.create(slug=slug, theme=["19"], texts=texts, first_published_at=NOON + HOUR)
        run(now=NOON + 2 * HOUR)
        words = mail()
        assert f"Title {language}" in words.text
        assert f"http://localhost:8000/{language}/" in words.text
        assert f'<html lang="{language}">' in words.html

    def test_words_in_another_language_are_named(self) -> None:
        follow(saved(), language="nl")
        publish(NOON + HOUR, original_language="fr", texts={"fr": {"title": "Voisins"}})
        run(now=NOON + 2 * HOUR)
        words = mail()
        assert "Voisins (Frans)" in words.text
        assert 'lang="fr">Voisins</a>' in words.html

    def test_ten_are_shown_and_the_others_counted(self) -> None:
        follow(saved())
        for number in range(60):
            publish(NOON + HOUR + number * timedelta(seconds=1), title=f"Home {number}.")
        run(now=NOON + 3 * HOUR)
        words = mail()
        assert words.subject == "60 new practices"
        assert "Home 59." in words.text
        assert "Home 50." in words.text
        assert "Home 49." not in words.text
        assert "And 50 more." in words.text
        assert "/en/practices/?theme=19&sort=newest" in words.text
        assert len(Message.objects.get(kind=KIND).context["found"]) == alerts.MOST_NAMED

    def test_what_was_taken_down_since_is_left_out(self) -> None:
        follow(saved())
        gone, stays = publish(NOON + HOUR, title="Gone"), publish(NOON + HOUR, title="Stays")
        run(now=NOON + 2 * HOUR)
        Practice.objects.filter(pk=gone.pk).update(live=False)
        assert withdraw_gone([Message.objects.get(kind=KIND).pk]) == 0
        words = mail()
        assert words.subject == "New practice: Stays"
        assert "Gone" not in words.text + words.html
        Practice.objects.filter(pk=stays.pk).update(live=False)
        assert withdraw_gone([Message.objects.get(kind=KIND).pk]) == 1
        assert Message.objects.get(kind=KIND).status == Message.Status.WITHDRAWN
