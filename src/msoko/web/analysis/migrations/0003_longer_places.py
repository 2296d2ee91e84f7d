from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("analysis", "0002_contradictions"),
    ]

    operations = [
        migrations.AlterField(
            model_name="figure",
            name="about",
            field=models.CharField(blank=True, max_length=255),
        ),
        migrations.AlterField(
            model_name="finding",
            name="about",
            field=models.CharField(blank=True, max_length=255),
        ),
    ]
