using System.Text;

namespace Rlm.Mcp.Commands;

/// <summary>What <c>--help</c> prints.</summary>
internal static class HelpText
{
    /// <summary>For the program as a whole.</summary>
    public static string Of(IReadOnlyList<Command> commands, string program)
    {
        var text = new StringBuilder($"One repository as a context store: for MCP clients and for you.\n\nUsage: {program} COMMAND [words] [flags]\n\nCommands:\n");
        foreach (var command in commands) Row(text, string.Join(", ", command.Names), command.Summary);
        Operator(text);
        text.Append("\nExamples:\n");
        foreach (var command in commands) text.Append($"  {program} {command.Examples[0]}\n");
        text.Append($"\nMore about one: {program} COMMAND --help\nExit codes: 0 done, 1 failed or partial, 2 bad usage, 3 not available\n");
        return text.ToString();
    }

    /// <summary>For one command.</summary>
    public static string Of(Command command, string program)
    {
        var text = new StringBuilder($"{command.Summary}\n\nUsage: {program} {string.Join('|', command.Names)} {command.Words}".TrimEnd()).Append(" [flags]\n\nFlags:\n");
        foreach (var flag in command.AllFlags) Row(text, flag.Usage, Describe(flag));
        Operator(text);
        text.Append("\nExamples:\n");
        foreach (var example in command.Examples) text.Append($"  {program} {example}\n");
        return text.ToString();
    }

    private static void Operator(StringBuilder text)
    {
        text.Append("\nOperator flags (also RLM_MCP_NAME in the environment or \"name\" in the user's configuration file):\n");
        foreach (var flag in OperatorFlags.All) Row(text, flag.Usage, Describe(flag));
    }

    private static string Describe(Flag flag)
    {
        var text = flag.Description;
        if (!flag.Values.All(text.Contains)) text += $" ({string.Join(" | ", flag.Values)})";
        return flag.Kind == FlagKind.List && !text.Contains("repeatable") ? text + "; repeatable" : text;
    }

    private static void Row(StringBuilder text, string left, string right)
    {
        text.Append("  ").Append(left.PadRight(22));
        text.Append(left.Length > 22 ? "\n" + new string(' ', 24) : "").Append(right).Append('\n');
    }
}
