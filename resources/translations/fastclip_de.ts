<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en_US">
<context>
    <name>AboutPage</name>
    <message>
        <source>FastClip Desktop</source>
        <translation>FastClip Desktop</translation>
    </message>
    <message>
        <source>Version {0}</source>
        <translation>Version {0}</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3: use it, look into it, change it and pass it on. It comes without any warranty. What you make with it is yours.</source>
        <translation>Freie Software unter der GNU General Public License, Version 3: nutze sie, schau hinein, ändere sie und gib sie weiter. Sie kommt ohne jede Gewähr. Was du damit machst, gehört dir.</translation>
    </message>
    <message>
        <source>Everything is done on this machine. It speaks to the sites whose links you open, and to others only when you fetch a model or look for an update.</source>
        <translation>Alles geschieht auf diesem Rechner. Er spricht mit den Seiten, deren Links du öffnest, und mit anderen nur, wenn du ein Modell holst oder nach einer neuen Version siehst.</translation>
    </message>
    <message>
        <source>Nothing is installed by looking.</source>
        <translation>Beim Nachsehen wird nichts installiert.</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Nachsehen</translation>
    </message>
    <message>
        <source>Look for a newer FastClip</source>
        <translation>Nach einem neueren FastClip sehen</translation>
    </message>
    <message>
        <source>Asks pypi.org which version is the newest</source>
        <translation>Fragt pypi.org, welche Version die neueste ist</translation>
    </message>
    <message>
        <source>Newer version</source>
        <translation>Neuere Version</translation>
    </message>
    <message>
        <source>Look once a day</source>
        <translation>Einmal am Tag nachsehen</translation>
    </message>
    <message>
        <source>At the first start of a day, pypi.org is asked; otherwise only when you press Look.</source>
        <translation>Beim ersten Start des Tages wird pypi.org gefragt, sonst nur, wenn du „Nachsehen“ drückst.</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>Wird gesucht …</translation>
    </message>
    <message>
        <source>Version {0} is there. Get it the way that you got this one: it goes over the older one.</source>
        <translation>Version {0} ist da. Hol sie so, wie du diese geholt hast: Sie ersetzt die ältere.</translation>
    </message>
    <message>
        <source>Version {0} is the newest.</source>
        <translation>Version {0} ist die neueste.</translation>
    </message>
    <message>
        <source>Which version is the newest cannot be told just now.</source>
        <translation>Welche Version die neueste ist, lässt sich gerade nicht sagen.</translation>
    </message>
    <message>
        <source>When something goes wrong</source>
        <translation>Wenn etwas schiefgeht</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Copy a report of a problem</source>
        <translation>Einen Problembericht kopieren</translation>
    </message>
    <message>
        <source>What this machine is and what was noted last, without your name, folders and links.</source>
        <translation>Was dieser Rechner ist und was zuletzt festgehalten wurde, ohne deinen Namen, Ordner und Links.</translation>
    </message>
    <message>
        <source>Report a problem</source>
        <translation>Ein Problem melden</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open the folder of logs</source>
        <translation>Den Ordner der Protokolle öffnen</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>Protokolle</translation>
    </message>
    <message>
        <source>They stay on this machine, three megabytes at most.</source>
        <translation>Sie bleiben auf diesem Rechner, höchstens drei Megabyte.</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Warnings and errors</source>
        <translation>Warnungen und Fehler</translation>
    </message>
    <message>
        <source>What is done, too</source>
        <translation>Auch, was getan wird</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>What is logged</source>
        <translation>Was protokolliert wird</translation>
    </message>
    <message>
        <source>Choose Everything, do again what went wrong, and copy a report then.</source>
        <translation>Wähle „Alles“, wiederhole, was schiefging, und kopiere dann einen Bericht.</translation>
    </message>
    <message>
        <source>Built of</source>
        <translation>Gebaut aus</translation>
    </message>
    <message>
        <source>With thanks to those who made these, each under its own licence.</source>
        <translation>Mit Dank an alle, die dies geschaffen haben; jeder Teil steht unter seiner eigenen Lizenz.</translation>
    </message>
    <message>
        <source>Parts and their licences</source>
        <translation>Teile und ihre Lizenzen</translation>
    </message>
    <message>
        <source>Licence of the part</source>
        <translation>Lizenz des Teils</translation>
    </message>
    <message>
        <source>Choose a part to read its licence.</source>
        <translation>Wähle einen Teil, um seine Lizenz zu lesen.</translation>
    </message>
    <message>
        <source>licence as in its text</source>
        <translation>Lizenz wie in ihrem Text</translation>
    </message>
    <message>
        <source>{0} brings no text along.</source>
        <translation>{0} bringt keinen Text mit.</translation>
    </message>
    <message>
        <source>Looking at the machine …</source>
        <translation>Der Rechner wird angesehen …</translation>
    </message>
    <message>
        <source>Copied. Paste it below what you did and what happened then.</source>
        <translation>Kopiert. Füge es unter dem ein, was du getan hast und was dann geschah.</translation>
    </message>
</context>
<context>
    <name>ActionLine</name>
    <message numerus="yes">
        <source>%n clips chosen · {0}</source>
        <translation>
            <numerusform>%n Clip gewählt · {0}</numerusform>
            <numerusform>%n Clips gewählt · {0}</numerusform>
        </translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Open its source</source>
        <translation>Seine Quelle öffnen</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Copy a link</source>
        <translation>Einen Link kopieren</translation>
    </message>
    <message>
        <source>Copy the path</source>
        <translation>Den Pfad kopieren</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Lösen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Open it with the player of this machine</source>
        <translation>Mit dem Abspieler dieses Rechners öffnen</translation>
    </message>
    <message>
        <source>Open what it was cut from, with the clip on the timeline</source>
        <translation>Öffnen, woraus er geschnitten ist, mit dem Clip auf der Zeitleiste</translation>
    </message>
    <message>
        <source>Show the file in its folder</source>
        <translation>Die Datei in ihrem Ordner zeigen</translation>
    </message>
    <message>
        <source>Copy the link of a page that plays it</source>
        <translation>Den Link einer Seite kopieren, die ihn abspielt</translation>
    </message>
    <message>
        <source>Copy where the file lies</source>
        <translation>Kopieren, wo die Datei liegt</translation>
    </message>
    <message>
        <source>Give it another name; the file keeps its own</source>
        <translation>Ihm einen anderen Namen geben; die Datei behält ihren</translation>
    </message>
    <message>
        <source>Keep it until you delete it</source>
        <translation>Behalten, bis du ihn löschst</translation>
    </message>
    <message>
        <source>Let it go by itself after a while</source>
        <translation>Nach einer Weile von selbst gehen lassen</translation>
    </message>
    <message>
        <source>Delete it; it can be brought back for as long as FastClip runs</source>
        <translation>Löschen; solange FastClip läuft, lässt er sich zurückholen</translation>
    </message>
</context>
<context>
    <name>Announcer</name>
    <message>
        <source>Find moments</source>
        <translation>Momente finden</translation>
    </message>
</context>
<context>
    <name>ApiPage</name>
    <message>
        <source>Local API</source>
        <translation>Lokale API</translation>
    </message>
    <message>
        <source>Scripts and other programs of this machine can ask for clips, each with a key that you give it.</source>
        <translation>Skripte und andere Programme dieses Rechners können Clips anfordern, jedes mit einem Schlüssel, den du ihm gibst.</translation>
    </message>
    <message>
        <source>Answer scripts</source>
        <translation>Skripten antworten</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Die Adresse kopieren</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Referenz</translation>
    </message>
    <message>
        <source>What scripts can ask, in the browser</source>
        <translation>Was Skripte anfordern können, im Browser</translation>
    </message>
    <message>
        <source>Open the reference in the browser</source>
        <translation>Die Referenz im Browser öffnen</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>A number up to 65535, which stands in the address; another one is served at once.</source>
        <translation>Eine Zahl bis 65535, die in der Adresse steht; ein anderer Port gilt sofort.</translation>
    </message>
    <message>
        <source>What scripts may ask for</source>
        <translation>Was Skripte anfordern dürfen</translation>
    </message>
    <message>
        <source>Files and addresses of this machine</source>
        <translation>Dateien und Adressen dieses Rechners</translation>
    </message>
    <message>
        <source>Off: links to the open internet only. On: whoever has a key can read every file that you can read, and reach every machine in your network.</source>
        <translation>Aus: nur Links ins offene Internet. An: Wer einen Schlüssel hat, kann jede Datei lesen, die du lesen kannst, und jeden Rechner in deinem Netz erreichen.</translation>
    </message>
    <message>
        <source>Who can reach it</source>
        <translation>Wer sie erreichen kann</translation>
    </message>
    <message>
        <source>Reachable from</source>
        <translation>Erreichbar von</translation>
    </message>
    <message>
        <source>An address lets the other machines of that network in as well.</source>
        <translation>Mit einer Netzadresse erreichen sie auch die anderen Rechner dieses Netzes.</translation>
    </message>
    <message>
        <source>Everybody in that network can knock here, and whoever has a key can use this machine. Nothing is encrypted on the way: keys can be read by others in the network.</source>
        <translation>Jeder in diesem Netz kann hier anklopfen, und wer einen Schlüssel hat, kann diesen Rechner nutzen. Unterwegs ist nichts verschlüsselt: Andere im Netz können Schlüssel mitlesen.</translation>
    </message>
    <message>
        <source>This machine only</source>
        <translation>Nur diesem Rechner</translation>
    </message>
    <message>
        <source>{0} (not there now)</source>
        <translation>{0} (gerade nicht da)</translation>
    </message>
    <message>
        <source>Off: nothing listens.</source>
        <translation>Aus: nichts hört zu.</translation>
    </message>
    <message>
        <source>Starting …</source>
        <translation>Startet …</translation>
    </message>
    <message>
        <source>On for as long as this window is open.</source>
        <translation>An, solange dieses Fenster offen ist.</translation>
    </message>
    <message>
        <source>On, but it cannot answer.</source>
        <translation>An, kann aber nicht antworten.</translation>
    </message>
    <message>
        <source>From the network: {0}/v1</source>
        <translation>Aus dem Netz: {0}/v1</translation>
    </message>
    <message>
        <source>Keep to this machine</source>
        <translation>Auf diesen Rechner beschränken</translation>
    </message>
    <message>
        <source>Use a free port</source>
        <translation>Einen freien Port nehmen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Let the machines of this network in, at {0}?</source>
        <translation>Die Rechner dieses Netzes hereinlassen, unter {0}?</translation>
    </message>
    <message>
        <source>Everybody in it can then knock here, and whoever has a key can use this machine. Nothing is encrypted on the way: keys can be read by others in the network. Do this only in a network that you trust.</source>
        <translation>Jeder darin kann dann hier anklopfen, und wer einen Schlüssel hat, kann diesen Rechner nutzen. Unterwegs ist nichts verschlüsselt: Andere im Netz können Schlüssel mitlesen. Tu das nur in einem Netz, dem du vertraust.</translation>
    </message>
    <message>
        <source>Let them in</source>
        <translation>Hereinlassen</translation>
    </message>
</context>
<context>
    <name>Approval</name>
    <message>
        <source>The script with the key “{0}” asks for {1} more to spend.</source>
        <translation>Das Skript mit dem Schlüssel „{0}“ bittet um {1} mehr zum Ausgeben.</translation>
    </message>
    <message>
        <source>Asked {0}. It was told to wait, and sees the answer in its balance. No money moves.</source>
        <translation>Angefragt {0}. Es soll warten und sieht die Antwort an seinem Guthaben. Es fließt kein Geld.</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Genehmigen</translation>
    </message>
    <message>
        <source>Approve {0} for {1}</source>
        <translation>{0} für {1} genehmigen</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Refuse {0} for {1}</source>
        <translation>{0} für {1} ablehnen</translation>
    </message>
</context>
<context>
    <name>Approvals</name>
    <message>
        <source>Further reloads that wait: {0}</source>
        <translation>Weitere Aufladungen, die warten: {0}</translation>
    </message>
</context>
<context>
    <name>ArrivalDesk</name>
    <message numerus="yes">
        <source>%n more cannot be opened.</source>
        <translation>
            <numerusform>%n weitere lässt sich nicht öffnen.</numerusform>
            <numerusform>%n weitere lassen sich nicht öffnen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files of the folder are left out.</source>
        <translation>
            <numerusform>%n Datei des Ordners ist ausgelassen.</numerusform>
            <numerusform>%n Dateien des Ordners sind ausgelassen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more are left out, as a project is opened by itself.</source>
        <translation>
            <numerusform>%n weitere ist ausgelassen, denn ein Projekt öffnet man für sich.</numerusform>
            <numerusform>%n weitere sind ausgelassen, denn ein Projekt öffnet man für sich.</numerusform>
        </translation>
    </message>
    <message>
        <source>Drop videos, sound files, links, captions or projects.</source>
        <translation>Lege Videos, Tondateien, Links, Untertitel oder Projekte hier ab.</translation>
    </message>
    <message>
        <source>{0} is neither a video nor a sound file.</source>
        <translation>{0} ist weder ein Video noch eine Tondatei.</translation>
    </message>
    <message>
        <source>{0} is empty: it has 0 bytes.</source>
        <translation>{0} ist leer: 0 Byte.</translation>
    </message>
    <message>
        <source>The folder {0} holds no videos and no sound files.</source>
        <translation>Der Ordner {0} enthält keine Videos und keine Tondateien.</translation>
    </message>
    <message>
        <source>{0} cannot be looked at.</source>
        <translation>{0} lässt sich nicht ansehen.</translation>
    </message>
</context>
<context>
    <name>BatchRow</name>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Waits to be looked up</source>
        <translation>Wartet darauf, nachgesehen zu werden</translation>
    </message>
    <message>
        <source>Looking it up …</source>
        <translation>Wird nachgesehen …</translation>
    </message>
    <message>
        <source>length not known yet</source>
        <translation>Länge noch unbekannt</translation>
    </message>
    <message>
        <source>no captions; what is said will be listened to</source>
        <translation>keine Untertitel; das Gesprochene wird abgehört</translation>
    </message>
    <message>
        <source>Open {0} by itself</source>
        <translation>{0} für sich öffnen</translation>
    </message>
    <message>
        <source>Open this one in the window; the others stay here</source>
        <translation>Diese Quelle im Fenster öffnen; die anderen bleiben hier</translation>
    </message>
    <message>
        <source>Leave {0} out</source>
        <translation>{0} auslassen</translation>
    </message>
    <message>
        <source>Leave this one out</source>
        <translation>Diese auslassen</translation>
    </message>
</context>
<context>
    <name>BatchSheet</name>
    <message>
        <source>Several sources – FastClip</source>
        <translation>Mehrere Quellen – FastClip</translation>
    </message>
    <message>
        <source>Find and export</source>
        <translation>Finden und exportieren</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>What to look for in all of them</source>
        <translation>Wonach in allen gesucht wird</translation>
    </message>
    <message>
        <source>Leave it empty for the moments that stand best by themselves</source>
        <translation>Leer lassen für die Momente, die für sich am besten stehen</translation>
    </message>
    <message>
        <source>Look in every source, and make clips of what fits best (Enter)</source>
        <translation>In jeder Quelle suchen und aus dem, was am besten passt, Clips machen (Eingabe)</translation>
    </message>
    <message numerus="yes">
        <source>%n sources</source>
        <translation>
            <numerusform>%n Quelle</numerusform>
            <numerusform>%n Quellen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Still to be looked up: %n</source>
        <translation>
            <numerusform>Noch nachzusehen: %n</numerusform>
            <numerusform>Noch nachzusehen: %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Left out, as they cannot be opened: %n</source>
        <translation>
            <numerusform>Ausgelassen, weil nicht zu öffnen: %n</numerusform>
            <numerusform>Ausgelassen, weil nicht zu öffnen: %n</numerusform>
        </translation>
    </message>
    <message>
        <source>All of them are known.</source>
        <translation>Alle sind bekannt.</translation>
    </message>
    <message>
        <source>{0}, into {1}</source>
        <translation>{0}, nach {1}</translation>
    </message>
    <message>
        <source>Export the best moments</source>
        <translation>Die besten Momente exportieren</translation>
    </message>
</context>
<context>
    <name>BudgetPage</name>
    <message>
        <source>Cards</source>
        <translation>Karten</translation>
    </message>
    <message>
        <source>Names that scripts are told when they ask what pays. Nothing is ever charged to them; no money moves.</source>
        <translation>Namen, die Skripten genannt werden, wenn sie fragen, womit bezahlt wird. Ihnen wird nie etwas belastet; es fließt kein Geld.</translation>
    </message>
    <message>
        <source>Prices and limits</source>
        <translation>Preise und Grenzen</translation>
    </message>
    <message>
        <source>For scripts; what you do in the window is free.</source>
        <translation>Für Skripte; was du im Fenster tust, kostet nichts.</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>Regelwerk</translation>
    </message>
    <message>
        <source>Local</source>
        <translation>Lokal</translation>
    </message>
    <message>
        <source>This machine is yours: nothing costs anything</source>
        <translation>Dieser Rechner gehört dir: nichts kostet etwas</translation>
    </message>
    <message>
        <source>Hosted</source>
        <translation>Gehostet</translation>
    </message>
    <message>
        <source>The prices and limits of the hosted service</source>
        <translation>Die Preise und Grenzen des gehosteten Dienstes</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>Guthaben</translation>
    </message>
    <message>
        <source>Funds to add</source>
        <translation>Aufzuladender Betrag</translation>
    </message>
    <message>
        <source>Add funds</source>
        <translation>Aufladen</translation>
    </message>
    <message>
        <source>In dollars. It is a bound for scripts and no money; nothing is charged.</source>
        <translation>In Dollar. Es ist eine Grenze für Skripte und kein Geld; nichts wird belastet.</translation>
    </message>
    <message>
        <source>Scripts that add funds</source>
        <translation>Skripte, die aufladen</translation>
    </message>
    <message>
        <source>A script may ask for $5 to $500 at a time, ten times an hour.</source>
        <translation>Ein Skript darf um 5 $ bis 500 $ auf einmal bitten, zehnmal in der Stunde.</translation>
    </message>
    <message>
        <source>Scripts may ask for funds</source>
        <translation>Skripte dürfen um Guthaben bitten</translation>
    </message>
    <message>
        <source>Off: they are told no at once.</source>
        <translation>Aus: sie bekommen sofort ein Nein.</translation>
    </message>
    <message>
        <source>Ask me first</source>
        <translation>Mich vorher fragen</translation>
    </message>
    <message>
        <source>On: nothing is added before you approve it here. Off: it is added at once.</source>
        <translation>An: nichts kommt hinzu, bevor du es hier genehmigst. Aus: es kommt sofort hinzu.</translation>
    </message>
    <message>
        <source>Spending password</source>
        <translation>Ausgaben-Passwort</translation>
    </message>
    <message>
        <source>{0} set aside for work under way · {1} spent so far</source>
        <translation>{0} für laufende Arbeit zurückgelegt · bisher {1} ausgegeben</translation>
    </message>
    <message>
        <source>Nothing costs anything, any site and any length will do, and a key may ask {0} times a minute.</source>
        <translation>Nichts kostet etwas, jede Seite und jede Länge geht, und ein Schlüssel darf {0}-mal in der Minute fragen.</translation>
    </message>
    <message>
        <source>A clip costs {0}; by words {1} for each started hour of video and {2} for each further clip; finding alone {3} an hour. YouTube only, videos of up to {4} hours, {5} requests a minute for each key and {6} jobs an hour in all.</source>
        <translation>Ein Clip kostet {0}; nach Worten {1} je angefangener Stunde Video und {2} je weiterem Clip; nur Finden {3} die Stunde. Nur YouTube, Videos bis {4} Stunden, {5} Anfragen je Minute und Schlüssel und {6} Aufträge je Stunde insgesamt.</translation>
    </message>
</context>
<context>
    <name>Captions</name>
    <message>
        <source>What is said</source>
        <translation>Was gesagt wird</translation>
    </message>
