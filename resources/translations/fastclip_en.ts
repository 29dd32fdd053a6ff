<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
<context>
    <name>ActionLine</name>
    <message numerus="yes">
        <source>%n clips chosen · {0}</source>
        <translation>
            <numerusform>%n clip chosen · {0}</numerusform>
            <numerusform>%n clips chosen · {0}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ArrivalDesk</name>
    <message numerus="yes">
        <source>%n more cannot be opened.</source>
        <translation>
            <numerusform>%n more cannot be opened.</numerusform>
            <numerusform>%n more cannot be opened.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files of the folder are left out.</source>
        <translation>
            <numerusform>%n file of the folder is left out.</numerusform>
            <numerusform>%n files of the folder are left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more are left out, as a project is opened by itself.</source>
        <translation>
            <numerusform>%n more is left out, as a project is opened by itself.</numerusform>
            <numerusform>%n more are left out, as a project is opened by itself.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BatchSheet</name>
    <message numerus="yes">
        <source>%n sources</source>
        <translation>
            <numerusform>%n source</numerusform>
            <numerusform>%n sources</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Still to be looked up: %n</source>
        <translation>
            <numerusform>Still to be looked up: %n</numerusform>
            <numerusform>Still to be looked up: %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Left out, as they cannot be opened: %n</source>
        <translation>
            <numerusform>Left out, as they cannot be opened: %n</numerusform>
            <numerusform>Left out, as they cannot be opened: %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ClipDesk</name>
    <message numerus="yes">
        <source>%n clips were deleted.</source>
        <translation>
            <numerusform>%n clip was deleted.</numerusform>
            <numerusform>%n clips were deleted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ClipList</name>
    <message numerus="yes">
        <source>%n earlier ones</source>
        <translation>
            <numerusform>%n earlier one</numerusform>
            <numerusform>%n earlier ones</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ClipWords</name>
    <message numerus="yes">
        <source>%n days left</source>
        <translation>
            <numerusform>%n day left</numerusform>
            <numerusform>%n days left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h left</source>
        <translation>
            <numerusform>%n h left</numerusform>
            <numerusform>%n h left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CutCards</name>
    <message numerus="yes">
        <source>%n moments · {0}</source>
        <translation>
            <numerusform>%n moment · {0}</numerusform>
            <numerusform>%n moments · {0}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{0} of %n moments · {1}</source>
        <translation>
            <numerusform>{0} of %n moment · {1}</numerusform>
            <numerusform>{0} of %n moments · {1}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EstimateDesk</name>
    <message numerus="yes">
        <source>%n clips are longer than 60 s.</source>
        <translation>
            <numerusform>%n clip is longer than 60 s.</numerusform>
            <numerusform>%n clips are longer than 60 s.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n clips are too long for that size.</source>
        <translation>
            <numerusform>%n clip is too long for that size.</numerusform>
            <numerusform>%n clips are too long for that size.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindDesk</name>
    <message numerus="yes">
        <source>%n more moments like this one.</source>
        <translation>
            <numerusform>%n more moment like this one.</numerusform>
            <numerusform>%n more moments like this one.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n moments found.</source>
        <translation>
            <numerusform>%n moment found.</numerusform>
            <numerusform>%n moments found.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show the closest %n</source>
        <translation>
            <numerusform>Show the closest one</numerusform>
            <numerusform>Show the closest %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HardwarePage</name>
    <message numerus="yes">
        <source>%n core(s)</source>
        <translation>
            <numerusform>%n core</numerusform>
            <numerusform>%n cores</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JobBar</name>
    <message numerus="yes">
        <source>Export %n clips</source>
        <translation>
            <numerusform>Export %n clip</numerusform>
            <numerusform>Export %n clips</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n jobs</source>
        <translation>
            <numerusform>%n job</numerusform>
            <numerusform>%n jobs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JobWords</name>
    <message numerus="yes">
        <source>%n parts joined</source>
        <translation>
            <numerusform>%n part joined</numerusform>
            <numerusform>%n parts joined</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Clips for “{0}” of %n sources</source>
        <translation>
            <numerusform>Clips for “{0}” of %n source</numerusform>
            <numerusform>Clips for “{0}” of %n sources</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The best clips of %n sources</source>
        <translation>
            <numerusform>The best clips of %n source</numerusform>
            <numerusform>The best clips of %n sources</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n clips of {0}</source>
        <translation>
            <numerusform>%n clip of {0}</numerusform>
            <numerusform>%n clips of {0}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n clips</source>
        <translation>
            <numerusform>%n clip</numerusform>
            <numerusform>%n clips</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n moments found.</source>
        <translation>
            <numerusform>%n moment found.</numerusform>
            <numerusform>%n moments found.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n clips made.</source>
        <translation>
            <numerusform>%n clip made.</numerusform>
            <numerusform>%n clips made.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n clips made;</source>
        <translation>
            <numerusform>%n clip made;</numerusform>
            <numerusform>%n clips made;</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sources failed.</source>
        <translation>
            <numerusform>%n source failed.</numerusform>
            <numerusform>%n sources failed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{0} of %n clips made;</source>
        <translation>
            <numerusform>{0} of %n clip made;</numerusform>
            <numerusform>{0} of %n clips made;</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed.</source>
        <translation>
            <numerusform>%n failed.</numerusform>
            <numerusform>%n failed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n s left</source>
        <translation>
            <numerusform>%n s left</numerusform>
            <numerusform>%n s left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JobsPanel</name>
    <message numerus="yes">
        <source>%n earlier ones</source>
        <translation>
            <numerusform>%n earlier one</numerusform>
            <numerusform>%n earlier ones</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LibraryPage</name>
    <message numerus="yes">
        <source>%n clips</source>
        <translation>
            <numerusform>%n clip</numerusform>
            <numerusform>%n clips</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelsStep</name>
    <message numerus="yes">
        <source>%n core(s)</source>
        <translation>
            <numerusform>%n core</numerusform>
            <numerusform>%n cores</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutputWords</name>
    <message numerus="yes">
        <source>about %n seconds</source>
        <translation>
            <numerusform>about %n second</numerusform>
            <numerusform>about %n seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minutes</source>
        <translation>
            <numerusform>about %n minute</numerusform>
            <numerusform>about %n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QuickHits</name>
    <message numerus="yes">
        <source>%n places hold these words. Enter looks deeper.</source>
        <translation>
            <numerusform>%n place holds these words. Enter looks deeper.</numerusform>
            <numerusform>%n places hold these words. Enter looks deeper.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReceiptWords</name>
    <message numerus="yes">
        <source>%n frames</source>
        <translation>
            <numerusform>%n frame</numerusform>
            <numerusform>%n frames</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Removals</name>
    <message numerus="yes">
        <source>%n clips were deleted.</source>
        <translation>
            <numerusform>%n clip was deleted.</numerusform>
            <numerusform>%n clips were deleted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sharing</name>
    <message numerus="yes">
        <source>%n links copied.</source>
        <translation>
            <numerusform>%n link copied.</numerusform>
            <numerusform>%n links copied.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ShortsPane</name>
    <message numerus="yes">
        <source>Make %n shorts</source>
        <translation>
            <numerusform>Make %n short</numerusform>
            <numerusform>Make %n shorts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SpokenPane</name>
    <message numerus="yes">
        <source>Said in %n sources</source>
        <translation>
            <numerusform>Said in %n source</numerusform>
            <numerusform>Said in %n sources</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatePage</name>
    <message numerus="yes">
        <source>%n minutes</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrackChoice</name>
    <message numerus="yes">
        <source>All %n tracks</source>
        <translation>
            <numerusform>The one track</numerusform>
            <numerusform>All %n tracks</numerusform>
        </translation>
    </message>
</context>
</TS>
