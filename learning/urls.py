"""The learning agenda. The page of a question stands one step lower, so that none has the name of another page."""

from django.urls import path
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from learning.agenda import views as agenda
from learning.agenda.feeds import AnswersFeed
from learning.answers import views as answers
from learning.experience import views as experience
from learning.experts import views as experts
from learning.notes import views as notes
from learning.questions import views as questions
from learning.themes import views as themes
from learning.voting import views as voting

app_name = "learning"

urlpatterns = [
    path("", agenda.questions, name="questions"),
    path("feed/", require_safe(AnswersFeed()), name="feed"),
    path(pgettext_lazy("url", "propose/"), questions.propose, name="propose"),
    path(pgettext_lazy("url", "vote/"), voting.vote, name="vote"),
    path(pgettext_lazy("url", "vote/<slug:slug>/"), voting.vote_for, name="vote_for"),
    path(pgettext_lazy("url", "votes/"), voting.outcome, name="outcome"),
    path(pgettext_lazy("url", "expert/<str:token>/"), experts.agree_by_mail, name="expert_by_mail"),
    path(pgettext_lazy("url", "policy-notes/<int:pk>/pdf/"), notes.pdf, name="note_pdf"),
    path(pgettext_lazy("url", "themes/"), themes.themes, name="themes"),
    path(pgettext_lazy("url", "themes/<slug:code>/"), themes.theme, {"vocabulary": "theme"}, name="theme"),
    path(pgettext_lazy("url", "target-groups/<slug:code>/"), themes.theme, {"vocabulary": "target"}, name="target"),
    path(
        pgettext_lazy("url", "themes/<slug:code>/<slug:section>/"),
        themes.everything,
        {"vocabulary": "theme"},
        name="theme_all",
    ),
    path(
        pgettext_lazy("url", "target-groups/<slug:code>/<slug:section>/"),
        themes.everything,
        {"vocabulary": "target"},
        name="target_all",
    ),
    path(pgettext_lazy("url", "questions/<slug:slug>/"), agenda.question, name="question"),
    path(pgettext_lazy("url", "questions/<slug:slug>/answers/"), answers.history, name="history"),
    path(pgettext_lazy("url", "questions/<slug:slug>/answer/"), answers.answer, name="answer"),
    path(pgettext_lazy("url", "questions/<slug:slug>/answer/<str:language>/"), answers.translate, name="translate"),
    path(pgettext_lazy("url", "questions/<slug:slug>/experience/"), experience.tell, name="tell"),
    path(pgettext_lazy("url", "questions/<slug:slug>/expert/"), experts.agree, name="agree"),
    path(pgettext_lazy("url", "questions/<slug:slug>/expert/withdraw/"), experts.withdraw, name="withdraw_expert"),
    path(pgettext_lazy("url", "questions/<slug:slug>/keep/"), questions.keep, name="keep"),
    path(pgettext_lazy("url", "questions/<slug:slug>/keep/words/"), questions.words, name="words"),
    path(pgettext_lazy("url", "questions/<slug:slug>/keep/set-aside/"), questions.set_aside, name="set_aside"),
    path(pgettext_lazy("url", "questions/<slug:slug>/keep/owner/"), questions.owner, name="owner"),
    path(pgettext_lazy("url", "questions/<slug:slug>/keep/invite/"), experts.invite, name="invite_expert"),
    path(
        pgettext_lazy("url", "questions/<slug:slug>/keep/experts/<int:expert>/<str:action>/"),
        experts.decide,
        name="decide_expert",
    ),
    path(pgettext_lazy("url", "questions/<slug:slug>/keep/own/<str:action>/"), questions.own, name="own"),
    path(pgettext_lazy("url", "questions/<slug:slug>/keep/move/<str:state>/"), questions.move, name="move"),
]
