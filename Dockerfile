# docker build -t granplaza .
FROM node:24-bookworm-slim AS build
# SQLite's driver is compiled where no prebuilt one can be had.
RUN apt-get update \
  && apt-get install -y --no-install-recommends python3 make g++ \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev && rm -rf node_modules/.cache

FROM node:24-bookworm-slim
# With PostgreSQL, for backups: --build-arg WITH_POSTGRES=1
ARG WITH_POSTGRES=
RUN if [ -n "$WITH_POSTGRES" ]; then \
    apt-get update \
    && apt-get install -y --no-install-recommends postgresql-client \
    && rm -rf /var/lib/apt/lists/*; \
  fi
WORKDIR /app
# Owned by root: the server can change none of its own files.
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/examples ./examples
RUN mkdir -m 700 /data /backups && chown node:node /data /backups
USER node
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4780 DATA_DIR=/data
VOLUME ["/data", "/backups"]
EXPOSE 4780
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((reply) => process.exit(reply.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "dist/server/main.js"]