</context>
<context>
    <name>CardCommands</name>
    <message>
        <source>Rename the clip</source>
        <translation>Den Clip umbenennen</translation>
    </message>
    <message>
        <source>Earlier in the order</source>
        <translation>Früher in der Reihenfolge</translation>
    </message>
    <message>
        <source>Later in the order</source>
        <translation>Später in der Reihenfolge</translation>
    </message>
    <message>
        <source>Find more like this</source>
        <translation>Ähnliche finden</translation>
    </message>
    <message>
        <source>Do not play moments under the pointer</source>
        <translation>Momente unter dem Zeiger nicht abspielen</translation>
    </message>
    <message>
        <source>Play moments under the pointer</source>
        <translation>Momente unter dem Zeiger abspielen</translation>
    </message>
    <message>
        <source>Start a word earlier</source>
        <translation>Ein Wort früher beginnen</translation>
    </message>
    <message>
        <source>Start a word later</source>
        <translation>Ein Wort später beginnen</translation>
    </message>
    <message>
        <source>Start a sentence earlier</source>
        <translation>Einen Satz früher beginnen</translation>
    </message>
    <message>
        <source>Start a sentence later</source>
        <translation>Einen Satz später beginnen</translation>
    </message>
    <message>
        <source>End a word later</source>
        <translation>Ein Wort später enden</translation>
    </message>
    <message>
        <source>End a word earlier</source>
        <translation>Ein Wort früher enden</translation>
    </message>
    <message>
        <source>End a sentence later</source>
        <translation>Einen Satz später enden</translation>
    </message>
    <message>
        <source>End a sentence earlier</source>
        <translation>Einen Satz früher enden</translation>
    </message>
</context>
<context>
    <name>CardList</name>
    <message>
        <source>Moments</source>
        <translation>Momente</translation>
    </message>
    <message>
        <source>{0} of {1}: {2}</source>
        <translation>{0} von {1}: {2}</translation>
    </message>
</context>
<context>
    <name>CardTools</name>
    <message>
        <source>More like this</source>
        <translation>Mehr davon</translation>
    </message>
    <message>
        <source>Find other moments in which the same is said</source>
        <translation>Andere Momente finden, in denen dasselbe gesagt wird</translation>
    </message>
    <message>
        <source>Earlier in the order</source>
        <translation>Früher in der Reihenfolge</translation>
    </message>
    <message>
        <source>Later in the order</source>
        <translation>Später in der Reihenfolge</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>{0} ({1})</source>
        <translation>{0} ({1})</translation>
    </message>
</context>
<context>
    <name>Cards</name>
    <message>
        <source>No card is named.</source>
        <translation>Keine Karte ist genannt.</translation>
    </message>
    <message>
        <source>visa</source>
        <translation>visa</translation>
    </message>
    <message>
        <source>Name of the card</source>
        <translation>Name der Karte</translation>
    </message>
    <message>
        <source>Last four digits</source>
        <translation>Letzte vier Ziffern</translation>
    </message>
    <message>
        <source>Month in which it expires</source>
        <translation>Monat, in dem sie abläuft</translation>
    </message>
    <message>
        <source>Year in which it expires</source>
        <translation>Jahr, in dem sie abläuft</translation>
    </message>
    <message>
        <source>Add the card</source>
        <translation>Karte hinzufügen</translation>
    </message>
    <message>
        <source>last four digits</source>
        <translation>letzte vier Ziffern</translation>
    </message>
    <message>
        <source>expires</source>
        <translation>läuft ab</translation>
    </message>
    <message>
        <source>{0} •••• {1}, expires {2}</source>
        <translation>{0} •••• {1}, läuft {2} ab</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove {0} {1}</source>
        <translation>{0} {1} entfernen</translation>
    </message>
</context>
<context>
    <name>ClipDesk</name>
    <message>
        <source>{0} was deleted.</source>
        <translation>{0} wurde gelöscht.</translation>
    </message>
    <message numerus="yes">
        <source>%n clips were deleted.</source>
        <translation>
            <numerusform>%n Clip wurde gelöscht.</numerusform>
            <numerusform>%n Clips wurden gelöscht.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ClipGrid</name>
    <message>
        <source>Clips</source>
        <translation>Clips</translation>
    </message>
</context>
<context>
    <name>ClipList</name>
    <message>
        <source>Clips</source>
        <translation>Clips</translation>
    </message>
    <message>
        <source>Looking for clips of this source …</source>
        <translation>Clips dieser Quelle werden gesucht …</translation>
    </message>
    <message>
        <source>The clips that are made of this source will stand here.</source>
        <translation>Hier werden die Clips stehen, die aus dieser Quelle entstehen.</translation>
    </message>
    <message numerus="yes">
        <source>%n earlier ones</source>
        <translation>
            <numerusform>%n früherer</numerusform>
            <numerusform>%n frühere</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ClipRow</name>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open {0}</source>
        <translation>{0} öffnen</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Copy the path</source>
        <translation>Den Pfad kopieren</translation>
    </message>
    <message>
        <source>Delete the clip</source>
        <translation>Den Clip löschen</translation>
    </message>
    <message>
        <source>Drag it to another program to give it the file</source>
        <translation>In ein anderes Programm ziehen, um ihm die Datei zu geben</translation>
    </message>
    <message>
        <source>Show {0} in its folder</source>
        <translation>{0} in seinem Ordner zeigen</translation>
    </message>
    <message>
        <source>More that can be done with {0}</source>
        <translation>Was sich mit {0} noch tun lässt</translation>
    </message>
    <message>
        <source>How well the words match what you asked for</source>
        <translation>Wie gut die Worte zu dem passen, was du gesucht hast</translation>
    </message>
    <message>
        <source>Confidence {0}</source>
        <translation>Sicherheit {0}</translation>
    </message>
</context>
<context>
    <name>ClipWords</name>
    <message numerus="yes">
        <source>%n days left</source>
        <translation>
            <numerusform>noch %n Tag</numerusform>
            <numerusform>noch %n Tage</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h left</source>
        <translation>
            <numerusform>noch %n h</numerusform>
            <numerusform>noch %n h</numerusform>
        </translation>
    </message>
    <message>
        <source>Less than 1 h left</source>
        <translation>noch weniger als 1 h</translation>
    </message>
    <message>
        <source>Made on {0}</source>
        <translation>Gemacht am {0}</translation>
    </message>
    <message>
        <source>From {0}</source>
        <translation>Aus {0}</translation>
    </message>
    <message>
        <source>Pinned: it is kept until you delete it</source>
        <translation>Angeheftet: Er bleibt, bis du ihn löschst</translation>
    </message>
    <message>
        <source>Kept until {0}, unless you pin it</source>
        <translation>Bleibt bis {0}, wenn du ihn nicht anheftest</translation>
    </message>
    <message>
        <source>Made for a script</source>
        <translation>Für ein Skript gemacht</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>angeheftet</translation>
    </message>
    <message>
        <source>made for a script</source>
        <translation>für ein Skript gemacht</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>All commands</source>
        <translation>Alle Befehle</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Befehl suchen</translation>
    </message>
    <message>
        <source>Up and Down choose, Enter does it, Esc closes</source>
        <translation>Auf und Ab wählen, Eingabe führt aus, Esc schließt</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Play</source>
        <translation>&amp;Wiedergabe</translation>
    </message>
    <message>
        <source>&amp;Clip</source>
        <translation>&amp;Clip</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
</context>
<context>
    <name>CrashOffer</name>
    <message>
        <source>FastClip ended unexpectedly last time.</source>
        <translation>FastClip wurde beim letzten Mal unerwartet beendet.</translation>
    </message>
    <message>
        <source>Something in FastClip failed last time.</source>
        <translation>In FastClip ging beim letzten Mal etwas schief.</translation>
    </message>
    <message>
        <source>What happened was written down on this machine. Nothing was sent.</source>
        <translation>Was geschah, wurde auf diesem Rechner festgehalten. Nichts wurde gesendet.</translation>
    </message>
    <message>
        <source>Show report</source>
        <translation>Bericht zeigen</translation>
    </message>
</context>
<context>
    <name>CrashSheet</name>
    <message>
        <source>Report of a crash – FastClip</source>
        <translation>Absturzbericht – FastClip</translation>
    </message>
    <message>
        <source>FastClip ended unexpectedly</source>
        <translation>FastClip wurde unerwartet beendet</translation>
    </message>
    <message>
        <source>Something in FastClip failed</source>
        <translation>In FastClip ging etwas schief</translation>
    </message>
    <message>
        <source>This text was written on this machine, and nothing is sent. Passwords, keys and signed links are left out; read it through before you pass it on to whoever helps you.</source>
        <translation>Dieser Text entstand auf diesem Rechner, und nichts wird gesendet. Passwörter, Schlüssel und signierte Links sind ausgelassen; lies ihn durch, bevor du ihn jemandem gibst, der dir hilft.</translation>
    </message>
    <message>
        <source>Report of the crash</source>
        <translation>Bericht über den Absturz</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>Ordner zeigen</translation>
    </message>
    <message>
        <source>Save …</source>
        <translation>Speichern …</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Take the report away from this machine</source>
        <translation>Den Bericht von diesem Rechner löschen</translation>
    </message>
    <message>
        <source>Show the folder in which reports lie</source>
        <translation>Den Ordner zeigen, in dem Berichte liegen</translation>
    </message>
    <message>
        <source>Save the report as a file of your own</source>
        <translation>Den Bericht als eigene Datei speichern</translation>
    </message>
    <message>
        <source>Copy the report, to paste it somewhere</source>
        <translation>Den Bericht kopieren, um ihn anderswo einzufügen</translation>
    </message>
    <message>
        <source>Saved as {0}.</source>
        <translation>Gespeichert als {0}.</translation>
    </message>
    <message>
        <source>Copied. Paste it below what you did and what happened then.</source>
        <translation>Kopiert. Füge ihn unter dem ein, was du getan hast und was dann geschah.</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Bericht speichern</translation>
    </message>
</context>
<context>
    <name>CutCard</name>
    <message>
        <source>Name of the clip</source>
        <translation>Name des Clips</translation>
    </message>
    <message>
        <source>Export {0}</source>
        <translation>{0} exportieren</translation>
    </message>
    <message>
        <source>Export it with the others (Space)</source>
        <translation>Mit den anderen exportieren (Leertaste)</translation>
    </message>
    <message>
        <source>How sure it is that this is what you asked for</source>
        <translation>Wie sicher es ist, dass du dies gesucht hast</translation>
    </message>
    <message>
        <source>{0} · {1}</source>
        <translation>{0} · {1}</translation>
    </message>
    <message>
        <source>Nothing is known of what is said here.</source>
        <translation>Was hier gesagt wird, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>{0}, {1}</source>
        <translation>{0}, {1}</translation>
    </message>
    <message>
        <source>{0} · from pause to pause</source>
        <translation>{0} · von Pause zu Pause</translation>
    </message>
    <message>
        <source>{0} · from shot to shot</source>
        <translation>{0} · von Einstellung zu Einstellung</translation>
    </message>
    <message>
        <source>{0} · from pause to shot</source>
        <translation>{0} · von Pause zu Einstellung</translation>
    </message>
    <message>
        <source>{0} · from shot to pause</source>
        <translation>{0} · von Einstellung zu Pause</translation>
    </message>
    <message>
        <source>{0} · begins at a pause</source>
        <translation>{0} · beginnt in einer Pause</translation>
    </message>
    <message>
        <source>{0} · ends at a pause</source>
        <translation>{0} · endet in einer Pause</translation>
    </message>
    <message>
        <source>{0} · begins with a shot</source>
        <translation>{0} · beginnt mit einer Einstellung</translation>
    </message>
    <message>
        <source>{0} · ends with a shot</source>
        <translation>{0} · endet mit einer Einstellung</translation>
    </message>
</context>
<context>
    <name>CutCards</name>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Export all of them</source>
        <translation>Alle exportieren</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Make one of moments of which some seconds are the same</source>
        <translation>Aus Momenten, die einige Sekunden teilen, einen machen</translation>
    </message>
    <message>
        <source>Export none of them</source>
        <translation>Keine exportieren</translation>
    </message>
    <message numerus="yes">
        <source>%n moments · {0}</source>
        <translation>
            <numerusform>%n Moment · {0}</numerusform>
            <numerusform>%n Momente · {0}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{0} of %n moments · {1}</source>
        <translation>
            <numerusform>{0} von %n Moment · {1}</numerusform>
            <numerusform>{0} von %n Momenten · {1}</numerusform>
        </translation>
    </message>
    <message>
        <source>Move start</source>
        <translation>Anfang verschieben</translation>
    </message>
    <message>
        <source>Move end</source>
        <translation>Ende verschieben</translation>
    </message>
    <message>
        <source>Change the order</source>
        <translation>Reihenfolge ändern</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Tick</source>
        <translation>Anhaken</translation>
    </message>
    <message>
        <source>Untick</source>
        <translation>Abhaken</translation>
    </message>
    <message>
        <source>Tick all</source>
        <translation>Alle anhaken</translation>
    </message>
    <message>
        <source>Untick all</source>
        <translation>Alle abhaken</translation>
    </message>
</context>
<context>
    <name>DeviceNotice</name>
    <message>
        <source>{0} gave up while it encoded.</source>
        <translation>{0} gab beim Kodieren auf.</translation>
    </message>
    <message>
        <source>The graphics card gave up while it computed a model.</source>
        <translation>Die Grafikkarte gab auf, als sie ein Modell rechnete.</translation>
    </message>
    <message>
        <source>The processor goes on in its place until the next start: {0}.</source>
        <translation>Bis zum nächsten Start macht der Prozessor an ihrer Stelle weiter: {0}.</translation>
    </message>
</context>
<context>
    <name>DropPlace</name>
    <message>
        <source>Drop to open</source>
        <translation>Zum Öffnen ablegen</translation>
    </message>
</context>
<context>
    <name>EdgeRows</name>
    <message>
        <source>Start</source>
        <translation>Anfang</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>Up and Down step by the digit under the cursor; Enter takes it</source>
        <translation>Auf und Ab ändern die Ziffer unter der Schreibmarke; Eingabe übernimmt</translation>
    </message>
    <message>
        <source>{0}: the words have to be known first</source>
        <translation>{0}: dazu müssen die Worte erst bekannt sein</translation>
    </message>
    <message>
        <source>{0} ({1})</source>
        <translation>{0} ({1})</translation>
    </message>
    <message>
        <source>Start a word earlier</source>
        <translation>Ein Wort früher beginnen</translation>
    </message>
    <message>
        <source>Start a word later</source>
        <translation>Ein Wort später beginnen</translation>
    </message>
    <message>
        <source>Start a sentence earlier</source>
        <translation>Einen Satz früher beginnen</translation>
    </message>
    <message>
        <source>Start a sentence later</source>
        <translation>Einen Satz später beginnen</translation>
    </message>
    <message>
        <source>End a word earlier</source>
        <translation>Ein Wort früher enden</translation>
    </message>
    <message>
        <source>End a word later</source>
        <translation>Ein Wort später enden</translation>
    </message>
    <message>
        <source>End a sentence earlier</source>
        <translation>Einen Satz früher enden</translation>
    </message>
    <message>
        <source>End a sentence later</source>
        <translation>Einen Satz später enden</translation>
    </message>
</context>
<context>
    <name>EdgeWords</name>
    <message>
        <source>{0} · frame {1}</source>
        <translation>{0} · Bild {1}</translation>
    </message>
    <message>
        <source>In a pause of the speech</source>
        <translation>In einer Sprechpause</translation>
    </message>
    <message>
        <source>At a change of shot</source>
        <translation>An einem Bildwechsel</translation>
    </message>
    <message>
        <source>At the edge of a word</source>
        <translation>Am Rand eines Wortes</translation>
    </message>
    <message>
        <source>At the edge of a silence</source>
        <translation>Am Rand einer Stille</translation>
    </message>
    <message>
        <source>At a key frame, which needs no new encoding</source>
        <translation>An einem Schlüsselbild, das nicht neu kodiert werden muss</translation>
    </message>
</context>
<context>
    <name>Editor</name>
    <message>
        <source>Only sound, no picture</source>
        <translation>Nur Ton, kein Bild</translation>
    </message>
    <message>
        <source>Set start</source>
        <translation>Anfang setzen</translation>
    </message>
    <message>
        <source>Mark start</source>
        <translation>Anfang markieren</translation>
    </message>
    <message>
        <source>Set end</source>
        <translation>Ende setzen</translation>
    </message>
    <message>
        <source>Mark end</source>
        <translation>Ende markieren</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Teilen</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Nudge start</source>
        <translation>Anfang rücken</translation>
    </message>
    <message>
        <source>Nudge end</source>
        <translation>Ende rücken</translation>
    </message>
    <message>
        <source>Opening {0} …</source>
        <translation>{0} wird geöffnet …</translation>
    </message>
    <message>
        <source>Fetch all of it</source>
        <translation>Alles holen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Fetching all of it: {0}</source>
        <translation>Alles wird geholt: {0}</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}: {1}</translation>
    </message>
    <message>
        <source>Track {0}</source>
        <translation>Spur {0}</translation>
    </message>
    <message>
        <source>Add clip</source>
        <translation>Clip hinzufügen</translation>
    </message>
</context>
<context>
    <name>EditorCommands</name>
    <message>
        <source>Play or stop</source>
        <translation>Abspielen oder anhalten</translation>
    </message>
    <message>
        <source>Play backwards; again for faster</source>
        <translation>Rückwärts abspielen; jedes weitere Mal schneller</translation>
    </message>
    <message>
        <source>Stop; held, J and L go by pictures</source>
        <translation>Anhalten; wird K gehalten, gehen J und L bildweise</translation>
    </message>
    <message>
        <source>Play forwards; again for faster</source>
        <translation>Vorwärts abspielen; jedes weitere Mal schneller</translation>
    </message>
    <message>
        <source>Repeat the chosen clip</source>
        <translation>Den gewählten Clip wiederholen</translation>
    </message>
    <message>
        <source>Captions on or off</source>
        <translation>Untertitel an oder aus</translation>
    </message>
    <message>
        <source>Sound off or on</source>
        <translation>Ton aus oder an</translation>
    </message>
    <message>
        <source>A second back</source>
        <translation>Eine Sekunde zurück</translation>
    </message>
    <message>
        <source>A second on</source>
        <translation>Eine Sekunde vor</translation>
    </message>
    <message>
        <source>One picture back</source>
        <translation>Ein Bild zurück</translation>
    </message>
    <message>
        <source>One picture on</source>
        <translation>Ein Bild vor</translation>
    </message>
    <message>
        <source>To the edge before</source>
        <translation>Zum Rand davor</translation>
    </message>
    <message>
        <source>To the next edge</source>
        <translation>Zum nächsten Rand</translation>
    </message>
    <message>
        <source>To the key frame before</source>
        <translation>Zum Schlüsselbild davor</translation>
    </message>
    <message>
        <source>To the next key frame</source>
        <translation>Zum nächsten Schlüsselbild</translation>
    </message>
    <message>
        <source>To the beginning</source>
        <translation>Zum Anfang</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>Zum Ende</translation>
    </message>
    <message>
        <source>Go to a time</source>
        <translation>Zu einer Zeit gehen</translation>
    </message>
    <message>
        <source>Start here</source>
        <translation>Hier beginnen</translation>
    </message>
    <message>
        <source>End here</source>
        <translation>Hier enden</translation>
    </message>
    <message>
        <source>Move the edge a picture back</source>
        <translation>Den Rand ein Bild zurück</translation>
    </message>
    <message>
        <source>Move the edge a picture on</source>
        <translation>Den Rand ein Bild vor</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Teilen</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Choose all clips</source>
        <translation>Alle Clips wählen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Show the whole source</source>
        <translation>Die ganze Quelle zeigen</translation>
    </message>
</context>
<context>
    <name>EditorRoom</name>
    <message>
        <source>Mark the clip</source>
        <translation>Den Clip markieren</translation>
    </message>
</context>
<context>
    <name>EstimateDesk</name>
    <message numerus="yes">
        <source>%n clips are longer than 60 s.</source>
        <translation>
            <numerusform>%n Clip ist länger als 60 s.</numerusform>
            <numerusform>%n Clips sind länger als 60 s.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n clips are too long for that size.</source>
        <translation>
            <numerusform>%n Clip ist zu lang für diese Größe.</numerusform>
            <numerusform>%n Clips sind zu lang für diese Größe.</numerusform>
        </translation>
    </message>
    <message>
        <source>Make every ticked clip (Ctrl+E)</source>
        <translation>Jeden angehakten Clip machen (Strg+E)</translation>
    </message>
</context>
<context>
    <name>ExportDesk</name>
    <message>
        <source>There is nothing to export: no video is open.</source>
        <translation>Es gibt nichts zu exportieren: kein Video ist offen.</translation>
    </message>
    <message>
        <source>There is nothing to export: no clip is ticked.</source>
        <translation>Es gibt nichts zu exportieren: kein Clip ist angehakt.</translation>
    </message>
