namespace Rlm.Recursion.Tests.Doubles;

/// <summary>A unit in a request.</summary>
public sealed record ScriptedUnit(int Id, string Handle, string? Symbol, string Text)
{
    /// <summary>Its first line without the number.</summary>
    public string FirstLine => Text[(Text.IndexOf('\t', StringComparison.Ordinal) + 1)..].Split('\n')[0];
}
