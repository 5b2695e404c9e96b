using Rlm.Recursion.Context;
using Rlm.Recursion.Running.Leaves;

namespace Rlm.Recursion.Trajectories.Page;

/// <summary>Texts of slices, read anew and redacted. A handle names its text by a hash, so what was read once need not be read again for the next page.</summary>
/// <param name="redactor">What must not be shown.</param>
internal sealed class SliceTexts(Redactor redactor)
{
    private const int LongestLine = 2_000, LongestFile = 4 << 20;

    private readonly Dictionary<string, (IReadOnlyList<string>, bool)> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string[] Was, string[] Now)> _files = new(StringComparer.Ordinal);

    /// <summary>The lines of a handle, and whether some of them are masked; null when the text there is another now.</summary>
    public (IReadOnlyList<string> Lines, bool IsMasked)? Of(ISessionContext context, ContextScope scope, string handle, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(handle, out var known)) return known;
        if (Read(context, scope, handle, cancellationToken) is not { } text) return null;
        var plain = WithoutNumbers(text);
        var was = Split(plain);
        var now = InItsFile(context, scope, Place.Of(handle), was, cancellationToken) ?? Split(redactor.RedactLines(plain));
        return _known[handle] = ([.. now.Select(Cut)], !was.AsSpan().SequenceEqual(now));
    }

    // Lines from the middle of a key do not show that they are some: the file around them does.
    private string[]? InItsFile(ISessionContext context, ContextScope scope, Place place, string[] was, CancellationToken cancellationToken)
    {
        if (!_files.TryGetValue(place.Path, out var file)) _files[place.Path] = file = WholeFile(context, scope, place.Path, cancellationToken);
        var to = place.First - 1 + was.Length;
        if (place.First < 1 || file.Was.Length < to || !file.Was.AsSpan((place.First - 1)..to).SequenceEqual(was)) return null;
        // Masked by the slice alone too: what only seems to be a part of something longer there.
        return Split(redactor.RedactLines(string.Join('\n', file.Now[(place.First - 1)..to])));
    }

    private (string[] Was, string[] Now) WholeFile(ISessionContext context, ContextScope scope, string path, CancellationToken cancellationToken)
    {
        if (Read(context, scope, path, cancellationToken) is not { Length: <= LongestFile } text) return ([], []);
        var plain = WithoutNumbers(text);
        return (Split(plain), Split(redactor.RedactLines(plain)));
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
