"""Classes that the settings name in the place of those of Django, Celery and their like."""
