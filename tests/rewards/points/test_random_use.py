"""The ledger under random use: it agrees with a plain model after every act, and all its promises hold.

Ten thousand acts in every run, `LEDGER_STEPS=1000000` for a night of them.
"""

import datetime as dt
import os
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from community.errors import Conflict, DomainError
from community.members.models import Member
from rewards.points.actions import (
    adjust,
    award,
    capture,
    expire_holds,
    expire_points,
    release,
    reserve,
    reverse,
    spend,
    withdraw_awards,
)
from rewards.points.audit import audit_ledger
from rewards.points.models import Account, Hold, Lot, Transfer
from tests.rewards.conftest import unguarded
from tests.rewards.points.books import Act, PlainBook

PEOPLE = 3
SHARDS = 8
STEPS = 50
ACTS = int(os.environ.get("LEDGER_STEPS", "10000"))
WHO = st.integers(0, PEOPLE - 1)
PICK = st.integers(0, 10_000)
AMOUNT = st.one_of(st.integers(1, 150), st.sampled_from([0, -1, 10**15, 2**63]))


class Ledger(RuleBasedStateMachine):
    """Members earn, spend, hold and let go, are corrected and taken back from, and time passes, in any order."""

    acts_done = 0

    def __init__(self) -> None:
        super().__init__()
        self.sid = transaction.savepoint()
        self.keys = 0
        self.acts: dict[int, tuple[Transfer, Act]] = {}
        self.paid: dict[int, list[int]] = {}
        self.start = timezone.now()

    def teardown(self) -> None:
        connection.check_constraints()
        assert audit_ledger() == []
        transaction.savepoint_rollback(self.sid)

    @initialize()
    def people(self) -> None:
        self.boss = Member.objects.create_user("boss", role="manager")
        self.members = [Member.objects.create_user(f"m{n}") for n in range(PEOPLE)]
        self.books = {member.pk: PlainBook(member.pk) for member in self.members}
        self.holds: dict[int, Hold] = {}

    def attempt(self, what: Callable[[], object], *, fits: bool, code: str = "") -> bool:
        """Do something that must succeed when it `fits`, and otherwise be refused."""
        type(self).acts_done += 1
        try:
            what()
        except DomainError as refusal:
            assert not fits, refusal.code
            assert not code or refusal.code == code
            return False
        assert fits
        return True

    def keep(self, transfer: Transfer, act: Act) -> None:
        self.acts[transfer.pk] = (transfer, act)

    @rule(who=WHO, source=st.integers(1, 6), days=st.integers(0, 2), again=st.booleans())
    def earn(self, who: int, source: int, days: int, again: bool) -> None:
        type(self).acts_done += 1
        member = self.members[who]
        for _time in range(2 if again else 1):
            moment = timezone.now() - dt.timedelta(days=days)
            transfer = award(
                actor=None,
                rule_key="good_deed",
                member_id=member.pk,
                source_type="deed",
                source_id=source,
                occurred_at=moment,
            )
            if transfer is not None:
                self.keep(transfer, self.books[member.pk].gain(transfer.earned, transfer.spendable))
                self.paid.setdefault(source, []).append(transfer.pk)

    @rule(source=st.integers(1, 6))
    def take_back(self, source: int) -> None:
        type(self).acts_done += 1
        standing = [pk for pk in self.paid.get(source, []) if not self.acts[pk][1].is_undone]
        backs = withdraw_awards(actor=None, source_type="deed", source_id=source, memo="Not built after all")
        assert sorted(back.reverses_id for back in backs) == sorted(standing)
        for back in backs:
            act = self.acts[back.reverses_id][1]
            assert self.books[act.who].undo(act) == back.earned

    @rule(who=WHO, amount=AMOUNT, again=st.booleans())
    def buy(self, who: int, amount: int, again: bool) -> None:
        member, self.keys = self.members[who], self.keys + 1
        book, made = self.books[member.pk], []

        def act() -> None:
            for _time in range(2 if again else 1):
                made.append(
                    spend(actor=member, amount=amount, scope="shop", key=f"s{self.keys}", memo="A mug")
                )

        if self.attempt(act, fits=1 <= amount <= book.in_time):
            assert len({transfer.pk for transfer in made}) == 1
            book.pass_time()
            self.keep(made[0], book.lose(amount))

    @rule(who=WHO, amount=AMOUNT, again=st.booleans())
    def set_aside(self, who: int, amount: int, again: bool) -> None:
        member, self.keys = self.members[who], self.keys + 1
        book, made = self.books[member.pk], []

        def act() -> None:
            for _time in range(2 if again else 1):
                lasts = dt.timedelta(days=1)
                made.append(
                    reserve(
                        actor=member,
                        amount=amount,
                        scope="shop",
                        key=f"h{self.keys}",
                        memo="A lamp",
                        lasts=lasts,
                    )
                )

        if self.attempt(act, fits=1 <= amount <= book.in_time):
            assert len({hold.pk for hold in made}) == 1
            book.pass_time()
            self.holds[made[0].pk] = made[0]
            book.held[made[0].pk] = amount

    @precondition(lambda self: self.holds)
    @rule(pick=PICK, part=st.integers(0, 160))
    def take_what_is_held(self, pick: int, part: int) -> None:
        hold = list(self.holds.values())[pick % len(self.holds)]
        book, amount, made = self.books[hold.member_id], part or hold.amount, []
        is_open = hold.pk in book.held
        fits = is_open and amount <= hold.amount
        if self.attempt(lambda: made.append(capture(actor=None, hold=hold, amount=amount)), fits=fits):
            del book.held[hold.pk]
            self.keep(made[0], book.lose(amount))
            assert capture(actor=None, hold=hold, amount=amount).pk == made[0].pk
            del self.holds[hold.pk]

    @precondition(lambda self: self.holds)
    @rule(pick=PICK, by_time=st.booleans())
    def let_go(self, pick: int, by_time: bool) -> None:
        type(self).acts_done += 1
        hold = list(self.holds.values())[pick % len(self.holds)]
        book = self.books[hold.member_id]
        if by_time and hold.pk in book.held:
            unguarded(f"UPDATE points_hold SET expires_at = now() - interval '1 hour' WHERE id = {hold.pk}")
            with pytest.raises(Conflict), transaction.atomic():
                capture(actor=None, hold=hold)
            assert (expire_holds(), expire_holds()) == (1, 0)
        else:
            release(actor=None, hold=hold)
        book.held.pop(hold.pk, None)

    @rule(who=WHO, earned=st.integers(-80, 80), spendable=st.integers(-80, 80))
    def correct(self, who: int, earned: int, spendable: int) -> None:
        member, book, made = self.members[who], self.books[self.members[who].pk], []
        fits = (
            (earned, spendable) != (0, 0) and book.earned + earned >= 0 and book.free + min(spendable, 0) >= 0
        )

        def act() -> None:
            reason = "Counted by hand"
            made.append(
                adjust(actor=self.boss, member=member, earned=earned, spendable=spendable, reason=reason)
            )

        if self.attempt(act, fits=fits):
            done = book.gain(earned, spendable) if spendable >= 0 else book.lose(-spendable, earned=earned)
            self.keep(made[0], done)

    @precondition(lambda self: self.acts)
    @rule(pick=PICK)
    def undo(self, pick: int) -> None:
        transfer, act = list(self.acts.values())[pick % len(self.acts)]
        book, made = self.books[act.who], []
        moves = act.spend != 0 or max(-act.earned, -book.earned) != 0
        fits = not act.is_undone and moves
        reason = "It was a mistake"
        if self.attempt(
            lambda: made.append(reverse(actor=self.boss, transfer=transfer, reason=reason)), fits=fits
        ):
            assert made[0].earned == book.undo(act)

    @rule(who=WHO, pick=PICK, days=st.integers(-5, 20))
    def give_a_date(self, who: int, pick: int, days: int) -> None:
        """A lot ends in so many days, or ended as many days ago."""
        type(self).acts_done += 1
        book = self.books[self.members[who].pk]
        dated = [lot for lot in book.lots if lot.left]
        if dated:
            plain = dated[pick % len(dated)]
            mine = Lot.objects.filter(account__owner_id=book.who).order_by("pk")
            real = mine[book.lots.index(plain)]
            shift = dt.timedelta(days=days) if days else dt.timedelta(seconds=-1)
            Lot.objects.filter(pk=real.pk).update(expires_at=self.start + shift)
            plain.ends, plain.over = days, days <= 0

    @rule()
    def let_a_night_pass(self) -> None:
        type(self).acts_done += 1
        expire_points()
        for book in self.books.values():
            book.pass_time()

    @invariant()
    def it_agrees_with_the_model(self) -> None:
        read = Account.objects.filter(owner__in=self.members).values_list(
            "owner", "unit", "kind", "balance", "held"
        )
        real = {(owner, unit, kind): (balance, held) for owner, unit, kind, balance, held in read}
        lots: dict[int, list[int]] = {pk: [] for pk in self.books}
        mine = Lot.objects.filter(account__owner__in=self.members).order_by("pk")
        for owner, left in mine.values_list("account__owner", "remaining"):
            lots[owner].append(left)
        for pk, book in self.books.items():
            assert real.get((pk, "status", "member"), (0, 0))[0] == book.earned >= 0
            assert real.get((pk, "spend", "member"), (0, 0)) == (book.balance, sum(book.held.values()))
            assert real.get((pk, "spend", "owed"), (0, 0))[0] == -book.owed
            assert lots[pk] == [lot.left for lot in book.lots]


@pytest.mark.django_db
@pytest.mark.parametrize("shard", range(SHARDS))
def test_random_use_never_breaks_a_promise(shard: int) -> None:
    wanted, Ledger.acts_done = ACTS // SHARDS, 0
    while Ledger.acts_done < wanted:
        run_state_machine_as_test(
            Ledger,
            settings=settings(
                max_examples=max(1, (wanted - Ledger.acts_done) // STEPS),
                stateful_step_count=STEPS,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
