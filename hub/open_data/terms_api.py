"""The open data of the centre itself: the terms behind all codes."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers

from hub.open_data.addresses import term_address
from hub.open_data.schema import named
from hub.open_data.views import OpenDataViewSet
from hub.open_data.words import CodeField, WordsField
from hub.vocabularies.models import Term, Vocabulary

_NAMES = [value for value, _label in Vocabulary.choices]


class TermSerializer(serializers.Serializer[Term]):
    """A term: what its code means."""

    vocabulary = serializers.ChoiceField(_NAMES)
    code = serializers.CharField()
    label = WordsField()  # type: ignore[assignment]  # as above
    help = WordsField()
    uri = serializers.CharField(help_text="Where an authority names it; empty when none does.")
    url = serializers.SerializerMethodField()
    parent = CodeField(source="parent.code", default=None, help_text="What it is a part of.")  # type: ignore[assignment]

    def get_url(self, term: Term) -> str:
        """Where the open data tells about it."""
        return term_address(term.vocabulary, term.code)


@extend_schema_view(
    list=extend_schema(
        summary="The terms behind all codes",
        parameters=[OpenApiParameter("vocabulary", enum=_NAMES, many=True, description="Any of these.")],
    ),
    retrieve=extend_schema(
        summary="What one code means",
        parameters=[named("vocabulary"), named("code")],
    ),
)
class TermViewSet(OpenDataViewSet):
    """The terms of every vocabulary, in its own order, with their labels in all languages."""

    queryset = Term.objects.public()
    row_serializer_class = TermSerializer
    serializer_class = TermSerializer
    parameters = [OpenApiParameter("vocabulary", enum=_NAMES, many=True)]
    lookup_field = "code"

    def found(self) -> Any:
        terms = Term.objects.public()
        asked = [name for name in self.request.query_params.getlist("vocabulary") if name in _NAMES]
        return (terms.filter(vocabulary__in=asked) if asked else terms).values_list("pk", flat=True)

    def to_records(self, keys: Sequence[int], *, whole: bool) -> list[Term]:
        found = Term.objects.public().select_related("parent").in_bulk(keys)
        return [found[key] for key in keys if key in found]

    def named(self) -> int:
        named = Term.objects.public().filter(vocabulary=self.kwargs["vocabulary"], code=self.kwargs["code"])
        key = named.values_list("pk", flat=True).first()
        if key is None:
            raise Http404
        return key
