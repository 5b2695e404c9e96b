using Rlm.Recursion.Context;

namespace Rlm.Recursion.Trajectories.Page;

/// <summary>Texts of slices, read anew and redacted. A handle names its text by a hash, so what was read once need not be read again for the next page.</summary>
/// <param name="redactor">What must not be shown.</param>
internal sealed class SliceTexts(Redactor redactor)
{
    private const int LongestLine = 2_000;

    private readonly Dictionary<string, (IReadOnlyList<string>, bool)> _known = new(StringComparer.Ordinal);

    /// <summary>The lines of a handle, and whether some of them are masked; null when the text there is another now.</summary>
    public (IReadOnlyList<string> Lines, bool IsMasked)? Of(ISessionContext context, ContextScope scope, string handle, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(handle, out var known)) return known;
        if (Read(context, scope, handle, cancellationToken) is not { } text) return null;
        var plain = WithoutNumbers(text);
        var clean = redactor.Redact(plain);
        var (was, now) = (Split(plain), Split(clean));
        return _known[handle] = ([.. (now.Length < was.Length ? Padded(was, now) : now).Select(Cut)], !ReferenceEquals(plain, clean));
    }

    // A secret may take several lines, and its mask takes one: those behind it keep their numbers.
    private static IEnumerable<string> Padded(string[] was, string[] now)
    {
        var same = 0;
        while (same < now.Length && was[^(same + 1)] == now[^(same + 1)]) same++;
        return [.. now[..^same], .. Enumerable.Repeat("", was.Length - now.Length), .. now[^same..]];
    }

    private static string[] Split(string text) => (text.EndsWith('\n') ? text[..^1] : text).Split('\n');

    private static string? Read(ISessionContext context, ContextScope scope, string handle, CancellationToken cancellationToken)
    {
        try
        {
            return context.Read(scope, new(handle, null, 0), cancellationToken);
        }
        catch (RecursionException)
        {
            // Its scope names what is no longer there.
            return null;
        }
    }

    // Redacted as the text that it is: a key over two lines is none with a number between.
    private static string WithoutNumbers(string text) => string.Join('\n', text.Split('\n').Select(line => line[(line.IndexOf('\t', StringComparison.Ordinal) + 1)..]));

    private static string Cut(string line) => line.Length <= LongestLine ? line.TrimEnd('\r') : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{line[..LongestLine]}… {line.Length - LongestLine:N0} more characters in this line");
}
