"""The words of "ask me about" in their near forms, beside the person: one scan finds them."""

from django.db import migrations, models

from sapwood.people.near import near_words

BATCH = 500


def fold_asks(apps, schema_editor):
    Person = apps.get_model("people", "Person")
    people = []
    for person in Person.objects.exclude(ask_about="").only("pk", "ask_about").iterator():
        person.asks = f" {' '.join(near_words(person.ask_about))} "
        people.append(person)
    Person.objects.bulk_update(people, ["asks"], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("people", "0006_tags_from_lines")]
    operations = [
        migrations.AddField(
            model_name="person",
            name="asks",
            field=models.TextField(blank=True, default="", editable=False),
            preserve_default=False,
        ),
        migrations.RunPython(fold_asks, migrations.RunPython.noop),
    ]
