using System.Globalization;
using System.Text.Json.Nodes;
using Rlm.Context.Files;
using Rlm.Context.History.Objects;

namespace Rlm.Mcp.Rendering;

/// <summary>How commits and dates are written.</summary>
internal static class HistoryWords
{
    /// <summary><c>3fa9c1d2e4 2026-11-21 Ada Lovelace  search: count lines</c></summary>
    public static string Commit(CommitInfo commit, RepoPath? oldPath, long width)
    {
        var was = oldPath is { } old ? $" (was {NameEscaping.Escape(old.Value)})" : "";
        return TextAnswer.Cut(Origin(commit) + "  " + TextAnswer.Cut(NameEscaping.Escape(commit.Subject), 160) + was, (int)Math.Clamp(width / 3, 20, 4_000));
    }

    /// <summary><c>3fa9c1d2e4 2026-11-21 Ada Lovelace</c></summary>
    public static string Origin(CommitInfo commit) => string.Create(CultureInfo.InvariantCulture, $"{commit.Id.Short} {commit.Date:yyyy-MM-dd} {TextAnswer.Cut(NameEscaping.Escape(commit.Author), 40)}");

    /// <summary>A moment with its zone, as in ISO 8601.</summary>
    public static string Date(DateTimeOffset date) => date.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>The object less the properties that are null, but for one that is always there.</summary>
    public static JsonObject WithoutNulls(this JsonObject json, string? always = null)
    {
        foreach (var name in json.Where(pair => pair.Value is null && pair.Key != always).Select(pair => pair.Key).ToArray()) json.Remove(name);
        return json;
    }
}
