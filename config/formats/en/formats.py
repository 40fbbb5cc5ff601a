"""English: without full stops, since a moment often ends a sentence (“until 12:52 p.m..”)."""

DATETIME_FORMAT = "F j, Y, g:i A"
TIME_FORMAT = "g:i A"
