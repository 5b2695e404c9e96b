using System.Runtime.InteropServices;

namespace Rlm.Context.Files.Ignore;

/// <summary>What a set of ignore rules says about one entry.</summary>
internal enum IgnoreVerdict
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>Left out.</summary>
    Ignore,
    /// <summary>Taken back in.</summary>
    Include,
}

/// <summary>The rules of one ignore file (gitignore(5)). Plain names and <c>*.ext</c>, most of what such files hold, are found by hash; only the rest is tried one by one.</summary>
internal sealed class IgnoreFile
{
    /// <summary>More of an ignore file than this many bytes is not read.</summary>
    public const int MaxBytes = 1 << 20;

    private const string Utf8Mark = "\u00EF\u00BB\u00BF";

    private readonly List<IgnoreRule> _rules = [];
    private readonly Dictionary<string, Ranks> _names = new(StringComparer.Ordinal), _extensions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Ranks>.AlternateLookup<ReadOnlySpan<char>> _namesBySpan, _extensionsBySpan;
    private readonly IgnoreRule[] _others;

    /// <summary>Highest rank for a file and for a folder; -1 is none.</summary>
    private record struct Ranks(int File, int Folder);

    private IgnoreFile(string text)
    {
        (_namesBySpan, _extensionsBySpan) = (_names.GetAlternateLookup<ReadOnlySpan<char>>(), _extensions.GetAlternateLookup<ReadOnlySpan<char>>());
        var others = new List<IgnoreRule>();
        foreach (var line in text.AsSpan(text.StartsWith(Utf8Mark, StringComparison.Ordinal) ? Utf8Mark.Length : 0).EnumerateLf())
            if (IgnoreRule.Parse(line, _rules.Count) is { } rule)
            {
                _rules.Add(rule);
                if (!TryIndex(rule)) others.Add(rule);
            }
        others.Reverse();
        _others = [.. others];
    }

    /// <summary>True when no line says anything.</summary>
    public bool IsEmpty => _rules.Count == 0;

    /// <summary>Reads an ignore file whose bytes have been made characters one by one.</summary>
    public static IgnoreFile Parse(string text) => new(text);

    /// <summary>What the last matching rule says.</summary>
    /// <param name="path">From the folder of the ignore file.</param>
    /// <param name="name">The last component of the path.</param>
    /// <param name="isFolder">Rules that end with a slash see only folders.</param>
    public IgnoreVerdict Match(ReadOnlySpan<char> path, ReadOnlySpan<char> name, bool isFolder)
    {
        var best = -1;
        if (_names.Count > 0 && _namesBySpan.TryGetValue(name, out var ranks)) best = isFolder ? ranks.Folder : ranks.File;
        if (_extensions.Count > 0 && name.LastIndexOf('.') is var dot and >= 0 && _extensionsBySpan.TryGetValue(name[dot..], out ranks))
            best = Math.Max(best, isFolder ? ranks.Folder : ranks.File);
        foreach (var rule in _others)
        {
            if (rule.Index < best) break;
            if (!rule.Matches(path, name, isFolder)) continue;
            best = rule.Index;
            break;
        }
        return best < 0 ? IgnoreVerdict.None : _rules[best].Negated ? IgnoreVerdict.Include : IgnoreVerdict.Ignore;
    }

    private bool TryIndex(IgnoreRule rule)
    {
        if (!rule.ByName) return false;
        var pattern = rule.Pattern.Segments[0];
        if (pattern.Literal is { } name) Rank(_names, name, rule);
        else if (pattern.Suffix is { } suffix && suffix.LastIndexOf('.') == 0) Rank(_extensions, suffix, rule);
        else return false;
        return true;
    }

    private static void Rank(Dictionary<string, Ranks> index, string key, IgnoreRule rule)
    {
        ref var ranks = ref CollectionsMarshal.GetValueRefOrAddDefault(index, key, out var exists);
        if (!exists) ranks = new(-1, -1);
        ranks.Folder = rule.Index;
        if (!rule.FoldersOnly) ranks.File = rule.Index;
    }
}

/// <summary>Lines of an ignore file as git reads them: ended by LF, one CR before it dropped, cut at a NUL.</summary>
internal static class IgnoreLines
{
    /// <summary>Enumerates the lines without a copy.</summary>
    public static LineEnumerator EnumerateLf(this ReadOnlySpan<char> text) => new(text);

    /// <summary>The enumerator.</summary>
    public ref struct LineEnumerator(ReadOnlySpan<char> text)
    {
        private ReadOnlySpan<char> _rest = text;

        /// <summary>The line.</summary>
        public ReadOnlySpan<char> Current { get; private set; }

        /// <summary>Itself.</summary>
        public readonly LineEnumerator GetEnumerator() => this;

        /// <summary>Goes to the next line.</summary>
        public bool MoveNext()
        {
            if (_rest.IsEmpty) return false;
            var end = _rest.IndexOf('\n');
            var line = end < 0 ? _rest : _rest[..end];
            _rest = end < 0 ? default : _rest[(end + 1)..];
            if (end >= 0 && line is [.., '\r']) line = line[..^1];
            Current = line.IndexOf('\0') is var nul and >= 0 ? line[..nul] : line;
            return true;
        }
    }
}
