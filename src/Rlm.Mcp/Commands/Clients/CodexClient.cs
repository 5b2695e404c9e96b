using System.Text;
using System.Text.RegularExpressions;
using Rlm.Context.Projects.Manifests;

namespace Rlm.Mcp.Commands.Clients;

/// <summary>
/// Codex, whose settings are TOML: a table of ours is added at the end, where it cannot disturb anything. A file that has one already, or that names
/// servers in a form which a further table would break, is left alone.
/// </summary>
internal sealed partial class CodexClient(string file, string folder, string program, IReadOnlyList<string> arguments) : Client(file, folder)
{
    private const int ToolTimeoutSeconds = 1800; // a recursion may take its time; Codex's own default is 60

    public override string Snippet =>
        $"[mcp_servers.rlm]\ncommand = {Text(program)}\nargs = [{string.Join(", ", arguments.Select(Text))}]\ntool_timeout_sec = {ToolTimeoutSeconds}";

    public override Edit Apply(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return Edit.To(Snippet + "\n");
        var lines = text.ReplaceLineEndings("\n");
        if (lines.Contains(Snippet + "\n", StringComparison.Ordinal) || lines.EndsWith(Snippet, StringComparison.Ordinal)) return Edit.To(text);
        if (Broken(text) is { } fault) return Edit.Refused(fault);
        if (OwnTable().IsMatch(lines)) return Edit.Refused("it has a server \"rlm\" already.");
        if (OtherForm().IsMatch(lines)) return Edit.Refused("it lists servers in one line (mcp_servers = …), to which no table can be added.");
        var lineBreak = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        return Edit.To(text.TrimEnd('\r', '\n') + lineBreak + lineBreak + Snippet.ReplaceLineEndings(lineBreak) + lineBreak);
    }

    // A basic string of TOML.
    private static string Text(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var c in value)
            if (c is '"' or '\\') text.Append('\\').Append(c);
            else if (char.IsControl(c)) text.Append($"\\u{(int)c:X4}");
            else text.Append(c);
        return text.Append('"').ToString();
    }

    // Behind a string or an array that does not close, a table of ours would be a part of it.
    private static string? Broken(string text)
    {
        try
        {
            _ = Toml.Read(text);
            return null;
        }
        catch (FormatException fault)
        {
            return $"{fault.Message}.";
        }
    }

    [GeneratedRegex("""^\s*(\[\s*)?(["']?)mcp_servers\2\s*\.\s*(["']?)rlm\3\s*[\].=]|^\s*(["']?)rlm\4\s*[.=]""", RegexOptions.Multiline)]
    private static partial Regex OwnTable();

    [GeneratedRegex("""^\s*(["']?)mcp_servers\1\s*=""", RegexOptions.Multiline)]
    private static partial Regex OtherForm();
}