</context>
<context>
    <name>Faults</name>
    <message>
        <source>That is no time.</source>
        <translation>Das ist keine Zeit.</translation>
    </message>
    <message>
        <source>It cannot be done like that.</source>
        <translation>So geht es nicht.</translation>
    </message>
    <message>
        <source>There is no such format.</source>
        <translation>Dieses Format gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no such quality.</source>
        <translation>Diese Qualität gibt es nicht.</translation>
    </message>
    <message>
        <source>The start and the end do not make a clip.</source>
        <translation>Anfang und Ende ergeben keinen Clip.</translation>
    </message>
    <message>
        <source>These words cannot be looked for.</source>
        <translation>Nach diesen Worten lässt sich nicht suchen.</translation>
    </message>
    <message>
        <source>There is no such transition.</source>
        <translation>Diesen Übergang gibt es nicht.</translation>
    </message>
    <message>
        <source>The clip is too long.</source>
        <translation>Der Clip ist zu lang.</translation>
    </message>
    <message>
        <source>The source is too long.</source>
        <translation>Die Quelle ist zu lang.</translation>
    </message>
    <message>
        <source>This source cannot be copied without encoding.</source>
        <translation>Diese Quelle lässt sich nicht ohne Kodieren kopieren.</translation>
    </message>
    <message>
        <source>This source cannot be played before all of it is here.</source>
        <translation>Diese Quelle lässt sich erst abspielen, wenn alles da ist.</translation>
    </message>
    <message>
        <source>The clip lies outside the source.</source>
        <translation>Der Clip liegt außerhalb der Quelle.</translation>
    </message>
    <message>
        <source>The source is not there.</source>
        <translation>Die Quelle ist nicht da.</translation>
    </message>
    <message>
        <source>This is a folder, not a file.</source>
        <translation>Das ist ein Ordner, keine Datei.</translation>
    </message>
    <message>
        <source>The source cannot be read.</source>
        <translation>Die Quelle lässt sich nicht lesen.</translation>
    </message>
    <message>
        <source>There is nothing in the source.</source>
        <translation>In der Quelle ist nichts.</translation>
    </message>
    <message>
        <source>The source cannot be reached.</source>
        <translation>Die Quelle ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>The site does not give the source away.</source>
        <translation>Die Seite gibt die Quelle nicht heraus.</translation>
    </message>
    <message>
        <source>The source is too large.</source>
        <translation>Die Quelle ist zu groß.</translation>
    </message>
    <message>
        <source>This address belongs to a private network.</source>
        <translation>Diese Adresse gehört zu einem privaten Netz.</translation>
    </message>
    <message>
        <source>The cookies cannot be used.</source>
        <translation>Die Cookies lassen sich nicht verwenden.</translation>
    </message>
    <message>
        <source>The update cannot be used.</source>
        <translation>Die Aktualisierung lässt sich nicht verwenden.</translation>
    </message>
    <message>
        <source>This is neither video nor sound.</source>
        <translation>Das ist weder Video noch Ton.</translation>
    </message>
    <message>
        <source>The media is damaged.</source>
        <translation>Die Mediendatei ist beschädigt.</translation>
    </message>
    <message>
        <source>The media is encrypted.</source>
        <translation>Die Mediendatei ist verschlüsselt.</translation>
    </message>
    <message>
        <source>The media is of a kind that cannot be decoded.</source>
        <translation>Diese Art von Medien lässt sich nicht dekodieren.</translation>
    </message>
    <message>
        <source>Nothing is known of this site.</source>
        <translation>Von dieser Seite ist nichts bekannt.</translation>
    </message>
    <message>
        <source>The source is live and has not ended.</source>
        <translation>Die Quelle wird live gesendet und ist nicht zu Ende.</translation>
    </message>
    <message>
        <source>The link leads to several sources.</source>
        <translation>Der Link führt zu mehreren Quellen.</translation>
    </message>
    <message>
        <source>The source has no sound.</source>
        <translation>Die Quelle hat keinen Ton.</translation>
    </message>
    <message>
        <source>The source has no picture.</source>
        <translation>Die Quelle hat kein Bild.</translation>
    </message>
    <message>
        <source>Nothing is known of what is said.</source>
        <translation>Was gesagt wird, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>The subtitles cannot be read.</source>
        <translation>Die Untertitel lassen sich nicht lesen.</translation>
    </message>
    <message>
        <source>It cannot be written there.</source>
        <translation>Dort lässt sich nicht schreiben.</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>Der Datenträger ist voll.</translation>
    </message>
    <message>
        <source>The work broke off.</source>
        <translation>Die Arbeit brach ab.</translation>
    </message>
    <message>
        <source>The work hung and was ended.</source>
        <translation>Die Arbeit hing und wurde beendet.</translation>
    </message>
    <message>
        <source>The memory was not enough.</source>
        <translation>Der Speicher reichte nicht.</translation>
    </message>
    <message>
        <source>The other machines cannot be reached.</source>
        <translation>Die anderen Rechner sind nicht erreichbar.</translation>
    </message>
    <message>
        <source>The model cannot be used.</source>
        <translation>Das Modell lässt sich nicht verwenden.</translation>
    </message>
    <message>
        <source>There is no such model.</source>
        <translation>Dieses Modell gibt es nicht.</translation>
    </message>
    <message>
        <source>The model is too large for this machine.</source>
        <translation>Das Modell ist zu groß für diesen Rechner.</translation>
    </message>
    <message>
        <source>The model is being used.</source>
        <translation>Das Modell wird gerade benutzt.</translation>
    </message>
    <message>
        <source>The hub does not give the model away.</source>
        <translation>Der Anbieter gibt das Modell nicht heraus.</translation>
    </message>
    <message>
        <source>FastClip works offline.</source>
        <translation>FastClip arbeitet offline.</translation>
    </message>
    <message>
        <source>The hub cannot be reached.</source>
        <translation>Der Anbieter ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>The balance is too low.</source>
        <translation>Das Guthaben reicht nicht.</translation>
    </message>
    <message>
        <source>The budget is spent.</source>
        <translation>Das Budget ist ausgegeben.</translation>
    </message>
    <message>
        <source>That was asked too often.</source>
        <translation>Das wurde zu oft gefragt.</translation>
    </message>
    <message>
        <source>There is no room left for clips.</source>
        <translation>Für Clips ist kein Platz mehr.</translation>
    </message>
    <message>
        <source>There are too many keys.</source>
        <translation>Es gibt zu viele Schlüssel.</translation>
    </message>
    <message>
        <source>This name was used for something else.</source>
        <translation>Dieser Name wurde schon für etwas anderes benutzt.</translation>
    </message>
    <message>
        <source>There is no such job.</source>
        <translation>Diesen Auftrag gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no such clip.</source>
        <translation>Diesen Clip gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no such key.</source>
        <translation>Diesen Schlüssel gibt es nicht.</translation>
    </message>
    <message>
        <source>The job has ended.</source>
        <translation>Der Auftrag ist beendet.</translation>
    </message>
    <message>
        <source>Another program uses the data.</source>
        <translation>Ein anderes Programm benutzt die Daten.</translation>
    </message>
    <message>
        <source>The data cannot be written.</source>
        <translation>Die Daten lassen sich nicht schreiben.</translation>
    </message>
    <message>
        <source>The data is damaged.</source>
        <translation>Die Daten sind beschädigt.</translation>
    </message>
    <message>
        <source>The data is of a newer version.</source>
        <translation>Die Daten stammen von einer neueren Version.</translation>
    </message>
    <message>
        <source>The project cannot be read.</source>
        <translation>Das Projekt lässt sich nicht lesen.</translation>
    </message>
    <message>
        <source>The project comes from a newer FastClip.</source>
        <translation>Das Projekt stammt von einem neueren FastClip.</translation>
    </message>
    <message>
        <source>Nothing in this source matches.</source>
        <translation>In dieser Quelle passt nichts.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Angehalten.</translation>
    </message>
    <message>
        <source>Something went wrong inside FastClip.</source>
        <translation>In FastClip ging etwas schief.</translation>
    </message>
</context>
<context>
    <name>FileDoor</name>
    <message>
        <source>No program on this machine opens {0}.</source>
        <translation>Kein Programm auf diesem Rechner öffnet {0}.</translation>
    </message>
    <message>
        <source>The folder {0} can&apos;t be shown.</source>
        <translation>Der Ordner {0} lässt sich nicht zeigen.</translation>
    </message>
    <message>
        <source>{0} is no longer there: it was moved or deleted.</source>
        <translation>{0} ist nicht mehr da: verschoben oder gelöscht.</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Search in the text</source>
        <translation>Im Text suchen</translation>
    </message>
    <message>
        <source>What is written here, as in a book (Ctrl+F)</source>
        <translation>Was hier geschrieben steht, wie in einem Buch (Strg+F)</translation>
    </message>
    <message>
        <source>The place before (Shift+Enter)</source>
        <translation>Die Stelle davor (Umschalt+Eingabe)</translation>
    </message>
    <message>
        <source>The next place (Enter)</source>
        <translation>Die nächste Stelle (Eingabe)</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
</context>
<context>
    <name>FindDesk</name>
    <message>
        <source>Stopped.</source>
        <translation>Angehalten.</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>Wird gesucht …</translation>
    </message>
    <message>
        <source>Listening: {0} of {1}</source>
        <translation>Wird abgehört: {0} von {1}</translation>
    </message>
    <message>
        <source>{0} …</source>
        <translation>{0} …</translation>
    </message>
    <message numerus="yes">
        <source>%n more moments like this one.</source>
        <translation>
            <numerusform>%n weiterer Moment wie dieser.</numerusform>
            <numerusform>%n weitere Momente wie dieser.</numerusform>
        </translation>
    </message>
    <message>
        <source>More like this</source>
        <translation>Mehr davon</translation>
    </message>
    <message numerus="yes">
        <source>%n moments found.</source>
        <translation>
            <numerusform>%n Moment gefunden.</numerusform>
            <numerusform>%n Momente gefunden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Find moments</source>
        <translation>Momente finden</translation>
    </message>
    <message>
        <source>Nothing in this source matches {0}.</source>
        <translation>Nichts in dieser Quelle passt zu {0}.</translation>
    </message>
    <message>
        <source>Try other words, or words that are said in it.</source>
        <translation>Versuche andere Worte, oder solche, die darin gesagt werden.</translation>
    </message>
    <message>
        <source>What comes closest is at {0}: {1}</source>
        <translation>Am nächsten kommt {0}: {1}</translation>
    </message>
    <message>
        <source>Show what is closest</source>
        <translation>Zeigen, was am nächsten kommt</translation>
    </message>
    <message numerus="yes">
        <source>Show the closest %n</source>
        <translation>
            <numerusform>Den nächsten zeigen</numerusform>
            <numerusform>Die nächsten %n zeigen</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose captions …</source>
        <translation>Untertitel wählen …</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>Skip all steps (Esc)</source>
        <translation>Alle Schritte überspringen (Esc)</translation>
    </message>
    <message>
        <source>Skip all steps</source>
        <translation>Alle Schritte überspringen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Überspringen</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
    <message>
        <source>Step {0} of {1}</source>
        <translation>Schritt {0} von {1}</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
</context>
<context>
    <name>FrameOverlay</name>
    <message>
        <source>Frame of the short</source>
        <translation>Ausschnitt des Shorts</translation>
    </message>
    <message>
        <source>Draw it with the mouse or the arrow keys; Delete lets it find its place by itself</source>
        <translation>Ziehe ihn mit der Maus oder den Pfeiltasten; mit Entf findet er seinen Platz wieder selbst</translation>
    </message>
    <message>
        <source>Draw the frame to where it is to be from here on (arrow keys, Delete frees it)</source>
        <translation>Ziehe den Ausschnitt dahin, wo er von hier an sein soll (Pfeiltasten; Entf gibt ihn frei)</translation>
    </message>
</context>
<context>
    <name>GeneralPage</name>
    <message>
        <source>Theme</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Light or dark as the system is</source>
        <translation>Hell oder dunkel wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Always light</source>
        <translation>Immer hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Always dark</source>
        <translation>Immer dunkel</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Spoken from the next start on.</source>
        <translation>Gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>Reduced motion</source>
        <translation>Weniger Bewegung</translation>
    </message>
    <message>
        <source>Nothing slides or fades.</source>
        <translation>Nichts gleitet oder blendet über.</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>Clips</translation>
    </message>
    <message>
        <source>What you make in the window; scripts&apos; clips have a folder of their own.</source>
        <translation>Was du im Fenster machst; Clips von Skripten haben einen eigenen Ordner.</translation>
    </message>
    <message>
        <source>Change …</source>
        <translation>Ändern …</translation>
    </message>
    <message>
        <source>Change the folder for clips</source>
        <translation>Den Ordner für Clips ändern</translation>
    </message>
    <message>
        <source>Usual folder</source>
        <translation>Üblicher Ordner</translation>
    </message>
    <message>
        <source>Put clips into {0} again</source>
        <translation>Clips wieder nach {0} legen</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Call clips as at first</source>
        <translation>Clips wieder wie anfangs nennen</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>{title}, {start} and {end} are filled in.</source>
        <translation>{title}, {start} und {end} werden ausgefüllt.</translation>
    </message>
    <message>
        <source>Names of clips</source>
        <translation>Namen von Clips</translation>
    </message>
    <message>
        <source>While you work</source>
        <translation>Während du arbeitest</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Benachrichtigungen</translation>
    </message>
    <message>
        <source>Tell when a job has ended while you are elsewhere.</source>
        <translation>Sagen, wenn ein Auftrag endet, während du woanders bist.</translation>
    </message>
    <message>
        <source>Play on hover</source>
        <translation>Beim Zeigen abspielen</translation>
    </message>
    <message>
        <source>A moment or clip plays while the pointer rests on it.</source>
        <translation>Ein Moment oder Clip spielt, solange der Zeiger auf ihm ruht.</translation>
    </message>
    <message>
        <source>Prepare sources for quick scrubbing</source>
        <translation>Quellen für schnelles Spulen vorbereiten</translation>
    </message>
    <message>
        <source>While nothing else is to be done, small pictures of the open source are made: some 270 MB for an hour, at most 2 GB in all.</source>
        <translation>Solange nichts anderes zu tun ist, entstehen kleine Bilder der offenen Quelle: etwa 270 MB je Stunde, höchstens 2 GB insgesamt.</translation>
    </message>
    <message>
        <source>Folder for clips</source>
        <translation>Ordner für Clips</translation>
    </message>
    <message>
        <source>A talk about gardens</source>
        <translation>Ein Vortrag über Gärten</translation>
    </message>
    <message>
        <source>For example: {0}</source>
        <translation>Zum Beispiel: {0}</translation>
    </message>
</context>
<context>
    <name>HardwarePage</name>
    <message>
        <source>What does the work</source>
        <translation>Womit gearbeitet wird</translation>
    </message>
    <message>
        <source>Automatic is the fastest that works here; where it fails, the processor takes over.</source>
        <translation>Automatisch ist das Schnellste, was hier geht; wo es versagt, übernimmt der Prozessor.</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>Wird gesucht …</translation>
    </message>
    <message>
        <source>Get models …</source>
        <translation>Modelle holen …</translation>
    </message>
    <message>
        <source>Test now</source>
        <translation>Jetzt prüfen</translation>
    </message>
    <message>
        <source>Encodes and decodes some pictures and asks each model something</source>
        <translation>Kodiert und dekodiert einige Bilder und fragt jedes Modell etwas</translation>
    </message>
    <message>
        <source>Takes some seconds; nothing leaves this machine.</source>
        <translation>Dauert einige Sekunden; nichts verlässt diesen Rechner.</translation>
    </message>
    <message>
        <source>Self-test</source>
        <translation>Selbsttest</translation>
    </message>
    <message>
        <source>What this machine has cannot be told just now.</source>
        <translation>Was dieser Rechner hat, lässt sich gerade nicht sagen.</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Puts all of this on the clipboard, without your name and folders</source>
        <translation>Legt all das in die Zwischenablage, ohne deinen Namen und deine Ordner</translation>
    </message>
    <message>
        <source>For whoever helps you</source>
        <translation>Für den, der dir hilft</translation>
    </message>
    <message>
        <source>What was tried</source>
        <translation>Was versucht wurde</translation>
    </message>
    <message>
        <source>Each one had to do some real work, in a process of its own that it may break.</source>
        <translation>Alles musste wirklich etwas leisten, in einem eigenen Prozess, der daran zugrunde gehen darf.</translation>
    </message>
    <message numerus="yes">
        <source>%n core(s)</source>
        <translation>
            <numerusform>%n Kern</numerusform>
            <numerusform>%n Kerne</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} of memory</source>
        <translation>{0} Arbeitsspeicher</translation>
    </message>
    <message>
        <source>Waiting …</source>
        <translation>Wartet …</translation>
    </message>
    <message>
        <source>Trying …</source>
        <translation>Wird versucht …</translation>
    </message>
    <message>
        <source>Under way …</source>
        <translation>Läuft …</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Test again</source>
        <translation>Noch einmal prüfen</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Angehalten.</translation>
    </message>
    <message>
        <source>Not all of it works here.</source>
        <translation>Hier geht nicht alles.</translation>
    </message>
    <message>
        <source>All that is here works.</source>
        <translation>Alles, was da ist, geht.</translation>
    </message>
    <message>
        <source>Copied, without your name and folders.</source>
        <translation>Kopiert, ohne deinen Namen und deine Ordner.</translation>
    </message>
    <message>
        <source>Reading pictures</source>
        <translation>Bilder lesen</translation>
    </message>
    <message>
        <source>Making pictures</source>
        <translation>Bilder machen</translation>
    </message>
    <message>
        <source>Hearing words</source>
        <translation>Worte hören</translation>
    </message>
    <message>
        <source>Comparing meanings</source>
        <translation>Bedeutungen vergleichen</translation>
    </message>
    <message>
        <source>Judging moments</source>
        <translation>Momente beurteilen</translation>
    </message>
    <message>
        <source>Finding faces</source>
        <translation>Gesichter finden</translation>
    </message>
    <message>
        <source>No model is here for it.</source>
        <translation>Dafür ist kein Modell hier.</translation>
    </message>
    <message>
        <source>{0} pictures of 1280 × 720 a second</source>
        <translation>{0} Bilder von 1280 × 720 in der Sekunde</translation>
    </message>
    <message>
        <source>{0} answered in {1} s, loading included</source>
        <translation>{0} antwortete in {1} s, Laden inbegriffen</translation>
    </message>
    <message>
        <source>does not work here; </source>
        <translation>geht hier nicht; </translation>
    </message>
</context>
<context>
    <name>Head</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Back to the source (Esc)</source>
        <translation>Zurück zur Quelle (Esc)</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Search names and everything that was said …</source>
        <translation>Namen und alles Gesagte durchsuchen …</translation>
    </message>
    <message>
        <source>Search the library</source>
        <translation>Die Bibliothek durchsuchen</translation>
    </message>
    <message>
        <source>Finds clips, and every source in which the words are said ({0})</source>
        <translation>Findet Clips und jede Quelle, in der die Worte gesagt werden ({0})</translation>
    </message>
    <message>
        <source>Which clips</source>
        <translation>Welche Clips</translation>
    </message>
    <message>
        <source>All clips</source>
        <translation>Alle Clips</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>Angeheftet</translation>
    </message>
    <message>
        <source>Expiring</source>
        <translation>Gehen bald</translation>
    </message>
    <message>
        <source>From scripts</source>
        <translation>Von Skripten</translation>
    </message>
    <message>
        <source>Format of the clips</source>
        <translation>Format der Clips</translation>
    </message>
    <message>
        <source>All formats</source>
        <translation>Alle Formate</translation>
    </message>
    <message>
        <source>Order of the clips</source>
        <translation>Reihenfolge der Clips</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Neueste zuerst</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>Älteste zuerst</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>Nach Namen</translation>
    </message>
    <message>
        <source>Longest first</source>
        <translation>Längste zuerst</translation>
    </message>
    <message>
        <source>Largest first</source>
        <translation>Größte zuerst</translation>
    </message>
</context>
<context>
    <name>Hints</name>
    <message>
        <source>Add clip</source>
        <translation>Clip hinzufügen</translation>
    </message>
