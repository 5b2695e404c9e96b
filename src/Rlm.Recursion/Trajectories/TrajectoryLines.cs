using System.Text.Json;
using Rlm.Recursion.Storage;

namespace Rlm.Recursion.Trajectories;

/// <summary>Reads sealed lines, of which any may be damaged.</summary>
internal static class TrajectoryLines
{
    /// <summary>The highest number that a line of the file may have been given, damaged ones and one without an end among them.</summary>
    public static int LastNumber(ReadOnlySpan<byte> file, string session)
    {
        var lines = file.Count((byte)'\n') + (file.Length > 0 && file[^1] != '\n' ? 1 : 0);
        return Read(file, session).Entries is [.., var last] ? Math.Max(last.Seq, lines) : lines;
    }

    /// <summary>The entries of a session, and how many are lost: lines that hold none, or numbers that are missing, whichever are more (a damaged line end joins two lines).</summary>
    public static TrajectoryRecord Read(ReadOnlySpan<byte> file, string session)
    {
        var entries = new List<TrajectoryEntry>();
        var (unreadable, last) = (0, 0);
        while (file.Length > 0)
        {
            var end = file.IndexOf((byte)'\n');
            if (Entry(end < 0 ? file : file[..end]) is { } entry && entry.Seq > last && entry.Session == session)
            {
                entries.Add(entry);
                last = entry.Seq;
            }
            else unreadable++;
            file = end < 0 ? [] : file[(end + 1)..];
        }
        return new(entries, Math.Max(unreadable, last - entries.Count));
    }

    private static TrajectoryEntry? Entry(ReadOnlySpan<byte> line)
    {
        if (!SealedJson.TryOpen(line, out var json)) return null;
        try
        {
            return JsonSerializer.Deserialize(json, RecursionJson.Files.TrajectoryEntry) is { Session: not null, Kind: not null, Handles: not null } entry ? entry : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or NotSupportedException)
        {
            return null;
        }
    }
}
