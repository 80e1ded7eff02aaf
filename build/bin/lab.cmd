@echo off
rem lab COMMAND: the command line of the installed Vmap Lab. It runs the app's own runtime as plain Node, without a window.
setlocal
set ELECTRON_RUN_AS_NODE=1
"%~dp0..\..\Vmap Lab.exe" "%~dp0..\app.asar\out\main\cli.js" %*
