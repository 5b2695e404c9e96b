using System.Text.RegularExpressions;
using Rlm.Context.Files;

namespace Rlm.Context.Outlines.Heuristic;

/// <summary>Top-level keys of YAML, tables of TOML, sections of INI, blocks of Terraform; each ends before the next.</summary>
internal static partial class KeyOutliner
{
    /// <summary>Keys in file order, flat; keys before the first section of TOML and INI stand for themselves.</summary>
    public static List<Draft> Read(string language, FileText text, CancellationToken cancellationToken)
    {
        var lines = text.Lines;
        var drafts = new List<Draft>();
        Draft? open = null;
        var isSectioned = false;
        for (var line = 1; line <= lines.Count && drafts.Count < HeuristicOutliner.MaxSymbols; line++)
        {
            if (line % 4096 == 0) cancellationToken.ThrowIfCancellationRequested();
            var content = lines.Line(line);
            if (content.IsWhiteSpace() || content[0] is '#' or ';' or ' ' or '\t' || content.Length > 1000) continue;
            var written = content.ToString();
            var section = language is "toml" or "ini" ? Section().Match(written) : Match.Empty;
            var key = section.Success ? section : isSectioned ? Match.Empty : (language switch { "yaml" => YamlKey(), "terraform" => Block(), _ => Assignment() }).Match(written);
            if (!key.Success) continue;
            isSectioned |= section.Success;
            if (open is not null) open.End = LastWritten(lines, open.Start, line - 1);
            open = new Draft(SymbolKinds.Key, Markup.Sections.OneLine(key.Groups[1].ValueSpan.Trim("\"'"))) { Start = line, End = line, NameLine = line, DocStart = line, Signature = Markup.Sections.OneLine(written) };
            drafts.Add(open);
        }
        if (open is not null) open.End = LastWritten(lines, open.Start, lines.Count);
        return drafts;
    }

    // Blank lines and comments between two keys belong to neither; bounded, so that a sea of blank lines stays linear.
    private static int LastWritten(LineMap lines, int start, int line)
    {
        while (line > start && (lines.Line(line).IsWhiteSpace() || lines.Line(line)[0] == '#')) line--;
        return line;
    }

    [GeneratedRegex("^(\"[^\"]*\"|'[^']*'|[^\\s:#{\\[\\-][^:#{\\[]*):(\\s|$)")]
    private static partial Regex YamlKey();

    [GeneratedRegex(@"^\[\[?\s*([^\]]+?)\s*\]")]
    private static partial Regex Section();

    [GeneratedRegex(@"^([^\s=:#\[][^=:#]*?)\s*[=:]")]
    private static partial Regex Assignment();

    [GeneratedRegex("^([a-z_]+(?:[ \\t]+\"[^\"]*\")*)[ \\t]*[{=]")]
    private static partial Regex Block();
}
