using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Rlm.Context.Files;
using Rlm.Context.Search.Ranking;

namespace Rlm.Mcp.Rendering;

/// <summary>How ranked regions, and what they were drawn from, are shown.</summary>
internal static class RegionText
{
    private const int MaxWords = 160;

    /// <summary>Handle and symbol, then the best lines. The first line mostly is the declaration, which the heading tells already, so few lines are taken from the end.</summary>
    public static string Block(Evidence region, int lines, int width)
    {
        var text = new StringBuilder();
        text.Append(NameEscaping.Escape(region.Handle.ToString()));
        if (region.Symbol is { } symbol) text.Append(CultureInfo.InvariantCulture, $" · {NameEscaping.Escape(symbol.Path)} [{symbol.Kind}]");
        if (region.AlsoIn > 0) text.Append(CultureInfo.InvariantCulture, $" · same text in {region.AlsoIn:N0} more {(region.AlsoIn == 1 ? "file" : "files")}");
        var last = 0;
        foreach (var line in region.Lines.TakeLast(lines))
        {
            if (last > 0 && line.Line > last + 1) text.Append("\n…");
            text.Append(CultureInfo.InvariantCulture, $"\n{line.Line}\t{LongLine.Around(line.Text, 1, 0, width)}");
            last = line.Line;
        }
        return text.ToString();
    }

    /// <summary><c>words: change, tracker; nowhere: frobnicate</c>.</summary>
    public static string Words(EvidenceResult evidence)
    {
        var found = evidence.Terms.Except(evidence.Missing).ToArray();
        var words = found.Length == 0 ? "" : "words: " + TextAnswer.Cut(NameEscaping.Escape(string.Join(", ", found)), MaxWords);
        if (evidence.Missing.Count == 0) return words.Length == 0 ? "words: none but filler" : words;
        return (words.Length == 0 ? "" : words + "; ") + "nowhere: " + TextAnswer.Cut(NameEscaping.Escape(string.Join(", ", evidence.Missing)), MaxWords);
    }

    /// <summary>What a ranking made before the index had everything lacks; null when it lacks nothing.</summary>
    public static string? Provisional(EvidenceResult evidence) => !evidence.IsProvisional ? null : string.Create(CultureInfo.InvariantCulture,
        $"provisional: {evidence.FilesScanned:N0} of {evidence.FilesScanned + evidence.FilesIndexed:N0} files are not in the index and were scanned: all for the words, the best of them by unit");

    /// <summary>What was passed over in files of very many symbols; null when nothing was.</summary>
    public static string? PassedOver(EvidenceResult evidence) => evidence.PassedOver == 0 ? null : string.Create(CultureInfo.InvariantCulture,
        $"{evidence.PassedOver:N0} lesser region{(evidence.PassedOver == 1 ? "" : "s")} in files of very many symbols not ranked");

    /// <summary>The same in JSON.</summary>
    public static void AddTo(JsonObject answer, EvidenceResult evidence)
    {
        answer["terms"] = new JsonArray([.. evidence.Terms.Select(term => (JsonNode)term)]);
        if (evidence.Missing.Count > 0) answer["missing"] = new JsonArray([.. evidence.Missing.Select(term => (JsonNode)term)]);
        if (evidence.IsProvisional) answer["provisional"] = true;
        if (evidence.PassedOver > 0) answer["passedOver"] = evidence.PassedOver;
        answer["ranked"] = new JsonObject { ["indexed"] = evidence.FilesIndexed, ["scanned"] = evidence.FilesScanned, ["large"] = evidence.FilesLarge, ["unread"] = evidence.FilesUnread };
    }
}
