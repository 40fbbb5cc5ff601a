from django.db import migrations

# Reporting had the scope of deciding; whoever had that goes on reporting.
GIVE = """UPDATE integrations_apikey SET scopes = array_append(scopes, 'reports:write')
  WHERE 'moderation:write' = ANY (scopes) AND NOT 'reports:write' = ANY (scopes)"""
TAKE = "UPDATE integrations_apikey SET scopes = array_remove(scopes, 'reports:write')"


class Migration(migrations.Migration):

    dependencies = [
        ('integrations', '0001_initial'),
    ]

    operations = [migrations.RunSQL(GIVE, TAKE)]
