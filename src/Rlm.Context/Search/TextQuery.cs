namespace Rlm.Context.Search;

/// <summary>How a pattern is meant.</summary>
public enum PatternKind
{
    /// <summary>The characters themselves.</summary>
    Literal,
    /// <summary>.NET regular expression syntax, applied to one line at a time.</summary>
    Regex,
    /// <summary>The characters themselves, with a word boundary at each end that is a word character.</summary>
    Word,
}

/// <summary>Whether case matters.</summary>
public enum PatternCase
{
    /// <summary>Insensitive only if the pattern has no upper-case letter.</summary>
    Smart,
    /// <summary>Case matters.</summary>
    Sensitive,
    /// <summary>Case does not matter (.NET's invariant casing).</summary>
    Insensitive,
}

/// <summary>What to look for in the lines of files.</summary>
/// <param name="Pattern">One line, 1 to 4,096 characters.</param>
/// <param name="Kind">How it is meant.</param>
/// <param name="Case">Whether case matters.</param>
public sealed record TextQuery(string Pattern, PatternKind Kind, PatternCase Case)
{
    /// <summary>True when case does not matter for this pattern.</summary>
    public bool IgnoresCase => Case == PatternCase.Insensitive || (Case == PatternCase.Smart && !Pattern.Any(char.IsUpper));
}

/// <summary>A matching line.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">Of the first match, from 1, in UTF-16 units.</param>
/// <param name="Length">Of the first match, in UTF-16 units; 0 for an empty match.</param>
public readonly record struct LineHit(int Line, int Column, int Length);
