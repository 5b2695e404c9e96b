namespace Rlm.Mcp.Commands;

/// <summary>Brings together what the operator said: flags before environment variables before the user's configuration file.</summary>
internal static class OperatorReader
{
    /// <exception cref="UsageException">A value that makes no sense, or a configuration file that was named but is not there, or that is broken.</exception>
    public static OperatorSettings Read(OperatorArguments arguments, Func<string, string?> variable, string startFolder)
    {
        var folders = new UserFolders(variable);
        var values = new Dictionary<Flag, OperatorValue>();
        foreach (var flag in OperatorFlags.All)
            if (arguments.Given.TryGetValue(flag, out var given)) values[flag] = new(given, flag.Name, startFolder);
            else if (variable(OperatorFlags.VariableOf(flag)) is { Length: > 0 } text)
                values[flag] = new(flag.Kind == FlagKind.List ? text.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) : [text], OperatorFlags.VariableOf(flag), startFolder);

        var file = Named(values, folders) ?? folders.ConfigFile;
        if (file is null || !File.Exists(file)) return new OperatorSettings(values, folders).Checked();
        var warnings = new List<string>();
        foreach (var (flag, fromFile) in ConfigFile.Read(file, warnings)) values.TryAdd(flag, new(fromFile, $"{file} \"{OperatorFlags.KeyOf(flag)}\"", Path.GetDirectoryName(file)!));
        return new OperatorSettings(values, folders) { ConfigFile = file, Warnings = warnings }.Checked();
    }

    private static string? Named(Dictionary<Flag, OperatorValue> values, UserFolders folders)
    {
        if (values.GetValueOrDefault(OperatorFlags.Config) is not { } value) return null;
        var file = PathTools.Absolute(value.Values[^1], value.Folder, folders.Home);
        return File.Exists(file) ? file : throw new UsageException($"{value.Source}: there is no file {file}.");
    }
}
