import datetime
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """What organisations offer and seek: a new table."""

    dependencies = [
        ('calls', '0002_changes_stay'),
        ('hub', '0004_content_changes'),
        ('partners', '0009_claims'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('offer', 'offer'), ('request', 'request')], max_length=10, verbose_name='kind')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('text', models.TextField(max_length=4000, verbose_name='text')),
                ('language', models.CharField(max_length=5, verbose_name='language')),
                ('until', models.DateField(verbose_name='until')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='created at')),
                ('renewed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=django.utils.timezone.now, verbose_name='renewed at')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn at')),
                ('taken_down_reason', models.TextField(blank=True, default='', max_length=2000, verbose_name='why it was taken down')),
                ('warned_for', models.DateField(blank=True, null=True, verbose_name='warned for')),
                ('search_vector', models.GeneratedField(db_persist=True, expression=models.Func('language', models.F('title'), models.F('text'), models.Value(''), models.Value(''), function='hub_vector', languages='de en fr nl', output_field=django.contrib.postgres.search.SearchVectorField()), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('call', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='notices', to='calls.call', verbose_name='call')),
                ('country', models.ForeignKey(limit_choices_to={'vocabulary': 'country'}, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='hub.term', verbose_name='country')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='partners.organisation', verbose_name='organisation')),
                ('region', models.ForeignKey(blank=True, limit_choices_to={'vocabulary': 'region'}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='hub.term', verbose_name='region')),
                ('terms', models.ManyToManyField(blank=True, limit_choices_to={'vocabulary__in': ['track', 'theme']}, related_name='+', to='hub.term', verbose_name='themes and action tracks')),
            ],
            options={
                'verbose_name': 'offer or request',
                'verbose_name_plural': 'offers and requests',
                'ordering': ['-renewed_at', '-pk'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['search_vector'], name='notice_search'), models.Index(condition=models.Q(('withdrawn_at', None)), fields=['until'], name='notice_until')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['offer', 'request'])), name='notice_offers_or_seeks'), models.CheckConstraint(condition=models.Q(('until__lte', django.db.models.expressions.CombinedExpression(django.db.models.functions.comparison.Cast(models.Func(models.Value('Europe/Brussels'), models.F('renewed_at'), function='timezone', output_field=models.DateTimeField()), models.DateField()), '+', models.Value(datetime.timedelta(days=366))))), name='notice_a_year_at_most'), models.CheckConstraint(condition=models.Q(('taken_down_reason', ''), ('withdrawn_at__isnull', False), _connector='OR'), name='notice_taken_down_is_withdrawn')],
            },
        ),
    ]
