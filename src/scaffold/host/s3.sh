#!/bin/sh
# Builds the site and copies it into a bucket: sh deploy-s3.sh my-bucket https://example.org
# The bucket's settings for a static website: index document index.html, error document 404.html.
set -eu
bucket=$1
address=$2
tearsheet build --strict --base-url "$address"
# Scripts and style sheets with their content in their name come first, and stay: pages that a reader
# has still open ask for the old ones.
aws s3 cp public "s3://$bucket" --recursive --exclude "*" \
  --include "*.????????.css" --include "*.????????.js" \
  --cache-control "public, max-age=31536000, immutable"
aws s3 sync public "s3://$bucket" --delete \
  --exclude "*.????????.css" --exclude "*.????????.js" --exclude ".tearsheet-manifest" \
  --cache-control "no-cache"