</context>
<context>
    <name>Invitation</name>
    <message>
        <source>Open a file …</source>
        <translation>Eine Datei öffnen …</translation>
    </message>
    <message>
        <source>Choose a video or sound file</source>
        <translation>Eine Video- oder Tondatei wählen</translation>
    </message>
    <message>
        <source>Try the sample talk</source>
        <translation>Den Beispielvortrag ausprobieren</translation>
    </message>
    <message>
        <source>Makes a short talk with captions on this machine and opens it</source>
        <translation>Macht auf diesem Rechner einen kurzen Vortrag mit Untertiteln und öffnet ihn</translation>
    </message>
    <message>
        <source>Show all clips</source>
        <translation>Alle Clips zeigen</translation>
    </message>
    <message>
        <source>Take back the search and what leaves clips out</source>
        <translation>Die Suche zurücknehmen und was Clips auslässt</translation>
    </message>
    <message>
        <source>No clips yet</source>
        <translation>Noch keine Clips</translation>
    </message>
    <message>
        <source>Every clip that you or your scripts make will stand here: to find, watch, share and drag out.</source>
        <translation>Hier wird jeder Clip stehen, den du oder deine Skripte machen: zum Finden, Ansehen, Teilen und Herausziehen.</translation>
    </message>
    <message>
        <source>No clip matches “{0}”</source>
        <translation>Kein Clip passt zu „{0}“</translation>
    </message>
    <message>
        <source>No such clips</source>
        <translation>Keine solchen Clips</translation>
    </message>
    <message>
        <source>Other words or another choice may find some.</source>
        <translation>Andere Worte oder eine andere Wahl finden vielleicht welche.</translation>
    </message>
    <message>
        <source>But it is said in what stands beside: open it there, and make a clip of it.</source>
        <translation>Aber es wird in dem gesagt, was daneben steht: öffne es dort und mach einen Clip daraus.</translation>
    </message>
</context>
<context>
    <name>JobBar</name>
    <message>
        <source>What is being done and what was done (Ctrl+J)</source>
        <translation>Was getan wird und getan wurde (Strg+J)</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Show clips</source>
        <translation>Clips zeigen</translation>
    </message>
    <message>
        <source>Show the clips of this source (Ctrl+3)</source>
        <translation>Die Clips dieser Quelle zeigen (Strg+3)</translation>
    </message>
    <message>
        <source>Format, quality, folder and names (Ctrl+Shift+E)</source>
        <translation>Format, Qualität, Ordner und Namen (Strg+Umschalt+E)</translation>
    </message>
    <message numerus="yes">
        <source>Export %n clips</source>
        <translation>
            <numerusform>%n Clip exportieren</numerusform>
            <numerusform>%n Clips exportieren</numerusform>
        </translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>Aufträge</translation>
    </message>
    <message numerus="yes">
        <source>%n jobs</source>
        <translation>
            <numerusform>%n Auftrag</numerusform>
            <numerusform>%n Aufträge</numerusform>
        </translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Make every ticked clip (Ctrl+E)</source>
        <translation>Jeden angehakten Clip machen (Strg+E)</translation>
    </message>
</context>
<context>
    <name>JobRow</name>
    <message>
        <source>API</source>
        <translation>API</translation>
    </message>
    <message>
        <source>A script asked for it</source>
        <translation>Ein Skript hat es angefordert</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Do it next</source>
        <translation>Als Nächstes</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Progress of {0}</source>
        <translation>Fortschritt von {0}</translation>
    </message>
    <message>
        <source>{0} from start to end</source>
        <translation>{0} von Anfang bis Ende</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}: {1}</translation>
    </message>
</context>
<context>
    <name>JobWords</name>
    <message>
        <source>{0} – {1} of {2}</source>
        <translation>{0} – {1} von {2}</translation>
    </message>
    <message>
        <source>Clips for “{0}” of {1}</source>
        <translation>Clips für „{0}“ aus {1}</translation>
    </message>
    <message>
        <source>The best clips of {0}</source>
        <translation>Die besten Clips aus {0}</translation>
    </message>
    <message>
        <source>Shorts of {0}</source>
        <translation>Shorts aus {0}</translation>
    </message>
    <message numerus="yes">
        <source>%n parts joined</source>
        <translation>
            <numerusform>%n Teil verbunden</numerusform>
            <numerusform>%n Teile verbunden</numerusform>
        </translation>
    </message>
    <message>
        <source>Search for “{0}” in {1}</source>
        <translation>Suche nach „{0}“ in {1}</translation>
    </message>
    <message numerus="yes">
        <source>Clips for “{0}” of %n sources</source>
        <translation>
            <numerusform>Clips für „{0}“ aus %n Quelle</numerusform>
            <numerusform>Clips für „{0}“ aus %n Quellen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The best clips of %n sources</source>
        <translation>
            <numerusform>Die besten Clips aus %n Quelle</numerusform>
            <numerusform>Die besten Clips aus %n Quellen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n clips of {0}</source>
        <translation>
            <numerusform>%n Clip aus {0}</numerusform>
            <numerusform>%n Clips aus {0}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n clips</source>
        <translation>
            <numerusform>%n Clip</numerusform>
            <numerusform>%n Clips</numerusform>
        </translation>
    </message>
    <message>
        <source>Waiting for its turn</source>
        <translation>Wartet, bis er an der Reihe ist</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>The search failed.</source>
        <translation>Die Suche schlug fehl.</translation>
    </message>
    <message numerus="yes">
        <source>%n moments found.</source>
        <translation>
            <numerusform>%n Moment gefunden.</numerusform>
            <numerusform>%n Momente gefunden.</numerusform>
        </translation>
    </message>
    <message>
        <source>The clip could not be made.</source>
        <translation>Der Clip konnte nicht gemacht werden.</translation>
    </message>
    <message numerus="yes">
        <source>%n clips made.</source>
        <translation>
            <numerusform>%n Clip gemacht.</numerusform>
            <numerusform>%n Clips gemacht.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n clips made;</source>
        <translation>
            <numerusform>%n Clip gemacht;</numerusform>
            <numerusform>%n Clips gemacht;</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} {1}</source>
        <translation>{0} {1}</translation>
    </message>
    <message numerus="yes">
        <source>%n sources failed.</source>
        <translation>
            <numerusform>%n Quelle schlug fehl.</numerusform>
            <numerusform>%n Quellen schlugen fehl.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{0} of %n clips made;</source>
        <translation>
            <numerusform>{0} von %n Clip gemacht;</numerusform>
            <numerusform>{0} von %n Clips gemacht;</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed.</source>
        <translation>
            <numerusform>%n schlug fehl.</numerusform>
            <numerusform>%n schlugen fehl.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n s left</source>
        <translation>
            <numerusform>noch %n s</numerusform>
            <numerusform>noch %n s</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>noch {0}</translation>
    </message>
    <message>
        <source>{0}× playing speed</source>
        <translation>{0}-faches Abspieltempo</translation>
    </message>
    <message>
        <source>Choose another folder …</source>
        <translation>Einen anderen Ordner wählen …</translation>
    </message>
    <message>
        <source>Make room …</source>
        <translation>Platz schaffen …</translation>
    </message>
    <message>
        <source>Find the file …</source>
        <translation>Die Datei suchen …</translation>
    </message>
    <message>
        <source>Choose captions …</source>
        <translation>Untertitel wählen …</translation>
    </message>
    <message>
        <source>See the models …</source>
        <translation>Modelle ansehen …</translation>
    </message>
    <message>
        <source>Network settings …</source>
        <translation>Netzwerkeinstellungen …</translation>
    </message>
    <message>
        <source>Change the form …</source>
        <translation>Die Form ändern …</translation>
    </message>
    <message>
        <source>See the budget …</source>
        <translation>Das Budget ansehen …</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Beginnt</translation>
    </message>
    <message>
        <source>Clip {0} of {1} · {2}</source>
        <translation>Clip {0} von {1} · {2}</translation>
    </message>
    <message>
        <source>Source {0} of {1} · {2}</source>
        <translation>Quelle {0} von {1} · {2}</translation>
    </message>
</context>
<context>
    <name>JobsDesk</name>
    <message>
        <source>Jobs</source>
        <translation>Aufträge</translation>
    </message>
</context>
<context>
    <name>JobsPanel</name>
    <message>
        <source>Jobs</source>
        <translation>Aufträge</translation>
    </message>
    <message>
        <source>Clear what has ended</source>
        <translation>Beendetes wegräumen</translation>
    </message>
    <message>
        <source>Show it here no longer; clips stay where they are</source>
        <translation>Hier nicht mehr zeigen; Clips bleiben, wo sie sind</translation>
    </message>
    <message>
        <source>Nothing is being done. Exports and searches stand here.</source>
        <translation>Nichts wird gerade getan. Hier stehen Exporte und Suchen.</translation>
    </message>
    <message numerus="yes">
        <source>%n earlier ones</source>
        <translation>
            <numerusform>%n früherer</numerusform>
            <numerusform>%n frühere</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KeyCatcher</name>
    <message>
        <source>Press keys …</source>
        <translation>Tasten drücken …</translation>
    </message>
    <message>
        <source>No keys</source>
        <translation>Keine Tasten</translation>
    </message>
</context>
<context>
    <name>KeyRow</name>
    <message>
        <source>Revoke …</source>
        <translation>Widerrufen …</translation>
    </message>
    <message>
        <source>Revoke {0}</source>
        <translation>{0} widerrufen</translation>
    </message>
    <message>
        <source>Revoke “{0}”?</source>
        <translation>„{0}“ widerrufen?</translation>
    </message>
    <message>
        <source>Whoever shows it is turned away from now on. It cannot be given back.</source>
        <translation>Wer ihn zeigt, wird von nun an abgewiesen. Das lässt sich nicht zurücknehmen.</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>Widerrufen</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Revoked</source>
        <translation>Widerrufen</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Abgelaufen</translation>
    </message>
    <message>
        <source>Opens everything</source>
        <translation>Öffnet alles</translation>
    </message>
    <message>
        <source>Opens clips and their jobs only</source>
        <translation>Öffnet nur Clips und ihre Aufträge</translation>
    </message>
    <message>
        <source>{0} of {1} spent</source>
        <translation>{0} von {1} ausgegeben</translation>
    </message>
    <message>
        <source>until {0}</source>
        <translation>bis {0}</translation>
    </message>
    <message>
        <source>expired {0}</source>
        <translation>abgelaufen {0}</translation>
    </message>
    <message>
        <source>Made {0}</source>
        <translation>Gemacht {0}</translation>
    </message>
    <message>
        <source>never used</source>
        <translation>nie benutzt</translation>
    </message>
    <message>
        <source>last used {0}</source>
        <translation>zuletzt benutzt {0}</translation>
    </message>
    <message>
        <source>revoked {0}</source>
        <translation>widerrufen {0}</translation>
    </message>
</context>
<context>
    <name>KeySheet</name>
    <message>
        <source>Keys – FastClip</source>
        <translation>Tasten – FastClip</translation>
    </message>
    <message>
        <source>Search names and keys</source>
        <translation>Namen und Tasten durchsuchen</translation>
    </message>
    <message>
        <source>No key does that.</source>
        <translation>Keine Taste tut das.</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Change keys …</source>
        <translation>Tasten ändern …</translation>
    </message>
    <message>
        <source>Choose other keys in the settings</source>
        <translation>In den Einstellungen andere Tasten wählen</translation>
    </message>
    <message>
        <source>Letters and arrows count while no field has the cursor.</source>
        <translation>Buchstaben und Pfeile gelten, solange kein Feld die Schreibmarke hat.</translation>
    </message>
    <message>
        <source>Mouse</source>
        <translation>Maus</translation>
    </message>
    <message>
        <source>Zoom around the mouse</source>
        <translation>Um die Maus herum vergrößern</translation>
    </message>
    <message>
        <source>Ctrl+wheel</source>
        <translation>Strg+Rad</translation>
    </message>
    <message>
        <source>Free an edge from what it snaps to</source>
        <translation>Einen Rand von dem lösen, woran er einrastet</translation>
    </message>
    <message>
        <source>Alt, while dragging</source>
        <translation>Alt beim Ziehen</translation>
    </message>
    <message>
        <source>Add a clip</source>
        <translation>Einen Clip hinzufügen</translation>
    </message>
    <message>
        <source>Double click on the timeline</source>
        <translation>Doppelklick auf die Zeitleiste</translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message>
        <source>A script shows its key with every request. Give each its own, so that you can take back one alone.</source>
        <translation>Ein Skript zeigt bei jeder Anfrage seinen Schlüssel. Gib jedem einen eigenen, damit du einen allein zurücknehmen kannst.</translation>
    </message>
    <message>
        <source>New key …</source>
        <translation>Neuer Schlüssel …</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Looking for keys …</source>
        <translation>Schlüssel werden gesucht …</translation>
    </message>
    <message>
        <source>There are no keys yet.</source>
        <translation>Es gibt noch keine Schlüssel.</translation>
    </message>
</context>
<context>
    <name>Lengths</name>
    <message>
        <source>{0} h {1} m</source>
        <translation>{0} h {1} min</translation>
    </message>
    <message>
        <source>{0} m {1} s</source>
        <translation>{0} min {1} s</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} s</translation>
    </message>
    <message>
        <source>Sure · {0}</source>
        <translation>Sicher · {0}</translation>
    </message>
    <message>
        <source>Likely · {0}</source>
        <translation>Wahrscheinlich · {0}</translation>
    </message>
    <message>
        <source>Maybe · {0}</source>
        <translation>Vielleicht · {0}</translation>
    </message>
    <message>
        <source>Faint · {0}</source>
        <translation>Schwach · {0}</translation>
    </message>
    <message>
        <source>{0}%</source>
        <translation>{0}&#xa0;%</translation>
    </message>
</context>
<context>
    <name>LibraryDesk</name>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
</context>
<context>
    <name>LibraryPage</name>
    <message numerus="yes">
        <source>%n clips</source>
        <translation>
            <numerusform>%n Clip</numerusform>
            <numerusform>%n Clips</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LibraryRoom</name>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>Open again</source>
        <translation>Wieder öffnen</translation>
    </message>
</context>
<context>
    <name>ModelRow</name>
    <message>
        <source>How much of {0} has come</source>
        <translation>Wie viel von {0} gekommen ist</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>What has come stays, and the rest comes later</source>
        <translation>Was gekommen ist, bleibt; der Rest kommt später</translation>
    </message>
    <message>
        <source>Throw away what has come</source>
        <translation>Wegwerfen, was gekommen ist</translation>
    </message>
    <message>
        <source>Your own.</source>
        <translation>Dein eigenes.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Get</source>
        <translation>Holen</translation>
    </message>
    <message>
        <source>Go on fetching {0}</source>
        <translation>{0} weiter holen</translation>
    </message>
    <message>
        <source>Get {0}</source>
        <translation>{0} holen</translation>
    </message>
    <message>
        <source>Coming</source>
        <translation>Kommt</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>In Gebrauch</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Beschädigt</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>Hier</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
    <message>
        <source>Recommended</source>
        <translation>Empfohlen</translation>
    </message>
    <message>
        <source>Asking how large it is …</source>
        <translation>Größe wird ermittelt …</translation>
    </message>
    <message>
        <source>{0} of {1} are here</source>
        <translation>{0} von {1} sind hier</translation>
    </message>
    <message>
        <source>Lies in {0}</source>
        <translation>Liegt in {0}</translation>
    </message>
    <message>
        <source>Licence not stated</source>
        <translation>Lizenz nicht genannt</translation>
    </message>
    <message>
        <source>Licence {0}, as published by {1}</source>
        <translation>Lizenz {0}, wie veröffentlicht von {1}</translation>
    </message>
    <message>
        <source>Licence {0}</source>
        <translation>Lizenz {0}</translation>
    </message>
    <message>
        <source>A file of it is missing or has another size. Get it again, or remove it.</source>
        <translation>Eine Datei davon fehlt oder ist anders groß. Hole es noch einmal, oder entferne es.</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
    <message>
        <source>Beginning …</source>
        <translation>Beginnt …</translation>
    </message>
    <message>
        <source>about {0} minutes left</source>
        <translation>noch etwa {0} Minuten</translation>
    </message>
    <message>
        <source>about {0} seconds left</source>
        <translation>noch etwa {0} Sekunden</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}: {1}</translation>
    </message>
</context>
<context>
    <name>ModelWords</name>
    <message>
        <source>Hearing words</source>
        <translation>Worte hören</translation>
    </message>
    <message>
        <source>Comparing meanings</source>
        <translation>Bedeutungen vergleichen</translation>
    </message>
    <message>
        <source>Judging moments</source>
        <translation>Momente beurteilen</translation>
    </message>
    <message>
        <source>Finding faces</source>
        <translation>Gesichter finden</translation>
    </message>
    <message>
        <source>Telling sounds apart</source>
        <translation>Geräusche unterscheiden</translation>
    </message>
    <message>
        <source>Writes down what is said in a video without captions. Without one, finding moments needs captions or a subtitle file.</source>
        <translation>Schreibt auf, was in einem Video ohne Untertitel gesagt wird. Ohne ein solches Modell braucht das Finden Untertitel oder eine Untertiteldatei.</translation>
    </message>
    <message>
        <source>Finds “what it costs” when you ask for the price. Without one, only the words themselves count.</source>
        <translation>Findet „was es kostet“, wenn du nach dem Preis fragst. Ohne ein solches Modell zählen nur die Worte selbst.</translation>
    </message>
    <message>
        <source>Reads the best moments and picks those that answer you. Without one, their order comes from the words and meanings alone.</source>
        <translation>Liest die besten Momente und nimmt die, die dir antworten. Ohne ein solches Modell ergibt sich ihre Reihenfolge allein aus Worten und Bedeutungen.</translation>
    </message>
    <message>
        <source>Keeps faces in the picture when a clip is made upright.</source>
        <translation>Hält Gesichter im Bild, wenn ein Clip hochkant gemacht wird.</translation>
    </message>
    <message>
        <source>Finds laughter, applause and music when you ask for them.</source>
        <translation>Findet Lachen, Applaus und Musik, wenn du danach fragst.</translation>
    </message>
    <message>
        <source>Hears best of all, slowly without a graphics card.</source>
        <translation>Hört am besten von allen, ohne Grafikkarte langsam.</translation>
    </message>
    <message>
        <source>Hears nearly as well several times faster; it cannot translate.</source>
        <translation>Hört fast so gut und ist um ein Mehrfaches schneller; übersetzen kann es nicht.</translation>
    </message>
    <message>
        <source>Hears well where large-v3-turbo is too large.</source>
        <translation>Hört gut, wo large-v3-turbo zu groß ist.</translation>
    </message>
    <message>
        <source>Hears clear speech well on a laptop.</source>
        <translation>Hört deutliche Sprache auf einem Laptop gut.</translation>
    </message>
    <message>
        <source>Quick, for clear speech in a common language.</source>
        <translation>Schnell, für deutliche Sprache in einer verbreiteten Sprache.</translation>
    </message>
    <message>
        <source>Quickest, and it mishears much.</source>
        <translation>Am schnellsten, und verhört sich oft.</translation>
    </message>
    <message>
        <source>A hundred languages, some ten times slower than all-minilm-l6-v2.</source>
        <translation>Hundert Sprachen, etwa zehnmal langsamer als all-minilm-l6-v2.</translation>
    </message>
    <message>
        <source>English, quickly on any machine.</source>
        <translation>Englisch, schnell auf jedem Rechner.</translation>
    </message>
    <message>
        <source>Judges best of these, for a large machine.</source>
        <translation>Urteilt von diesen am besten, für einen großen Rechner.</translation>
    </message>
    <message>
        <source>In between: better judgement, slower answers.</source>
        <translation>Dazwischen: besseres Urteil, langsamere Antworten.</translation>
    </message>
    <message>
        <source>Follows instructions, with little judgement; quick.</source>
        <translation>Folgt Anweisungen, mit wenig Urteil; schnell.</translation>
    </message>
    <message>
        <source>Small and quick.</source>
        <translation>Klein und schnell.</translation>
    </message>
    <message>
        <source>Knows some five hundred kinds of sounds.</source>
        <translation>Kennt etwa fünfhundert Arten von Geräuschen.</translation>
    </message>
    <message>
        <source>Wants {0} of memory, and this machine has {1}.</source>
        <translation>Braucht {0} Arbeitsspeicher, und dieser Rechner hat {1}.</translation>
    </message>
    <message>
        <source>Fits this machine.</source>
        <translation>Passt zu diesem Rechner.</translation>
    </message>
    <message>
        <source>Fits this machine; an hour of speech takes a few minutes.</source>
        <translation>Passt zu diesem Rechner; für eine Stunde Sprache braucht er wenige Minuten.</translation>
    </message>
    <message>
        <source>Fits this machine; an hour of speech takes it about {0} hours.</source>
        <translation>Passt zu diesem Rechner; für eine Stunde Sprache braucht er etwa {0} Stunden.</translation>
    </message>
    <message>
        <source>Fits this machine; an hour of speech takes it about {0} minutes.</source>
        <translation>Passt zu diesem Rechner; für eine Stunde Sprache braucht er etwa {0} Minuten.</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Looking what is here …</source>
        <translation>Es wird nachgesehen, was hier ist …</translation>
    </message>
    <message>
        <source>A model of your own</source>
        <translation>Ein eigenes Modell</translation>
    </message>
    <message>
        <source>A GGUF, ONNX or TensorFlow Lite file, or a Whisper folder in CTranslate2&apos;s format.</source>
        <translation>Eine Datei im Format GGUF, ONNX oder TensorFlow Lite, oder ein Whisper-Ordner im Format von CTranslate2.</translation>
    </message>
    <message>
        <source>A file …</source>
        <translation>Eine Datei …</translation>
    </message>
    <message>
        <source>Take in a model from a file</source>
        <translation>Ein Modell aus einer Datei übernehmen</translation>
    </message>
    <message>
        <source>A folder …</source>
        <translation>Ein Ordner …</translation>
    </message>
    <message>
        <source>Take in a model from a folder</source>
        <translation>Ein Modell aus einem Ordner übernehmen</translation>
    </message>
    <message>
        <source>Leave it where it is</source>
        <translation>Lassen, wo es ist</translation>
    </message>
    <message>
        <source>Take in</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>What it is for, its content tells. Nothing of it is run.</source>
        <translation>Wofür es ist, sagt sein Inhalt. Nichts davon wird ausgeführt.</translation>
    </message>
    <message>
        <source>On: it is used from there. Off: it is copied to the other models.</source>
        <translation>An: Es wird von dort verwendet. Aus: Es wird zu den anderen Modellen kopiert.</translation>
    </message>
    <message>
        <source>How much of the model was taken in</source>
        <translation>Wie viel des Modells übernommen ist</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop taking in the model</source>
        <translation>Das Übernehmen des Modells anhalten</translation>
    </message>
    <message>
        <source>Where models come from</source>
        <translation>Woher Modelle kommen</translation>
    </message>
    <message>
        <source>Address of the model hub</source>
        <translation>Adresse des Modellanbieters</translation>
    </message>
    <message>
        <source>A company&apos;s mirror goes here; empty for the public hub.</source>
        <translation>Hierher gehört der Spiegel einer Firma; leer für den öffentlichen Anbieter.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open the folder of models</source>
        <translation>Den Ordner der Modelle öffnen</translation>
    </message>
    <message>
        <source>Kept in</source>
        <translation>Liegen in</translation>
    </message>
    <message>
        <source>How</source>
        <translation>Wie</translation>
    </message>
    <message>
        <source>How models come to a machine without internet</source>
        <translation>Wie Modelle auf einen Rechner ohne Internet kommen</translation>
    </message>
    <message>
        <source>A machine without internet</source>
        <translation>Ein Rechner ohne Internet</translation>
    </message>
    <message>
        <source>Models take {0} of the disk. Nothing is fetched before you press Get.</source>
        <translation>Modelle belegen {0} des Datenträgers. Nichts wird geholt, bevor du „Holen“ drückst.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Its files stay where they are.</source>
        <translation>Seine Dateien bleiben, wo sie sind.</translation>
    </message>
    <message>
        <source>It can be fetched again.</source>
        <translation>Es lässt sich wieder holen.</translation>
    </message>
    <message>
        <source>It was your own copy.</source>
        <translation>Es war deine eigene Kopie.</translation>
    </message>
    <message>
        <source>{0} are free again. {1}</source>
        <translation>{0} sind wieder frei. {1}</translation>
    </message>
    <message>
        <source>Remove {0}?</source>
        <translation>{0} entfernen?</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Models (*.gguf *.onnx *.tflite);;All files (*)</source>
        <translation>Modelle (*.gguf *.onnx *.tflite);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Folder of a model</source>
        <translation>Ordner eines Modells</translation>
    </message>
    <message>
        <source>What is here cannot be told just now.</source>
        <translation>Was hier ist, lässt sich gerade nicht sagen.</translation>
    </message>
    <message>
        <source>{0} is here, for this: {1}.</source>
        <translation>{0} ist hier, dafür: {1}.</translation>
    </message>
    <message>
        <source>Licence {0}</source>
        <translation>Lizenz {0}</translation>
    </message>
    <message>
        <source>Its licence is not stated.</source>
        <translation>Seine Lizenz ist nicht genannt.</translation>
    </message>
    <message>
        <source>It has to be a whole address that starts with https://.</source>
        <translation>Es muss eine ganze Adresse sein, die mit https:// beginnt.</translation>
    </message>
    <message>
        <source>1. On a machine with internet, open {0} and find the repository of a model, such as {1} for whisper-small.
