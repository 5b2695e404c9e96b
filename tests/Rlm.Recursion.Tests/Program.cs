using Rlm.Recursion.Models.Cli;

// As in rlm-mcp: the hidden subcommand is the guard. Everything else is the test runner's.
return args is ["__guard", .. var command] ? CliGuard.Run(command) : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
