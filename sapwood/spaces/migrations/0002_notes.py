"""Notes, their versions and their files."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import sapwood.core.ids


class Migration(migrations.Migration):
    dependencies = [
        ("media", "0003_link_cards"),
        ("spaces", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=sapwood.core.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("title", models.CharField(max_length=150, verbose_name="title")),
                ("html", models.TextField(blank=True, verbose_name="the text")),
                ("folded", models.TextField(blank=True, editable=False)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "changed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="when it was changed"
                    ),
                ),
                (
                    "held_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="the day of that gathering"
                    ),
                ),
                (
                    "archived_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="when it was put away"
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who changed it last",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who began it",
                    ),
                ),
                (
                    "ritual",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="recaps",
                        to="spaces.ritual",
                        verbose_name="the gathering it is about",
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="spaces.space",
                        verbose_name="the group",
                    ),
                ),
            ],
            options={
                "ordering": ["-changed_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="NoteFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=sapwood.core.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="note_files",
                        to="spaces.note",
                    ),
                ),
                (
                    "upload",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="media.upload",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.AddField(
            model_name="note",
            name="files",
            field=models.ManyToManyField(
                related_name="+", through="spaces.NoteFile", to="media.upload"
            ),
        ),
        migrations.CreateModel(
            name="NoteVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=sapwood.core.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "grew_from",
                    models.PositiveIntegerField(default=0, verbose_name="the version it grew from"),
                ),
                ("title", models.CharField(max_length=150, verbose_name="title")),
                ("html", models.TextField(blank=True, verbose_name="the text")),
                (
                    "summary",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="what changed, in a few words"
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="when it was kept"
                    ),
                ),
                (
                    "is_beside",
                    models.BooleanField(default=False, verbose_name="whether it ever stood"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="note_versions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who wrote it",
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="spaces.note",
                        verbose_name="the note",
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
            },
        ),
        migrations.AddConstraint(
            model_name="notefile",
            constraint=models.UniqueConstraint(fields=("note", "upload"), name="note_file_once"),
        ),
        migrations.AddIndex(
            model_name="note",
            index=models.Index(
                fields=["space", "archived_at", "-changed_at"],
                name="spaces_note_space_i_76bbc4_idx",
            ),
        ),
        migrations.AddConstraint(
            model_name="noteversion",
            constraint=models.UniqueConstraint(fields=("note", "number"), name="note_version_once"),
        ),
        migrations.AddConstraint(
            model_name="noteversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gt", models.F("grew_from"))), name="note_version_grows"
            ),
        ),
    ]
