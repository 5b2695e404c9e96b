using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary><c>textwrap.dedent</c> and <c>indent</c>.</summary>
internal static class TextMargins
{
    public static string Dedent(Machine machine, string text)
    {
        machine.ChargeText(text.Length);
        machine.Tick(text.Length / 16);
        var lines = text.Split('\n').Select(line => line.AsSpan().Trim(" \t").IsEmpty ? "" : line).ToArray();
        string? margin = null;
        foreach (var line in lines.Where(line => line.Length > 0))
        {
            var indent = line[..(line.Length - line.TrimStart(' ', '\t').Length)];
            margin = margin is null ? indent : margin[..margin.AsSpan().CommonPrefixLength(indent)];
        }
        return string.Join('\n', lines.Select(line => line.Length == 0 ? line : line[(margin?.Length ?? 0)..]));
    }

    public static string Indent(Machine machine, string text, string prefix)
    {
        var lines = (PyList)StrSplitting.Lines(machine, text, new Args([Box.True]));
        machine.ChargeText(text.Length + (long)lines.Items.Count * prefix.Length);
        return string.Concat(lines.Items.Cast<string>().Select(line => line.All(StrTests.IsSpace) ? line : prefix + line));
    }
}
