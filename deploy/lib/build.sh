# Sourced by the scripts of this folder, with the checkout as working directory.

# Builds the whole reactor without its tests if a source is newer than the last build.
build_if_needed() {
  local stamp=deploy/target/build.stamp log=deploy/target/build.log
  mkdir -p deploy/target
  exec 9>deploy/target/build.lock
  flock 9
  if [[ -e $stamp && -d deploy/local/target/platform/lib && -e gateway/target/quarkus-app/quarkus-run.jar ]] &&
    [[ -z $(find pom.xml ./*/pom.xml ./*/*/pom.xml ./*/src deploy/*/src -newer "$stamp" -print -quit 2>/dev/null) ]]; then
    exec 9>&-
    return
  fi
  echo "building; the first time takes some minutes"
  touch "$stamp.new"
  if ! mvn -B -ntp -DskipTests package 2>&1 9>&- | tee "$log" | grep --line-buffered -E '^\[INFO\] Building ' ||
    ! grep -q 'BUILD SUCCESS' "$log"; then
    grep -E '^\[ERROR\]' "$log" | head -20 || tail -20 "$log"
    echo "the build failed; everything it said is in $log" >&2
    exit 1
  fi
  mv "$stamp.new" "$stamp"
  exec 9>&-
}

# Runs a main class of deploy/local: they need nothing but the JDK.
run_local() {
  local main=$1
  shift
  exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Ddvhc.root="$PWD" -cp deploy/local/target/classes "vn.dvhc.local.$main" "$@"
}
