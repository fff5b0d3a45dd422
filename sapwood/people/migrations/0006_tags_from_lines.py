"""What people wrote under "ask me about", with commas between, becomes tags; the line stays."""

from django.db import migrations

from sapwood.people.folding import fold
from sapwood.people.near import near_words
from sapwood.people.tongues import tongues

LONGEST = 80
BATCH = 500


def tag_everyone(apps, schema_editor):
    Person = apps.get_model("people", "Person")
    Skill = apps.get_model("people", "Skill")
    PersonSkill = apps.get_model("people", "PersonSkill")
    known = {}
    everyone = Person.objects.exclude(ask_about="", speaks="").order_by("pk")
    people, rows = [], []
    for person in everyone.iterator(chunk_size=BATCH):
        person.tongues = tongues(person.speaks)
        people.append(person)
        topics = (topic.strip() for topic in person.ask_about.split(","))
        tags = dict.fromkeys(topic for topic in topics if topic and len(topic) <= LONGEST)
        chosen = {}
        for name in tags:
            key = fold(name)[: 2 * LONGEST]
            if key not in known:
                near = f" {' '.join(near_words(name))} "[: 3 * LONGEST]
                known[key] = Skill.objects.create(name=name, folded=key, near=near)
            chosen[known[key].pk] = known[key]
        rows += [
            PersonSkill(person=person, skill=skill, said="ask", position=place)
            for place, skill in enumerate(chosen.values())
        ]
    Person.objects.bulk_update(people, ["tongues"], batch_size=BATCH)
    PersonSkill.objects.bulk_create(rows, batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("people", "0005_skills")]
    operations = [migrations.RunPython(tag_everyone, migrations.RunPython.noop)]
