"""The brand's way to threads and posts."""

from django.urls import path

from community.threads.api import attention, care, following, lists, posts, presses, reading, tags, threads

urlpatterns = [
    path("threads", lists.ThreadList.as_view(), name="api_threads"),
    path("threads/similar", reading.SimilarThreads.as_view(), name="api_similar_threads"),
    path("threads/<int:pk>", threads.ThreadDetail.as_view(), name="api_thread"),
    path("threads/ranked", reading.RankedThreads.as_view(), name="api_threads_ranked"),
    path("threads/<int:pk>/level", attention.ThreadLevel.as_view(), name="api_thread_level"),
    path("spaces/<str:slug>/level", attention.SpaceLevel.as_view(), name="api_space_level"),
    path("tags/<str:slug>/level", attention.TagLevel.as_view(), name="api_tag_level"),
    path("me/waiting", attention.Waiting.as_view(), name="api_waiting"),
    path("threads/<int:pk>/posts", posts.PostList.as_view(), name="api_thread_posts"),
    path("threads/<int:pk>/accepted", threads.ThreadAnswer.as_view(), name="api_thread_accepted"),
    path("threads/<int:pk>/care", care.ThreadCare.as_view(), name="api_thread_care"),
    path("threads/<int:pk>/missing", care.ThreadMissing.as_view(), name="api_thread_missing"),
    path("threads/<int:pk>/claim", care.ThreadClaim.as_view(), name="api_thread_claim"),
    path("threads/<int:pk>/not-yet", care.ThreadNotYet.as_view(), name="api_thread_not_yet"),
    path("threads/<int:pk>/reopening", care.ThreadReopening.as_view(), name="api_thread_reopening"),
    path("threads/<int:pk>/follow", following.ThreadFollowing.as_view(), name="api_thread_follow"),
    path("threads/<int:pk>/mute", following.ThreadMute.as_view(), name="api_thread_mute"),
    path("threads/<int:pk>/read", following.ThreadRead.as_view(), name="api_thread_read"),
    path("posts/<int:pk>", posts.PostDetail.as_view(), name="api_post"),
    path("posts/<int:pk>/history", reading.PostHistory.as_view(), name="api_post_history"),
    path("posts/<int:pk>/restore", posts.PostRestore.as_view(), name="api_post_restore"),
    path("posts/<int:pk>/wiki", posts.PostWiki.as_view(), name="api_post_wiki"),
    path("posts/<int:pk>/state", posts.PostDecision.as_view(), name="api_post_state"),
    path("posts/<int:pk>/reactions/<str:kind>", presses.PostReaction.as_view(), name="api_post_reaction"),
    path("posts/<int:pk>/bookmark", presses.PostBookmark.as_view(), name="api_post_bookmark"),
    path("tags", tags.TagList.as_view(), name="api_tags"),
    path("tags/<str:slug>", tags.TagDetail.as_view(), name="api_tag"),
    path("tags/<str:slug>/merge", tags.TagMerge.as_view(), name="api_tag_merge"),
    path("tags/<str:slug>/synonyms", tags.TagSynonyms.as_view(), name="api_tag_synonyms"),
    path("tag-groups", tags.TagGroups.as_view(), name="api_tag_groups"),
    path("tag-groups/<int:pk>", tags.TagGroupDetail.as_view(), name="api_tag_group"),
    path("spaces/<str:slug>/tags", tags.SpaceTags.as_view(), name="api_space_tags"),
    path("me/feed", reading.Feed.as_view(), name="api_feed"),
    path("me/follows", following.FollowList.as_view(), name="api_follows"),
    path("me/bookmarks", presses.BookmarkList.as_view(), name="api_bookmarks"),
]
