"""Addresses of threads. What is done to a thread stands behind `-`, which no title ever becomes."""

from django.urls import path

from community.threads.views import compose, feeds, lists, posts, presses, show, steering

urlpatterns = [
    path("", lists.home, name="home"),
    path("home/panels/", lists.home_panels, name="home_panels"),
    path("spaces/", lists.directory, name="space_list"),
    path("s/<slug:slug>/", lists.space, name="space"),
    path("s/<slug:slug>/feed.xml", feeds.of_space, name="space_feed"),
    path("feed.xml", feeds.latest, name="feed"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("robots.txt", feeds.robots, name="robots"),
    path("tags/<str:slug>/", lists.tagged, name="tag"),
    path("new/", compose.new, name="thread_new"),
    path("new/similar/", compose.similar, name="thread_similar"),
    path("new/draft/", compose.keep_draft, name="thread_draft"),
    path("drafts/", compose.drafts, name="draft_list"),
    path("me/bookmarks/", lists.bookmarks, name="bookmark_list"),
    path("t/<int:pk>/", show.show, name="thread_short"),
    path("t/<int:pk>/-/news/", show.news, name="thread_news"),
    path("t/<int:pk>/-/posts/", show.posts, name="thread_posts"),
    path("t/<int:pk>/-/close/", show.close_to, name="thread_close_to"),
    path("t/<int:pk>/-/read/", show.read, name="thread_read"),
    path("t/<int:pk>/-/reply/", posts.reply, name="thread_reply"),
    path("t/<int:pk>/-/unaccept/", presses.unaccept, name="thread_unaccept"),
    path("t/<int:pk>/-/move/", steering.move, name="thread_move"),
    *(
        path(f"t/<int:pk>/-/{choice}/", steering.follow, {"choice": choice}, name=f"thread_{choice}")
        for choice in steering.FOLLOWING
    ),
    *(
        path(f"t/<int:pk>/-/{choice}/", steering.keep_order, {"choice": choice}, name=f"thread_{choice}")
        for choice in steering.ORDER
    ),
    path("t/<int:pk>/<str:slug>/", show.show, name="thread"),
    path("p/<int:pk>/", posts.permalink, name="post"),
    path("p/<int:pk>/menu/", posts.menu, name="post_menu"),
    path("p/<int:pk>/edit/", posts.edit, name="post_edit"),
    path("p/<int:pk>/history/", posts.history, name="post_history"),
    path("p/<int:pk>/delete/", posts.delete, name="post_delete"),
    path("p/<int:pk>/deleted/", posts.deleted, name="post_deleted"),
    path("p/<int:pk>/restore/", posts.restore, name="post_restore"),
    path("p/<int:pk>/react/<slug:kind>/", presses.react, name="post_react"),
    path("p/<int:pk>/bookmark/", presses.bookmark, name="post_bookmark"),
    path("p/<int:pk>/accept/", presses.accept, name="post_accept"),
]
