using System.Text;
using System.Text.Json;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Commands;

/// <summary>
/// Programs line by line, in one session:
/// <code>
/// >>> hits = search("TODO")
/// >>> for path in sorted({h["path"] for h in hits}):
/// ...     print(path)
/// ...
/// </code>
/// A line that opens a block, or leaves a bracket open, goes on until an empty one.
/// </summary>
internal sealed class ProgramPrompt(ToolCommand command, ToolRegistry tools, Dictionary<string, JsonElement> values, bool json, Shell shell)
{
    /// <summary>Until the end of input.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        shell.Error.WriteLine("Python over the store; help() lists what there is. An empty line ends a block, Ctrl+D the session.");
        try
        {
            while (!shell.Stop.IsCancellationRequested && Next() is { } code)
                if (!string.IsNullOrWhiteSpace(code)) Answer(code);
            return ExitCodes.Done;
        }
        finally
        {
            tools.End?.Invoke();
            if (values.TryGetValue("session", out var session)) shell.Error.WriteLine($"\nTo go on: {shell.ProgramName} program --session {session.GetString()}");
        }
    }

    private string? Next()
    {
        shell.Error.Write(">>> ");
        if (shell.ReadLine() is not { } line) return null;
        var code = new StringBuilder(line);
        while (IsOpen(code.ToString()))
        {
            shell.Error.Write("... ");
            if (shell.ReadLine() is not { Length: > 0 } more) break;
            code.Append('\n').Append(more);
        }
        return code.ToString();
    }

    // Strings are not looked into: a bracket in one asks for an empty line more, and no more than that.
    private static bool IsOpen(string code)
    {
        var depth = code.Count(letter => letter is '(' or '[' or '{') - code.Count(letter => letter is ')' or ']' or '}');
        return depth > 0 || code.TrimEnd().EndsWith(':') || code.TrimEnd().EndsWith('\\') || code.Contains('\n', StringComparison.Ordinal) || code.StartsWith('@');
    }

    private void Answer(string code)
    {
        var asked = new Dictionary<string, JsonElement>(values) { ["code"] = JsonSerializer.SerializeToElement(code) };
        var text = command.CallWith(tools, asked, json, shell).Text;
        if (json || !text.StartsWith("program s-", StringComparison.Ordinal))
        {
            shell.Out.WriteLine(text);
            return;
        }
        // Line 1 has the session, for the next line; a person wants what came of it.
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        values["session"] = JsonSerializer.SerializeToElement(text.Split(' ')[1]);
        if (end >= 0 && end < text.Length - 1) shell.Out.WriteLine(text[(end + 1)..]);
    }
}
