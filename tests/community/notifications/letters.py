"""Letters as they come in: replies of people, and reports of mail servers."""

from email.message import EmailMessage

from community.notifications.mail.answering import read_inbound
from community.notifications.mail.intake import take_in
from community.notifications.models import InboundMail, InboundSource

DSN = """\
Return-Path: <>
From: MAILER-DAEMON@mx.example.org
To: {to}
Subject: Undelivered Mail
Message-ID: <{id}@mx.example.org>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=x

--x
Content-Type: text/plain

It did not work.
--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; alice@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such user

--x
Content-Type: message/rfc822

From: Porchlight <community@localhost>
Message-ID: {ours}
Subject: Whatever

--x--
"""


def answer(letter, text="Thank you, that helped a lot!", *, sender="Alice <alice@example.org>", **headers):
    reply = EmailMessage()
    reply["From"], reply["To"] = sender, letter["Reply-To"]
    reply["Subject"] = f"Re: {letter['Subject']}"
    reply["Message-ID"] = headers.pop("message_id", "<one@mail.example.org>")
    for name, value in headers.items():
        reply[name.replace("_", "-")] = value
    reply.set_content(
        f"{text}\n\nOn Tue, 3 Mar 2026, Porchlight wrote:\n> Bob Birch answered your question\n"
    )
    return reply.as_bytes()


def arrive(raw):
    take_in(raw, InboundSource.IMAP)
    read_inbound()
    return InboundMail.objects.order_by("-pk").first()
