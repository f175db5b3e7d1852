# One image for web, worker, beat and migrations; docker-compose.yml says which of them a container is.

FROM python:3.13-slim AS packages
RUN python -m venv /venv
COPY requirements/base.txt requirements/s3.txt /tmp/
RUN /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /tmp/base.txt -r /tmp/s3.txt

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    STATIC_ROOT=/srv/static \
    MEDIA_ROOT=/srv/media
RUN useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin nccsi \
    && install --directory --owner=nccsi --group=nccsi /srv/media /srv/erasures /app/var
WORKDIR /app
COPY --from=packages /venv /venv
COPY . .
# What is collected is the same everywhere, so placeholders do for the settings that a deployment must set.
RUN python -m nccsi.running.catalogs \
    && SECRET_KEY=only-while-the-image-is-built-only-while-the-image-is-built \
       RECEIPT_SIGNING_KEY=cmVhZGluZyB0aGUgY29kZSBzaWducyBubyByZWNlaXA= \
       SITE_URL=https://portal.example.eu EMAIL_URL=smtp://mail.example.eu \
       DATABASE_URL=postgresql://nobody@127.0.0.1:1/nothing REDIS_URL=redis://127.0.0.1:1/0 \
       python manage.py collectstatic --no-input --verbosity 0
USER nccsi
VOLUME /srv/media /srv/erasures
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s CMD ["python", "-m", "nccsi.running.probe"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", \
     "--blocking-threads", "4", "--no-ws", "--respawn-failed-workers", "nccsi.wsgi:application"]
