using System.Text.RegularExpressions;

namespace Rlm.Context.Search.Ranking;

/// <summary>
/// A question as words to look for: names whole and by their humps, other words by their stems, words in a row also as one name, without filler.
/// <code>how does the change tracker call DetectChanges → change, tracker, call, changetracker, …, detectchanges, detect, change</code>
/// </summary>
internal sealed partial class RankedQuery
{
    private const int MaxWords = 24, MaxJoined = 6, MaxWord = 64, MaxJoinedName = 80, MaxAll = 64;

    private readonly Dictionary<ulong, ulong> _masks = [];

    private RankedQuery(List<QueryWord> words)
    {
        Words = words;
        for (var index = 0; index < words.Count; index++)
        {
            if (words[index].Stem != 0) _masks[words[index].Stem] = _masks.GetValueOrDefault(words[index].Stem) | (1UL << index);
            if (words[index].Name != 0) _masks[words[index].Name] = _masks.GetValueOrDefault(words[index].Name) | (1UL << index);
        }
    }

    /// <summary>At most 64, each once, in the order of the question; joined ones last.</summary>
    public IReadOnlyList<QueryWord> Words { get; }

    /// <summary>Reads a question.</summary>
    /// <param name="question">In words, or a bag of names.</param>
    /// <param name="exists">Whether a name occurs at all; null when that is not known: then only words that count themselves are joined.</param>
    public static RankedQuery Of(string question, Func<ulong, bool>? exists = null)
    {
        var words = new List<QueryWord>();
        var rows = new List<string>();
        foreach (Match match in Word().Matches(question))
        {
            var word = match.Value.Trim('_');
            var isUsed = word.Length is > 1 and <= MaxWord && !QuestionFiller.Contains(word) && Add(word, words);
            rows.Add(isUsed || exists is not null ? word.ToLowerInvariant() : "");
            if (words.Count >= MaxWords) break;
        }
        words = [.. words.DistinctBy(word => (word.Stem, word.Stem != 0 ? 0 : word.Name))];
        Join(rows, exists, words);
        return new([.. words.Take(MaxAll)]);
    }

    /// <summary>The words, one bit each, that a term stands for.</summary>
    public ulong MaskOf(ulong term) => _masks.GetValueOrDefault(term);

    /// <summary>The words, one bit each, that occur in a text.</summary>
    public ulong MaskOf(ReadOnlySpan<char> text)
    {
        var sink = new MaskSink(this);
        TermSplitter.Split(text, ref sink);
        return sink.Mask;
    }

    /// <summary>The same, with how many stems the text has and how many of them are asked for.</summary>
    public (ulong Mask, int Stems, int Asked) CountIn(ReadOnlySpan<char> text)
    {
        var sink = new MaskSink(this);
        TermSplitter.Split(text, ref sink);
        return (sink.Mask, sink.Stems, sink.Asked);
    }

    /// <summary>Whether the question itself has a word.</summary>
    public bool Asks(string word) => MaskOf(TermHash.OfName(word)) != 0;

    private static bool Add(string word, List<QueryWord> words)
    {
        var humps = SymbolScore.Humps(word);
        var stems = new StemSink([], []);
        TermSplitter.Split(word, ref stems);
        if (stems.Stems.Count == 0) return false;
        var lower = word.ToLowerInvariant();
        if (humps.Count == 1 && stems.Stems.Count == 1)
        {
            words.Add(new(lower, ScanOf(lower), QueryWordKind.Word, stems.Stems[0], NameOf(lower)));
            return true;
        }
        words.Add(new(lower, lower, QueryWordKind.Name, 0, NameOf(lower)));
        foreach (var hump in humps.Select(hump => hump.ToLowerInvariant()).Where(hump => hump.Length > 1))
        {
            var parts = new StemSink([], []);
            TermSplitter.Split(hump, ref parts);
            if (parts.Stems.Count > 0) words.Add(new(hump, ScanOf(hump), QueryWordKind.Part, parts.Stems[0], 0));
        }
        return true;
    }

    private static void Join(List<string> rows, Func<ulong, bool>? exists, List<QueryWord> words)
    {
        for (var length = MaxJoined; length > 1; length--)
            for (var start = 0; start + length <= rows.Count; start++)
            {
                var row = rows.GetRange(start, length);
                if (row.Contains("")) continue;
                var joined = string.Concat(row);
                foreach (var form in (ReadOnlySpan<string>)[joined, joined.EndsWith('s') ? joined[..^1] : joined + "s"])
                    if (form.Length <= MaxJoinedName && exists?.Invoke(NameOf(form)) != false) words.Add(new(form, form, QueryWordKind.Joined, 0, NameOf(form)));
            }
    }

    private static ulong NameOf(string lower)
    {
        var hash = TermHash.NameSeed;
        foreach (var c in lower) hash = TermHash.Add(hash, c);
        return hash;
    }

    private static string ScanOf(string lower)
    {
        var stem = lower.ToCharArray();
        var length = Stemmer.Stem(stem);
        var common = lower.AsSpan().CommonPrefixLength(stem.AsSpan(0, length));
        return common >= 2 ? lower[..common] : lower;
    }

    private struct MaskSink(RankedQuery query) : ITermSink
    {
        public ulong Mask;
        public int Stems, Asked;

        public void AddName(ulong term) => Mask |= query.MaskOf(term);

        public void AddStem(ulong term)
        {
            var found = query.MaskOf(term);
            Stems++;
            if (found != 0) Asked++;
            Mask |= found;
        }
    }

    private readonly record struct StemSink(List<ulong> Stems, List<ulong> Names) : ITermSink
    {
        public void AddName(ulong term) => Names.Add(term);

        public void AddStem(ulong term) => Stems.Add(term);
    }

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
