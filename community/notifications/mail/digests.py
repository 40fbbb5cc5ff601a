"""A digest that is due: looked up by the eyes of its reader now, judged by the gate, and written."""

from community.notifications.gate import decide
from community.notifications.mail.facts import Reader
from community.notifications.mail.message import speaking_to, write_digest
from community.notifications.mail.obeying import lease, obey, remember
from community.notifications.models import Answer, DigestPlan, OutboundMail
from community.notifications.queries.digests import gather, since_last_visit
from community.notifications.queries.rules import current_rules
from community.notifications.registry import Purpose


def prepare_digest(reader: Reader, mail: OutboundMail) -> bool:
    """Ask the gate about a digest, write it and take a lease. Returns whether it may go."""
    digest, member = mail.digest, reader.member
    assert digest is not None
    since = since_last_visit(member, digest.began_at, reader.now)
    with speaking_to(member):
        sections = gather(member, since=since, now=reader.now)
    facts = reader.digest_facts(mail, digest, rhythm=_rhythm(mail.member_id), has_something=bool(sections))
    decision = decide(facts)
    remember(mail, decision).save()
    digest.code = decision.code if decision.answer == Answer.DROP else ""
    if decision.answer != Answer.ALLOW:
        digest.save(update_fields=["code"])
        obey(mail, decision)
        return False
    digest.shown = [entry.key for section in sections for entry in section.entries]
    digest.save(update_fields=["code", "shown"])
    if mail.counts:
        reader.count(Purpose(mail.purpose))
    write_digest(mail, member, digest, sections)
    lease(mail, reader)
    return True


def _rhythm(member_id: int) -> str:
    chosen = DigestPlan.objects.filter(member=member_id).values_list("rhythm", flat=True).first()
    return chosen or current_rules().digest_rhythm