2. Download its files into one folder: config.json, model.bin, tokenizer.json and vocabulary.txt for Whisper; for the other models the one file is enough.
3. Bring the folder or file here, and press “A folder …” or “A file …” above.</source>
        <translation>1. Öffne auf einem Rechner mit Internet {0} und suche das Repository eines Modells, etwa {1} für whisper-small.
2. Lade seine Dateien in einen Ordner: config.json, model.bin, tokenizer.json und vocabulary.txt für Whisper; bei den anderen Modellen genügt die eine Datei.
3. Bring den Ordner oder die Datei hierher und drücke oben „Ein Ordner …“ oder „Eine Datei …“.</translation>
    </message>
</context>
<context>
    <name>ModelsStep</name>
    <message>
        <source>What this machine can do</source>
        <translation>Was dieser Rechner kann</translation>
    </message>
    <message>
        <source>Cutting by hand needs nothing more. These models make finding moments better; they come only when you press Get, and go on coming while you work.</source>
        <translation>Zum Schneiden von Hand braucht es nichts weiter. Diese Modelle finden Momente besser; sie kommen nur, wenn du „Holen“ drückst, und werden geladen, während du weiterarbeitest.</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>Wird gesucht …</translation>
    </message>
    <message>
        <source>All models …</source>
        <translation>Alle Modelle …</translation>
    </message>
    <message>
        <source>How large they are is not known now, for the hub cannot be reached. You can go on, and get models later in the settings.</source>
        <translation>Wie groß sie sind, ist gerade nicht bekannt, denn der Hub ist nicht zu erreichen. Du kannst weitermachen und Modelle später in den Einstellungen holen.</translation>
    </message>
    <message numerus="yes">
        <source>%n core(s)</source>
        <translation>
            <numerusform>%n Kern</numerusform>
            <numerusform>%n Kerne</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} of memory</source>
        <translation>{0} Arbeitsspeicher</translation>
    </message>
    <message>
        <source>a graphics card</source>
        <translation>eine Grafikkarte</translation>
    </message>
    <message>
        <source>no graphics card in use</source>
        <translation>keine Grafikkarte in Gebrauch</translation>
    </message>
</context>
<context>
    <name>NetworkPage</name>
    <message>
        <source>Signed in</source>
        <translation>Angemeldet</translation>
    </message>
    <message>
        <source>Some sites show a video only to people whom they know. Your cookies tell them who you are: they go to the sites of the links that you open yourself, never to scripts.</source>
        <translation>Manche Seiten zeigen ein Video nur Leuten, die sie kennen. Deine Cookies sagen ihnen, wer du bist: Sie gehen an die Seiten der Links, die du selbst öffnest, nie an Skripte.</translation>
    </message>
    <message>
        <source>Cookies</source>
        <translation>Cookies</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Sites see nobody in particular</source>
        <translation>Seiten sehen niemand Bestimmten</translation>
    </message>
    <message>
        <source>Browser</source>
        <translation>Browser</translation>
    </message>
    <message>
        <source>Taken from a browser of this machine at each look-up</source>
        <translation>Bei jedem Nachsehen aus einem Browser dieses Rechners genommen</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Taken from a cookies.txt, as browsers’ extensions write it</source>
        <translation>Aus einer cookies.txt genommen, wie Browser-Erweiterungen sie schreiben</translation>
    </message>
    <message>
        <source>Profile of the browser</source>
        <translation>Profil des Browsers</translation>
    </message>
    <message>
        <source>usual profile</source>
        <translation>übliches Profil</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Choose a cookies file</source>
        <translation>Eine Cookies-Datei wählen</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Work offline</source>
        <translation>Offline arbeiten</translation>
    </message>
    <message>
        <source>Nothing leaves this machine, from the next request on; files work as ever.</source>
        <translation>Nichts verlässt diesen Rechner, von der nächsten Anfrage an; mit Dateien geht alles wie immer.</translation>
    </message>
    <message>
        <source>as the system says</source>
        <translation>wie das System es sagt</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>For sites, models and updates, from the next request on.</source>
        <translation>Für Seiten, Modelle und Aktualisierungen, ab der nächsten Anfrage.</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>keine Grenze</translation>
    </message>
    <message>
        <source>Megabytes a second</source>
        <translation>Megabyte pro Sekunde</translation>
    </message>
    <message>
        <source>At most, for each download of a link that you open in the window.</source>
        <translation>Höchstens, für jeden Download eines Links, den du im Fenster öffnest.</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>yt-dlp knows how some 1,800 sites work. Sites change: when links fail, a newer one often helps.</source>
        <translation>yt-dlp weiß, wie etwa 1800 Seiten funktionieren. Seiten ändern sich: Wenn Links scheitern, hilft oft ein neueres.</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>Wird gesucht …</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>Aktualisieren</translation>
    </message>
    <message>
        <source>Update yt-dlp</source>
        <translation>yt-dlp aktualisieren</translation>
    </message>
    <message>
        <source>Fetches the newest from pypi.org, tries it, and uses it from then on</source>
        <translation>Holt das neueste von pypi.org, probiert es aus und verwendet es von da an</translation>
    </message>
    <message>
        <source>yt-dlp</source>
        <translation>yt-dlp</translation>
    </message>
    <message>
        <source>None is chosen yet.</source>
        <translation>Noch ist keine gewählt.</translation>
    </message>
    <message>
        <source>Cookies file</source>
        <translation>Cookies-Datei</translation>
    </message>
    <message>
        <source>Cookies (*.txt);;All files (*)</source>
        <translation>Cookies (*.txt);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>It has to look like http://proxy.example:3128. A name and password belong into the variable HTTPS_PROXY instead.</source>
        <translation>Es muss aussehen wie http://proxy.example:3128. Name und Passwort gehören stattdessen in die Variable HTTPS_PROXY.</translation>
    </message>
    <message>
        <source>A number such as {0}; empty for no limit.</source>
        <translation>Eine Zahl wie {0}; leer für keine Grenze.</translation>
    </message>
    <message>
        <source>Which version is in use cannot be told just now.</source>
        <translation>Welche Version in Gebrauch ist, lässt sich gerade nicht sagen.</translation>
    </message>
    <message>
        <source>Version {0} is in use.</source>
        <translation>Version {0} ist in Gebrauch.</translation>
    </message>
    <message>
        <source>Looking for a newer one, and trying it …</source>
        <translation>Es wird nach einer neueren gesucht und sie ausprobiert …</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Version {0} is the newest.</source>
        <translation>Version {0} ist die neueste.</translation>
    </message>
    <message>
        <source>Version {0} is in use now, in the place of {1}.</source>
        <translation>Version {0} ist jetzt in Gebrauch, statt {1}.</translation>
    </message>
</context>
<context>
    <name>NewKeyForm</name>
    <message>
        <source>New key</source>
        <translation>Neuer Schlüssel</translation>
    </message>
    <message>
        <source>my-script</source>
        <translation>mein-skript</translation>
    </message>
    <message>
        <source>What it opens</source>
        <translation>Was er öffnet</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Clips, jobs, the balance, storage and webhooks</source>
        <translation>Clips, Aufträge, das Guthaben, Speicher und Webhooks</translation>
    </message>
    <message>
        <source>Clips only</source>
        <translation>Nur Clips</translation>
    </message>
    <message>
        <source>Makes clips and sees its own jobs; opens nothing else</source>
        <translation>Macht Clips und sieht die eigenen Aufträge; öffnet sonst nichts</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>Budget</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>keine Grenze</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>In a day</source>
        <translation>In einem Tag</translation>
    </message>
    <message>
        <source>In a week</source>
        <translation>In einer Woche</translation>
    </message>
    <message>
        <source>In 30 days</source>
        <translation>In 30 Tagen</translation>
    </message>
    <message>
        <source>In 90 days</source>
        <translation>In 90 Tagen</translation>
    </message>
    <message>
        <source>In a year</source>
        <translation>In einem Jahr</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>So that you know it again.</source>
        <translation>Damit du ihn wiedererkennst.</translation>
    </message>
    <message>
        <source>What it may spend in all, in dollars. Under the local policy nothing costs anything.</source>
        <translation>Was er insgesamt ausgeben darf, in Dollar. Unter dem lokalen Regelwerk kostet nichts etwas.</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>Läuft ab</translation>
    </message>
    <message>
        <source>Make the key</source>
        <translation>Den Schlüssel machen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>The budget is no amount, such as 12.50.</source>
        <translation>Das Budget ist kein Betrag wie 12.50.</translation>
    </message>
    <message>
        <source>Give it a name first</source>
        <translation>Gib ihm zuerst einen Namen</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Drop an .srt or .vtt file on the window, or cut by times.</source>
        <translation>Lege eine .srt- oder .vtt-Datei auf dem Fenster ab, oder schneide nach Zeiten.</translation>
    </message>
</context>
<context>
    <name>OutputDesk</name>
    <message>
        <source>Form of clips</source>
        <translation>Form der Clips</translation>
    </message>
    <message>
        <source>Folder for clips</source>
        <translation>Ordner für Clips</translation>
    </message>
</context>
<context>
    <name>OutputForm</name>
    <message>
        <source>A talk about gardens</source>
        <translation>Ein Vortrag über Gärten</translation>
    </message>
    <message>
        <source>No larger than</source>
        <translation>Nicht größer als</translation>
    </message>
    <message>
        <source>What is larger as it is gets fewer bits, then fewer pixels</source>
        <translation>Was so zu groß ist, bekommt weniger Bits, dann weniger Bildpunkte</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message>
        <source>The most megabytes of a clip</source>
        <translation>Die meisten Megabyte eines Clips</translation>
    </message>
    <message>
        <source>Change …</source>
        <translation>Ändern …</translation>
    </message>
    <message>
        <source>Change the folder for clips</source>
        <translation>Den Ordner für Clips ändern</translation>
    </message>
    <message>
        <source>{title}, {start} and {end} are filled in</source>
        <translation>{title}, {start} und {end} werden ausgefüllt</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>For example: {0}</source>
        <translation>Zum Beispiel: {0}</translation>
    </message>
</context>
<context>
    <name>OutputWords</name>
    <message>
        <source>copied</source>
        <translation>kopiert</translation>
    </message>
    <message>
        <source>{0}p</source>
        <translation>{0}p</translation>
    </message>
    <message>
        <source>as the source</source>
        <translation>wie die Quelle</translation>
    </message>
    <message>
        <source>≤ {0}</source>
        <translation>≤ {0}</translation>
    </message>
    <message>
        <source>As the source</source>
        <translation>Wie die Quelle</translation>
    </message>
    <message>
        <source>1080p</source>
        <translation>1080p</translation>
    </message>
    <message>
        <source>720p</source>
        <translation>720p</translation>
    </message>
    <message>
        <source>Shorts, Reels, TikTok</source>
        <translation>Shorts, Reels, TikTok</translation>
    </message>
    <message>
        <source>Discord</source>
        <translation>Discord</translation>
    </message>
    <message>
        <source>Email</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>GIF</source>
        <translation>GIF</translation>
    </message>
    <message>
        <source>MP3</source>
        <translation>MP3</translation>
    </message>
    <message>
        <source>My own choice</source>
        <translation>Eigene Wahl</translation>
    </message>
    <message>
        <source>1080p that every site takes. The picture keeps its shape: it is not made upright.</source>
        <translation>1080p, das jede Seite annimmt. Das Bild behält seine Form: es wird nicht hochkant.</translation>
    </message>
    <message>
        <source>Copied where that fits into 10 MB, else encoded until it does.</source>
        <translation>Kopiert, wo das in 10 MB passt, sonst kodiert, bis es passt.</translation>
    </message>
    <message>
        <source>Copied where that fits into 20 MB, else encoded until it does.</source>
        <translation>Kopiert, wo das in 20 MB passt, sonst kodiert, bis es passt.</translation>
    </message>
    <message>
        <source>MP4 – plays everywhere</source>
        <translation>MP4 – läuft überall</translation>
    </message>
    <message>
        <source>WebM – for web pages</source>
        <translation>WebM – für Webseiten</translation>
    </message>
    <message>
        <source>GIF – moves, without sound</source>
        <translation>GIF – bewegt, ohne Ton</translation>
    </message>
    <message>
        <source>MP3 – sound, plays everywhere</source>
        <translation>MP3 – Ton, läuft überall</translation>
    </message>
    <message>
        <source>M4A – sound, copied if possible</source>
        <translation>M4A – Ton, wenn möglich kopiert</translation>
    </message>
    <message>
        <source>WAV – sound, nothing left out</source>
        <translation>WAV – Ton, nichts weggelassen</translation>
    </message>
    <message>
        <source>FLAC – as WAV, half the size</source>
        <translation>FLAC – wie WAV, halb so groß</translation>
    </message>
    <message>
        <source>Copy without encoding</source>
        <translation>Ohne Kodieren kopieren</translation>
    </message>
    <message>
        <source>Encode everything</source>
        <translation>Alles kodieren</translation>
    </message>
    <message>
        <source>Up to {0}</source>
        <translation>Bis {0}</translation>
    </message>
    <message>
        <source>At most 480 pixels wide, 15 pictures a second.</source>
        <translation>Höchstens 480 Bildpunkte breit, 15 Bilder in der Sekunde.</translation>
    </message>
    <message>
        <source>Fastest, not a bit is changed. Edges move to key frames, often some seconds away.</source>
        <translation>Am schnellsten, kein Bit ändert sich. Ränder rücken zu Schlüsselbildern, oft um einige Sekunden.</translation>
    </message>
    <message>
        <source>Only the pictures next to the edges are encoded, all others are copied.</source>
        <translation>Nur die Bilder an den Rändern werden kodiert, alle anderen kopiert.</translation>
    </message>
    <message>
        <source>Everything is encoded, which takes a while.</source>
        <translation>Alles wird kodiert, was eine Weile dauert.</translation>
    </message>
    <message>
        <source>Everything is encoded, for players that stumble over copied parts.</source>
        <translation>Alles wird kodiert, für Geräte, die über kopierte Teile stolpern.</translation>
    </message>
    <message>
        <source>What is too large is encoded with fewer bits, then with fewer pixels.</source>
        <translation>Was zu groß ist, wird mit weniger Bits kodiert, dann mit weniger Bildpunkten.</translation>
    </message>
    <message>
        <source>Larger pictures are made smaller, others are copied.</source>
        <translation>Größere Bilder werden verkleinert, andere kopiert.</translation>
    </message>
    <message>
        <source>Exact edges. {0}</source>
        <translation>Genaue Ränder. {0}</translation>
    </message>
    <message>
        <source>at most {0}</source>
        <translation>höchstens {0}</translation>
    </message>
    <message>
        <source>about {0}</source>
        <translation>etwa {0}</translation>
    </message>
    <message>
        <source>{0} · {1}</source>
        <translation>{0} · {1}</translation>
    </message>
    <message numerus="yes">
        <source>about %n seconds</source>
        <translation>
            <numerusform>etwa %n Sekunde</numerusform>
            <numerusform>etwa %n Sekunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minutes</source>
        <translation>
            <numerusform>etwa %n Minute</numerusform>
            <numerusform>etwa %n Minuten</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Panes</name>
    <message>
        <source>Side panel</source>
        <translation>Seitenleiste</translation>
    </message>
    <message>
        <source>Put the side panel away</source>
        <translation>Die Seitenleiste wegklappen</translation>
    </message>
    <message>
        <source>Show the side panel</source>
        <translation>Die Seitenleiste zeigen</translation>
    </message>
</context>
<context>
    <name>PassageRow</name>
    <message>
        <source>{0} · same meaning</source>
        <translation>{0} · gleiche Bedeutung</translation>
    </message>
    <message>
        <source>Open {0} at {1}: {2}</source>
        <translation>{0} bei {1} öffnen: {2}</translation>
    </message>
    <message>
        <source>Open the source here (Enter)</source>
        <translation>Die Quelle hier öffnen (Eingabe)</translation>
    </message>
</context>
<context>
    <name>PasswordRow</name>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove the spending password</source>
        <translation>Das Ausgaben-Passwort entfernen</translation>
    </message>
    <message>
        <source>New spending password</source>
        <translation>Neues Ausgaben-Passwort</translation>
    </message>
    <message>
        <source>at least {0} characters</source>
        <translation>mindestens {0} Zeichen</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Show what is typed</source>
        <translation>Zeigen, was getippt ist</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Setzen</translation>
    </message>
    <message>
        <source>Set the spending password</source>
        <translation>Das Ausgaben-Passwort setzen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Scripts have to send it as reload_password. After ten wrong tries in an hour, reloads rest until it is over.</source>
        <translation>Skripte müssen es als reload_password schicken. Nach zehn falschen Versuchen in einer Stunde ruhen Aufladungen, bis sie um ist.</translation>
    </message>
    <message>
        <source>Set: a reload without it is refused.</source>
        <translation>Gesetzt: Eine Aufladung ohne es wird abgelehnt.</translation>
    </message>
    <message>
        <source>None: whoever has a full key may ask.</source>
        <translation>Keines: Wer einen vollen Schlüssel hat, darf bitten.</translation>
    </message>
    <message>
        <source>Change …</source>
        <translation>Ändern …</translation>
    </message>
    <message>
        <source>Set …</source>
        <translation>Setzen …</translation>
    </message>
    <message>
        <source>Change the spending password</source>
        <translation>Das Ausgaben-Passwort ändern</translation>
    </message>
    <message>
        <source>Set a spending password</source>
        <translation>Ein Ausgaben-Passwort setzen</translation>
    </message>
