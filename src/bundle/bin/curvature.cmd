@echo off
rem Curvature4j's command line on Windows. Needs Java 17 or newer. Written with care, and never run so far.
rem
rem   JAVA_HOME   where Java is; otherwise the java on the PATH
rem   JAVA_OPTS   options for the JVM, such as -Xmx8g or -Dcurvature4j.threads=4
setlocal EnableExtensions DisableDelayedExpansion
for %%I in ("%~dp0..") do set "ROOT=%%~fI"

if exist "%ROOT%\runtime\bin\java.exe" set "JAVA_HOME=%ROOT%\runtime"
if defined JAVA_HOME goto home
set "JAVA=java.exe"
where java.exe >nul 2>nul && goto found
echo curvature: no Java on the PATH: install Java 17 or newer, or set JAVA_HOME to one>&2
exit /b 1
:home
set "JAVA=%JAVA_HOME%\bin\java.exe"
if exist "%JAVA%" goto found
echo curvature: JAVA_HOME: no Java in '%JAVA_HOME%': install Java 17 or newer, or set JAVA_HOME to one>&2
exit /b 1

:found
rem The third word of the first line is the version, in quotes: openjdk version "17.0.15" 2025-04-15
set "MAJOR=0"
for /f "tokens=3" %%V in ('""%JAVA%" -version 2^>^&1" ^| findstr /i /c:" version "') do set "VERSION=%%~V"
for /f "tokens=1 delims=.-+" %%M in ("%VERSION%") do set "MAJOR=%%M"
if %MAJOR% geq 17 goto start
echo curvature: %JAVA% is Java %VERSION%: install Java 17 or newer, or set JAVA_HOME to one>&2
exit /b 1

:start
rem Later JDKs warn of native libraries and of sun.misc.Unsafe, both ND4J's, unless told that these are wanted.
set "WANTED="
if %MAJOR% geq 22 set "WANTED=--enable-native-access=ALL-UNNAMED"
if %MAJOR% geq 24 set "WANTED=%WANTED% --sun-misc-unsafe-memory-access=allow"
rem Whether a person watches the error stream can't be told here; progress bars are not drawn.
set "CURVATURE_TERMINAL=no"
"%JAVA%" "@%ROOT%\lib\java.options" %JAVA_OPTS% %WANTED% -cp "%ROOT%\lib\*" org.curvature4j.cli.Main %*
exit /b %ERRORLEVEL%
