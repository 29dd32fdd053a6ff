# Signs programs: sign.ps1 FILE …
# WINDOWS_CERTIFICATE names a .pfx file and WINDOWS_CERTIFICATE_PASSWORD its password, or WINDOWS_CERTIFICATE_THUMBPRINT a
# certificate of the system's store, as that of a token is. Without either nothing is signed, and it says so.
[CmdletBinding()]
param([Parameter(Mandatory, ValueFromRemainingArguments)][string[]] $Files)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

if ($env:WINDOWS_CERTIFICATE) {
    $with = @('/f', $env:WINDOWS_CERTIFICATE)
    if ($env:WINDOWS_CERTIFICATE_PASSWORD) { $with += @('/p', $env:WINDOWS_CERTIFICATE_PASSWORD) }
}
elseif ($env:WINDOWS_CERTIFICATE_THUMBPRINT) {
    $with = @('/sha1', $env:WINDOWS_CERTIFICATE_THUMBPRINT)
}
else {
    Write-Output 'Not signed: neither WINDOWS_CERTIFICATE nor WINDOWS_CERTIFICATE_THUMBPRINT is set.'
    exit 0
}

$signtool = (Get-Command signtool.exe -ErrorAction SilentlyContinue).Source
if (-not $signtool) {
    $kits = Join-Path ${env:ProgramFiles(x86)} 'Windows Kits\10\bin\*\x64\signtool.exe'
    $signtool = Get-Item $kits -ErrorAction SilentlyContinue | Sort-Object FullName | Select-Object -Last 1 -ExpandProperty FullName
}
if (-not $signtool) { throw 'signtool.exe is not there; the Windows SDK brings it.' }

$timestamp = if ($env:WINDOWS_TIMESTAMP_URL) { $env:WINDOWS_TIMESTAMP_URL } else { 'http://timestamp.digicert.com' }
& $signtool sign /fd sha256 /td sha256 /tr $timestamp @with @Files
if ($LASTEXITCODE -ne 0) { throw "signtool ended with $LASTEXITCODE." }
