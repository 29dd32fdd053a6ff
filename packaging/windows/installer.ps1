# Makes the installer: installer.ps1 -Application dist\fastclip-desktop -Version 1.2.3 -Out dist
# Needs Inno Setup 6.3 or later. Sign the programs with sign.ps1 before; the installer and its uninstaller are signed here.
[CmdletBinding()]
param(
    [Parameter(Mandatory)][string] $Application,
    [Parameter(Mandatory)][string] $Version,
    [Parameter(Mandatory)][string] $Out
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$root = (Get-Item $PSScriptRoot).Parent.Parent.FullName

$iscc = (Get-Command iscc.exe -ErrorAction SilentlyContinue).Source
if (-not $iscc) {
    $iscc = @(${env:ProgramFiles(x86)}, $env:ProgramFiles, "$env:LOCALAPPDATA\Programs") |
        ForEach-Object { Join-Path $_ 'Inno Setup 6\ISCC.exe' } | Where-Object { Test-Path $_ } | Select-Object -First 1
}
if (-not $iscc) { throw 'Inno Setup 6 is not there: https://jrsoftware.org/isinfo.php' }

New-Item -ItemType Directory -Force $Out | Out-Null
$arguments = @(
    '/Qp'
    "/DAppVersion=$Version"
    "/DNumbers=$([regex]::Match($Version, '^[0-9.]*[0-9]').Value)"
    "/DApplication=$((Resolve-Path $Application).Path)"
    "/DOutput=$((Resolve-Path $Out).Path)"
    "/DIcon=$(Join-Path $root 'build\icons\fastclip.ico')"
)
if ($env:WINDOWS_CERTIFICATE -or $env:WINDOWS_CERTIFICATE_THUMBPRINT) {
    # iscc writes $q for a quotation mark and $f for the file.
    $sign = Join-Path $PSScriptRoot 'sign.ps1'
    $arguments += @('/DSign', "/Sfastclip=powershell.exe -NoProfile -ExecutionPolicy Bypass -File `$q$sign`$q `$f")
}
& $iscc @arguments (Join-Path $PSScriptRoot 'fastclip.iss')
if ($LASTEXITCODE -ne 0) { throw "iscc ended with $LASTEXITCODE." }
