"""Old addresses: Stack Exchange's, then Discourse's. Its `/t/12/…` is not among them: numbers there are ours now."""

from django.urls import path

from community.importing import views

urlpatterns = [
    path("questions/tagged/<slug:slug>/", views.tag, name="old_tag"),
    path("questions/<int:number>/", views.thread, name="old_question"),
    path("questions/<int:number>/<str:slug>/", views.thread, name="old_question_named"),
    path("questions/<int:number>/<str:slug>/<int:answer>/", views.thread, name="old_question_answer"),
    path("q/<int:number>/", views.post, name="old_question_short"),
    path("q/<int:number>/<int:by>/", views.post, name="old_question_shared"),
    path("a/<int:number>/", views.post, name="old_answer"),
    path("a/<int:number>/<int:by>/", views.post, name="old_answer_shared"),
    path("users/<int:number>/", views.member, name="old_user"),
    path("users/<int:number>/<str:slug>/", views.member, name="old_user_named"),
    path("t/<str:slug>/<int:number>/", views.thread, name="old_topic"),
    path("t/<str:slug>/<int:number>/<int:position>/", views.thread, name="old_topic_post"),
    path("u/<str:handle>/", views.handle, name="old_handle"),
    path("tag/<slug:slug>/", views.tag, name="old_tag_short"),
]
