namespace Rlm.Context.History.Indexing;

/// <summary>What each commit of an index did to one path.</summary>
/// <param name="ByCommit">One of the constants for each commit, by place.</param>
internal sealed record PathVerdicts(byte[] ByCommit)
{
    /// <summary>The first parent has it just so.</summary>
    public const byte Untouched = 0;

    /// <summary>It differs from every parent.</summary>
    public const byte Own = 1;

    /// <summary>It cannot be said from the index.</summary>
    public const byte Unknown = 2;

    /// <summary>The commit added it: it may have had another name before.</summary>
    public const byte New = 3;

    /// <summary>The second parent has it just so; the next number means the third, and so on.</summary>
    public const byte FromSecond = 4;
}
