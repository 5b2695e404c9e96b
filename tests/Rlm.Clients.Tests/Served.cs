namespace Rlm.Clients.Tests;

/// <summary>The server under test: the built <c>rlm-mcp</c> beside this program (the project reference puts it there).</summary>
internal static class Served
{
    public static readonly string Server = Beside("rlm-mcp"), Self = Beside("Rlm.Clients.Tests");

    /// <summary>The command that a client is told: the server behind the spy.</summary>
    public static string[] Command(string wireLog, params string[] more) => [Self, WireSpy.Switch, wireLog, Server, "serve", .. more];

    private static string Beside(string name) => Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? name + ".exe" : name);
}
