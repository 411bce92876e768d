"""The page that holds a pasted job post against a freelancer's profiles; it stores nothing."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.actors import ActorRequest
from profiles.freelancer_pages import profiles_or_start
from profiles.known_record import record_of
from profiles.match_form import EXAMPLE_POST, PostForm
from profiles.match_page import PostAnswer, post_answer
from profiles.selectors import ProfileSet

PAGE = "profiles/match.html"
ANSWER = "profiles/match/answer.html"


@require_http_methods(["GET", "HEAD", "POST"])
def match(request: ActorRequest, public_id: str) -> HttpResponse:
    """The form; with a post sent, or `?example=1`, the answer to it too."""
    profiles = profiles_or_start(request, public_id)
    if isinstance(profiles, HttpResponse):
        return profiles
    form = PostForm()
    if request.method == "POST":
        form = PostForm(request.POST.dict())
    elif "example" in request.GET:
        form = PostForm({"post": str(EXAMPLE_POST)})
    answer = _answer_to(form, profiles) if form.is_valid() else None
    context = {
        "form": form,
        "answer": answer,
        "profile": profiles.general,
        "profiles": profiles,
        "tab": "match",
    }
    is_refused = form.is_bound and answer is None
    template = ANSWER if request.htmx else PAGE
    return render(request, template, context, status=422 if is_refused else 200)


def _answer_to(form: PostForm, profiles: ProfileSet) -> PostAnswer:
    record = record_of(profiles.freelancer, as_of=timezone.localdate())
    return post_answer(
        form.cleaned_data["post"],
        profiles.contents,
        record.work,
        was_cleaned=form.was_cleaned,
    )
