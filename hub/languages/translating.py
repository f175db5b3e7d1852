"""A page that is sent for translation opens as what is to be translated: nobody looks for it in a list."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from wagtail_localize.views.submit_translations import SubmitPageTranslationView


class SubmitPage(SubmitPageTranslationView):
    """As the package does it, whose way leads back to where the editor came from."""

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        first = min(form.cleaned_data["locales"], key=lambda locale: locale.pk)
        page = self.object.get_translation_or_none(first)
        return redirect("wagtailadmin_pages:edit", page.pk) if page else answer


urlpatterns: list[URLPattern] = [path("localize/submit/page/<int:page_id>/", SubmitPage.as_view())]
