using System.Globalization;
using System.Text;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Trajectories;

/// <summary>
/// What a tree of sessions did, as text: sessions, turns, tool calls with the handles that they read, tokens, seconds and cost:
/// <code>
/// s-… agent complete: 12 calls, 48,200+3,100 tokens, 12.5 s, 0.21 USD: which locks are taken twice?
///   1 turn 1,200+300 tokens 2.1 s
///   2 search: src/A.cs:10-20@1f2e3d4c
///   s-… map partial: …
/// </code>
/// </summary>
public static class TrajectoryTree
{
    /// <summary>The tree below a session, in at most so many bytes of UTF-8: the most detailed of four views that fits, and how to see more where that is not the whole.</summary>
    /// <param name="root">Its id.</param>
    /// <param name="store">Where it is kept.</param>
    /// <param name="maxBytes">At least 200.</param>
    /// <returns>Null when there is no such session.</returns>
    public static string? Text(string root, SessionStore store, int maxBytes = 4096)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 200);
        if (TrajectoryNode.Load(root, store) is not { } node) return null;
        foreach (var detail in Enum.GetValues<TrajectoryDetail>())
        {
            var lines = new List<string>();
            Write(node, detail, 0, lines);
            if (detail > TrajectoryDetail.Full) lines.Add("shortened: ask for a session of it by its id, or for more text");
            var text = string.Join('\n', lines) + "\n";
            if (Encoding.UTF8.GetByteCount(text) <= maxBytes) return text;
            if (detail == TrajectoryDetail.Sessions) return Cut(lines, maxBytes);
        }
        return null;
    }

    private static void Write(TrajectoryNode node, TrajectoryDetail detail, int level, List<string> lines)
    {
        var indent = new string(' ', level * 2);
        lines.Add(indent + TrajectoryWords.Session(node.State));
        if (node.Record.Damaged > 0) lines.Add(string.Create(CultureInfo.InvariantCulture, $"{indent}  {node.Record.Damaged:N0} entries are lost (cut by a crash, or damaged)"));
        lines.AddRange(Entries(node, detail).Select(line => $"{indent}  {line}"));
        foreach (var child in node.Children) Write(child, detail, level + 1, lines);
        if (node.Missing > 0) lines.Add(string.Create(CultureInfo.InvariantCulture, $"{indent}  {node.Missing:N0} sessions are not kept any more"));
    }

    private static IEnumerable<string> Entries(TrajectoryNode node, TrajectoryDetail detail) => detail switch
    {
        TrajectoryDetail.Sessions => [],
        TrajectoryDetail.Counts => Counts(node.Record.Entries),
        _ => node.Record.Entries.Select(entry => TrajectoryWords.Entry(entry, detail == TrajectoryDetail.Full ? int.MaxValue : 2)),
    };

    private static IEnumerable<string> Counts(IReadOnlyList<TrajectoryEntry> entries) => entries
        .GroupBy(entry => $"{entry.Kind} {TrajectoryWords.OneLine(entry.Tool ?? "", 40)}".TrimEnd(), StringComparer.Ordinal)
        .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count():N0} × {group.Key} {group.Sum(entry => entry.InputTokens):N0}+{group.Sum(entry => entry.OutputTokens):N0} tokens {group.Sum(entry => entry.Seconds):0.0} s"));

    private static string Cut(List<string> lines, int maxBytes)
    {
        var (shown, bytes) = (0, 120);
        while (shown < lines.Count && (bytes += Encoding.UTF8.GetByteCount(lines[shown]) + 1) <= maxBytes) shown++;
        return string.Join('\n', lines.Take(shown).Append(string.Create(CultureInfo.InvariantCulture, $"… {lines.Count - 1 - shown:N0} more lines: ask for a session of it by its id, or for more text"))) + "\n";
    }
}
