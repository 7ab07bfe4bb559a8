#!/bin/sh
# A stand-in for a Google Benchmark program. The first argument says how it
# behaves; the flags are those that opstat passes.
mode=$1
filter=''
out=''
for argument in "$@"; do
  case $argument in
  --benchmark_list_tests*) list=1 ;;
  --benchmark_filter=*) filter=${argument#*=} ;;
  --benchmark_out=*) out=${argument#*=} ;;
  esac
done

if [ -n "${list:-}" ]; then
  case $mode in
  lists-nothing) ;;
  cannot-list) echo "no such flag" >&2; exit 1 ;;
  lacks-64) printf '%s\n' 'Sort/8' 'New/1' ;;
  hostile) printf '%s\n' 'A|B/<b>@team' 'C/http://x.y/[a](b)' "$(printf 'D/\033[2J')" ;;
  *) printf '%s\n' 'Sort/8' 'Sort/64' 'Conv<float>/k:3 (a+b)' ;;
  esac
  exit 0
fi

name=${filter#^}
name=$(printf '%s' "${name%\$}" | sed 's/\\//g')
# "times-N" takes about N ns, between processes a little more or less: by the
# square of the pid, as the pid itself goes in step with the order of the sides.
case $mode in
times-*) ns=${mode#times-}.$((($$ * $$ >> 3) % 10)) ;;
*) ns=4.0 ;;
esac
row() {
  printf '{"name":"%s","run_name":"%s","run_type":"iteration","iterations":%s,"real_time":%s,"cpu_time":%s,"time_unit":"ns","allocs/op":%s}' \
    "$name" "$name" "${2:-10}" "$ns" "$ns" "$1"
}
file() {
  printf '{"context":{"host_name":"h","num_cpus":1},"benchmarks":[%s]}' "$1" >"$out"
}
case $mode:$name in
crashes-on-64:Sort/64)
  printf 'assertion failed\n\033[31mat sort.cc:64\n' >&2
  printf '%s\n' '***WARNING*** built as DEBUG' 'opstat.build.type: a' \
    'opstat.build.allocator: b' 'opstat.harness: c' 'opstat.x: d' >&2
  kill -SEGV $$
  ;;
hangs-on-64:Sort/64) sleep 1000 ;;
writes-nothing:*) exit 0 ;;
writes-garbage:*) echo "not JSON" >"$out" ;;
floods:*) yes | head -c 3000000; file "$(row 3.0)" ;;
warms-up:*) file "$(row 8.0),$(row 3.0)" ;;
is-slow:*)
  case $* in
  *repetitions=2*) file "$(row 8.0 1),$(row 3.0 1)" ;;
  *) file "$(row 8.0 1)" ;;
  esac
  ;;
names-order:*) echo "$name$SIDE" >>"$2"; file "$(row 3.0)" ;;
floods-file:*) head -c 70000000 /dev/zero >"$out" ;;
leaves-a-daemon:*) sleep 30 & file "$(row 3.0)" ;;
*) file "$(row 3.0)" ;;
esac
