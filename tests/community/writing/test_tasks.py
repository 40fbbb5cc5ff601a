import datetime as dt
from typing import Any

from django.utils import timezone

from community.writing.actions import add_image
from community.writing.models import Upload
from community.writing.tasks import remove_orphan_uploads
from tests.community.writing.pictures import encoded, photo, upload


def test_the_task_removes_what_nothing_uses(alice: Any) -> None:
    picture = add_image(actor=alice, file=upload(encoded(photo(50, 50))))
    Upload.objects.update(created_at=timezone.now() - dt.timedelta(hours=25))

    assert remove_orphan_uploads() == 1

    assert not Upload.objects.filter(pk=picture.pk).exists()
