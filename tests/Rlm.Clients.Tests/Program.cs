using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Rlm.Clients.Tests;

internal static class Program
{
    private static async Task<int> Main(string[] arguments) => arguments switch
    {
        [WireSpy.Switch, var log, var command, .. var rest] => await WireSpy.RunAsync(log, command, rest),
        // As the entry point that xunit would generate.
        _ when arguments.Contains("--server") || arguments.Contains("--internal-msbuild-node") => await TestPlatformTestFramework.RunAsync(arguments, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
        _ => await ConsoleRunner.Run(arguments),
    };
}
