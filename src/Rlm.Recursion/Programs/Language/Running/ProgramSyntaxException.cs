namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>The text is not Python.</summary>
internal sealed class ProgramSyntaxException(string message, int line, string type = "SyntaxError") : Exception(message)
{
    public int Line { get; } = line;

    public string Type { get; } = type;
}
