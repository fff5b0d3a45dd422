"""Drafts move to the app `writing`, as they are: every composer keeps its drafts there now."""

from django.db import migrations

BATCH = 50  # a draft holds up to a million characters
FIELDS = ('pk', 'person_id', 'slot', 'fields', 'revision', 'saved_at')


def copy(source, target):
    """Every row, in the order of the ids; ids, revisions and times stay."""
    rows = list(source.objects.order_by('pk')[:BATCH])
    while rows:
        target.objects.bulk_create(
            target(**{name: getattr(row, name) for name in FIELDS}) for row in rows
        )
        rows = list(source.objects.order_by('pk').filter(pk__gt=rows[-1].pk)[:BATCH])


def to_writing(apps, schema_editor):
    """The table of the journal goes afterwards."""
    copy(apps.get_model('journal', 'Draft'), apps.get_model('writing', 'Draft'))


def to_journal(apps, schema_editor):
    """All come back, those of other boxes too, and none is there twice."""
    moved = apps.get_model('writing', 'Draft')
    copy(moved, apps.get_model('journal', 'Draft'))
    moved.objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('journal', '0001_initial'),
        ('writing', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(to_writing, to_journal),
        migrations.DeleteModel(name='Draft'),
    ]
