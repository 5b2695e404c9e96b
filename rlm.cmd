@echo off
rem Builds and runs Rlm.Mcp from its sources on Windows; the same verbs as ./rlm, which says more.
rem Build output goes to stderr. A build lies in a folder of its own, since running programs lock their files.
setlocal EnableDelayedExpansion
set "root=%~dp0"
set "root=%root:~0,-1%"
set "builds=%root%\artifacts\rlm\builds"
set "seen=%root%\artifacts\rlm\seen"
set DOTNET_CLI_TELEMETRY_OPTOUT=1
set DOTNET_NOLOGO=1
set MSBUILDDISABLENODEREUSE=1

if /i "%~1"=="test" goto test
if /i "%~1"=="bench" goto bench

set "current="
if exist "%builds%\current" set /p current=<"%builds%\current"
if not defined current goto build
if not exist "%builds%\%current%\rlm-mcp.exe" goto build
rem A source newer than the copy that the last build was made from?
set changed=0
for /f %%n in ('xcopy "%root%\src" "%seen%\src" /d /l /s /y /q ^| findstr /r "^[1-9]"') do set changed=1
for %%f in (Directory.Build.props Directory.Packages.props global.json .editorconfig BannedSymbols.txt) do (
  fc /b "%root%\%%f" "%seen%\%%f" >nul 2>&1 || set changed=1
)
if %changed%==0 goto start
if /i "%~1"=="serve" (
  echo rlm: serving an older build: the sources have changed since. "rlm --version" builds them. 1>&2
  goto start
)

:build
call :need_dotnet || exit /b 3
echo rlm: building ^(once per change of the sources^) ... 1>&2
set "current=%RANDOM%-%RANDOM%"
dotnet publish "%root%\src\Rlm.Mcp" -c Release --ucr -p:SelfContained=false -p:PublishReadyToRun=true --artifacts-path "%root%\artifacts\rlm\work" -o "%builds%\%current%" -v quiet 1>&2 <nul
if errorlevel 1 (
  echo rlm: the build failed. 1>&2
  exit /b 1
)
if exist "%seen%" rd /s /q "%seen%"
xcopy "%root%\src" "%seen%\src" /s /y /q /i >nul
for %%f in (Directory.Build.props Directory.Packages.props global.json .editorconfig BannedSymbols.txt) do copy /y "%root%\%%f" "%seen%\%%f" >nul
>"%builds%\current" echo %current%
rem The program that outlines other languages than C#: fetched once. Without it everything works, with guesses in its place.
set "offline="
for %%a in (%*) do if /i "%%~a"=="--offline" set offline=1
if not defined offline "%builds%\%current%\rlm-mcp.exe" doctor --install >nul <nul
rem Old builds go; one that still runs cannot be renamed and stays.
for /d %%d in ("%builds%\*") do if /i not "%%~nxd"=="%current%" (move "%%d" "%%d.old" >nul 2>&1 && rd /s /q "%%d.old")

:start
set "RLM_LAUNCHER=%~f0"
"%builds%\%current%\rlm-mcp.exe" %*
exit /b %errorlevel%

:test
call :need_dotnet || exit /b 3
set "filters="
:more
shift
if "%~1"=="" goto run
if "%~1"=="--long" (set RLM_TEST_LONG=1) else set filters=!filters! %1
goto more
:run
dotnet build "%root%\Rlm.Mcp.sln" -v quiet || exit /b 1
set failed=0
for /d %%p in ("%root%\tests\*.Tests") do (
  echo == %%~nxp
  dotnet "%root%\artifacts\bin\%%~nxp\debug\%%~nxp.dll" -noLogo -longRunning 60 !filters! <nul || set failed=1
)
rem The sum over projects, which ./rlm test ends with, is not made here.
exit /b %failed%

:bench
call :need_dotnet || exit /b 3
shift
set "words="
:word
if "%~1"=="" goto measure
set words=!words! %1
shift
goto word
:measure
dotnet run --project "%root%\tests\Rlm.Benchmarks" -c Release -- !words!
exit /b %errorlevel%

:need_dotnet
where dotnet >nul 2>&1 && exit /b 0
echo rlm: the .NET SDK 10 is needed and was not found. Get it here: https://dotnet.microsoft.com/download/dotnet/10.0 1>&2
exit /b 3
