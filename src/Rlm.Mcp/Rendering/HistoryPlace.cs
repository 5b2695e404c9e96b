using System.Globalization;
using Rlm.Context.Files;
using Rlm.Context.History;
using Rlm.Context.History.Walking;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Rendering;

/// <summary>Where a log goes on: so many items behind where a walk from some places begins. It names commits, so it stays good when branches move.</summary>
internal sealed record HistoryPlace(int Offset, IReadOnlyList<WalkPlace> Places)
{
    private const int MaxPlaces = 40;

    /// <summary>Whether so many places fit a cursor.</summary>
    public static bool CanHold(IReadOnlyList<WalkPlace> places) => places.Count <= MaxPlaces;

    /// <exception cref="ToolException">It is not one that was given out.</exception>
    public static HistoryPlace? Read(string? text)
    {
        if (text is null) return null;
        var lines = text.Split('\n');
        if (!int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var offset) || lines.Length > MaxPlaces + 1) throw ToolCall.BadPlace();
        return new(offset, [.. lines.Skip(1).Select(Place)]);
    }

    public override string ToString() => string.Join('\n', Places.Select(place => string.Create(CultureInfo.InvariantCulture, $"{place.Commit} {place.Lines?.Start ?? 0} {place.Lines?.End ?? 0} {place.Path.Value}")).Prepend(Offset.ToString(CultureInfo.InvariantCulture)));

    private static WalkPlace Place(string line)
    {
        var parts = line.Split(' ', 4);
        if (parts.Length != 4 || !GitId.TryParse(parts[0], out var commit) || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            || !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var end) || !RepoPath.TryNormalize(parts[3], out var path)) throw ToolCall.BadPlace();
        return new(commit, path, start == 0 ? null : new LineRange(start, end));
    }
}
