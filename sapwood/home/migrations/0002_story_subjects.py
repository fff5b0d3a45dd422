"""Edits to the story are kept under its subjects: what named a count or a day no longer does."""

from collections import defaultdict

from django.db import migrations


def to_subjects(apps, _editor):
    """`knots.4` becomes `knots`. Of several, the last words win; older words keep their old key,

    which shows them as lines of their own: no words a person wrote are thrown away here.
    """
    StoryLine = apps.get_model("home", "StoryLine")
    groups = defaultdict(list)
    for line in StoryLine.objects.order_by("pk"):
        groups[line.person_id, line.year, line.key.partition(".")[0]].append(line)
    for (_person, _year, subject), lines in groups.items():
        best = max(lines, key=lambda line: (line.text != "", line.key == subject, line.pk))
        empty = [line.pk for line in lines if line is not best and not line.text]
        StoryLine.objects.filter(pk__in=empty).delete()
        StoryLine.objects.filter(pk=best.pk).update(key=subject)


class Migration(migrations.Migration):
    dependencies = [("home", "0001_initial")]
    operations = [migrations.RunPython(to_subjects, migrations.RunPython.noop)]
