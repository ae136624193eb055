@echo off
rem Java's shell with all of Curvature4j imported. Needs a JDK 17 or newer. Written with care, and never run so far.
call "%~dp0curvature.cmd" jshell %*
exit /b %ERRORLEVEL%
