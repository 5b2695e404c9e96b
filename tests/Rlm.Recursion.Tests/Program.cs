using Microsoft.Extensions.AI;
using Rlm.Recursion.Models;
using Rlm.Recursion.Models.Cli;
using Rlm.Recursion.Programs.BuiltIn;
using Rlm.Recursion.Tests.Models.Cli;
using Rlm.Recursion.Tests.Programs;

switch (args)
{
    // As in rlm-mcp: the hidden subcommand is the guard.
    case ["__guard", .. var command]:
        return CliGuard.Run(command);
    case [BuiltInWorker.Command]:
        return BuiltInWorker.Run();
    case [HostileWorker.Command, var kind]:
        return HostileWorker.Run(kind);
    // A server that is about to be killed: it asks the agent that it finds in PATH.
    case ["__ask"]:
        var variables = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);
        var keys = new ModelKeys { Cli = new CliHost { Guard = CliMachine.Guard, Environment = variables } };
        await ModelFactory.Create(ModelSpec.Parse("cli:claude"), keys, new()).Client.GetResponseAsync([new ChatMessage(ChatRole.User, "hi")]);
        return 0;
    default:
        return await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
}
