#!/bin/bash -eu
# SPDX-License-Identifier: Apache-2.0
#
# Builds the fuzz targets as ClusterFuzzLite and OSS-Fuzz ask: with the compilers and flags of the
# environment (CC, CXX, CFLAGS, CXXFLAGS, LIB_FUZZING_ENGINE), from $SRC/finwait into $OUT, each
# target with its seed corpus, dictionary and options. No library but the standard one is needed.
BUILD=${WORK:-$(mktemp -d)}/finwait-build
EDGES=ON  # Engines other than libFuzzer do not see the transition map.
[[ ${FUZZING_ENGINE:-libfuzzer} != libfuzzer ]] || EDGES=OFF
# What is measured by lines must not be cut short.
[[ ${SANITIZER:-address} != coverage ]] || EDGES=ON

generator=()
! command -v ninja >/dev/null || generator=(-G Ninja)
cmake -S "$SRC/finwait" -B "$BUILD" "${generator[@]}" \
  -DCMAKE_BUILD_TYPE=None \
  -DCMAKE_C_COMPILER="${CC:-clang}" -DCMAKE_CXX_COMPILER="${CXX:-clang++}" \
  -DCMAKE_CXX_FLAGS="${CXXFLAGS:-}" \
  -DFINWAIT_FUZZ=ON -DFINWAIT_WERROR=OFF -DFINWAIT_EDGES="$EDGES" \
  -DFINWAIT_FUZZING_ENGINE="${LIB_FUZZING_ENGINE:--fsanitize=fuzzer}"
cmake --build "$BUILD" --target every_fuzzer --parallel "$(nproc)"

"$BUILD/fuzz/targets/finwait_seeds" "$SRC/finwait/corpus" "$BUILD/seeds"
for target in "$BUILD"/fuzz/targets/*_fuzzer; do
  name=$(basename -- "$target")
  cp -- "$target" "$OUT/$name"
  (cd "$BUILD/seeds/$name" && cmake -E tar cf "$OUT/${name}_seed_corpus.zip" --format=zip -- *)
  for more in options dict; do
    file=$SRC/finwait/fuzz/targets/$name.$more
    [[ ! -e $file ]] || cp -- "$file" "$OUT/$name.$more"
  done
done
