"""Addresses of threads. What is done to a thread stands behind `-`, which no title ever becomes."""

from django.urls import include, path, re_path, register_converter
from django.urls.converters import StringConverter

from community.threads.views import (
    asking,
    caring,
    choosing,
    compose,
    explained,
    feeds,
    home,
    judging,
    lists,
    ordering,
    polls,
    posts,
    presses,
    replying,
    show,
    steering,
)


class Words(StringConverter):
    """The words of a title: anything but the `-` behind which things are done."""

    regex = "(?!-/.)[^/]+"


register_converter(Words, "words")

# What is asked for most stands first, and what begins alike shares one comparison.
_OF_A_THREAD = [
    path("<words:slug>/", show.show, name="thread"),
    path("", show.show, name="thread_short"),
    path("-/reply/", replying.reply, name="thread_reply"),
    path("-/tools/", replying.tools, name="thread_reply_tools"),
    re_path(r"^-/preview-(?P<hash>[0-9a-f]{12})\.png$", show.preview, name="thread_preview"),
    path("-/news/", show.news, name="thread_news"),
    path("-/posts/", show.posts, name="thread_posts"),
    path("-/close/", show.close_to, name="thread_close_to"),
    path("-/read/", show.read, name="thread_read"),
    path("-/unaccept/", presses.unaccept, name="thread_unaccept"),
    path("-/missing/", caring.missing, name="thread_missing"),
    path("-/claim/", caring.claim, name="thread_claim"),
    path("-/not-yet/", caring.not_yet, name="thread_not_yet"),
    path("-/reopen/", caring.reopen, name="thread_reopen"),
    path("-/level/", steering.attend, name="thread_level"),
    path("-/details/", asking.details, name="thread_details"),
    path("-/move/", steering.move, name="thread_move"),
    path("-/title/", steering.title, name="thread_title"),
    path("-/order/", ordering.order, name="thread_order"),
    path("-/pinning/", ordering.pin, name="thread_pinning"),
    path("-/pace/", ordering.slow, name="thread_pace"),
    path("-/timer/", ordering.timer, name="thread_timer"),
    path("-/merge/", ordering.merge, name="thread_merge"),
    path("-/split/", ordering.split, name="thread_split"),
    path("-/undo/", ordering.undo, name="thread_undo"),
    path("-/pin-away/", ordering.pin_away, name="thread_pin_away"),
    path("-/remind/", ordering.remind, name="thread_remind"),
    *(
        path(f"-/{choice}/", steering.keep_order, {"choice": choice}, name=f"thread_{choice}")
        for choice in steering.ORDER
    ),
]
_OF_A_POST = [
    path("", posts.permalink, name="post"),
    path("react/<slug:kind>/", presses.react, name="post_react"),
    path("menu/", posts.menu, name="post_menu"),
    path("quote/", posts.quote, name="post_quote"),
    path("edit/", posts.edit, name="post_edit"),
    path("wiki/", posts.wiki, name="post_wiki"),
    path("history/", posts.history, name="post_history"),
    path("delete/", posts.delete, name="post_delete"),
    path("deleted/", posts.deleted, name="post_deleted"),
    path("judge/", judging.judge, name="post_judge"),
    path("purge/", judging.purge, name="post_purge"),
    path("restore/", posts.restore, name="post_restore"),
    path("bookmark/", presses.bookmark, name="post_bookmark"),
    path("accept/", presses.accept, name="post_accept"),
    path("poll/", polls.show, name="poll"),
    path("poll/vote/", polls.vote, name="poll_vote"),
    path("poll/withdraw/", polls.withdraw, name="poll_withdraw"),
    path("poll/close/", polls.close, name="poll_close"),
    path("poll/voters/<int:option>/", polls.voters, name="poll_voters"),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("t/<int:pk>/", include(_OF_A_THREAD)),
    path("p/<int:pk>/", include(_OF_A_POST)),
    path("home/panels/", home.panels, name="home_panels"),
    path("home/why/", explained.why, name="home_why"),
    path("aside/", home.aside, name="aside"),
    path("spaces/", lists.directory, name="space_list"),
    path("s/<slug:slug>/", lists.space, name="space"),
    path("s/<slug:slug>/feed.xml", feeds.of_space, name="space_feed"),
    path("feed.xml", feeds.latest, name="feed"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("robots.txt", feeds.robots, name="robots"),
    path("tags/<str:slug>/", lists.tagged, name="tag"),
    path("tags/<str:slug>/level/", lists.attend_to_tagged, name="tag_level"),
    path("threads/choose/", choosing.choose, name="threads_choose"),
    path("new/", compose.new, name="thread_new"),
    path("new/asked/", asking.asked, name="thread_asked"),
    path("new/similar/", compose.similar, name="thread_similar"),
    path("suggest/", compose.suggest, name="suggest"),
    path("new/topics/", compose.topics, name="thread_topics"),
    path("new/draft/", compose.keep_draft, name="thread_draft"),
    path("drafts/", compose.drafts, name="draft_list"),
    path("me/outcomes/", explained.outcomes, name="outcome_list"),
    path("me/bookmarks/", lists.bookmarks, name="bookmark_list"),
]
