namespace Rlm.Mcp.Commands;

/// <summary>The real surroundings. The only place that reads the process's environment and start folder.</summary>
internal static class ProcessShell
{
    /// <summary>Set by the launcher script to its own absolute path.</summary>
    public const string LauncherVariable = "RLM_LAUNCHER";

    public static Shell Create(CancellationToken stop) => new()
    {
        Out = new(Console.OpenStandardOutput(), !Console.IsOutputRedirected),
        Error = new(Console.OpenStandardError(), !Console.IsErrorRedirected),
        InputIsTerminal = !Console.IsInputRedirected,
        ReadLine = () => Console.In.ReadLine(),
        Variable = Environment.GetEnvironmentVariable,
        Variables = () => Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().ToDictionary(item => (string)item.Key, item => (string)item.Value!, StringComparer.Ordinal),
        Executable = Environment.ProcessPath,
        StartFolder = StartFolder(),
        ProgramPath = Launcher ?? Environment.ProcessPath!,
        ProgramName = Launcher is null ? "rlm-mcp" : "./rlm",
        Stop = stop,
    };

    private static string? Launcher => Environment.GetEnvironmentVariable(LauncherVariable) is { Length: > 0 } path && File.Exists(path) ? path : null;

    // The start folder is read here, once, and handed on.
    private static string StartFolder()
    {
#pragma warning disable RS0030
        return Environment.CurrentDirectory;
#pragma warning restore RS0030
    }

    /// <summary>True for <c>1</c>, <c>true</c>, <c>yes</c> and <c>on</c>.</summary>
    public static bool IsOn(this string? value) => value?.ToLowerInvariant() is "1" or "true" or "yes" or "on";
}
