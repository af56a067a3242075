#!/bin/bash
# Runs one sandbox and writes how it ended to disk, whether or not the agent is still there.
#
#   supervise.sh RUN_DIRECTORY SECONDS LOG_BYTES CGROUP|- COMMAND...
#
# It writes, each by a rename after a sync:
#   supervisor   "pid start-time boot-id": tells a restarted agent whether this process still lives
#   exit         "code timed-out oom-kills started ended"

run=$1
seconds=$2
log_bytes=$3
cgroup=$4
shift 4

# What whoever started the agent left open is none of the study's business.
for open in /proc/$$/fd/*; do
    number=${open##*/}
    [ "$number" -le 2 ] || [ "$number" -eq 255 ] || eval "exec $number>&-"
done

cd "$run" || exit 1
exec </dev/null >>supervisor.log 2>&1

# Whoever makes this directory decides: an agent that gave this attempt up made it before us.
mkdir claim || exit 0

put() {
    printf '%s\n' "$2" >"$1.new" && sync "$1.new" && mv "$1.new" "$1" && sync .
}

start_time() {
    stat=$(cat "/proc/$1/stat")
    set -- ${stat##*) }
    echo "${20}"
}

put supervisor "$$ $(start_time $$) $(cat /proc/sys/kernel/random/boot_id)" || exit 1

mkfifo -m 622 pipe || exit 1
{
    # Unbuffered: the log shows at once what was printed.
    stdbuf -o0 head -c "$log_bytes" >log
    rest=$(wc -c)
    [ "$rest" -eq 0 ] || echo "$rest" >log.cut
} <pipe &
reader=$!

started=$(date +%s)
# If this shell dies, so does timeout, and with it the sandbox: nothing runs unseen.
setpriv --pdeathsig KILL -- sh -c '
    [ "$1" = - ] || echo $$ >"$1/cgroup.procs" || exit 125
    seconds=$2
    shift 2
    exec timeout -k 10 "$seconds" "$@"
' supervise "$cgroup" "$seconds" "$@" >pipe 2>&1 3>status.json 4<filter.bpf
code=$?
ended=$(date +%s)
wait "$reader"

timed_out=0
if [ $((ended - started)) -ge "$seconds" ]; then
    case $code in 124 | 137) timed_out=1 ;; esac
fi

oom=0
if [ "$cgroup" != - ]; then
    oom=$(sed -n 's/^oom_kill //p' "$cgroup/memory.oom_control" "$cgroup/memory.events" 2>/dev/null | head -n 1)
    rmdir "$cgroup"
fi

put exit "$code $timed_out ${oom:-0} $started $ended"
