namespace Rlm.Context.Files.Ignore;

/// <summary>A pattern over whole paths, component by component; <c>**</c> stands for any number of them (at the end: at least one).</summary>
internal sealed class Glob
{
    private readonly GlobSegment[] _segments;

    private Glob(GlobSegment[] segments) => _segments = segments;

    /// <summary>The components of the pattern.</summary>
    public IReadOnlyList<GlobSegment> Segments => _segments;

    /// <summary>Null for a pattern that cannot match anything.</summary>
    public static Glob? Parse(ReadOnlySpan<char> pattern)
    {
        if (new GlobParser(pattern).Parse() is not { Count: > 0 } tokens) return null;
        var segments = new List<GlobSegment>();
        var start = 0;
        for (var at = 0; at <= tokens.Count; at++)
        {
            if (at < tokens.Count && tokens[at].Kind != GlobTokenKind.Slash) continue;
            if (at == start) return null; // no component of a path is empty
            segments.Add(new([.. tokens[start..at]]));
            start = at + 1;
        }
        return new([.. segments]);
    }

    /// <summary>True when the pattern covers the whole path.</summary>
    public bool Matches(ReadOnlySpan<char> path)
    {
        int segment = 0, starSegment = -1, at = 0, starAt = 0;
        while (at <= path.Length)
        {
            var end = EndOfComponent(path, at);
            if (segment < _segments.Length && _segments[segment].IsStarStar)
            {
                if (segment == _segments.Length - 1) return true;
                starSegment = segment++;
                starAt = at;
            }
            else if (segment < _segments.Length && _segments[segment].Matches(path[at..end]))
            {
                segment++;
                at = end + 1;
            }
            else if (starSegment >= 0)
            {
                starAt = EndOfComponent(path, starAt) + 1;
                at = starAt;
                segment = starSegment + 1;
            }
            else
            {
                return false;
            }
        }
        return segment == _segments.Length;
    }

    private static int EndOfComponent(ReadOnlySpan<char> path, int at) => path[at..].IndexOf('/') is var slash and >= 0 ? at + slash : path.Length;
}
