#!/bin/bash
# What check-deb.sh has a new user do in the bare system. Leaves the window's picture in ~/window.xwd.
set -euo pipefail
cd "$HOME"
fail() { echo "FAILED: $*"; for log in *.log; do echo "--- $log"; tail -20 "$log"; done; exit 1; }
trap 'fail "line $LINENO"' ERR
within() { # SECONDS COMMAND...: until it succeeds
    local end=$((SECONDS + $1)) && shift
    until "$@" >/dev/null 2>&1; do
        ((SECONDS < end)) || fail "not in time: $*"
        sleep 0.2
    done
}
took() { echo "$1, in $(((($(date +%s%N) - started)) / 1000000)) ms"; }
children() { cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' '\n' | grep -x -e --fastclip-child || true; }
start() { started=$(date +%s%N); }

! command -v python3 >/dev/null || fail "there is a Python here"
echo "$(fastclip --version), used by $(id -un), whose network is: $(ls /sys/class/net 2>/dev/null || echo lo)"

start
fastclip demo -o demo >demo.log 2>&1
took "Demo: a talk made, clipped by times and by words, from a link of this machine"
clips=(demo/*.mp4)
mv "${clips[1]}" talk.mp4

start
fastclip clip talk.mp4 --start 3 --end 5.5 -o times.mp4 --json >times.json 2>clip.log
took "Clip by times: $(grep -o '"method": "[a-z]*"\|"frames": [0-9]*' times.json | tr '\n' ' ')"
grep -q '"frames": 25,' times.json || fail "2.5 s of 10 pictures a second are not 25 pictures: $(cat times.json)"
[[ -s times.mp4 ]]

cat >talk.srt <<'SRT'
1
00:00:01,000 --> 00:00:04,000
First of all I want to say hello to everybody.

2
00:00:06,000 --> 00:00:11,000
Now let us talk about the microphones that we use.

3
00:00:14,000 --> 00:00:18,000
In the end, thank you for coming here.
SRT
start
fastclip auto talk.mp4 "microphones" --transcript talk.srt --max-clips 1 -o words/ --json >words.json 2>auto.log
took "Clip by words: $(grep -o '"start": [0-9.]*, "end": [0-9.]*' words.json | head -1)"
[[ -s $(ls words/*.mp4) ]]

Xvfb :7 -screen 0 1280x800x24 -nolisten tcp -fbdir "$(mkdir -p screen && echo screen)" >xvfb.log 2>&1 &
export DISPLAY=:7
within 20 xdotool getdisplaygeometry
start
fastclip-desktop talk.mp4 >window.log 2>&1 &
window=$!
within 60 xdotool search --onlyvisible --name FastClip
took "Window open on a screen of its own: “$(xdotool getwindowname "$(xdotool search --onlyvisible --name FastClip | tail -1)")”"
seen=""
for _ in $(seq 40); do # until the source lies on the timeline and nothing moves any more
    sleep 1
    now=$(md5sum <screen/Xvfb_screen0)
    [[ $now != "$seen" ]] || break
    seen=$now
done
cp screen/Xvfb_screen0 window.xwd
kill -TERM "$window"
code=0 && wait "$window" || code=$?
((code == 0)) || fail "the window ended with $code"
echo "Window closed when it was asked to"

key=$(fastclip keys create newcomer 2>keys.log)
fastclip serve --allow-local-sources >serve.log 2>&1 &
server=$!
api=http://127.0.0.1:7420
within 60 curl -sf $api/docs
some_children() { [[ -n $(children) ]]; }
within 20 some_children
start
ask() { curl -sf -H "Authorization: Bearer $key" -H "Content-Type: application/json" "$@"; }
ask $api/v1/clip -d "{\"url\": \"$HOME/talk.mp4\", \"start\": 1, \"end\": 2}" >accepted.json
finished() { ask $api/v1/clips | grep -q download_url; }
within 60 finished
ask $api/v1/clips >clips.json
curl -sf -o api.mp4 "$(grep -o '"download_url":"[^"]*"' clips.json | cut -d'"' -f4)"
took "API: a clip accepted, made and downloaded, $(stat -c %s api.mp4) bytes"
kill -TERM "$server"
code=0 && wait "$server" || code=$?
((code == 0)) || fail "the server ended with $code"
no_children() { [[ -z $(children) ]]; }
within 10 no_children
echo "Server ended, and so did its children"
kill "$(jobs -p %1)"
wait %1 || true
