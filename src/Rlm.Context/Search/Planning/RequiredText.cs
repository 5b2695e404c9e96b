using System.Text;

namespace Rlm.Context.Search.Planning;

/// <summary>Text that every match of a pattern holds; <see cref="AnyCase"/>: with its ASCII letters in any case.</summary>
internal sealed record RequiredText(string Text, bool AnyCase)
{
    // Counted repeats are followed so far; longer texts are not rarer.
    private const int MaxTimes = 8, MaxLength = 256;

    /// <summary>The longest such text of a pattern; null when none is certain.</summary>
    public static RequiredText? Of(PatternTree tree)
    {
        var anyCase = IgnoresCase(tree.Root);
        var known = Of(tree.Root, anyCase);
        return Of(Longer(known.Best, known.Begin), anyCase);
    }

    /// <summary>A text that is asked for as it stands; null when files can hold it in other bytes than its own: any invalid byte is read as U+FFFD.</summary>
    public static RequiredText? Of(string text, bool anyCase) => IsCertain(text, anyCase) ? new(text, anyCase) : null;

    // All matches are Exact if that is not null; they begin and end with Begin and End, and hold Best.
    private sealed record Known(string? Exact, string Begin, string End, string Best)
    {
        public static readonly Known Nothing = Of("");
        public static readonly Known Anything = new(null, "", "", "");

        public static Known Of(string text) => new(text, text, text, "");

        public static Known Then(Known first, Known second)
        {
            var best = Longer(Longer(first.Best, second.Best), first.End + second.Begin);
            var exact = first.Exact is not null && second.Exact is not null && best.Length <= MaxLength ? first.Exact + second.Exact : null;
            return new(exact, first.Exact is null ? first.Begin : first.Exact + second.Begin, second.Exact is null ? second.End : first.End + second.Exact, best);
        }

        public static Known Either(Known left, Known right) => left.Exact is not null && left.Exact == right.Exact ? Of(left.Exact) : new(null, CommonBegin(left.Begin, right.Begin), CommonEnd(left.End, right.End), "");

        public static Known Repeated(Known once, int least, int most)
        {
            if (most == 0) return Nothing;
            if (least == 0) return Anything;
            var all = once;
            for (var times = Math.Min(least, MaxTimes); times > 1; times--) all = Then(all, once);
            return least == most && least <= MaxTimes ? all : all with { Exact = null, Best = Longer(all.Best, Longer(all.Begin, all.End)) };
        }
    }

    private static Known Of(PatternNode node, bool anyCase) => node switch
    {
        PatternNode.Character { Members: [var only] } when IsCertain(only, anyCase) => Known.Of(only.ToString()),
        PatternNode.Place => Known.Nothing,
        PatternNode.Sequence sequence => sequence.Parts.Aggregate(Known.Nothing, (known, part) => Known.Then(known, Of(part, anyCase))),
        PatternNode.Either either => either.Branches.Select(branch => Of(branch, anyCase)).Aggregate(Known.Either),
        PatternNode.Repeat repeat => Known.Repeated(Of(repeat.Once, anyCase), repeat.Least, repeat.Most),
        PatternNode.Around { IsNegative: false } around => Known.Nothing with { Best = Of(around.Body, anyCase) is var seen ? Longer(seen.Best, Longer(seen.Begin, seen.End)) : "" },
        PatternNode.Around => Known.Nothing,
        PatternNode.Atomic atomic => Of(atomic.Body, anyCase),
        _ => Known.Anything,
    };

    private static bool IgnoresCase(PatternNode node) => node switch
    {
        PatternNode.Character character => character.IgnoresCase,
        PatternNode.Sequence sequence => sequence.Parts.Any(IgnoresCase),
        PatternNode.Either either => either.Branches.Any(IgnoresCase),
        PatternNode.Repeat repeat => IgnoresCase(repeat.Once),
        PatternNode.Around around => IgnoresCase(around.Body),
        PatternNode.Atomic atomic => IgnoresCase(atomic.Body),
        _ => false,
    };

    // Half a pair may become whole with its neighbour.
    private static bool IsCertain(char character, bool anyCase) => anyCase ? char.IsAscii(character) : character != '\uFFFD';

    private static bool IsCertain(string text, bool anyCase) => text.Length > 0 && (anyCase ? Ascii.IsValid(text) : !text.EnumerateRunes().Contains(Rune.ReplacementChar));

    private static string Longer(string left, string right) => right.Length > left.Length ? right : left;

    private static string CommonBegin(string left, string right) => left[..left.AsSpan().CommonPrefixLength(right)];

    private static string CommonEnd(string left, string right)
    {
        var length = 0;
        while (length < left.Length && length < right.Length && left[^(length + 1)] == right[^(length + 1)]) length++;
        return left[^length..];
    }
}
