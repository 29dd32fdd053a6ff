<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en_US">
<context>
    <name>ApiPage</name>
    <message>
        <source>Local API</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scripts and other programs of this machine can ask for clips, each with a key that you give it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer scripts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What scripts can ask, in the browser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the reference in the browser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Port</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A number up to 65535, which stands in the address; another one is served at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What scripts may ask for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files and addresses of this machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off: links to the open internet only. On: whoever has a key can read every file that you can read, and reach every machine in your network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who can reach it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reachable from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An address lets the other machines of that network in as well.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everybody in that network can knock here, and whoever has a key can use this machine. Nothing is encrypted on the way: keys can be read by others in the network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This machine only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} (not there now)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off: nothing listens.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On for as long as this window is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On, but it cannot answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From the network: {0}/v1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep to this machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a free port</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let the machines of this network in, at {0}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everybody in it can then knock here, and whoever has a key can use this machine. Nothing is encrypted on the way: keys can be read by others in the network. Do this only in a network that you trust.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let them in</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Approval</name>
    <message>
        <source>The script with the key “{0}” asks for {1} more to spend.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asked {0}. It was told to wait, and sees the answer in its balance. No money moves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Approve</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Approve {0} for {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refuse {0} for {1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Approvals</name>
    <message>
        <source>Further reloads that wait: {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BudgetPage</name>
    <message>
        <source>Cards</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names that scripts are told when they ask what pays. Nothing is ever charged to them; no money moves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prices and limits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For scripts; what you do in the window is free.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Policy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Local</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This machine is yours: nothing costs anything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hosted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The prices and limits of the hosted service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Balance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Funds to add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add funds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In dollars. It is a bound for scripts and no money; nothing is charged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scripts that add funds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A script may ask for $5 to $500 at a time, ten times an hour.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scripts may ask for funds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off: they are told no at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask me first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On: nothing is added before you approve it here. Off: it is added at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spending password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} set aside for work under way · {1} spent so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing costs anything, any site and any length will do, and a key may ask {0} times a minute.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A clip costs {0}; by words {1} for each started hour of video and {2} for each further clip; finding alone {3} an hour. YouTube only, videos of up to {4} hours, {5} requests a minute for each key and {6} jobs an hour in all.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Cards</name>
    <message>
        <source>No card is named.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>visa</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last four digits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Month in which it expires</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Year in which it expires</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add the card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>last four digits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>expires</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} •••• {1}, expires {2}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove {0} {1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ClipList</name>
    <message>
        <source>Clips</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The clips that are made will stand here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ClipRow</name>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show {0} in its folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How well the words match what you asked for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confidence {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} long</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>encoded anew</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>copied, its edges encoded anew</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>copied as it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No program on this machine opens {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder {0} can&apos;t be shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is no longer there: it was moved or deleted.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CutCard</name>
    <message>
        <source>Export {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} long</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How well the words match what you asked for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Up and Down step by the digit under the cursor; Enter takes it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CutCards</name>
    <message>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export all of them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export none of them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is found stands here. Or mark a clip by hand: I where it starts, O where it ends.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1} ticked · {2}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tick</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Untick</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move edge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tick all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Untick all</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Editor</name>
    <message>
        <source>Playing and scrubbing links is still to come. Words can be looked for, and clips made by times.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only sound, no picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add clip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play or stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play backwards; again for faster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop; held, J and L go by pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play forwards; again for faster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound off or on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A second back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A second on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One picture back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One picture on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the edge before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the next edge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the beginning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to a time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the whole source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All keys</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EditorRoom</name>
    <message>
        <source>Mark the clip</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Drop a video here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>or paste a link above. Nothing leaves this machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a file …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try the sample talk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Makes a short talk with captions on this machine and opens it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EngineBridge</name>
    <message>
        <source>Clip {0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GeneralPage</name>
    <message>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light or dark as the system is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Always light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Always dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clips</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you make in the window; scripts&apos; clips have a folder of their own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the folder for clips</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usual folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put clips into {0} again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call clips as at first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title}, {start} and {end} are filled in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names of clips</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder for clips</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A talk about gardens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For example: {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>JobBar</name>
    <message>
        <source>Progress of this stage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the work; clips that are done stay (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Format, quality and folder (Ctrl+4)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export one clip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export {0} clips</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One job at a time: this one can be sent off when the work on the left is done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make every ticked clip (Ctrl+E)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>JobDesk</name>
    <message>
        <source>{0} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One clip made in {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} clips made in {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One moment found in {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} moments found in {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing in this source matches.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try other words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing matches well.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These are the moments that come closest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find moments</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another folder …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose captions …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeyRow</name>
    <message>
        <source>Revoke …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revoke {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revoke “{0}”?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whoever shows it is turned away from now on. It cannot be given back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revoked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expired</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opens everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opens clips and their jobs only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1} spent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>until {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>expired {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Made {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>never used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>last used {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>revoked {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeySheet</name>
    <message>
        <source>Keys – FastClip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom around the mouse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+wheel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free an edge from what it snaps to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alt, while dragging</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a clip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Double click on the timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys, while no field has the cursor</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message>
        <source>A script shows its key with every request. Give each its own, so that you can take back one alone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New key …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for keys …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no keys yet.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NewKeyForm</name>
    <message>
        <source>New key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>my-script</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it opens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clips, jobs, the balance, storage and webhooks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clips only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Makes clips and sees its own jobs; opens nothing else</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Budget</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Never</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In a day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In a week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In 30 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In 90 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In a year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>So that you know it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it may spend in all, in dollars. Under the local policy nothing costs anything.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expires</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make the key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The budget is no amount, such as 12.50.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give it a name first</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop an .srt or .vtt file on the window, or cut by times.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PasswordRow</name>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the spending password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New spending password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at least {0} characters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show what is typed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set the spending password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scripts have to send it as reload_password. After ten wrong tries in an hour, reloads rest until it is over.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set: a reload without it is refused.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None: whoever has a full key may ask.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the spending password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set a spending password</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Player</name>
    <message>
        <source>It cannot be played here: {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PromptBox</name>
    <message>
        <source>every time she mentions pricing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What to look for</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RequestPanel</name>
    <message>
        <source>What the panel shows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say in words what to look for (Ctrl+1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Times</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name the start and the end (Ctrl+2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clips</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The clips that were made (Ctrl+3)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Format, quality and folder (Ctrl+4)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most moments</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture and sound, plays everywhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A moving picture without sound, up to a minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Up to {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quality</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The greatest height; nothing is enlarged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the folder for clips</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder for clips</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark the clip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find and clip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make the clip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a link or a file first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say what to look for first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a start and an end first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One job at a time: this one can be sent off when the work below is done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the moments on the timeline (Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put the clip on the timeline (Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make the clips at once</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Screen</name>
    <message>
        <source>Picture</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsWindow</name>
    <message>
        <source>Settings – FastClip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>General</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Budget</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pages</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ShownKey</name>
    <message>
        <source>Copy it now: it is not shown again. Only its fingerprint is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The new key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the new key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is the key “{0}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SourceBar</name>
    <message>
        <source>Paste a link or drop a file …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link or file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A link or the path of a file; Enter opens it (Ctrl+L)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open this link or file (Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a file …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a video or sound file ({0})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings ({0})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API fault</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The local API starts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scripts are answered at {0}/v1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a video or sound file</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SourceCard</name>
    <message>
        <source>Progress of the sample talk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop looking this up (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Captions: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>length not known yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} frames a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>up to {0}p</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sound {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the end of the file is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No captions found. To find moments, drop an .srt or .vtt file on the window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>beside the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>inside the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by the author</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>automatic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} and {1} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Captions: {0} ({1})</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move clip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move edge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} · frame {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In a pause of the speech</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At a change of shot</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TimesForm</name>
    <message>
        <source>[H:]MM:SS.mmm or seconds; Up and Down step by the digit under the cursor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;End</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The source is only {0} long.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose an earlier start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Times count from the first picture or sound.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} long</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the source ends at {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Transport</name>
    <message>
        <source>To the beginning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One picture back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One picture on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a time and press Enter to go there (G)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How fast it plays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Volume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A clip starts here (I)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The clip ends here (O)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound on</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Drop to open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking it up …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Making a short talk with captions …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste a link or file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find moments</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By times</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clips</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sample talk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These are {0} sources; the first one is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The window works on one source at a time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} holds captions, and no video is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the video first, or drop both together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Captions for this source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Captions ({0})</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
