using System.CommandLine;
using System.Text.Json;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Commands;

/// <summary><c>program</c> on the command line: code from the line, a file or stdin, and a prompt of its own on a terminal.</summary>
internal sealed class ProgramCommand(ToolDefinition definition, Func<ToolSettings, ToolRegistry> open) : ToolCommand(definition, open)
{
    private const long LargestFile = 1 << 20;

    public override int Run(ParseResult parsed, OperatorSettings settings, Shell shell)
    {
        var values = Values(parsed);
        var given = values.TryGetValue("code", out var code) ? code.GetString()! : null;
        if (given is null && shell.InputIsTerminal) return new ProgramPrompt(this, Open(settings, shell), values, IsJson(parsed), shell).Run();
        values["code"] = JsonSerializer.SerializeToElement(CodeOf(given, shell));
        return CallAndPrint(Open(settings, shell), values, IsJson(parsed), shell);
    }

    // A word that names a file is that file: no program is one word with such a name.
    private static string CodeOf(string? given, Shell shell)
    {
        if (given is null or "-") return string.Join('\n', Lines(shell));
        if (given.Contains('\n', StringComparison.Ordinal) || given.Length > 4_096) return given;
        var path = Path.Combine(shell.StartFolder, given);
        if (!File.Exists(path)) return given.EndsWith(".py", StringComparison.Ordinal) ? throw new NotAvailableException($"program: there is no file {given}.") : given;
        return new FileInfo(path).Length <= LargestFile ? File.ReadAllText(path) : throw new UsageException($"program: {given} is larger than {LargestFile >> 20} MiB.");
    }

    private static IEnumerable<string> Lines(Shell shell)
    {
        while (shell.ReadLine() is { } line) yield return line;
    }
}
