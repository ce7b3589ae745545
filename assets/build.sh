#!/bin/sh
# Builds the committed style sheets from the SCSS files here. Needs node; run `npm ci` in this folder first.
set -eu
cd "$(dirname "$0")"
npx sass --no-source-map --style=compressed --load-path=node_modules --quiet-deps \
  --silence-deprecation=import,global-builtin,color-functions,if-function \
  answer.scss:../surveys/static/surveys/answer.css