</context>
<context>
    <name>PlaceStep</name>
    <message>
        <source>Welcome to FastClip</source>
        <translation>Willkommen bei FastClip</translation>
    </message>
    <message>
        <source>See a video, say what you want of it, take the clips. Everything is done on this machine; nothing is sent anywhere. Where should clips go?</source>
        <translation>Sieh ein Video an, sag, was du daraus willst, und nimm die Clips. Alles geschieht auf diesem Rechner; nichts wird irgendwohin geschickt. Wohin sollen die Clips?</translation>
    </message>
    <message>
        <source>First choices</source>
        <translation>Erste Entscheidungen</translation>
    </message>
    <message>
        <source>Change …</source>
        <translation>Ändern …</translation>
    </message>
    <message>
        <source>Change the folder for clips</source>
        <translation>Den Ordner für Clips ändern</translation>
    </message>
    <message>
        <source>Clips go to</source>
        <translation>Clips kommen nach</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Light or dark as the system is</source>
        <translation>Hell oder dunkel wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Always light</source>
        <translation>Immer hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Always dark</source>
        <translation>Immer dunkel</translation>
    </message>
    <message>
        <source>Folder for clips</source>
        <translation>Ordner für Clips</translation>
    </message>
</context>
<context>
    <name>Player</name>
    <message>
        <source>Go on to what can be shown</source>
        <translation>Weiter zu dem, was sich zeigen lässt</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Noch einmal nachsehen</translation>
    </message>
    <message>
        <source>It cannot be played here: {0}. It can be looked at picture by picture, and cut.</source>
        <translation>Hier lässt es sich nicht abspielen: {0}. Es lässt sich Bild für Bild ansehen und schneiden.</translation>
    </message>
</context>
<context>
    <name>ProjectDesk</name>
    <message>
        <source>Find the file …</source>
        <translation>Die Datei suchen …</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Where is {0}?</source>
        <translation>Wo ist {0}?</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>Ein Projekt öffnen</translation>
    </message>
    <message>
        <source>Save the project</source>
        <translation>Das Projekt speichern</translation>
    </message>
    <message>
        <source>FastClip ended several times while {0} was open.</source>
        <translation>FastClip endete mehrmals, während {0} offen war.</translation>
    </message>
    <message>
        <source>It is not opened again by itself. What was done to it is kept.</source>
        <translation>Es wird nicht von selbst wieder geöffnet. Was daran getan wurde, ist aufgehoben.</translation>
    </message>
    <message>
        <source>Open it again</source>
        <translation>Wieder öffnen</translation>
    </message>
    <message>
        <source>FastClip projects ({0})</source>
        <translation>FastClip-Projekte ({0})</translation>
    </message>
    <message>
        <source>Save as …</source>
        <translation>Speichern als …</translation>
    </message>
</context>
<context>
    <name>PromptBox</name>
    <message>
        <source>Find every time she mentions pricing</source>
        <translation>Finde jedes Mal, wenn sie Preise erwähnt</translation>
    </message>
    <message>
        <source>What to look for</source>
        <translation>Wonach gesucht wird</translation>
    </message>
    <message>
        <source>Enter finds; Up and Down bring back what you looked for before</source>
        <translation>Eingabe findet; Auf und Ab holen zurück, wonach du zuvor gesucht hast</translation>
    </message>
</context>
<context>
    <name>PromptPane</name>
    <message>
        <source>How far the search is</source>
        <translation>Wie weit die Suche ist</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>Auto</translation>
    </message>
    <message>
        <source>Up to {0}</source>
        <translation>Bis {0}</translation>
    </message>
    <message>
        <source>Every one</source>
        <translation>Jeden</translation>
    </message>
    <message>
        <source>How many moments</source>
        <translation>Wie viele Momente</translation>
    </message>
    <message>
        <source>How many moments; “Auto” goes by your words, as in “every time she laughs”</source>
        <translation>Wie viele Momente; „Auto“ richtet sich nach deinen Worten, etwa „jedes Mal, wenn sie lacht“</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Finden</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop the search (Esc)</source>
        <translation>Die Suche anhalten (Esc)</translation>
    </message>
    <message>
        <source>Open a link or a file first</source>
        <translation>Öffne zuerst einen Link oder eine Datei</translation>
    </message>
    <message>
        <source>Say what to look for first</source>
        <translation>Sag zuerst, wonach gesucht wird</translation>
    </message>
    <message>
        <source>Show the moments on the timeline (Enter)</source>
        <translation>Die Momente auf der Zeitleiste zeigen (Eingabe)</translation>
    </message>
</context>
<context>
    <name>QuickHit</name>
    <message>
        <source>Go to {0}: {1}</source>
        <translation>Zu {0} gehen: {1}</translation>
    </message>
    <message>
        <source>Go there (Enter)</source>
        <translation>Dorthin gehen (Eingabe)</translation>
    </message>
    <message>
        <source>Make a clip of {0}</source>
        <translation>Aus {0} einen Clip machen</translation>
    </message>
    <message>
        <source>Make a clip of it</source>
        <translation>Einen Clip daraus machen</translation>
    </message>
</context>
<context>
    <name>QuickHits</name>
    <message numerus="yes">
        <source>%n places hold these words. Enter looks deeper.</source>
        <translation>
            <numerusform>%n Stelle enthält diese Worte. Eingabe sucht tiefer.</numerusform>
            <numerusform>%n Stellen enthalten diese Worte. Eingabe sucht tiefer.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReceiptWords</name>
    <message>
        <source>Copied, but for {0} s at its edges</source>
        <translation>Kopiert, bis auf {0} s an den Rändern</translation>
    </message>
    <message>
        <source>Encoded anew</source>
        <translation>Neu kodiert</translation>
    </message>
    <message>
        <source>Copied as it is</source>
        <translation>Unverändert kopiert</translation>
    </message>
    <message>
        <source>{0} on {1}</source>
        <translation>{0} auf {1}</translation>
    </message>
    <message numerus="yes">
        <source>%n frames</source>
        <translation>
            <numerusform>%n Bild</numerusform>
            <numerusform>%n Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>made in {0} s</source>
        <translation>in {0} s gemacht</translation>
    </message>
</context>
<context>
    <name>RecentCard</name>
    <message>
        <source>Take {0} off the list</source>
        <translation>{0} von der Liste nehmen</translation>
    </message>
    <message>
        <source>Take it off the list (Del)</source>
        <translation>Von der Liste nehmen (Entf)</translation>
    </message>
    <message>
        <source>Gone · find it …</source>
        <translation>Weg · suchen …</translation>
    </message>
    <message>
        <source>Project · {0}</source>
        <translation>Projekt · {0}</translation>
    </message>
    <message>
        <source>{0} is not there any more. Press to say where it is now.</source>
        <translation>{0} ist nicht mehr da. Drücke hier, um zu sagen, wo es jetzt ist.</translation>
    </message>
</context>
<context>
    <name>RecentGrid</name>
    <message>
        <source>What was open before</source>
        <translation>Was zuvor offen war</translation>
    </message>
</context>
<context>
    <name>RecentMenu</name>
    <message>
        <source>Nothing was open yet</source>
        <translation>Noch war nichts offen</translation>
    </message>
    <message>
        <source>Clear this list</source>
        <translation>Diese Liste leeren</translation>
    </message>
</context>
<context>
    <name>ReleaseWatch</name>
    <message>
        <source>FastClip {0} is available.</source>
        <translation>FastClip {0} ist da.</translation>
    </message>
    <message>
        <source>Get it the way that you got this one: it goes over the older one.</source>
        <translation>Hol es auf demselben Weg wie dieses: Es ersetzt das ältere.</translation>
    </message>
</context>
<context>
    <name>Removals</name>
    <message numerus="yes">
        <source>%n clips were deleted.</source>
        <translation>
            <numerusform>%n Clip wurde gelöscht.</numerusform>
            <numerusform>%n Clips wurden gelöscht.</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} was deleted.</source>
        <translation>{0} wurde gelöscht.</translation>
    </message>
</context>
<context>
    <name>Screen</name>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
</context>
<context>
    <name>SettingsWindow</name>
    <message>
        <source>Settings – FastClip</source>
        <translation>Einstellungen – FastClip</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>theme dark light language motion folder names clips notifications hover</source>
        <translation>farben thema dunkel hell sprache bewegung ordner namen clips benachrichtigungen überfahren</translation>
    </message>
    <message>
        <source>AI models</source>
        <translation>KI-Modelle</translation>
    </message>
    <message>
        <source>whisper speech download fetch import hub licence offline</source>
        <translation>whisper sprache herunterladen holen übernehmen anbieter lizenz offline</translation>
    </message>
    <message>
        <source>Hardware</source>
        <translation>Hardware</translation>
    </message>
    <message>
        <source>graphics card processor memory test encoder diagnosis report</source>
        <translation>grafikkarte prozessor speicher prüfen kodierer diagnose bericht</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netzwerk</translation>
    </message>
    <message>
        <source>cookies browser proxy bandwidth speed limit sites yt-dlp update</source>
        <translation>cookies browser proxy bandbreite tempo grenze seiten yt-dlp aktualisieren</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Speicherplatz</translation>
    </message>
    <message>
        <source>disk space cache clear folders logs data</source>
        <translation>datenträger platz cache leeren ordner protokolle daten</translation>
    </message>
    <message>
        <source>API</source>
        <translation>API</translation>
    </message>
    <message>
        <source>server port network scripts</source>
        <translation>server port netzwerk skripte</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>scripts secret revoke</source>
        <translation>skripte geheim widerrufen</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>Budget</translation>
    </message>
    <message>
        <source>policy price balance funds cards password approval</source>
        <translation>regelwerk preis guthaben karten passwort genehmigung</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>keyboard keys hotkeys commands</source>
        <translation>tastatur tasten kürzel befehle</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Über FastClip</translation>
    </message>
    <message>
        <source>version licence notices problem report logs update</source>
        <translation>version lizenz hinweise fehler bericht protokolle aktualisierung</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation>Die Einstellungen durchsuchen</translation>
    </message>
    <message>
        <source>Search the settings ({0})</source>
        <translation>Die Einstellungen durchsuchen ({0})</translation>
    </message>
</context>
<context>
    <name>Sharing</name>
    <message>
        <source>A link opens a page that plays the clip. The local API answers it, and that is off.</source>
        <translation>Ein Link öffnet eine Seite, die den Clip abspielt. Die lokale API beantwortet ihn, und die ist aus.</translation>
    </message>
    <message>
        <source>Nobody but this machine reaches it, unless you let your network in under Settings, API.</source>
        <translation>Nur dieser Rechner erreicht sie, wenn du dein Netz nicht unter Einstellungen, API hereinlässt.</translation>
    </message>
    <message>
        <source>Turn it on and copy</source>
        <translation>Einschalten und kopieren</translation>
    </message>
    <message numerus="yes">
        <source>%n links copied.</source>
        <translation>
            <numerusform>%n Link kopiert.</numerusform>
            <numerusform>%n Links kopiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>The link to {0} is copied.</source>
        <translation>Der Link zu {0} ist kopiert.</translation>
    </message>
    <message>
        <source>Whoever is in your network can open it while FastClip runs.</source>
        <translation>Wer in deinem Netz ist, kann ihn öffnen, solange FastClip läuft.</translation>
    </message>
    <message>
        <source>It opens on this machine while FastClip runs; for others, let your network in.</source>
        <translation>Er öffnet sich auf diesem Rechner, solange FastClip läuft; für andere lass dein Netz herein.</translation>
    </message>
    <message>
        <source>API settings …</source>
        <translation>API-Einstellungen …</translation>
    </message>
</context>
<context>
    <name>ShortPreview</name>
    <message>
        <source>How the short will look</source>
        <translation>So wird der Short aussehen</translation>
    </message>
    <message>
        <source>Press and hold to see the original</source>
        <translation>Gedrückt halten, um das Original zu sehen</translation>
    </message>
</context>
<context>
    <name>ShortWords</name>
    <message>
        <source>Upright, for Shorts, Reels and TikTok</source>
        <translation>Hochkant, für Shorts, Reels und TikTok</translation>
    </message>
    <message>
        <source>Upright, for the Instagram feed</source>
        <translation>Hochkant, für den Instagram-Feed</translation>
    </message>
    <message>
        <source>Square, for LinkedIn and X</source>
        <translation>Quadratisch, für LinkedIn und X</translation>
    </message>
    <message>
        <source>Wide, for YouTube</source>
        <translation>Quer, für YouTube</translation>
    </message>
    <message>
        <source>As is</source>
        <translation>Wie sie ist</translation>
    </message>
    <message>
        <source>The shape of the source</source>
        <translation>Das Format der Quelle</translation>
    </message>
    <message>
        <source>Blurred edges</source>
        <translation>Unscharfe Ränder</translation>
    </message>
    <message>
        <source>Nothing is cut off.</source>
        <translation>Nichts wird abgeschnitten.</translation>
    </message>
    <message>
        <source>Follow faces</source>
        <translation>Gesichtern folgen</translation>
    </message>
    <message>
        <source>The frame follows whoever speaks. Draw it elsewhere in the picture.</source>
        <translation>Der Ausschnitt folgt, wer spricht. Zieh ihn im Bild woandershin.</translation>
    </message>
    <message>
        <source>Fill the frame</source>
        <translation>Bild füllen</translation>
    </message>
    <message>
        <source>The middle is shown. Draw the frame elsewhere in the picture.</source>
        <translation>Die Mitte ist zu sehen. Zieh den Ausschnitt im Bild woandershin.</translation>
    </message>
    <message>
        <source>Coloured glow</source>
        <translation>Farbiges Leuchten</translation>
    </message>
    <message>
        <source>Classic</source>
        <translation>Klassisch</translation>
    </message>
    <message>
        <source>My style</source>
        <translation>Mein Stil</translation>
    </message>
    <message>
        <source>Aura</source>
        <translation>Aura</translation>
    </message>
    <message>
        <source>Bold</source>
        <translation>Kräftig</translation>
    </message>
    <message>
        <source>Pop</source>
        <translation>Pop</translation>
    </message>
    <message>
        <source>Karaoke</source>
        <translation>Karaoke</translation>
    </message>
    <message>
        <source>Glow</source>
        <translation>Leuchtend</translation>
    </message>
    <message>
        <source>Boxed</source>
        <translation>Im Kasten</translation>
    </message>
    <message>
        <source>Plain</source>
        <translation>Schlicht</translation>
    </message>
    <message>
        <source>Subtitle</source>
        <translation>Untertitel</translation>
    </message>
    <message>
        <source>Headline</source>
        <translation>Schlagzeile</translation>
    </message>
</context>
<context>
    <name>ShortcutRow</name>
    <message>
        <source>Keys for {0}</source>
        <translation>Tasten für {0}</translation>
    </message>
    <message>
        <source>Press it, then the keys for “{0}”</source>
        <translation>Drücke den Knopf, dann die Tasten für „{0}“</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>No keys for {0}</source>
        <translation>Keine Tasten für {0}</translation>
    </message>
    <message>
        <source>Take the keys of “{0}” away</source>
        <translation>„{0}“ die Tasten nehmen</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>First keys for {0}</source>
        <translation>Erste Tasten für {0}</translation>
    </message>
    <message>
        <source>Give “{0}” its first keys again</source>
        <translation>„{0}“ wieder die ersten Tasten geben</translation>
    </message>
    <message>
        <source>{0} already stands for “{1}”.</source>
        <translation>{0} steht schon für „{1}“.</translation>
    </message>
    <message>
        <source>Take it from “{0}”</source>
        <translation>„{0}“ wegnehmen</translation>
    </message>
</context>
<context>
    <name>ShortcutsPage</name>
    <message>
        <source>Reset all</source>
        <translation>Alle zurücksetzen</translation>
    </message>
    <message>
        <source>Give every command its first keys again</source>
        <translation>Jedem Befehl wieder seine ersten Tasten geben</translation>
    </message>
    <message>
        <source>Keys of the window</source>
        <translation>Tasten des Fensters</translation>
    </message>
    <message>
        <source>Press a key&apos;s button, then the keys that you want in its place. Esc leaves it as it is.</source>
        <translation>Drücke den Knopf einer Taste, dann die Tasten, die du stattdessen willst. Esc lässt alles, wie es ist.</translation>
    </message>
    <message>
        <source>All commands</source>
        <translation>Alle Befehle</translation>
    </message>
    <message>
        <source>Letters and arrows count while no field has the cursor.</source>
        <translation>Buchstaben und Pfeile gelten, solange kein Feld die Schreibmarke hat.</translation>
    </message>
</context>
<context>
    <name>ShortsDesk</name>
    <message>
        <source>Open a link or a file first</source>
        <translation>Öffne zuerst einen Link oder eine Datei</translation>
    </message>
    <message>
        <source>Nobody wrote down what is said, so these shorts have no captions.</source>
        <translation>Niemand hat aufgeschrieben, was gesagt wird; darum haben diese Shorts keine Untertitel.</translation>
    </message>
    <message>
        <source>A file with captions brings them, or a model that hears words (Settings, AI models).</source>
        <translation>Eine Untertiteldatei bringt sie, oder ein Modell, das Wörter hört (Einstellungen, KI-Modelle).</translation>
    </message>
    <message>
        <source>Choose captions …</source>
        <translation>Untertitel wählen …</translation>
    </message>
    <message>
        <source>There is no picture to make shorts of.</source>
        <translation>Es gibt kein Bild, aus dem Shorts werden könnten.</translation>
    </message>
    <message>
        <source>Faces in a link are found when its shorts are made.</source>
        <translation>Gesichter in einem Link werden gefunden, wenn seine Shorts gemacht werden.</translation>
    </message>
    <message>
        <source>Looking for faces …</source>
        <translation>Gesichter werden gesucht …</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>No model that finds faces is on this machine.</source>
        <translation>Auf diesem Rechner ist kein Modell, das Gesichter findet.</translation>
    </message>
    <message>
        <source>Until then the middle of the picture is shown.</source>
        <translation>Bis dahin ist die Mitte des Bildes zu sehen.</translation>
    </message>
    <message>
        <source>Get it</source>
        <translation>Holen</translation>
    </message>
    <message>
        <source>Draw the frame</source>
        <translation>Ausschnitt ziehen</translation>
    </message>
    <message>
        <source>Free the frame</source>
        <translation>Ausschnitt freigeben</translation>
    </message>
