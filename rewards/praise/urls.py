"""Addresses of thanks and shout-outs."""

from django.urls import path

from rewards.praise.views import giving, shouting, wall

urlpatterns = [
    path("thanks/", wall.thanks, name="praise_wall"),
    path("thanks/feed.xml", wall.feed, name="praise_feed"),
    path("thanks/new/", giving.thank, name="praise_new"),
    path("thanks/<int:pk>/", wall.one, name="praise"),
    path("thanks/<int:pk>/take-back/", giving.take_back, name="praise_take_back"),
    path("thanks/<int:pk>/give-again/", giving.again, name="praise_give_again"),
    path("thanks/<int:pk>/report/", giving.report, name="praise_report"),
    path("thanks/<int:pk>/remove/", giving.remove, name="praise_remove"),
    path("thanks/<int:pk>/show/", giving.show, name="praise_show"),
    path("shout-outs/", shouting.shout_outs, name="shout_out_list"),
    path("shout-outs/new/", shouting.new, name="shout_out_new"),
    path("shout-outs/<int:pk>/", shouting.one, name="shout_out"),
    path("shout-outs/<int:pk>/pin/", shouting.pin, name="shout_out_pin"),
    path("shout-outs/<int:pk>/unpin/", shouting.unpin, name="shout_out_unpin"),
    path("shout-outs/<int:pk>/withdraw/", shouting.withdraw, name="shout_out_withdraw"),
    path("shout-outs/<int:pk>/show/", shouting.show, name="shout_out_show"),
]
