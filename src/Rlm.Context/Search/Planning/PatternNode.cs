namespace Rlm.Context.Search.Planning;

/// <summary>A part of a regular expression as <see cref="PatternParser"/> reads it. Where it stands in the pattern is kept for parts that are rewritten.</summary>
internal abstract record PatternNode
{
    /// <summary>Matches one character.</summary>
    /// <param name="Start">Where it begins in the pattern.</param>
    /// <param name="End">Behind its last character.</param>
    /// <param name="Set">What it takes, perhaps more.</param>
    /// <param name="Members">The same one by one, before case is ignored; null when they are many or not certain.</param>
    /// <param name="IgnoresCase">Each stands for both cases.</param>
    internal sealed record Character(int Start, int End, CharacterSet Set, IReadOnlyList<char>? Members, bool IgnoresCase) : PatternNode;

    /// <summary>Matches a place between characters.</summary>
    /// <param name="Start">Where it begins in the pattern.</param>
    /// <param name="End">Behind its last character.</param>
    /// <param name="Kind">Its letter: <c>^ $ b B A G Z z</c>.</param>
    internal sealed record Place(int Start, int End, char Kind) : PatternNode;

    /// <summary>One directly after the other; the empty text when there are none.</summary>
    internal sealed record Sequence(IReadOnlyList<PatternNode> Parts) : PatternNode;

    /// <summary>One of several.</summary>
    internal sealed record Either(IReadOnlyList<PatternNode> Branches) : PatternNode;

    /// <summary>The same some times in a row, greedy or lazy.</summary>
    /// <param name="Once">What is repeated.</param>
    /// <param name="Least">How often at least.</param>
    /// <param name="Most">How often at most; <see cref="int.MaxValue"/> without a bound.</param>
    internal sealed record Repeat(PatternNode Once, int Least, int Most) : PatternNode;

    /// <summary>A look-around.</summary>
    internal sealed record Around(PatternNode Body, bool IsNegative) : PatternNode;

    /// <summary>A group that is never entered again once left.</summary>
    internal sealed record Atomic(PatternNode Body) : PatternNode;

    /// <summary>What a group has matched, again.</summary>
    internal sealed record Again : PatternNode;

    /// <summary>It is certain how far it reaches in the pattern, but not what it matches.</summary>
    internal sealed record Unknown : PatternNode;
}