</context>
<context>
    <name>ShortsPane</name>
    <message>
        <source>Shape</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>Framing</source>
        <translation>Ausschnitt</translation>
    </message>
    <message>
        <source>Captions</source>
        <translation>Untertitel</translation>
    </message>
    <message>
        <source>No captions</source>
        <translation>Keine Untertitel</translation>
    </message>
    <message>
        <source>Hook</source>
        <translation>Aufhänger</translation>
    </message>
    <message>
        <source>What makes people stay?</source>
        <translation>Warum bleibt man dran?</translation>
    </message>
    <message>
        <source>Write a hook where there is none</source>
        <translation>Aufhänger schreiben, wo keiner steht</translation>
    </message>
    <message>
        <source>Call to action</source>
        <translation>Aufforderung</translation>
    </message>
    <message>
        <source>What are they to do next?</source>
        <translation>Was soll man als Nächstes tun?</translation>
    </message>
    <message>
        <source>Write a call to action where there is none</source>
        <translation>Aufforderung schreiben, wo keine steht</translation>
    </message>
    <message>
        <source>Even loudness ({0} LUFS)</source>
        <translation>Gleiche Lautheit ({0} LUFS)</translation>
    </message>
    <message>
        <source>As loud as the platforms play it, so that they turn nothing down</source>
        <translation>So laut, wie die Plattformen es spielen, damit sie nichts leiser machen</translation>
    </message>
    <message>
        <source>Leave out long pauses</source>
        <translation>Lange Pausen weglassen</translation>
    </message>
    <message>
        <source>Leave out “um” and “er”</source>
        <translation>„Äh“ und „ähm“ weglassen</translation>
    </message>
    <message>
        <source>Which moments</source>
        <translation>Welche Momente</translation>
    </message>
    <message>
        <source>Ticked clips</source>
        <translation>Angehakte Clips</translation>
    </message>
    <message>
        <source>Each ticked clip becomes a short</source>
        <translation>Aus jedem angehakten Clip wird ein Short</translation>
    </message>
    <message>
        <source>Best moments</source>
        <translation>Beste Momente</translation>
    </message>
    <message>
        <source>They are chosen for you: by the prompt above, or those that stand best alone</source>
        <translation>Sie werden für dich gewählt: nach der Frage oben, oder die für sich am besten sind</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>Wie viele</translation>
    </message>
    <message>
        <source>As many as are good</source>
        <translation>So viele, wie gut sind</translation>
    </message>
    <message>
        <source>Up to {0}</source>
        <translation>Bis zu {0}</translation>
    </message>
    <message>
        <source>How long</source>
        <translation>Wie lang</translation>
    </message>
    <message>
        <source>As long as it takes</source>
        <translation>So lang wie nötig</translation>
    </message>
    <message>
        <source>About {0} s</source>
        <translation>Etwa {0} s</translation>
    </message>
    <message>
        <source>Join them into one video as well</source>
        <translation>Auch zu einem Video verbinden</translation>
    </message>
    <message>
        <source>Captions in detail</source>
        <translation>Untertitel im Einzelnen</translation>
    </message>
    <message>
        <source>Size, place and colours of captions</source>
        <translation>Größe, Platz und Farben der Untertitel</translation>
    </message>
    <message>
        <source>Hook and call to action</source>
        <translation>Aufhänger und Aufforderung</translation>
    </message>
    <message>
        <source>What stands at the start and at the end</source>
        <translation>Was am Anfang und am Ende steht</translation>
    </message>
    <message>
        <source>Sound and pauses</source>
        <translation>Ton und Pausen</translation>
    </message>
    <message>
        <source>Loudness, pauses and fillers</source>
        <translation>Lautheit, Pausen und Füllwörter</translation>
    </message>
    <message>
        <source>Tick a clip first, or have the best moments chosen</source>
        <translation>Hake zuerst einen Clip an, oder lass die besten Momente wählen</translation>
    </message>
    <message numerus="yes">
        <source>Make %n shorts</source>
        <translation>
            <numerusform>%n Short machen</numerusform>
            <numerusform>%n Shorts machen</numerusform>
        </translation>
    </message>
    <message>
        <source>Find and make shorts</source>
        <translation>Shorts finden und machen</translation>
    </message>
</context>
<context>
    <name>ShownKey</name>
    <message>
        <source>Copy it now: it is not shown again. Only its fingerprint is kept.</source>
        <translation>Kopiere ihn jetzt: Er wird nicht noch einmal gezeigt. Nur sein Fingerabdruck wird aufgehoben.</translation>
    </message>
    <message>
        <source>The new key</source>
        <translation>Der neue Schlüssel</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the new key</source>
        <translation>Den neuen Schlüssel kopieren</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>This is the key “{0}”.</source>
        <translation>Dies ist der Schlüssel „{0}“.</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <source>What the panel shows</source>
        <translation>Was die Seitenleiste zeigt</translation>
    </message>
    <message>
        <source>Moments</source>
        <translation>Momente</translation>
    </message>
    <message>
        <source>What is to become clips (Ctrl+1)</source>
        <translation>Was zu Clips werden soll (Strg+1)</translation>
    </message>
    <message>
        <source>Transcript</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>What is said (Ctrl+2)</source>
        <translation>Was gesagt wird (Strg+2)</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>Clips</translation>
    </message>
    <message>
        <source>The clips that were made (Ctrl+3)</source>
        <translation>Die Clips, die gemacht wurden (Strg+3)</translation>
    </message>
    <message>
        <source>Shorts</source>
        <translation>Shorts</translation>
    </message>
    <message>
        <source>Upright clips with captions (Ctrl+4)</source>
        <translation>Hochkant-Clips mit Untertiteln (Strg+4)</translation>
    </message>
    <message>
        <source>Mark the clip</source>
        <translation>Den Clip markieren</translation>
    </message>
    <message>
        <source>By times</source>
        <translation>Nach Zeiten</translation>
    </message>
    <message>
        <source>Name the start and the end of a clip (Ctrl+T)</source>
        <translation>Anfang und Ende eines Clips nennen (Strg+T)</translation>
    </message>
    <message>
        <source>What is found stands here. Or mark a clip by hand: I where it starts, O where it ends.</source>
        <translation>Hier steht, was gefunden wird. Oder markiere einen Clip von Hand: I, wo er beginnt, O, wo er endet.</translation>
    </message>
    <message>
        <source>What you look for in a video stands here. Open a link or a file first.</source>
        <translation>Hier steht, was du in einem Video suchst. Öffne zuerst einen Link oder eine Datei.</translation>
    </message>
    <message>
        <source>Give a start and an end first</source>
        <translation>Gib zuerst einen Anfang und ein Ende an</translation>
    </message>
    <message>
        <source>Open a source first</source>
        <translation>Öffne zuerst eine Quelle</translation>
    </message>
    <message>
        <source>Put the clip on the timeline (Enter)</source>
        <translation>Den Clip auf die Zeitleiste setzen (Eingabe)</translation>
    </message>
</context>
<context>
    <name>Skeleton</name>
    <message>
        <source>The clips are being looked up</source>
        <translation>Die Clips werden nachgesehen</translation>
    </message>
</context>
<context>
    <name>SourceBar</name>
    <message>
        <source>Paste a link or drop a file …</source>
        <translation>Einen Link einfügen oder eine Datei ablegen …</translation>
    </message>
    <message>
        <source>Link or file</source>
        <translation>Link oder Datei</translation>
    </message>
    <message>
        <source>A link or the path of a file; Enter opens it (Ctrl+L)</source>
        <translation>Ein Link oder der Pfad einer Datei; Eingabe öffnet (Strg+L)</translation>
    </message>
    <message>
        <source>Open this link or file (Enter)</source>
        <translation>Diesen Link oder diese Datei öffnen (Eingabe)</translation>
    </message>
    <message>
        <source>Open a file …</source>
        <translation>Eine Datei öffnen …</translation>
    </message>
    <message>
        <source>Choose a video or sound file ({0})</source>
        <translation>Eine Video- oder Tondatei wählen ({0})</translation>
    </message>
    <message>
        <source>Recent ▾</source>
        <translation>Zuletzt ▾</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>Open again what was open before</source>
        <translation>Wieder öffnen, was zuvor offen war</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Every clip, to find and share ({0})</source>
        <translation>Jeder Clip, zum Finden und Teilen ({0})</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Settings ({0})</source>
        <translation>Einstellungen ({0})</translation>
    </message>
    <message>
        <source>API on</source>
        <translation>API an</translation>
    </message>
    <message>
        <source>API fault</source>
        <translation>API gestört</translation>
    </message>
    <message>
        <source>API …</source>
        <translation>API …</translation>
    </message>
    <message>
        <source>The local API starts</source>
        <translation>Die lokale API startet</translation>
    </message>
    <message>
        <source>Scripts are answered at {0}/v1</source>
        <translation>Skripte bekommen Antwort unter {0}/v1</translation>
    </message>
    <message>
        <source>Open a video or sound file</source>
        <translation>Eine Video- oder Tondatei öffnen</translation>
    </message>
</context>
<context>
    <name>SourceCard</name>
    <message>
        <source>Progress of the sample talk</source>
        <translation>Fortschritt des Beispielvortrags</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Stop looking this up (Esc)</source>
        <translation>Das Nachsehen anhalten (Esc)</translation>
    </message>
    <message>
        <source>Captions: {0}</source>
        <translation>Untertitel: {0}</translation>
    </message>
    <message>
        <source>length not known yet</source>
        <translation>Länge noch unbekannt</translation>
    </message>
    <message>
        <source>{0} frames a second</source>
        <translation>{0} Bilder in der Sekunde</translation>
    </message>
    <message>
        <source>up to {0}p</source>
        <translation>bis {0}p</translation>
    </message>
    <message>
        <source>sound {0}</source>
        <translation>Ton {0}</translation>
    </message>
    <message>
        <source>no picture</source>
        <translation>kein Bild</translation>
    </message>
    <message>
        <source>the end of the file is missing</source>
        <translation>das Ende der Datei fehlt</translation>
    </message>
    <message>
        <source>No captions found. To find moments, drop an .srt or .vtt file on the window.</source>
        <translation>Keine Untertitel gefunden. Um Momente zu finden, lege eine .srt- oder .vtt-Datei auf dem Fenster ab.</translation>
    </message>
    <message>
        <source>beside the file</source>
        <translation>neben der Datei</translation>
    </message>
    <message>
        <source>inside the file</source>
        <translation>in der Datei</translation>
    </message>
    <message>
        <source>by the author</source>
        <translation>vom Urheber</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>automatisch</translation>
    </message>
    <message>
        <source>{0} and {1} more</source>
        <translation>{0} und {1} weitere</translation>
    </message>
    <message>
        <source>Captions: {0} ({1})</source>
        <translation>Untertitel: {0} ({1})</translation>
    </message>
</context>
<context>
    <name>SourceDesk</name>
    <message>
        <source>Looking it up …</source>
        <translation>Wird nachgesehen …</translation>
    </message>
    <message>
        <source>Making a short talk with captions …</source>
        <translation>Ein kurzer Vortrag mit Untertiteln entsteht …</translation>
    </message>
    <message>
        <source>{0} holds captions, and no video is open.</source>
        <translation>{0} enthält Untertitel, und kein Video ist offen.</translation>
    </message>
    <message>
        <source>Open the video first, or drop both together.</source>
        <translation>Öffne zuerst das Video, oder lege beide zusammen ab.</translation>
    </message>
    <message>
        <source>Captions for this source</source>
        <translation>Untertitel für diese Quelle</translation>
    </message>
    <message>
        <source>Captions ({0})</source>
        <translation>Untertitel ({0})</translation>
    </message>
    <message>
        <source>Sample talk</source>
        <translation>Beispielvortrag</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Open all of them</source>
        <translation>Alle öffnen</translation>
    </message>
    <message>
        <source>{0} is not there any more.</source>
        <translation>{0} ist nicht mehr da.</translation>
    </message>
    <message>
        <source>It is shown again as soon as it is back. What was done to it is kept.</source>
        <translation>Sobald es wieder da ist, wird es wieder gezeigt. Was daran getan wurde, ist aufgehoben.</translation>
    </message>
    <message>
        <source>Find the file …</source>
        <translation>Die Datei suchen …</translation>
    </message>
</context>
<context>
    <name>SourceVisit</name>
    <message>
        <source>Mark the clip</source>
        <translation>Den Clip markieren</translation>
    </message>
</context>
<context>
    <name>SourceWords</name>
    <message>
        <source>Choose captions</source>
        <translation>Untertitel wählen</translation>
    </message>
</context>
<context>
    <name>SpokenPane</name>
    <message numerus="yes">
        <source>Said in %n sources</source>
        <translation>
            <numerusform>In %n Quelle gesagt</numerusform>
            <numerusform>In %n Quellen gesagt</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Stages</name>
    <message>
        <source>Choosing among the moments</source>
        <translation>Unter den Momenten wird gewählt</translation>
    </message>
    <message>
        <source>Comparing meanings</source>
        <translation>Bedeutungen vergleichen</translation>
    </message>
    <message>
        <source>Fetching the media</source>
        <translation>Medien werden geholt</translation>
    </message>
    <message>
        <source>Fetching the sound</source>
        <translation>Ton wird geholt</translation>
    </message>
    <message>
        <source>Finding faces</source>
        <translation>Gesichter werden gesucht</translation>
    </message>
    <message>
        <source>Finding the edges</source>
        <translation>Ränder werden gesucht</translation>
    </message>
    <message>
        <source>Finding the moments</source>
        <translation>Momente werden gesucht</translation>
    </message>
    <message>
        <source>Joining</source>
        <translation>Wird verbunden</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>Wird abgehört</translation>
    </message>
    <message>
        <source>Listening to the words</source>
        <translation>Worte werden abgehört</translation>
    </message>
    <message>
        <source>Looking up the source</source>
        <translation>Quelle wird nachgesehen</translation>
    </message>
    <message>
        <source>Painting the words</source>
        <translation>Wörter werden gemalt</translation>
    </message>
    <message>
        <source>Publishing</source>
        <translation>Wird abgelegt</translation>
    </message>
    <message>
        <source>Publishing {0} of {1}</source>
        <translation>{0} von {1} wird abgelegt</translation>
    </message>
    <message>
        <source>Reading the meaning</source>
        <translation>Bedeutung wird gelesen</translation>
    </message>
    <message>
        <source>Reading the words</source>
        <translation>Worte werden gelesen</translation>
    </message>
    <message>
        <source>Rendering</source>
        <translation>Wird gerendert</translation>
    </message>
    <message>
        <source>Rendering {0} of {1}</source>
        <translation>{0} von {1} wird gerendert</translation>
    </message>
    <message>
        <source>Writing the lines</source>
        <translation>Zeilen werden geschrieben</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Try the sample talk</source>
        <translation>Den Beispielvortrag ausprobieren</translation>
    </message>
    <message>
        <source>Drop a video here</source>
        <translation>Lege hier ein Video ab</translation>
    </message>
    <message>
        <source>or paste a link above. Nothing leaves this machine.</source>
        <translation>oder füge oben einen Link ein. Nichts verlässt diesen Rechner.</translation>
    </message>
    <message>
        <source>Open a file …</source>
        <translation>Eine Datei öffnen …</translation>
    </message>
    <message>
        <source>Choose a video or sound file</source>
        <translation>Eine Video- oder Tondatei wählen</translation>
    </message>
    <message>
        <source>Makes a short talk with captions on this machine and opens it</source>
        <translation>Macht auf diesem Rechner einen kurzen Vortrag mit Untertiteln und öffnet ihn</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Forget what was open before</source>
        <translation>Vergessen, was zuvor offen war</translation>
    </message>
    <message>
        <source>Take everything off this list; no file is touched</source>
        <translation>Alles von dieser Liste nehmen; keine Datei wird angerührt</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>Wieder öffnen</translation>
    </message>
    <message>
        <source>Where is {0} now?</source>
        <translation>Wo ist {0} jetzt?</translation>
    </message>
</context>
<context>
    <name>StatePage</name>
    <message>
        <source>Reading the words</source>
        <translation>Worte werden gelesen</translation>
    </message>
    <message>
        <source>Listen to it</source>
        <translation>Abhören</translation>
    </message>
    <message>
        <source>A model on this machine writes down what is said</source>
        <translation>Ein Modell auf diesem Rechner schreibt auf, was gesagt wird</translation>
    </message>
    <message>
        <source>Get a model that listens</source>
        <translation>Ein Modell holen, das zuhört</translation>
    </message>
    <message>
        <source>Opens the settings, where models are fetched</source>
        <translation>Öffnet die Einstellungen, wo Modelle geholt werden</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Go on without the file</source>
        <translation>Ohne die Datei weitermachen</translation>
    </message>
    <message>
        <source>Go by the words that the source has itself</source>
        <translation>Nach den Worten gehen, die die Quelle selbst hat</translation>
    </message>
    <message>
        <source>Choose captions …</source>
        <translation>Untertitel wählen …</translation>
    </message>
    <message>
        <source>An SRT or VTT file with the words of this source</source>
        <translation>Eine SRT- oder VTT-Datei mit den Worten dieser Quelle</translation>
    </message>
    <message>
        <source>Nothing is open</source>
        <translation>Nichts ist offen</translation>
    </message>
    <message>
        <source>Open a video, and its words stand here to read along.</source>
        <translation>Öffne ein Video, und seine Worte stehen hier zum Mitlesen.</translation>
    </message>
    <message>
        <source>Reading the words …</source>
        <translation>Die Worte werden gelesen …</translation>
    </message>
    <message>
        <source>Listening …</source>
        <translation>Wird abgehört …</translation>
    </message>
    <message>
        <source>The words come as they are heard.</source>
        <translation>Die Worte kommen, wie sie gehört werden.</translation>
    </message>
    <message>
        <source>Nothing is said</source>
        <translation>Nichts wird gesagt</translation>
    </message>
    <message>
        <source>There is not a word in this source.</source>
        <translation>In dieser Quelle ist kein einziges Wort.</translation>
    </message>
    <message>
        <source>Nobody wrote down what is said</source>
        <translation>Niemand hat aufgeschrieben, was gesagt wird</translation>
    </message>
    <message>
        <source>The words could not be read</source>
        <translation>Die Worte ließen sich nicht lesen</translation>
    </message>
    <message>
        <source>Choose another file, or go on without it.</source>
        <translation>Wähle eine andere Datei, oder mach ohne weiter.</translation>
    </message>
    <message>
        <source>With a model for speech this machine can listen and write it down. A file of captions will do, too.</source>
        <translation>Mit einem Sprachmodell kann dieser Rechner zuhören und es aufschreiben. Eine Untertiteldatei geht auch.</translation>
    </message>
    <message>
        <source>{0} can listen and write it down. You can go on working meanwhile.</source>
        <translation>{0} kann zuhören und es aufschreiben. Du kannst inzwischen weiterarbeiten.</translation>
    </message>
    <message numerus="yes">
        <source>%n minutes</source>
        <translation>
            <numerusform>%n Minute</numerusform>
            <numerusform>%n Minuten</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} can listen and write it down, in about {1} on this machine.</source>
        <translation>{0} kann zuhören und es aufschreiben, auf diesem Rechner in etwa {1}.</translation>
    </message>
</context>
<context>
    <name>StorageBar</name>
    <message>
        <source>Clips take {0} · {1} free</source>
        <translation>Clips belegen {0} · {1} frei</translation>
    </message>
    <message>
        <source>{0} · {1} will go by themselves</source>
        <translation>{0} · {1} gehen von selbst</translation>
    </message>
    <message>
        <source>Pinned clips take {0} of the {1} that they may take.</source>
        <translation>Angeheftete Clips belegen {0} von {1}, die sie belegen dürfen.</translation>
    </message>
