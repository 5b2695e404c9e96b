using Rlm.Recursion.Models.Cli;
using Rlm.Recursion.Programs.BuiltIn;

namespace Rlm.Mcp.Commands;

/// <summary>Brings together what the operator said: flags before environment variables before the user's configuration file.</summary>
internal static class OperatorReader
{
    /// <summary>Also mentions on stderr what it ignored.</summary>
    /// <exception cref="UsageException">A value that makes no sense, or a configuration file that was named but is not there, or that is broken.</exception>
    public static OperatorSettings Read(IReadOnlyDictionary<Flag, IReadOnlyList<string>> given, Shell shell)
    {
        var settings = Merge(given, shell, Around(shell)).Checked();
        foreach (var warning in settings.Warnings) shell.Error.WriteLine($"rlm-mcp: {warning}");
        return settings;
    }

    private static OperatorSettings Merge(IReadOnlyDictionary<Flag, IReadOnlyList<string>> given, Shell shell, Surroundings? around)
    {
        var folders = new UserFolders(shell.Variable);
        var values = new Dictionary<Flag, OperatorValue>();
        foreach (var flag in OperatorFlags.All)
            if (given.TryGetValue(flag, out var typed)) values[flag] = new(typed, flag.Name, shell.StartFolder);
            else if (shell.Variable(OperatorFlags.VariableOf(flag)) is { Length: > 0 } text)
                values[flag] = new(flag.Kind == FlagKind.List ? text.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) : [text], OperatorFlags.VariableOf(flag), shell.StartFolder);

        var file = Named(values, folders) ?? folders.ConfigFile;
        if (file is null || !File.Exists(file)) return new(values, folders) { Around = around };
        var warnings = new List<string>();
        foreach (var (flag, fromFile) in ConfigFile.Read(file, warnings)) values.TryAdd(flag, new(fromFile, $"{file} \"{OperatorFlags.KeyOf(flag)}\"", Path.GetDirectoryName(file)!));
        return new(values, folders) { ConfigFile = file, Warnings = warnings, Around = around };
    }

    private static Surroundings? Around(Shell shell) =>
        shell is { Variables: { } variables, Executable: { } program } ? new(shell.Variable, new() { Guard = [program, CliGuard.Command, "--"], Environment = variables() }) { Worker = [program, BuiltInWorker.Command] } : null;

    private static string? Named(Dictionary<Flag, OperatorValue> values, UserFolders folders)
    {
        if (values.GetValueOrDefault(OperatorFlags.Config) is not { } value) return null;
        var file = PathTools.Absolute(value.Values[^1], value.Folder, folders.Home);
        return File.Exists(file) ? file : throw new UsageException($"{value.Source}: there is no file {file}.");
    }
}
