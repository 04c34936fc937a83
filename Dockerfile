# Tearsheet in an image of its own: the program, and nothing else that it needs.
#
#   docker build -t tearsheet .
#   docker run --rm --user "$(id -u):$(id -g)" -v "$PWD:/site" tearsheet build
#   docker run --rm --user "$(id -u):$(id -g)" -v "$PWD:/site" -p 1111:1111 tearsheet serve -i 0.0.0.0

FROM rust:1-slim-bookworm AS builder
WORKDIR /src
COPY . .
RUN cargo build --profile dist --locked --features full --bin tearsheet

FROM debian:bookworm-slim
COPY --from=builder /src/target/dist/tearsheet /usr/local/bin/tearsheet
RUN useradd --create-home editor
USER editor
WORKDIR /site
EXPOSE 1111
ENTRYPOINT ["tearsheet"]
CMD ["--help"]