</context>
<context>
    <name>StoragePage</name>
    <message>
        <source>On the disk</source>
        <translation>Auf dem Datenträger</translation>
    </message>
    <message>
        <source>Counting …</source>
        <translation>Wird gezählt …</translation>
    </message>
    <message>
        <source>What is kept cannot be told just now.</source>
        <translation>Was aufgehoben wird, lässt sich gerade nicht sagen.</translation>
    </message>
    <message>
        <source>Models …</source>
        <translation>Modelle …</translation>
    </message>
    <message>
        <source>Clear …</source>
        <translation>Leeren …</translation>
    </message>
    <message>
        <source>Clear: {0}</source>
        <translation>Leeren: {0}</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>The variable FASTCLIP_HOME names one folder for all of it, for a portable FastClip.</source>
        <translation>Die Variable FASTCLIP_HOME nennt einen Ordner für alles, für ein tragbares FastClip.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open the folder of what is kept</source>
        <translation>Den Ordner dessen öffnen, was aufgehoben wird</translation>
    </message>
    <message>
        <source>Open the folder of what can be had again</source>
        <translation>Den Ordner dessen öffnen, was sich wieder holen lässt</translation>
    </message>
    <message>
        <source>What is kept</source>
        <translation>Was aufgehoben wird</translation>
    </message>
    <message>
        <source>What can be had again</source>
        <translation>Was sich wieder holen lässt</translation>
    </message>
    <message>
        <source>At most {0} stay; what was used longest ago goes by itself.</source>
        <translation>Höchstens {0} bleiben; was am längsten unbenutzt ist, geht von selbst.</translation>
    </message>
    <message>
        <source>{0} in all; the disk has {1} free.</source>
        <translation>{0} insgesamt; auf dem Datenträger sind {1} frei.</translation>
    </message>
    <message>
        <source>Clear this: {0}?</source>
        <translation>Dies leeren: {0}?</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>{0} are free again.</source>
        <translation>{0} sind wieder frei.</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>Clips</translation>
    </message>
    <message>
        <source>AI models</source>
        <translation>KI-Modelle</translation>
    </message>
    <message>
        <source>Fetched video and sound</source>
        <translation>Geholtes Video und Ton</translation>
    </message>
    <message>
        <source>Film strips and waveforms</source>
        <translation>Filmstreifen und Wellenformen</translation>
    </message>
    <message>
        <source>Small pictures for quick scrubbing</source>
        <translation>Kleine Bilder für schnelles Spulen</translation>
    </message>
    <message>
        <source>What was heard and understood</source>
        <translation>Was gehört und verstanden wurde</translation>
    </message>
    <message>
        <source>Jobs under way</source>
        <translation>Laufende Aufträge</translation>
    </message>
    <message>
        <source>Files that scripts sent</source>
        <translation>Dateien, die Skripte geschickt haben</translation>
    </message>
    <message>
        <source>Queue, library and transcripts</source>
        <translation>Warteschlange, Bibliothek und Texte</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>Protokolle</translation>
    </message>
    <message>
        <source>All in the library, wherever they lie. They are yours: delete them there.</source>
        <translation>Alle in der Bibliothek, wo immer sie liegen. Sie gehören dir: lösche sie dort.</translation>
    </message>
    <message>
        <source>What hears, compares, judges and looks.</source>
        <translation>Was hört, vergleicht, urteilt und schaut.</translation>
    </message>
    <message>
        <source>Of links, for the next clip of the same video.</source>
        <translation>Von Links, für den nächsten Clip desselben Videos.</translation>
    </message>
    <message>
        <source>So that a source is there at once when it is opened again.</source>
        <translation>Damit eine Quelle sofort da ist, wenn sie wieder geöffnet wird.</translation>
    </message>
    <message>
        <source>So that the exact picture is there at once wherever you go in a source.</source>
        <translation>Damit das genaue Bild sofort da ist, wohin du in einer Quelle auch gehst.</translation>
    </message>
    <message>
        <source>So that nothing is listened to twice.</source>
        <translation>Damit nichts zweimal abgehört wird.</translation>
    </message>
    <message>
        <source>Each job&apos;s folder goes when the job ends.</source>
        <translation>Der Ordner jedes Auftrags geht, wenn der Auftrag endet.</translation>
    </message>
    <message>
        <source>Each goes after a day.</source>
        <translation>Jede geht nach einem Tag.</translation>
    </message>
    <message>
        <source>With its backups. What you corrected by hand is in here.</source>
        <translation>Mit ihren Sicherungen. Was du von Hand berichtigt hast, ist darin.</translation>
    </message>
    <message>
        <source>For whoever looks for a fault.</source>
        <translation>Für den, der einen Fehler sucht.</translation>
    </message>
    <message>
        <source>The next clip of a link fetches its part again. Clips stay.</source>
        <translation>Der nächste Clip eines Links holt seinen Teil wieder. Clips bleiben.</translation>
    </message>
    <message>
        <source>They are made again when a source is opened, which takes some seconds.</source>
        <translation>Sie entstehen neu, wenn eine Quelle geöffnet wird, was einige Sekunden dauert.</translation>
    </message>
    <message>
        <source>They are made again while a source is open and nothing else is to be done.</source>
        <translation>Sie entstehen wieder, solange eine Quelle offen und nichts anderes zu tun ist.</translation>
    </message>
    <message>
        <source>A source without captions is listened to again, which may take minutes. What you corrected by hand stays.</source>
        <translation>Eine Quelle ohne Untertitel wird wieder abgehört, was Minuten dauern kann. Was du von Hand berichtigt hast, bleibt.</translation>
    </message>
    <message>
        <source>What ended jobs left goes; jobs under way keep theirs.</source>
        <translation>Was beendete Aufträge übrig ließen, geht; laufende behalten ihres.</translation>
    </message>
    <message>
        <source>Nothing else needs them.</source>
        <translation>Nichts anderes braucht sie.</translation>
    </message>
</context>
<context>
    <name>StoreRow</name>
    <message>
        <source>{0}: space on the disk</source>
        <translation>{0}: Platz auf dem Datenträger</translation>
    </message>
</context>
<context>
    <name>StyleForm</name>
    <message>
        <source>Size of the letters</source>
        <translation>Größe der Buchstaben</translation>
    </message>
    <message>
        <source>Place of captions, from top to bottom</source>
        <translation>Platz der Untertitel, von oben nach unten</translation>
    </message>
    <message>
        <source>The word that is said</source>
        <translation>Das Wort, das gesagt wird</translation>
    </message>
    <message>
        <source>In its own colour</source>
        <translation>In eigener Farbe</translation>
    </message>
    <message>
        <source>Springs up</source>
        <translation>Springt auf</translation>
    </message>
    <message>
        <source>Fills up as it is sung</source>
        <translation>Füllt sich beim Sprechen</translation>
    </message>
    <message>
        <source>Glows</source>
        <translation>Leuchtet</translation>
    </message>
    <message>
        <source>On a box</source>
        <translation>Auf einem Kasten</translation>
    </message>
    <message>
        <source>Like the others</source>
        <translation>Wie die anderen</translation>
    </message>
    <message>
        <source>Letters</source>
        <translation>Buchstaben</translation>
    </message>
    <message>
        <source>Spoken word</source>
        <translation>Gesagtes Wort</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>Umriss</translation>
    </message>
    <message>
        <source>Capital letters</source>
        <translation>Großbuchstaben</translation>
    </message>
    <message>
        <source>Keep as my style</source>
        <translation>Als meinen Stil behalten</translation>
    </message>
    <message>
        <source>The preset “My style” looks like this from now on</source>
        <translation>Die Vorlage „Mein Stil“ sieht von nun an so aus</translation>
    </message>
    <message>
        <source>Colour of the letters</source>
        <translation>Farbe der Buchstaben</translation>
    </message>
    <message>
        <source>Colour of the spoken word</source>
        <translation>Farbe des gesagten Wortes</translation>
    </message>
    <message>
        <source>Colour of the outline</source>
        <translation>Farbe des Umrisses</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>Spoken</source>
        <translation>Gesagtes</translation>
    </message>
</context>
<context>
    <name>Suggestions</name>
    <message>
        <source>Topics in this video</source>
        <translation>Themen in diesem Video</translation>
    </message>
    <message>
        <source>Looked for before</source>
        <translation>Zuvor gesucht</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Forget what was looked for before</source>
        <translation>Vergessen, wonach zuvor gesucht wurde</translation>
    </message>
</context>
<context>
    <name>TextMenu</name>
    <message>
        <source>Copy all of the text</source>
        <translation>Den ganzen Text kopieren</translation>
    </message>
    <message>
        <source>Save as SRT …</source>
        <translation>Als SRT speichern …</translation>
    </message>
    <message>
        <source>Save as VTT …</source>
        <translation>Als VTT speichern …</translation>
    </message>
    <message>
        <source>Save as text …</source>
        <translation>Als Text speichern …</translation>
    </message>
    <message>
        <source>Choose captions …</source>
        <translation>Untertitel wählen …</translation>
    </message>
    <message>
        <source>Listen to it</source>
        <translation>Abhören</translation>
    </message>
    <message>
        <source>Back to what was heard</source>
        <translation>Zurück zu dem, was gehört wurde</translation>
    </message>
    <message>
        <source>Go here</source>
        <translation>Hierher gehen</translation>
    </message>
    <message>
        <source>Make a clip</source>
        <translation>Einen Clip machen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Correct the word</source>
        <translation>Das Wort berichtigen</translation>
    </message>
    <message>
        <source>Correct the line</source>
        <translation>Die Zeile berichtigen</translation>
    </message>
    <message>
        <source>From a file that you gave</source>
        <translation>Aus einer Datei, die du gegeben hast</translation>
    </message>
    <message>
        <source>From the captions beside the file</source>
        <translation>Aus den Untertiteln neben der Datei</translation>
    </message>
    <message>
        <source>From the captions in the file</source>
        <translation>Aus den Untertiteln in der Datei</translation>
    </message>
    <message>
        <source>From the captions of the site</source>
        <translation>Aus den Untertiteln der Seite</translation>
    </message>
    <message>
        <source>From captions that the site made by itself</source>
        <translation>Aus Untertiteln, die die Seite selbst gemacht hat</translation>
    </message>
    <message>
        <source>Heard by a model on this machine</source>
        <translation>Von einem Modell auf diesem Rechner gehört</translation>
    </message>
    <message>
        <source>Corrected by hand; searches and captions go by it</source>
        <translation>Von Hand berichtigt; Suchen und Untertitel gehen danach</translation>
    </message>
    <message>
        <source>Save the words</source>
        <translation>Die Worte speichern</translation>
    </message>
</context>
<context>
    <name>Tiles</name>
    <message>
        <source>Name of the clip</source>
        <translation>Name des Clips</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>Skript</translation>
    </message>
    <message>
        <source>The file is gone</source>
        <translation>Die Datei ist weg</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>Not read yet</source>
        <translation>Noch nicht gelesen</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>Nicht lesbar</translation>
    </message>
    <message>
        <source>Move clip</source>
        <translation>Clip verschieben</translation>
    </message>
    <message>
        <source>Move edge</source>
        <translation>Rand verschieben</translation>
    </message>
</context>
<context>
    <name>TimelineFace</name>
    <message>
        <source>{0}, {1} clips of {2} chosen</source>
        <translation>{0}, {1} von {2} Clips gewählt</translation>
    </message>
    <message>
        <source>{0}, clip {1} of {2} chosen, from {3} to {4}</source>
        <translation>{0}, Clip {1} von {2} gewählt, von {3} bis {4}</translation>
    </message>
</context>
<context>
    <name>TimesForm</name>
    <message>
        <source>[H:]MM:SS.mmm or seconds; Up and Down step by the digit under the cursor</source>
        <translation>[H:]MM:SS.mmm oder Sekunden; Auf und Ab ändern die Ziffer unter der Schreibmarke</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Anfang</translation>
    </message>
    <message>
        <source>&amp;End</source>
        <translation>&amp;Ende</translation>
    </message>
    <message>
        <source>The source is only {0} long.</source>
        <translation>Die Quelle ist nur {0} lang.</translation>
    </message>
    <message>
        <source>Choose an earlier start.</source>
        <translation>Wähle einen früheren Anfang.</translation>
    </message>
    <message>
        <source>Times count from the first picture or sound.</source>
        <translation>Zeiten zählen vom ersten Bild oder Ton an.</translation>
    </message>
    <message>
        <source>{0} long</source>
        <translation>{0} lang</translation>
    </message>
    <message>
        <source>the source ends at {0}</source>
        <translation>die Quelle endet bei {0}</translation>
    </message>
</context>
<context>
    <name>TrackChoice</name>
    <message>
        <source>Sound</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Sound tracks</source>
        <translation>Tonspuren</translation>
    </message>
    <message>
        <source>Which of the source&apos;s sound tracks the clips have</source>
        <translation>Welche Tonspuren der Quelle die Clips haben</translation>
    </message>
    <message>
        <source>Take the source&apos;s captions along</source>
        <translation>Die Untertitel der Quelle mitnehmen</translation>
    </message>
    <message>
        <source>As a text track that players show and hide</source>
        <translation>Als Textspur, die sich beim Abspielen zeigen und verbergen lässt</translation>
    </message>
    <message numerus="yes">
        <source>All %n tracks</source>
        <translation>
            <numerusform>Alle %n Spur</numerusform>
            <numerusform>Alle %n Spuren</numerusform>
        </translation>
    </message>
    <message>
        <source>No sound</source>
        <translation>Kein Ton</translation>
    </message>
    <message>
        <source>{0} · {1}</source>
        <translation>{0} · {1}</translation>
    </message>
    <message>
        <source>Track {0}</source>
        <translation>Spur {0}</translation>
    </message>
</context>
<context>
    <name>TranscriptCommands</name>
    <message>
        <source>Search in the text</source>
        <translation>Im Text suchen</translation>
    </message>
    <message>
        <source>Make a clip of the chosen words</source>
        <translation>Aus den gewählten Worten einen Clip machen</translation>
    </message>
</context>
<context>
    <name>TranscriptDesk</name>
    <message>
        <source>Clip of words</source>
        <translation>Clip aus Worten</translation>
    </message>
</context>
<context>
    <name>TranscriptPane</name>
    <message>
        <source>Copy, save, correct …</source>
        <translation>Kopieren, speichern, berichtigen …</translation>
    </message>
    <message>
        <source>Copy, save, correct</source>
        <translation>Kopieren, speichern, berichtigen</translation>
    </message>
    <message>
        <source>How much was listened to</source>
        <translation>Wie viel abgehört ist</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>What was heard so far is kept; listening can go on later</source>
        <translation>Was bisher gehört wurde, bleibt; das Abhören kann später weitergehen</translation>
    </message>
    <message>
        <source>Back to the playhead</source>
        <translation>Zurück zur Abspielmarke</translation>
    </message>
    <message>
        <source>Go along with what is said again</source>
        <translation>Wieder mitgehen mit dem, was gesagt wird</translation>
    </message>
    <message>
        <source>Make a clip</source>
        <translation>Einen Clip machen</translation>
    </message>
    <message>
        <source>Make a clip of the chosen words (C)</source>
        <translation>Aus den gewählten Worten einen Clip machen (C)</translation>
    </message>
    <message>
        <source>Correct the line</source>
        <translation>Die Zeile berichtigen</translation>
    </message>
    <message>
        <source>Correct the word</source>
        <translation>Das Wort berichtigen</translation>
    </message>
    <message>
        <source>{0} chosen</source>
        <translation>{0} gewählt</translation>
    </message>
    <message>
        <source>From {0}</source>
        <translation>Ab {0}</translation>
    </message>
</context>
<context>
    <name>TranscriptView</name>
    <message>
        <source>What is said</source>
        <translation>Was gesagt wird</translation>
    </message>
</context>
<context>
    <name>Transport</name>
    <message>
        <source>To the beginning</source>
        <translation>Zum Anfang</translation>
    </message>
    <message>
        <source>One picture back</source>
        <translation>Ein Bild zurück</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>One picture on</source>
        <translation>Ein Bild vor</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>Zum Ende</translation>
    </message>
    <message>
        <source>Where it is</source>
        <translation>Wo es ist</translation>
    </message>
    <message>
        <source>Type a time and press Enter to go there (G)</source>
        <translation>Tippe eine Zeit und drücke Eingabe, um dorthin zu gehen (G)</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>How fast it plays</source>
        <translation>Wie schnell es spielt</translation>
    </message>
    <message>
        <source>Repeat the chosen clip</source>
        <translation>Den gewählten Clip wiederholen</translation>
    </message>
    <message>
        <source>Sound track</source>
        <translation>Tonspur</translation>
    </message>
    <message>
        <source>Captions</source>
        <translation>Untertitel</translation>
    </message>
    <message>
        <source>Sound off</source>
        <translation>Ton aus</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Lautstärke</translation>
    </message>
    <message>
        <source>In</source>
        <translation>In</translation>
    </message>
    <message>
        <source>A clip starts here (I)</source>
        <translation>Ein Clip beginnt hier (I)</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>Out</translation>
    </message>
    <message>
        <source>The clip ends here (O)</source>
        <translation>Der Clip endet hier (O)</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>Alle Tasten</translation>
    </message>
    <message>
        <source>{0} of this source are ready for quick scrubbing.</source>
        <translation>{0} dieser Quelle sind für schnelles Spulen bereit.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Sound on</source>
        <translation>Ton an</translation>
    </message>
    <message>
        <source>No captions</source>
        <translation>Keine Untertitel</translation>
    </message>
</context>
<context>
    <name>TrialLines</name>
    <message>
        <source>works, {0} ms</source>
        <translation>geht, {0} ms</translation>
    </message>
    <message>
        <source>work, {0} to {1} ms</source>
        <translation>gehen, {0} bis {1} ms</translation>
    </message>
    <message>
        <source>Driver {0}.</source>
        <translation>Treiber {0}.</translation>
    </message>
    <message>
        <source>Decoder</source>
        <translation>Decoder</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>Encoder</translation>
    </message>
    <message>
        <source>Models with</source>
        <translation>Modelle mit</translation>
    </message>
</context>
<context>
    <name>TryStep</name>
    <message>
        <source>Try it</source>
        <translation>Ausprobieren</translation>
    </message>
    <message>
        <source>A talk of ten minutes about a small podcast is made here, with captions. The words to look for are ready: press Enter, tick what you like, and export it.</source>
        <translation>Hier entsteht ein zehnminütiger Vortrag über einen kleinen Podcast, mit Untertiteln. Die Suchworte stehen bereit: Drücke Eingabe, hake an, was dir gefällt, und exportiere es.</translation>
    </message>
    <message>
        <source>Open the sample talk</source>
        <translation>Den Beispielvortrag öffnen</translation>
    </message>
    <message>
        <source>Or press Start, and paste a link or drop a file of yours.</source>
        <translation>Oder drücke Start, und füge einen Link ein oder lege eine eigene Datei ab.</translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Bring the clip back that was deleted last</source>
        <translation>Den zuletzt gelöschten Clip zurückholen</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Start it again</source>
        <translation>Wieder starten</translation>
    </message>
    <message>
        <source>The preferences name keys that there are not: {0}.</source>
        <translation>Die Einstellungen nennen Tasten, die es nicht gibt: {0}.</translation>
    </message>
    <message>
        <source>The commands keep their first keys; choose others under Settings, Shortcuts.</source>
        <translation>Die Befehle behalten ihre ersten Tasten; wähle andere unter Einstellungen, Tastenkürzel.</translation>
    </message>
</context>
<context>
    <name>WindowCommands</name>
    <message>
        <source>Open a file …</source>
        <translation>Eine Datei öffnen …</translation>
    </message>
    <message>
        <source>Open a link</source>
        <translation>Einen Link öffnen</translation>
    </message>
    <message>
        <source>Try the sample talk</source>
        <translation>Den Beispielvortrag ausprobieren</translation>
    </message>
    <message>
        <source>Settings …</source>
        <translation>Einstellungen …</translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation>Das Fenster schließen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>New window</source>
        <translation>Neues Fenster</translation>
    </message>
    <message>
        <source>Open a project …</source>
        <translation>Ein Projekt öffnen …</translation>
    </message>
    <message>
        <source>Save the project</source>
        <translation>Das Projekt speichern</translation>
    </message>
    <message>
        <source>Save the project as …</source>
        <translation>Das Projekt speichern als …</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Paste links or files</source>
        <translation>Links oder Dateien einfügen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Find moments</source>
        <translation>Momente finden</translation>
    </message>
    <message>
        <source>Transcript</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>Clips</translation>
    </message>
    <message>
        <source>Shorts</source>
        <translation>Shorts</translation>
    </message>
    <message>
        <source>By times</source>
        <translation>Nach Zeiten</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>Aufträge</translation>
    </message>
    <message>
        <source>Side panel</source>
        <translation>Seitenleiste</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Reset the layout</source>
        <translation>Die Anordnung zurücksetzen</translation>
    </message>
    <message>
        <source>Form of clips …</source>
        <translation>Form der Clips …</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>All commands …</source>
        <translation>Alle Befehle …</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>Alle Tasten</translation>
    </message>
    <message>
        <source>Undo “{0}”</source>
        <translation>Rückgängig: „{0}“</translation>
    </message>
    <message>
        <source>Redo “{0}”</source>
        <translation>Wiederholen: „{0}“</translation>
    </message>
</context>
<context>
    <name>WordField</name>
    <message>
        <source>Correct the line</source>
        <translation>Die Zeile berichtigen</translation>
    </message>
    <message>
        <source>Correct the word</source>
        <translation>Das Wort berichtigen</translation>
    </message>
    <message>
        <source>Enter keeps it, Esc leaves it as it was</source>
        <translation>Eingabe übernimmt es, Esc lässt es, wie es war</translation>
    </message>
</context>
<context>
    <name>WorkRow</name>
    <message>
        <source>{0}: what is to do it</source>
        <translation>{0}: was es tun soll</translation>
    </message>
    <message>
        <source>What does not work here is left to the processor</source>
        <translation>Was hier nicht geht, bleibt dem Prozessor</translation>
    </message>
    <message>
        <source>…</source>
        <translation>…</translation>
    </message>
    <message>
        <source>{0}: result of the test</source>
        <translation>{0}: Ergebnis der Prüfung</translation>
    </message>
    <message>
        <source>Graphics card</source>
        <translation>Grafikkarte</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Prozessor</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
</context>
<context>
    <name>Written</name>
    <message>
        <source>A hook is written here</source>
        <translation>Hier steht ein Aufhänger</translation>
    </message>
    <message>
        <source>Follow for more</source>
        <translation>Folge für mehr</translation>
    </message>
    <message>
        <source>Your captions look like this</source>
        <translation>So sehen deine Untertitel aus</translation>
    </message>
</context>
<context>
    <name>_Row</name>
    <message>
        <source>Look for {0}</source>
        <translation>Nach {0} suchen</translation>
    </message>
    <message>
        <source>Look for “{0}”</source>
        <translation>Nach „{0}“ suchen</translation>
    </message>
</context>
<context>
    <name>_Skeletons</name>
    <message>
        <source>Moments are being looked for</source>
        <translation>Momente werden gesucht</translation>
    </message>
</context>
</TS>
