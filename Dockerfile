ARG BASE=python:3.13-slim-bookworm

FROM ${BASE} AS build
WORKDIR /app
COPY requirements.txt ./
COPY scripts/environment.sh scripts/
RUN scripts/environment.sh requirements.txt
COPY . .
RUN scripts/static.sh

FROM ${BASE}
RUN useradd --system --uid 10001 --user-group --home-dir /var/lib/faultline --shell /usr/sbin/nologin faultline \
    && install --directory --owner=faultline --group=faultline --mode=0700 /var/lib/faultline /var/lib/faultline-keys
WORKDIR /app
COPY --from=build /app /app
ENV VAR_DIR=/var/lib/faultline BIND=0.0.0.0:8000 PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=20s --start-period=60s CMD ["scripts/health.sh", "web"]
ENTRYPOINT ["scripts/process.sh"]
CMD ["web"]
