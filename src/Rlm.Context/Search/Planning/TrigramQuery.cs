using System.Collections.Immutable;

namespace Rlm.Context.Search.Planning;

/// <summary>What a <see cref="TrigramQuery"/> asks of a file.</summary>
internal enum TrigramQueryKind
{
    /// <summary>Nothing: every file may match.</summary>
    All,
    /// <summary>No file can match.</summary>
    None,
    /// <summary>All of its trigrams and all of its parts.</summary>
    And,
    /// <summary>One of its trigrams or one of its parts.</summary>
    Or,
}

/// <summary>
/// A condition on the set of trigrams of a file that every file with a match fulfils. It may let files through that do not match, never the other way round:
/// whatever would make it too large makes it weaker instead. Never changes.
/// </summary>
internal sealed class TrigramQuery
{
    /// <summary>At most this many trigrams in one query, over all its parts.</summary>
    public const int MaxTrigrams = 384;

    /// <summary>Every file may match.</summary>
    public static readonly TrigramQuery All = new(TrigramQueryKind.All, [], []);

    /// <summary>No file can match.</summary>
    public static readonly TrigramQuery None = new(TrigramQueryKind.None, [], []);

    private TrigramQuery(TrigramQueryKind kind, ImmutableArray<uint> trigrams, ImmutableArray<TrigramQuery> parts)
    {
        (Kind, Trigrams, Parts) = (kind, trigrams, parts);
        Size = trigrams.Length + parts.Sum(part => part.Size);
    }

    /// <summary>How trigrams and parts are combined.</summary>
    public TrigramQueryKind Kind { get; }

    /// <summary>Distinct, ascending.</summary>
    public ImmutableArray<uint> Trigrams { get; }

    /// <summary>Queries of the other kind: an And holds Ors, an Or holds Ands.</summary>
    public ImmutableArray<TrigramQuery> Parts { get; }

    /// <summary>Trigrams in it and its parts.</summary>
    public int Size { get; }

    /// <summary>A file must hold all of these.</summary>
    public static TrigramQuery Of(IEnumerable<uint> trigrams) => Make(TrigramQueryKind.And, [.. new SortedSet<uint>(trigrams)], []);

    /// <summary>Both must hold.</summary>
    public static TrigramQuery And(TrigramQuery left, TrigramQuery right)
    {
        if (left.Kind == TrigramQueryKind.None || right.Kind == TrigramQueryKind.All) return left;
        if (right.Kind == TrigramQueryKind.None || left.Kind == TrigramQueryKind.All) return right;
        return Make(TrigramQueryKind.And, Union(left.TrigramsFor(TrigramQueryKind.And), right.TrigramsFor(TrigramQueryKind.And)),
            Distinct([.. left.PartsFor(TrigramQueryKind.And), .. right.PartsFor(TrigramQueryKind.And)]));
    }

    /// <summary>One of the two must hold.</summary>
    public static TrigramQuery Or(TrigramQuery left, TrigramQuery right)
    {
        if (left.Kind == TrigramQueryKind.All || right.Kind == TrigramQueryKind.None || left.IsSameAs(right)) return left;
        if (right.Kind == TrigramQueryKind.All || left.Kind == TrigramQueryKind.None) return right;
        if (left.Kind == TrigramQueryKind.And && right.Kind == TrigramQueryKind.And && left.Trigrams.Intersect(right.Trigrams).ToArray() is { Length: > 0 } common)
            return And(Of(common), Or(left.Without(common), right.Without(common)));
        return Make(TrigramQueryKind.Or, Union(left.TrigramsFor(TrigramQueryKind.Or), right.TrigramsFor(TrigramQueryKind.Or)),
            Distinct([.. left.PartsFor(TrigramQueryKind.Or), .. right.PartsFor(TrigramQueryKind.Or)]));
    }

    /// <summary>Whether a file with these trigrams may match.</summary>
    public bool Admits(Func<uint, bool> has) => Kind switch
    {
        TrigramQueryKind.All => true,
        TrigramQueryKind.None => false,
        TrigramQueryKind.And => Trigrams.All(has) && Parts.All(part => part.Admits(has)),
        _ => Trigrams.Any(has) || Parts.Any(part => part.Admits(has)),
    };

    /// <inheritdoc/>
    public override string ToString()
    {
        if (Kind is TrigramQueryKind.All or TrigramQueryKind.None) return Kind.ToString();
        var terms = Trigrams.Select(Shown).Concat(Parts.Select(part => $"({part})"));
        return string.Join(Kind == TrigramQueryKind.And ? " " : " | ", terms);
    }

    private static string Shown(uint trigram) => string.Concat(new[] { trigram >> 16, (trigram >> 8) & 0xFF, trigram & 0xFF }.Select(value => value is > 32 and < 127 ? $"{(char)value}" : $"\\{value:x2}"));

    // Too large: an Or can only give up, an And does with fewer conditions, the simple ones first.
    private static TrigramQuery Make(TrigramQueryKind kind, ImmutableArray<uint> trigrams, ImmutableArray<TrigramQuery> parts)
    {
        if (trigrams.IsEmpty && parts.IsEmpty) return All;
        if (trigrams.IsEmpty && parts.Length == 1) return parts[0];
        var query = new TrigramQuery(kind, trigrams, parts);
        if (query.Size <= MaxTrigrams) return query;
        if (kind == TrigramQueryKind.Or) return All;
        if (trigrams.Length > MaxTrigrams) return new(kind, trigrams[..MaxTrigrams], []);
        var room = MaxTrigrams - trigrams.Length;
        return Make(kind, trigrams, [.. parts.OrderBy(part => part.Size).TakeWhile(part => (room -= part.Size) >= 0)]);
    }

    private TrigramQuery Without(uint[] common) => Make(TrigramQueryKind.And, [.. Trigrams.Except(common)], Parts);

    // A single trigram is as good an And as an Or.
    private ImmutableArray<uint> TrigramsFor(TrigramQueryKind kind) => Kind == kind || IsSingle ? Trigrams : [];

    private ImmutableArray<TrigramQuery> PartsFor(TrigramQueryKind kind) => Kind == kind ? Parts : IsSingle ? [] : [this];

    private bool IsSingle => Trigrams.Length == 1 && Parts.IsEmpty;

    private bool IsSameAs(TrigramQuery other) => Kind == other.Kind && Size == other.Size && Trigrams.AsSpan().SequenceEqual(other.Trigrams.AsSpan())
        && Parts.Length == other.Parts.Length && Parts.Zip(other.Parts).All(pair => pair.First.IsSameAs(pair.Second));

    private static ImmutableArray<uint> Union(ImmutableArray<uint> left, ImmutableArray<uint> right) => [.. new SortedSet<uint>(left.Concat(right))];

    private static ImmutableArray<TrigramQuery> Distinct(ReadOnlySpan<TrigramQuery> parts)
    {
        var distinct = new List<TrigramQuery>(parts.Length);
        foreach (var part in parts)
            if (!distinct.Exists(part.IsSameAs)) distinct.Add(part);
        return [.. distinct];
    }
}
