using Rlm.Mcp.Hosting;

namespace Rlm.Mcp.Commands;

/// <summary>The root folder of a command: the same choice as the server's, with no client to ask.</summary>
internal static class StartRoot
{
    /// <summary>What is known about the root.</summary>
    public static RootRequest Request(OperatorSettings settings, Shell shell) =>
        new(settings.Root, shell.Variable("CLAUDE_PROJECT_DIR"), shell.StartFolder, new UserFolders(shell.Variable).Home, settings.AllowBroadRoot);

    /// <summary>Absolute path of the root.</summary>
    /// <exception cref="UsageException">The folder that the operator asked for is not there.</exception>
    /// <exception cref="NotAvailableException">Too broad, or nothing to serve.</exception>
    public static string Choose(OperatorSettings settings, Shell shell)
    {
        if (settings.Root is { } asked && !Directory.Exists(asked)) throw new UsageException($"{settings.RootSource}: there is no folder {asked}.");
        var decision = new RootChooser().Choose(Request(settings, shell));
        return decision.Folder ?? throw new NotAvailableException($"not_available: {decision.Refusal}. Choose a folder with --root DIR; --allow-broad-root lifts the ban on home and /.");
    }

    /// <summary>For people: who chose it.</summary>
    public static string Source(OperatorSettings settings, Shell shell) =>
        settings.RootSource ?? (string.IsNullOrWhiteSpace(shell.Variable("CLAUDE_PROJECT_DIR")) ? "the start folder" : "CLAUDE_PROJECT_DIR");
}
