# The workspace as one container, run by a plain user. Templates and static files lie beside the
# package, so the checkout is copied whole: there is no wheel.
FROM python:3.13-slim-bookworm

# Fonts for what the server itself draws (PDF), Arabic included; the client of PostgreSQL for
# `advocacy backup`.
RUN apt-get update \
    && apt-get install -y --no-install-recommends fonts-noto-core postgresql-client \
    && rm -rf /var/lib/apt/lists/*

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1

WORKDIR /app
COPY requirements.txt ./
RUN pip install --require-hashes -r requirements.txt
COPY . .
RUN pip install --no-index --no-deps --no-build-isolation --editable . \
    && python -m compileall -q advocacy \
    && useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin advocacy \
    && install -d -o advocacy -g advocacy -m 0700 /data

USER advocacy
ENV HOST=0.0.0.0 PORT=8000 DATA_DIR=/data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=3s --start-period=60s CMD ["python", "-c", \
    "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=2)"]
CMD ["advocacy", "run"]
