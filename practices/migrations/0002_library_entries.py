import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """What the library is searched and counted in: small rows beside the practices, and the words of their titles."""

    dependencies = [
        ('practices', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='LibraryEntry',
            fields=[
                ('practice', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='entry', serialize=False, to='practices.practice')),
                ('keys', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
                ('published_at', models.DateTimeField(null=True)),
                ('evidence', models.SmallIntegerField(default=-1)),
                ('words', django.contrib.postgres.search.SearchVectorField(db_default=models.Value('', django.contrib.postgres.search.SearchVectorField()))),
                ('head', django.contrib.postgres.search.SearchVectorField(db_default=models.Value('', django.contrib.postgres.search.SearchVectorField()))),
            ],
            options={
                'verbose_name': 'library entry',
            },
        ),
        migrations.CreateModel(
            name='LibraryWord',
            fields=[
                ('plain', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('word', models.CharField(max_length=60)),
            ],
            options={
                'verbose_name': 'library word',
            },
        ),
        migrations.AddIndex(
            model_name='libraryentry',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['keys'], name='library_entry_keys'),
        ),
        migrations.AddIndex(
            model_name='libraryentry',
            index=django.contrib.postgres.indexes.GinIndex(fields=['words'], name='library_entry_words'),
        ),
        migrations.AddIndex(
            model_name='libraryentry',
            index=models.Index(models.OrderBy(models.F('published_at'), descending=True, nulls_last=True), models.OrderBy(models.F('practice'), descending=True), name='library_entry_newest'),
        ),
        migrations.AddIndex(
            model_name='libraryentry',
            index=models.Index(models.OrderBy(models.F('evidence'), descending=True), models.OrderBy(models.F('published_at'), descending=True, nulls_last=True), models.OrderBy(models.F('practice'), descending=True), name='library_entry_evidence'),
        ),
        migrations.AddIndex(
            model_name='libraryword',
            index=django.contrib.postgres.indexes.GistIndex(django.contrib.postgres.indexes.OpClass(models.F('plain'), 'gist_trgm_ops'), name='library_word_alike'),
        ),
        migrations.AddIndex(
            model_name='libraryword',
            index=models.Index(django.contrib.postgres.indexes.OpClass(models.F('plain'), 'text_pattern_ops'), name='library_word_beginning'),
        ),
    ]
