; The installer for Windows: iscc /DAppVersion=… /DApplication=… /DOutput=… /DIcon=… fastclip.iss; installer.ps1 calls it.
; For one person, without the rights of an administrator. FastClip listens on this machine only, so no firewall rule.
; The version comes from pyproject.toml; see installer.ps1.

#ifndef AppVersion
  #error Name the version: /DAppVersion=1.2.3
#endif
#ifndef Numbers
  #error Name the numbers of the version, for the file's properties: /DNumbers=1.2.3
#endif
#ifndef Application
  #error Name the folder that PyInstaller built: /DApplication=C:\...\dist\fastclip-desktop
#endif
#ifndef Output
  #error Name the folder that the installer goes to: /DOutput=C:\...\dist
#endif
#ifndef Icon
  #error Name the icon: /DIcon=C:\...\build\icons\fastclip.ico
#endif

[Setup]
; The same for all versions, so that a newer one replaces an older one. Never change it.
AppId={{45755A1E-636D-4801-8F61-1B8A8DDAB09C}
AppName=FastClip Desktop
AppVersion={#AppVersion}
AppPublisher=The FastClip Desktop founders
VersionInfoVersion={#Numbers}
DefaultDirName={localappdata}\Programs\FastClip Desktop
DefaultGroupName=FastClip Desktop
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
DisableProgramGroupPage=yes
ChangesAssociations=yes
ChangesEnvironment=yes
CloseApplications=yes
RestartApplications=no
LicenseFile=..\..\LICENSE
SetupIconFile={#Icon}
UninstallDisplayIcon={app}\fastclip-desktop.exe
WizardStyle=modern
Compression=lzma2/max
SolidCompression=yes
OutputDir={#Output}
OutputBaseFilename=FastClip-{#AppVersion}-windows-x86_64-setup
#ifdef Sign
; "fastclip" is the name under which installer.ps1 tells iscc how to sign.
SignTool=fastclip
SignedUninstaller=yes
#endif

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"

[CustomMessages]
en.Project=FastClip project
de.Project=FastClip-Projekt
en.Associate=Open .fastclip projects by a double click
de.Associate=.fastclip-Projekte mit einem Doppelklick öffnen
en.CommandLine=Find the command "fastclip" in every new terminal
de.CommandLine=Den Befehl „fastclip“ in jedem neuen Terminal finden
en.Kept=FastClip is removed. Your library, models, settings and keys are still in%n%1%n%nDelete that folder if you want nothing to stay. Your clips are where you saved them.
de.Kept=FastClip ist entfernt. Ihre Bibliothek, Modelle, Einstellungen und Schlüssel liegen noch in%n%1%n%nLöschen Sie diesen Ordner, wenn nichts bleiben soll. Ihre Clips liegen dort, wo Sie sie gespeichert haben.

[Tasks]
Name: "associate"; Description: "{cm:Associate}"
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked
Name: "commandline"; Description: "{cm:CommandLine}"; Flags: unchecked

[InstallDelete]
; A newer version's folder holds none of an older one's libraries.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Application}\*"; DestDir: "{app}"; Excludes: "portable.txt"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{autoprograms}\FastClip Desktop"; Filename: "{app}\fastclip-desktop.exe"
Name: "{autodesktop}\FastClip Desktop"; Filename: "{app}\fastclip-desktop.exe"; Tasks: desktopicon

[Registry]
Root: HKCU; Subkey: "Software\Classes\.fastclip"; ValueType: string; ValueData: "FastClip.Project"; Flags: uninsdeletevalue; Tasks: associate
Root: HKCU; Subkey: "Software\Classes\.fastclip"; ValueType: string; ValueName: "Content Type"; ValueData: "application/vnd.fastclip+json"; Flags: uninsdeletevalue; Tasks: associate
Root: HKCU; Subkey: "Software\Classes\FastClip.Project"; ValueType: string; ValueData: "{cm:Project}"; Flags: uninsdeletekey; Tasks: associate
Root: HKCU; Subkey: "Software\Classes\FastClip.Project\DefaultIcon"; ValueType: string; ValueData: "{app}\fastclip-desktop.exe,0"; Tasks: associate
Root: HKCU; Subkey: "Software\Classes\FastClip.Project\shell\open\command"; ValueType: string; ValueData: """{app}\fastclip-desktop.exe"" ""%1"""; Tasks: associate
Root: HKCU; Subkey: "Environment"; ValueType: expandsz; ValueName: "Path"; ValueData: "{code:PathWithUs}"; Flags: preservestringtype; Tasks: commandline

[Run]
Filename: "{app}\fastclip-desktop.exe"; Description: "{cm:LaunchProgram,FastClip Desktop}"; Flags: nowait postinstall skipifsilent

[Code]
function PathOfPerson(): String;
begin
  if not RegQueryStringValue(HKCU, 'Environment', 'Path', Result) then
    Result := '';
end;

function PathWithUs(Unused: String): String;
var
  Ours: String;
begin
  Result := PathOfPerson();
  Ours := ExpandConstant('{app}');
  if Pos(';' + Lowercase(Ours) + ';', ';' + Lowercase(Result) + ';') > 0 then
    exit;
  if (Result <> '') and (Result[Length(Result)] <> ';') then
    Result := Result + ';';
  Result := Result + Ours;
end;

procedure LeavePath();
var
  Whole, Ours: String;
  At: Integer;
begin
  Whole := ';' + PathOfPerson() + ';';
  Ours := ExpandConstant('{app}');
  At := Pos(';' + Lowercase(Ours) + ';', Lowercase(Whole));
  if At = 0 then
    exit;
  Delete(Whole, At, Length(Ours) + 1);
  RegWriteExpandStringValue(HKCU, 'Environment', 'Path', Copy(Whole, 2, Length(Whole) - 2));
end;

procedure CurUninstallStepChanged(Step: TUninstallStep);
begin
  if Step = usPostUninstall then
  begin
    LeavePath();
    if DirExists(ExpandConstant('{localappdata}\fastclip')) then
      SuppressibleMsgBox(FmtMessage(CustomMessage('Kept'), [ExpandConstant('{localappdata}\fastclip')]),
        mbInformation, MB_OK, IDOK);
  end;
end;
