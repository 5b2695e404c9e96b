using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Rlm.Recursion;
using Rlm.Recursion.Sessions;
using Rlm.Recursion.Trajectories.Page;

namespace Rlm.Mcp.Watching;

/// <summary>The pages of sessions, written anew as things happen; no more often than once a second, nor for more than a fifth of the time where writing one takes long.</summary>
internal sealed class WatchPages(RecursionEngine engine)
{
    private readonly LivePage _live = new(Script(), Convert.ToBase64String(RandomNumberGenerator.GetBytes(16)), "end");
    private readonly Dictionary<string, (WatchedPage Page, long Again)> _written = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>The page of a session, or of an empty text their list; null when there is no such session.</summary>
    public WatchedPage? Of(string id, CancellationToken cancellationToken)
    {
        if (id.Length > 0 && !SessionId.IsValid(id)) return null;
        lock (_gate)
        {
            var begun = Stopwatch.GetTimestamp();
            if (_written.TryGetValue(id, out var known) && begun < known.Again) return known.Page;
            if ((id.Length == 0 ? engine.LiveList(_live) : engine.LiveHtml(id, _live, cancellationToken)) is not { } html) return null;
            var bytes = Encoding.UTF8.GetBytes(html);
            var page = new WatchedPage(bytes, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16))}\"");
            var end = Stopwatch.GetTimestamp();
            if (_written.Count > 50) _written.Clear();
            _written[id] = (page, end + Math.Max(Stopwatch.Frequency * 9 / 10, 4 * (end - begun)));
            return page;
        }
    }

    private static string Script()
    {
        using var stream = typeof(WatchPages).Assembly.GetManifestResourceStream("Rlm.Mcp.watch.js")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
