using System.Text.RegularExpressions;
using Rlm.Context.Files;

namespace Rlm.Context.Outlines.Heuristic;

/// <summary>Languages in which a line says where the next part begins: stages, targets, statements. Each part ends before the next.</summary>
internal static class LineOutliner
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private static readonly Dictionary<string, (Regex Line, string Kind)> Rules = new()
    {
        ["dockerfile"] = (new Regex(@"^\s*FROM\s+(?<name>\S+(\s+AS\s+\S+)?)", Linear), SymbolKinds.Key),
        ["sql"] = (new Regex(@"^\s*(CREATE|ALTER)\s+(OR\s+(REPLACE|ALTER)\s+)?((GLOBAL|LOCAL|TEMP|TEMPORARY|UNIQUE|CLUSTERED|NONCLUSTERED|MATERIALIZED|UNLOGGED)\s+)*(?<kind>TABLE|VIEW|PROCEDURE|PROC|FUNCTION|TRIGGER|INDEX|TYPE|SCHEMA|SEQUENCE|DATABASE|EXTENSION|ROLE|USER)\s+(IF\s+NOT\s+EXISTS\s+)?(?<name>[\w.""\[\]`#$@]+)", Linear), SymbolKinds.Type),
        ["makefile"] = (new Regex(@"^(?<name>[A-Za-z0-9_.%/$(){} -]+?)\s*::?([^=]|$)", Linear), SymbolKinds.Function),
        ["cmake"] = (new Regex(@"^\s*(function|macro|add_library|add_executable|add_custom_target|project)\s*\(\s*(?<name>[\w.${}:-]+)", Linear), SymbolKinds.Function),
        ["batch"] = (new Regex(@"^:(?<name>[A-Za-z_][\w-]*)", Linear), SymbolKinds.Function),
        ["solution"] = (new Regex("^Project\\([^)]*\\)\\s*=\\s*\"(?<name>[^\"]+)\"", Linear), SymbolKinds.Key),
        ["markdown"] = (new Regex(@"^#{1,6}\s+(?<name>.*)$", Linear), SymbolKinds.Heading),
    };

    /// <summary>Parts in file order, flat.</summary>
    public static List<Draft> Read(string language, FileText text, CancellationToken cancellationToken)
    {
        var (rule, kind) = Rules[language];
        var lines = text.Lines;
        var drafts = new List<Draft>();
        for (var line = 1; line <= lines.Count && drafts.Count < HeuristicOutliner.MaxSymbols; line++)
        {
            if (line % 1024 == 0) cancellationToken.ThrowIfCancellationRequested();
            var content = lines.Line(line);
            if (content.Length is 0 or > 1000 || !rule.IsMatch(content)) continue;
            var written = content.ToString();
            var name = Markup.Sections.OneLine(rule.Match(written).Groups["name"].Value);
            if (name.Length == 0 || (language == "makefile" && name[0] == '.')) continue;
            if (drafts.Count > 0) drafts[^1].End = LastWritten(lines, drafts[^1].Start, line - 1);
            drafts.Add(new Draft(KindOf(language, rule.Match(written).Groups["kind"].Value, kind), name) { Start = line, End = lines.Count, NameLine = line, DocStart = line, Signature = Markup.Sections.OneLine(written) });
        }
        if (drafts.Count > 0) drafts[^1].End = LastWritten(lines, drafts[^1].Start, lines.Count);
        return drafts;
    }

    private static string KindOf(string language, string word, string otherwise) => language != "sql" ? otherwise : word.ToUpperInvariant() switch
    {
        "FUNCTION" or "PROCEDURE" or "PROC" or "TRIGGER" => SymbolKinds.Function,
        "SCHEMA" or "DATABASE" => SymbolKinds.Namespace,
        _ => otherwise,
    };

    private static int LastWritten(LineMap lines, int start, int line)
    {
        while (line > start && lines.Line(line).IsWhiteSpace()) line--;
        return line;
    }
}
