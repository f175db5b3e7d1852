from collections.abc import Iterable, Mapping
from typing import Any

import factory
from django.utils import timezone

from hub.vocabularies.models import Term
from practices.assessment.models import Judgement
from practices.practice.models.details import PracticeDocument, PracticeFigure, PracticeUse
from practices.practice.models.practice import ONE_OF, Practice
from practices.practice.models.texts import PracticeSource, PracticeText


class PracticeTextFactory(factory.django.DjangoModelFactory[PracticeText]):
    """Words of a practice in one language."""

    class Meta:
        model = PracticeText

    language = "en"
    title = factory.Sequence(lambda n: f"Shared living {n}")
    summary = "Older and younger people live together."
    what = "Neighbours look after each other."
    results = "Fewer people feel alone."
    needs = "A building and a coordinator."
    steps = "1. Find a place.\n2. Find people."


class PracticeSourceFactory(factory.django.DjangoModelFactory[PracticeSource]):
    """Where it can be read."""

    class Meta:
        model = PracticeSource

    title = factory.Sequence(lambda n: f"Report {n}")
    url = factory.Sequence(lambda n: f"https://example.org/report/{n}")


class PracticeFigureFactory(factory.django.DjangoModelFactory[PracticeFigure]):
    """A result in figures."""

    class Meta:
        model = PracticeFigure

    value = "12500"
    label = "neighbours"


class PracticeUseFactory(factory.django.DjangoModelFactory[PracticeUse]):
    """Where it is used."""

    class Meta:
        model = PracticeUse

    place = factory.Sequence(lambda n: f"Town {n}")


class PracticeDocumentFactory(factory.django.DjangoModelFactory[PracticeDocument]):
    """A manual, as a file."""

    class Meta:
        model = PracticeDocument

    title = factory.Sequence(lambda n: f"Manual {n}")
    language = "en"
    document = factory.SubFactory("wagtail_factories.DocumentFactory")


class JudgementFactory(factory.django.DjangoModelFactory[Judgement]):
    """One criterion that is met; `criterion="equity"` for a certain one."""

    class Meta:
        model = Judgement

    verdict = "met"
    reason = "Everyone can join."

    @classmethod
    def _create(cls, model_class: type[Judgement], *args: Any, **kwargs: Any) -> Judgement:
        criterion = kwargs.pop("criterion", "relevance")
        return super()._create(model_class, *args, criterion=term("criterion", criterion), **kwargs)


class PracticeFactory(factory.django.DjangoModelFactory[Practice]):
    """A published practice with one English text; terms by code: `theme=["19"]`, `stage="5"`, `texts={"nl": {...}}`."""

    class Meta:
        model = Practice
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"practice-{n}")
    original_language = "en"
    live = True
    first_published_at = factory.LazyFunction(timezone.now)

    @classmethod
    def _create(cls, model_class: type[Practice], *args: Any, **kwargs: Any) -> Practice:
        texts: Mapping[str, Mapping[str, str]] = kwargs.pop("texts", {"en": {}})
        kwargs.setdefault("kind", "good-practice")
        for name in ONE_OF:
            if isinstance(kwargs.get(name), str):
                kwargs[name] = term(name, kwargs[name])
        several = {name: kwargs.pop(name) for name in list(kwargs) if isinstance(kwargs[name], (list, tuple))}
        practice: Practice = super()._create(model_class, *args, **kwargs)
        practice.terms.set([term(name, code) for name, codes in several.items() for code in codes])
        practice.terms.commit()
        for language, words in texts.items():
            PracticeTextFactory.create(practice=practice, language=language, **words)
        return practice


def term(vocabulary: str, code: str) -> Term:
    """The term with this code, made when the vocabularies were not loaded."""
    found, _created = Term.objects.get_or_create(vocabulary=vocabulary, code=code, defaults={"label": code})
    return found


def terms(vocabulary: str, codes: Iterable[str]) -> list[Term]:
    """Several of one vocabulary."""
    return [term(vocabulary, code) for code in codes]
