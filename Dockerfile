# A small image: one static program, no shell, no other files.
#   docker build -t raftplay .
#   docker run --rm -p 127.0.0.1:8080:8080 --read-only -v raftplay-data:/data raftplay
FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/raftplay ./cmd/raftplay
RUN mkdir /out/data

FROM scratch
COPY --from=build /out/raftplay /raftplay
# The data file is all that the program writes.
COPY --from=build --chown=65532:65532 --chmod=0700 /out/data /data
VOLUME /data
USER 65532:65532
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=3s --start-period=5s CMD ["/raftplay", "health"]
ENTRYPOINT ["/raftplay"]
CMD ["serve", "-addr", ":8080", "-data", "/data"]
