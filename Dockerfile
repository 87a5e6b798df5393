# One image for web, worker and beat. Packages are checked against their hashes; nothing runs as root.
FROM python:3.13-slim-bookworm AS packages
WORKDIR /app
COPY requirements/base.txt requirements/base.txt
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements/base.txt

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home cpdtracker && install -d -o cpdtracker /data /data/evidence
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    EVIDENCE_DIR=/data/evidence STATIC_ROOT=/app/var/static
COPY --from=packages /venv /venv
WORKDIR /app
COPY manage.py ./
COPY accounts accounts
COPY certifications certifications
COPY activities activities
COPY renewals renewals
COPY cpdtracker cpdtracker
COPY templates templates
COPY static static
# Static files belong to the image. The settings it takes to collect them are not kept and lead nowhere.
RUN SECRET_KEY=$(python -c "import secrets; print(secrets.token_urlsafe(50))") SITE_URL=https://build.invalid \
    DATABASE_URL=postgres://build.invalid/x REDIS_URL=redis://build.invalid EMAIL_URL=smtp://build.invalid \
    DEFAULT_FROM_EMAIL=nobody@build.invalid python manage.py collectstatic --noinput
USER cpdtracker
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "cpdtracker.wsgi", "--bind", "0.0.0.0:8000", "--threads", "4", "--no-control-socket"]
