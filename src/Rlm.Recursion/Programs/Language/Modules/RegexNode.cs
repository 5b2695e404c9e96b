using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary>A part of a pattern as read.</summary>
internal abstract record RegexNode
{
    /// <summary>Whether it can match nothing.</summary>
    public bool Nullable => this switch
    {
        One => false,
        Sequence sequence => sequence.Parts.All(part => part.Nullable),
        Alternatives alternatives => alternatives.Branches.Any(branch => branch.Nullable),
        Repeat repeat => repeat.Least == 0 || repeat.Inner.Nullable,
        Group group => group.Inner.Nullable,
        _ => true,
    };

    /// <summary>One character of a set.</summary>
    public sealed record One(RegexSet Set) : RegexNode;

    public sealed record Sequence(IReadOnlyList<RegexNode> Parts) : RegexNode;

    public sealed record Alternatives(IReadOnlyList<RegexNode> Branches) : RegexNode;

    /// <summary>Without an upper bound <paramref name="Most"/> is null.</summary>
    public sealed record Repeat(RegexNode Inner, int Least, int? Most, bool Lazy) : RegexNode;

    public sealed record Group(RegexNode Inner, int Number) : RegexNode;

    public sealed record Assertion(RegexAssertion Kind, bool Ascii) : RegexNode;
}
