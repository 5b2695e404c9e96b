using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Rlm.Context.Files;
using Rlm.Context.History.Comparing;

namespace Rlm.Mcp.Rendering;

/// <summary>The changed lines of a file in pieces of a readable size, with two lines around: <c>-</c> and the old number, <c>+</c> and the new, a blank and the new for what stayed.</summary>
internal sealed class HistoryHunks(FileDiff file)
{
    private const int Context = 2, MaxLines = 60;

    private (FileText, FileText)? _texts;

    public IEnumerable<HistoryItem> Items()
    {
        if (file.Texts is null) yield break;
        var heading = $"--- {NameEscaping.Escape(file.File.Path.Value)}";
        foreach (var group in Groups())
            foreach (var piece in Pieces(group))
                yield return new("hunks", heading, width => Text(piece(), width), () => Json(piece())) { Counts = false };
    }

    private (FileText Old, FileText New) Texts => _texts ??= file.Texts!();

    // Hunks so near that their surroundings meet are shown as one.
    private IEnumerable<List<LineHunk>> Groups()
    {
        var group = new List<LineHunk>();
        foreach (var hunk in file.Hunks)
        {
            if (group.Count > 0 && hunk.NewStart - (group[^1].NewStart + group[^1].NewCount) > 2 * Context)
            {
                yield return group;
                group = [];
            }
            group.Add(hunk);
        }
        if (group.Count > 0) yield return group;
    }

    // Where the pieces begin is known without the texts; their lines are read for those that are shown.
    private IEnumerable<Func<Line[]>> Pieces(List<LineHunk> group)
    {
        var (first, last) = (group[0], group[^1]);
        var lines = Math.Min(Context, Math.Min(first.NewStart, first.OldStart) - 1) + (last.NewStart + last.NewCount - first.NewStart) + group.Sum(hunk => hunk.OldCount);
        for (var from = 0; from < lines; from += MaxLines)
        {
            var start = from;
            yield return () => [.. Lines(group).Skip(start).Take(start + MaxLines < lines ? MaxLines : MaxLines + Context)];
        }
    }

    private readonly record struct Line(char Sign, int Number, string Content, int Old, int New);

    private IEnumerable<Line> Lines(List<LineHunk> group)
    {
        var (old, now) = (Texts.Old.Lines, Texts.New.Lines);
        var first = group[0];
        var before = Math.Min(Context, Math.Min(first.NewStart, first.OldStart) - 1);
        var (oldAt, newAt) = (first.OldStart - before, first.NewStart - before);
        foreach (var hunk in group)
        {
            for (; newAt < hunk.NewStart; oldAt++, newAt++) yield return new(' ', newAt, now.Line(newAt).ToString(), oldAt, newAt);
            for (; oldAt < hunk.OldStart + hunk.OldCount; oldAt++) yield return new('-', oldAt, old.Line(oldAt).ToString(), oldAt, newAt);
            for (; newAt < hunk.NewStart + hunk.NewCount; newAt++) yield return new('+', newAt, now.Line(newAt).ToString(), oldAt, newAt);
        }
        for (var after = 0; after < Context && newAt <= now.Count; after++, oldAt++, newAt++) yield return new(' ', newAt, now.Line(newAt).ToString(), oldAt, newAt);
    }

    private static string Range(Line[] lines)
    {
        var (old, now) = (lines.Count(line => line.Sign != '+'), lines.Count(line => line.Sign != '-'));
        return string.Create(CultureInfo.InvariantCulture, $"@@ -{lines[0].Old},{old} +{lines[0].New},{now} @@");
    }

    private static string Text(Line[] lines, long width)
    {
        var text = new StringBuilder(Range(lines));
        var shown = 0;
        foreach (var line in lines)
        {
            var row = string.Create(CultureInfo.InvariantCulture, $"\n{line.Sign}{line.Number}\t{LongLine.Around(line.Content, 1, 0)}");
            if (AnswerSize.Bytes(row) + AnswerSize.Bytes(text) + 40 > width) break;
            text.Append(row);
            shown++;
        }
        if (shown < lines.Length) text.Append(CultureInfo.InvariantCulture, $"\n… {lines.Length - shown} more lines");
        return text.ToString();
    }

    private JsonObject Json(Line[] lines)
    {
        var isCut = false;
        var text = string.Join('\n', lines.Select(line =>
        {
            var (content, cut) = LongLine.Json(line.Content);
            isCut |= cut;
            return line.Sign + content;
        }));
        var hunk = new JsonObject { ["path"] = file.File.Path.Value, ["oldStart"] = lines[0].Old, ["oldLines"] = lines.Count(line => line.Sign != '+'), ["newStart"] = lines[0].New, ["newLines"] = lines.Count(line => line.Sign != '-'), ["text"] = text };
        if (isCut) hunk["cut"] = true;
        return hunk;
    }
}
