"""Outgoing mail: what was sent and what was not, and when one's own digest comes."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.actors import ActorRequest
from accounts.public_ids import is_public_id, new_public_id
from outbox.digests import SentNow, digest_send_now
from outbox.forms import RemindersForm
from outbox.mail_page import MailList, next_in_words
from outbox.models import DigestSchedule, Mail
from outbox.schedules import schedule_of
from outbox.services import mail_resend, schedule_change, schedule_resume

# A mail in its frame: its own inline styles and nothing else; its links open the whole page.
FRAME_POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["data:"],
    "form-action": ["'none'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'self'"],
    "sandbox": ["allow-top-navigation-by-user-activation"],
}


@require_GET
def mails(request: ActorRequest) -> HttpResponse:
    """Every mail of the actor's, those given up first; an owner or manager sees everybody's."""
    shown = MailList(actor=request.actor, page=request.GET.get("page", ""))
    return render(request, "outbox/mails.html", {"list": shown})


@require_GET
def mail(request: ActorRequest, public_id: str) -> HttpResponse:
    """One mail; only its reader opens it, because its links act in the reader's name."""
    row = get_object_or_404(
        Mail.objects.of(request.actor).select_related("membership__user"), public_id=public_id
    )
    return render(request, "outbox/mail.html", {"mail": row})


@require_GET
@xframe_options_sameorigin
@csp_override(FRAME_POLICY)
def mail_html(request: ActorRequest, public_id: str) -> HttpResponse:
    """The HTML of a mail, for a sandboxed frame."""
    row = get_object_or_404(Mail.objects.of(request.actor), public_id=public_id)
    return HttpResponse(row.html.replace("<head>", '<head><base target="_top">', 1))


@require_POST
def mail_again(request: ActorRequest, public_id: str) -> HttpResponseRedirect:
    """Send a mail again that was given up."""
    row = get_object_or_404(Mail.objects.kept_by(request.actor), public_id=public_id)
    if mail_resend(actor=request.actor, mail=row):
        messages.success(request, _("It is sent again within a minute."))
    else:
        messages.info(request, _("This mail is not one that was given up (any more)."))
    return redirect("outbox:mails")


@require_POST
def address_again(request: ActorRequest, public_id: str) -> HttpResponseRedirect:
    """Use an address again that a mail server refused."""
    row = get_object_or_404(DigestSchedule.objects.kept_by(request.actor), public_id=public_id)
    if schedule_resume(actor=request.actor, schedule=row):
        messages.success(request, _("Mail goes to this address again."))
    return redirect("outbox:mails")


@require_http_methods(["GET", "POST"])
def reminders(request: ActorRequest) -> HttpResponse:
    """When the actor's own digest comes."""
    schedule = schedule_of(actor=request.actor, now=timezone.now())
    form = RemindersForm(request.POST or None, schedule=schedule)
    if request.method == "POST" and form.is_valid():
        schedule_change(actor=request.actor, **form.rule)
        messages.success(request, _("Saved."))
        return redirect("outbox:reminders")
    context = {
        "form": form,
        "schedule": schedule,
        "paused": [schedule] if schedule.is_paused else [],
        "next_digest": next_in_words(schedule),
        "click": new_public_id(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "outbox/reminders.html", context, status=status)


@require_POST
def reminders_now(request: ActorRequest) -> HttpResponseRedirect:
    """Send the actor's digest at once; a button pressed twice sends one."""
    click = request.POST.get("click", "")
    click = click if is_public_id(click) else new_public_id()
    outcome = digest_send_now(actor=request.actor, now=timezone.now(), click=click)
    if outcome is SentNow.NOTHING_DUE:
        messages.info(request, _("Nothing is due today, so there is nothing to send."))
    elif outcome is SentNow.PAUSED:
        messages.error(request, _("Your address was refused before. Try it again first."))
    else:
        messages.success(request, _("Your digest is on its way: it is sent within a minute."))
    return redirect("outbox:mails")
