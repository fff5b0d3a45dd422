from django.db import migrations, models
from django.utils import timezone


def carry_over(apps, schema_editor):
    Upload = apps.get_model("media", "Upload")
    Upload.objects.filter(is_attached=True).update(unused_since=None)


class Migration(migrations.Migration):
    dependencies = [("media", "0001_initial")]

    operations = [
        migrations.AddField(
            "upload",
            "unused_since",
            models.DateTimeField(default=timezone.now, editable=False, null=True),
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.RemoveField("upload", "is_attached"),
    ]
